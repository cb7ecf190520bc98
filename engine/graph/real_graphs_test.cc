// Graphs as they are distributed, where they are at hand: in $STAREVAL_REALDATA, or shared/data
// beside the source tree. Reference: the counts of their papers (FB15K-237: Toutanova and Chen
// 2015; MKG-Y: Xu et al. 2022).
#include <gtest/gtest.h>

#include "engine/graph/load_graph.h"
#include "libstareval/base/text.h"
#include "tests/support/real_data.h"

namespace stareval::engine {
namespace {

namespace fs = std::filesystem;

fs::path real_data(const char* name) { return testing::real_data_folder() / name; }

#define STAREVAL_NEED(path)       \
  if (!fs::is_directory(path))    \
  GTEST_SKIP() << (path).string() \
               << " is not there: set STAREVAL_REALDATA to the folder that holds it"

void expect_fit_for_pictures(const KnowledgeGraph& graph) {
  for (const GraphEntity& entity : graph.entities()) {
    EXPECT_FALSE(normalise_name(entity.name).empty()) << entity.id;
    EXPECT_EQ(graph.find_entity(entity.name), &entity - graph.entities().data());
  }
  for (const Relation& relation : graph.relations()) {
    EXPECT_EQ(relation.label.find_first_of("/_."), std::string::npos) << relation.label;
    EXPECT_EQ(graph.find_relation(relation.label), &relation - graph.relations().data());
  }
}

TEST(RealGraphs, Fb15k237) {
  const fs::path folder = real_data("fb15k-237");
  STAREVAL_NEED(folder);
  const LoadedGraph loaded = load_graph(folder).value();
  EXPECT_EQ(loaded.graph.entities().size(), 14'541U);
  EXPECT_EQ(loaded.graph.relations().size(), 237U);
  EXPECT_EQ(loaded.report.rows, 310'116U);
  EXPECT_EQ(loaded.graph.facts().size(), 310'116U - 1'806U) << "self-loops are dropped";
  EXPECT_EQ(loaded.report.self_loops, 1'806U);
  EXPECT_EQ(loaded.report.unnamed, 0U);
  EXPECT_EQ(loaded.report.equal_labels, 0U);
  EXPECT_TRUE(loaded.report.examples.empty());
  expect_fit_for_pictures(loaded.graph);
  EXPECT_TRUE(loaded.graph.find_entity("Jeremy Irons").has_value());
  EXPECT_TRUE(loaded.graph.find_relation("nationality").has_value());
}

TEST(RealGraphs, Fb15k237WithItsSelfLoops) {
  const fs::path folder = real_data("fb15k-237");
  STAREVAL_NEED(folder);
  const LoadedGraph loaded = load_graph(folder, {.keep_self_loops = true}).value();
  EXPECT_EQ(loaded.graph.facts().size(), 310'116U);
}

TEST(RealGraphs, MkgY) {
  const fs::path folder = real_data("mkg-y");
  STAREVAL_NEED(folder);
  const LoadedGraph loaded = load_graph(folder).value();
  EXPECT_EQ(loaded.graph.entities().size(), 15'000U);
  EXPECT_EQ(loaded.graph.relations().size(), 28U);
  EXPECT_EQ(loaded.graph.facts().size(), 26'638U);
  EXPECT_EQ(loaded.report.rows, 26'638U);
  EXPECT_TRUE(loaded.report.examples.empty());
  expect_fit_for_pictures(loaded.graph);
  const auto person = loaded.graph.find_entity("Gilles Mbang Ondo");
  ASSERT_TRUE(person.has_value());
  const auto born = loaded.graph.find_relation("was born in");
  EXPECT_TRUE(loaded.graph.contains({*person, *born, *loaded.graph.find_entity("Libreville")}));
}

}  // namespace
}  // namespace stareval::engine
