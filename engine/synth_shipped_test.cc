// The shipped dataset, made again: the same digest with any build and any number of threads. The
// digest covers every record and the bytes of every picture. Reference: share/datasets/atlas, made
// by `star-eval synth --graph atlas --task all --count 50 --seed 2026`.
#include <gtest/gtest.h>

#include <filesystem>

#include "engine/synth.h"
#include "engine/test_support_internal.h"
#include "libstareval/tasks/task.h"
#include "tests/support/temp_folder.h"

namespace stareval::engine {
namespace {

TEST(SynthShipped, IsMadeAgainWithTheSameBytes) {
  const std::filesystem::path shipped =
      std::filesystem::path(STAREVAL_TEST_SOURCE_DIR) / "share/datasets/atlas";
  const std::string digest = read_dataset(shipped, "test").value().digest;
  for (const int threads : {1, 2}) {
    const testing::TempFolder folder;
    SynthOptions options;
    options.tasks = star_task_ids();
    options.splits = {{"test", 50}};
    options.seed = 2026;
    options.out = folder.path();
    options.styles = StyleSet::varied;
    options.threads = threads;
    const auto made = synthesise(atlas(), options);
    ASSERT_TRUE(made.has_value()) << made.error().message;
    EXPECT_EQ(made->splits.at(0).digest, digest) << threads << " threads";
  }
}

}  // namespace
}  // namespace stareval::engine
