// Cases by hand.
#include <gtest/gtest.h>

#include "backends/reader/roles_internal.h"
#include "backends/reader/test_graph_internal.h"

namespace stareval::reader {
namespace {

// Nodes: 0 France, 1 Paris, 2 Spain, 3 Madrid, 4 tea, 5 drink. Labels: 0 capital, 1 borders, 2 is.
Roles some_roles() {
  return Roles(facts_of(testing::graph_of({{"France", "capital", "Paris"},
                                           {"Spain", "capital", "Madrid"},
                                           {"France", "borders", "Spain"},
                                           {"tea", "is", "drink"}})));
}

TEST(Roles, NodesThatFillOnePlaceAreOfOneKind) {
  const Roles roles = some_roles();
  EXPECT_TRUE(roles.same_kind(0, 2));
  EXPECT_TRUE(roles.same_kind(1, 3));
  EXPECT_FALSE(roles.same_kind(0, 1));
  EXPECT_FALSE(roles.same_kind(0, 99));
  EXPECT_TRUE(roles.is_alone_in_kind(4));
  EXPECT_FALSE(roles.is_alone_in_kind(0));
}

TEST(Roles, PlacesAreKnownByTheirFillers) {
  const Roles roles = some_roles();
  EXPECT_EQ(roles.fillers(0, Side::tail), (std::set<int>{1, 3}));
  EXPECT_TRUE(roles.fillers(7, Side::head).empty());
  EXPECT_TRUE(roles.is_stranger(4, 0, Side::tail));
  EXPECT_FALSE(roles.is_stranger(3, 0, Side::tail));
  EXPECT_FALSE(roles.is_stranger(3, 7, Side::tail)) << "nobody to be strange to";
  EXPECT_FALSE(roles.is_stranger(99, 0, Side::tail)) << "nothing is known of it";
}

TEST(Roles, LabelsJoinKinds) {
  const Roles roles = some_roles();
  EXPECT_TRUE(roles.joins_kinds(0, 0, 3));
  EXPECT_FALSE(roles.joins_kinds(0, 1, 3));
  EXPECT_TRUE(roles.others_join_kinds(0, 1, 3));
  EXPECT_FALSE(roles.is_mutual(1));
  EXPECT_TRUE(Roles(facts_of(testing::graph_of({{"a", "r", "b"}, {"b", "r", "a"}}))).is_mutual(0));
  EXPECT_FALSE(Roles(facts_of(testing::graph_of({{"a", "r", "a"}}))).is_mutual(0));
}

TEST(Roles, EdgesWithoutEndsOrLabelAreNoFacts) {
  ReadGraph graph = testing::graph_of({{"a", "r", "b"}, {"a", "", "b"}});
  graph.edges.push_back({0, -1, "r", 1.0, {}, {}, 1.0});
  graph.edges.push_back({9, 0, "r", 1.0, {}, {}, 1.0});
  ASSERT_EQ(facts_of(graph).size(), 1U);
  EXPECT_EQ(facts_of(graph)[0].edge, 0U);
}

}  // namespace
}  // namespace stareval::reader
