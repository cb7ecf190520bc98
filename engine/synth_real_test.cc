// Datasets of 8 x 100 samples from graphs as they are distributed, where those are at hand (8 x 10
// under a sanitizer). They have no pictures, so that emblems stand for them.
#include <gtest/gtest.h>

#include "engine/graph/emblems.h"
#include "engine/graph/load_graph.h"
#include "engine/synth.h"
#include "libstareval/data/dataset_check.h"
#include "libstareval/tasks/sample_check.h"
#include "libstareval/tasks/task.h"
#include "tests/support/real_data.h"
#include "tests/support/temp_folder.h"

namespace stareval::engine {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t kEach = 10;
#else
constexpr std::size_t kEach = 100;
#endif

class RealDataset : public ::testing::TestWithParam<const char*> {};

TEST_P(RealDataset, IsMadeAndWellFormed) {
  const std::filesystem::path source = testing::real_data_folder() / GetParam();
  if (!std::filesystem::is_directory(source))
    GTEST_SKIP() << source.string()
                 << " is not there: set STAREVAL_REALDATA to the folder that holds it";
  const LoadedGraph loaded = load_graph(source).value();
  ASSERT_FALSE(has_pictures(loaded.graph));
  const testing::TempFolder folder;
  SynthOptions options;
  options.tasks = star_task_ids();
  options.splits = {{"test", kEach}};
  options.seed = 1;
  options.out = folder.path();
  options.styles = StyleSet::varied;
  options.threads = 2;
  const auto made = synthesise(with_emblems(loaded.graph), options);
  ASSERT_TRUE(made.has_value()) << made.error().message;
  EXPECT_EQ(made->splits.at(0).samples, 8 * kEach);
  const DatasetCheck check = check_dataset(folder.path(), fault_of).value();
  EXPECT_TRUE(check.ok()) << check.splits.at(0).problems.front();
}

INSTANTIATE_TEST_SUITE_P(Graphs, RealDataset, ::testing::Values("fb15k-237", "mkg-y"),
                         [](const auto& test) {
                           return std::string(test.param) == "mkg-y" ? "MkgY" : "Fb15k237";
                         });

}  // namespace
}  // namespace stareval::engine
