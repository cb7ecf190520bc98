// By hand: the family graph of test_support_internal.h. Properties: on the shipped atlas.
#include "engine/graph/knowledge_graph.h"

#include <gmock/gmock.h>

#include <memory>
#include <set>

#include "engine/test_support_internal.h"

namespace stareval::engine {
namespace {

using testing::ElementsAre;

TEST(KnowledgeGraph, FindsFactsByEntityAndRelation) {
  const KnowledgeGraph graph = family();
  EXPECT_EQ(graph.facts().size(), 6U);
  EXPECT_EQ(graph.degree(0), 4U);  // Ann: two children, married both ways
  EXPECT_EQ(graph.degree(1), 1U);
  EXPECT_EQ(graph.facts_with(0).size(), 4U);
  EXPECT_EQ(graph.to_triple(graph.facts()[0]), (Triple{"Ann", "parent", "Bob"}));
}

TEST(KnowledgeGraph, KnowsWhatStandsAtTheEndsOfARelation) {
  const KnowledgeGraph graph = family();
  EXPECT_THAT(graph.heads(0), ElementsAre(0, 3));
  EXPECT_THAT(graph.tails(0), ElementsAre(1, 2, 4, 5));
  EXPECT_TRUE(graph.is_head(3, 0));
  EXPECT_FALSE(graph.is_tail(3, 0));
}

TEST(KnowledgeGraph, TakesThePropertiesOfRelationsFromTheFacts) {
  const KnowledgeGraph graph = family();
  EXPECT_FALSE(graph.is_symmetric(0));
  EXPECT_TRUE(graph.is_symmetric(1));
  EXPECT_FALSE(graph.has_one_tail(0));
  EXPECT_TRUE(graph.has_one_head(0));
  EXPECT_TRUE(graph.has_one_tail(1));
}

TEST(KnowledgeGraph, HoldsBothWaysWhereSymmetric) {
  const KnowledgeGraph graph({}, {{"a", "a", "", {}}, {"b", "b", "", {}}}, {{"r", "", {}}},
                             {{0, 0, 1}});
  EXPECT_TRUE(graph.contains({0, 0, 1}));
  EXPECT_FALSE(graph.contains({1, 0, 0}));
  EXPECT_FALSE(graph.holds({1, 0, 0}));
  EXPECT_TRUE(family().holds({3, 1, 0}));
}

TEST(KnowledgeGraph, OverlapsAreMutual) {
  const KnowledgeGraph graph({}, {{"a", "a", "", {}}, {"b", "b", "", {}}},
                             {{"in", "", {1}}, {"part of", "", {}}}, {{0, 0, 1}});
  EXPECT_FALSE(graph.holds({0, 1, 1}));
  EXPECT_TRUE(graph.may_hold({0, 1, 1}));
  EXPECT_FALSE(graph.may_hold({1, 1, 0}));
  EXPECT_THAT(graph.relation(1).overlaps, ElementsAre(0));
}

TEST(KnowledgeGraph, KeepsEachFactOnce) {
  const KnowledgeGraph graph({}, {{"a", "a", "", {}}, {"b", "b", "", {}}}, {{"r", "", {}}},
                             {{1, 0, 0}, {0, 0, 1}, {1, 0, 0}});
  EXPECT_THAT(graph.facts(), ElementsAre(Fact{0, 0, 1}, Fact{1, 0, 0}));
}

TEST(KnowledgeGraph, SelfLoopsDoNotMakeARelationSymmetric) {
  const KnowledgeGraph graph({}, {{"a", "a", "", {}}, {"b", "b", "", {}}}, {{"r", "", {}}},
                             {{0, 0, 0}, {1, 0, 1}});
  EXPECT_TRUE(graph.contains({1, 0, 1}));
  EXPECT_FALSE(graph.is_symmetric(0));
  EXPECT_EQ(graph.degree(0), 1U);
}

TEST(KnowledgeGraph, HoldsNothingOfWhatItDoesNotKnow) {
  EXPECT_FALSE(family().contains({99, 0, 1}));
  EXPECT_FALSE(family().contains({0, 99, 1}));
  EXPECT_FALSE(family().contains({0, 0, 99}));
  EXPECT_FALSE(KnowledgeGraph({}, {}, {}, {}).find_entity("a").has_value());
}

TEST(KnowledgeGraph, ACopyStandsAlone) {
  auto first = std::make_unique<KnowledgeGraph>(family());
  const KnowledgeGraph copy = *first;
  first.reset();
  EXPECT_EQ(copy.find_entity("Eve"), 4U);
  EXPECT_EQ(copy.find_relation("married"), 1U);
  EXPECT_TRUE(copy.contains({0, 1, 3}));
}

TEST(KnowledgeGraph, AtlasAgreesWithALinearSearch) {
  const KnowledgeGraph& graph = atlas();
  const std::set<Fact> facts(graph.facts().begin(), graph.facts().end());
  for (EntityId head = 0; head < graph.entities().size(); head += 37)
    for (EntityId tail = 0; tail < graph.entities().size(); ++tail)
      for (RelationId relation = 0; relation < graph.relations().size(); ++relation)
        ASSERT_EQ(graph.contains({head, relation, tail}), facts.contains({head, relation, tail}));
}

TEST(KnowledgeGraph, AtlasHasTheRulesThatCountriesHave) {
  const KnowledgeGraph& graph = atlas();
  EXPECT_TRUE(graph.is_symmetric(*graph.find_relation("borders")));
  EXPECT_TRUE(graph.has_one_tail(*graph.find_relation("capital")));
  EXPECT_TRUE(graph.has_one_head(*graph.find_relation("capital")));
  EXPECT_FALSE(graph.has_one_tail(*graph.find_relation("language")));
  EXPECT_TRUE(graph.find_entity("France").has_value());
  EXPECT_FALSE(graph.find_entity("Atlantis").has_value());
}

}  // namespace
}  // namespace stareval::engine
