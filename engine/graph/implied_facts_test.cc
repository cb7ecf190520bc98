// By hand: chains, kinds above and below, loops. Properties: on the shipped atlas.
#include "engine/graph/implied_facts.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "engine/test_support_internal.h"

namespace stareval::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr RelationId kKind = 0, kPart = 1;

Relation chain(std::string label) { return {std::move(label), "", {}, true}; }

Relation inherited(std::string label, bool transitive) {
  return {std::move(label), "", {}, transitive, kKind};
}

TEST(ImpliedFacts, AreNoneWhereNothingIsDeclared) {
  const std::vector<Relation> relations{{"parent", "", {}}};
  const std::vector<Fact> facts{{0, 0, 1}, {1, 0, 2}};
  EXPECT_THAT(implied_facts(3, relations, facts), IsEmpty());
}

TEST(ImpliedFacts, FollowChainsInTheDirectionOfTheFacts) {
  const std::vector<Relation> relations{chain("kind of")};
  const std::vector<Fact> facts{{0, kKind, 1}, {1, kKind, 2}, {3, kKind, 2}};
  EXPECT_THAT(
      implied_facts(4, relations, facts),
      ElementsAre(Fact{0, kKind, 1}, Fact{0, kKind, 2}, Fact{1, kKind, 2}, Fact{3, kKind, 2}));
}

TEST(ImpliedFacts, EndOnALoop) {
  const std::vector<Relation> relations{chain("kind of")};
  const std::vector<Fact> facts{{0, kKind, 1}, {1, kKind, 0}};
  EXPECT_THAT(implied_facts(2, relations, facts),
              ElementsAre(Fact{0, kKind, 1}, Fact{1, kKind, 0}));
}

// Entities: 0 wheel, 1 car, 2 vehicle, 3 sledge, 4 spoke, 5 cartwheel. A spoke is part of a wheel,
// a wheel of a car; cars and sledges are vehicles; a cartwheel is a wheel.
const std::vector<Fact> kCar{
    {0, kPart, 1}, {1, kKind, 2}, {3, kKind, 2}, {4, kPart, 0}, {5, kKind, 0}};

TEST(ImpliedFacts, PassFromAKindToThoseAboveAndBelow) {
  const std::vector<Fact> implied =
      implied_facts(6, {{chain("kind of"), inherited("part of", false)}}, kCar);
  EXPECT_THAT(implied, ElementsAre(Fact{0, kPart, 1}, Fact{0, kPart, 2}, Fact{1, kKind, 2},
                                   Fact{3, kKind, 2}, Fact{4, kPart, 0}, Fact{4, kPart, 5},
                                   Fact{5, kKind, 0}, Fact{5, kPart, 1}, Fact{5, kPart, 2}));
}

TEST(ImpliedFacts, PassAlongChainsOfPartsToo) {
  const KnowledgeGraph graph({}, std::vector<GraphEntity>(6),
                             {chain("kind of"), inherited("part of", true)}, kCar);
  EXPECT_TRUE(graph.may_hold({4, kPart, 1}));   // spoke of a car
  EXPECT_TRUE(graph.may_hold({4, kPart, 2}));   // spoke of a vehicle
  EXPECT_FALSE(graph.may_hold({1, kPart, 0}));  // not the other way round
  EXPECT_FALSE(graph.may_hold({0, kPart, 3}));  // nor of a sister kind
  EXPECT_FALSE(graph.holds({4, kPart, 1}));     // and it is no fact of the graph
}

TEST(ImpliedFacts, AreKnownToARelationThatOverlaps) {
  const KnowledgeGraph graph({}, std::vector<GraphEntity>(3),
                             {chain("kind of"), {"is like", "", {kKind}}},
                             {{0, kKind, 1}, {1, kKind, 2}});
  EXPECT_TRUE(graph.may_hold({0, 1, 2}));
  EXPECT_FALSE(graph.may_hold({2, 1, 0}));
}

TEST(ImpliedFacts, AtlasKnowsWhatADogIs) {
  const KnowledgeGraph& graph = atlas();
  const auto fact = [&](const char* head, const char* relation, const char* tail) {
    return Fact{graph.find_entity(head).value(), graph.find_relation(relation).value(),
                graph.find_entity(tail).value()};
  };
  EXPECT_FALSE(graph.contains(fact("poodle", "kind of", "animal")));
  EXPECT_TRUE(graph.may_hold(fact("poodle", "kind of", "animal")));
  EXPECT_TRUE(graph.may_hold(fact("nostril", "part of", "poodle")));
  EXPECT_TRUE(graph.may_hold(fact("croissant", "made from", "wheat")));
  EXPECT_TRUE(graph.may_hold(fact("spaghetti", "kind of", "dish")));
  EXPECT_FALSE(graph.may_hold(fact("animal", "kind of", "poodle")));
  EXPECT_FALSE(graph.may_hold(fact("poodle", "kind of", "cat")));
  EXPECT_FALSE(graph.may_hold(fact("feather", "part of", "poodle")));
}

TEST(ImpliedFacts, LeaveMostOfTheAtlasFalse) {
  const KnowledgeGraph& graph = atlas();
  const auto implied = implied_facts(graph.entities().size(), graph.relations(), graph.facts());
  EXPECT_GT(implied.size(), graph.facts().size());
  EXPECT_LT(implied.size(), graph.entities().size() * graph.entities().size() / 50);
  for (const Fact& fact : implied) {
    if (graph.relation(fact.relation).label != "kind of") continue;
    const Fact back{fact.tail, fact.relation, fact.head};
    ASSERT_FALSE(std::binary_search(implied.begin(), implied.end(), back))
        << graph.entity(fact.head).name << ", " << graph.entity(fact.tail).name;
  }
}

}  // namespace
}  // namespace stareval::engine
