// Cases by hand. What share of made-up graphs is answered, and how often rightly, is measured by
// the benchmarks and not here.
#include <gtest/gtest.h>

#include "backends/reader/completion_internal.h"
#include "backends/reader/test_graph_internal.h"

namespace stareval::reader {
namespace {

using testing::graph_of;

std::vector<Option> options_of(const std::vector<std::string>& texts) {
  std::vector<Option> options;
  for (const std::string& text : texts) options.push_back({"", text});
  return options;
}

TEST(MaskedThings, AreFoundByTheirQuestionMarks) {
  EXPECT_EQ(masked_node(graph_of({{"France", "capital", "?2???"}})), 1U);
  EXPECT_EQ(masked_edge(graph_of({{"a", "r", "b"}, {"b", "????", "c"}})), 1U);
  EXPECT_EQ(masked_node(graph_of({{"France", "capital", "77777"}})), 1U) << "as it is misread";
  EXPECT_EQ(masked_node(graph_of({{"777", "in", "?????"}})), 1U) << "true marks go first";
  EXPECT_EQ(masked_node(graph_of({{"France", "capital", ""}})), 1U) << "the only unread one";
}

TEST(MaskedThings, AreNotGuessed) {
  EXPECT_FALSE(masked_node({}));
  EXPECT_FALSE(masked_edge({}));
  EXPECT_FALSE(masked_node(graph_of({{"a", "r", "b"}})));
  EXPECT_FALSE(masked_node(graph_of({{"?????", "r", "????"}})));
}

TEST(HiddenEntities, AnOptionThatIsDrawnElsewhereIsExcluded) {
  const ReadGraph graph = graph_of({{"Oslo", "near", "Rome"}, {"Rome", "near", "?????"}});
  const Ranked two = rank_entities(options_of({"Oslo", "rome", "Bern"}), graph);
  EXPECT_TRUE(two.known) << "one is left";
  EXPECT_EQ(two.order, (std::vector<std::size_t>{2, 0, 1}));
  const Ranked more = rank_entities(options_of({"Oslo", "Kyiv", "Bern"}), graph);
  EXPECT_FALSE(more.known);
  EXPECT_EQ(more.order, (std::vector<std::size_t>{1, 2, 0}));
}

TEST(HiddenEntities, AMisreadNodeExcludesItsOption) {
  ReadGraph graph = graph_of({{"Bratisleva", "near", "?????"}});
  EXPECT_FALSE(rank_entities(options_of({"Bratislava", "Bern"}), graph).known) << "surely read";
  graph.nodes[0].name_confidence = 0.3;
  EXPECT_TRUE(rank_entities(options_of({"Bratislava", "Bern"}), graph).known);
  EXPECT_FALSE(rank_entities(options_of({"Bratislava", "Bratisleva", "Bern"}), graph).known)
      << "it is another option in its letters";
}

TEST(HiddenEntities, ASharedStemWithANeighbourSinglesOut) {
  const ReadGraph graph =
      graph_of({{"Haiti", "language", "?????"}, {"Peru", "language", "Quechua"}});
  const Ranked ranked = rank_entities(options_of({"Peruvian Spanish", "Haitian Creole"}), graph);
  EXPECT_TRUE(ranked.known);
  EXPECT_EQ(ranked.order[0], 1U) << "Peru is no neighbour of what is hidden";
}

TEST(HiddenEntities, NothingIsKnownOfAnEmptyGraph) {
  EXPECT_FALSE(rank_entities(options_of({"a", "b"}), {}).known);
  EXPECT_TRUE(rank_entities({}, {}).order.empty());
  EXPECT_FALSE(rank_entities({}, {}).known);
}

TEST(HiddenRelations, ALabelThatEndsAtTheSameNodeFits) {
  const ReadGraph graph = graph_of({{"France", "region", "Europe"},
                                    {"Spain", "?????", "Europe"},
                                    {"Spain", "borders", "France"},
                                    {"France", "capital", "Paris"}});
  const Ranked ranked = rank_relations(options_of({"capital", "borders", "region"}), graph);
  EXPECT_TRUE(ranked.known);
  EXPECT_EQ(ranked.order[0], 2U);
}

TEST(HiddenRelations, ALabelDrawnBetweenTheSameNodesIsExcluded) {
  const ReadGraph graph = graph_of({{"stem", "part of", "plant"}, {"stem", "?????", "plant"}});
  const Ranked ranked = rank_relations(options_of({"part of", "kind of"}), graph);
  EXPECT_TRUE(ranked.known);
  EXPECT_EQ(ranked.order, (std::vector<std::size_t>{1, 0}));
}

TEST(HiddenRelations, WhatIsMutualElsewhereMayBeMutualHere) {
  const ReadGraph graph =
      graph_of({{"a", "near", "b"}, {"b", "near", "a"}, {"c", "near", "d"}, {"d", "?????", "c"}});
  const Ranked ranked = rank_relations(options_of({"owns", "near"}), graph);
  EXPECT_TRUE(ranked.known);
  EXPECT_EQ(ranked.order[0], 1U);
}

TEST(HiddenRelations, LabelsThatAreNotDrawnCannotBeToldApart) {
  const ReadGraph graph = graph_of({{"a", "?????", "b"}, {"b", "near", "c"}});
  const Ranked ranked = rank_relations(options_of({"x", "y"}), graph);
  EXPECT_FALSE(ranked.known);
  EXPECT_EQ(ranked.order, (std::vector<std::size_t>{0, 1}));
}

TEST(HiddenRelations, EndsThatWereNotFoundTellNothing) {
  ReadGraph graph = graph_of({{"a", "near", "b"}});
  graph.edges.push_back({-1, -1, "?????", 1.0, {}, {}, 1.0});
  EXPECT_FALSE(rank_relations(options_of({"near", "far"}), graph).known);
  EXPECT_FALSE(rank_relations(options_of({"near", "far"}), {}).known);
}

}  // namespace
}  // namespace stareval::reader
