// By hand: the family, and a graph of known degrees.
#include "engine/tasks/roles.h"

#include <gmock/gmock.h>

#include "engine/test_support_internal.h"

namespace stareval::engine {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

std::vector<EntityId> near(const KnowledgeGraph& graph, const Role& role, std::size_t degree,
                           std::size_t reach) {
  const Roles roles(graph);
  const auto found = roles.near(role, degree, reach);
  return {found.begin(), found.end()};
}

// e0 ... e4 as heads of 1 ... 5 facts each, to tails of their own.
KnowledgeGraph stairs() {
  std::vector<GraphEntity> entities;
  std::vector<Fact> facts;
  for (EntityId i = 0; i < 20; ++i)
    entities.push_back({std::to_string(i), "e" + std::to_string(i), "", {}});
  EntityId tail = 5;
  for (EntityId head = 0; head < 5; ++head)
    for (EntityId i = 0; i <= head; ++i) facts.push_back({head, 0, tail++});
  return KnowledgeGraph({"stairs", "1", "", "", {}, "sha256:0"}, std::move(entities),
                        {{"r", "{head} r {tail}.", {}}}, std::move(facts));
}

TEST(Roles, KeepsHeadsAndTailsApart) {
  const KnowledgeGraph graph = family();
  EXPECT_THAT(near(graph, {0, true}, 3, 9), UnorderedElementsAre(0, 3));
  EXPECT_THAT(near(graph, {0, false}, 3, 9), UnorderedElementsAre(1, 2, 4, 5));
}

TEST(Roles, GivesTheNearestInDegree) {
  const KnowledgeGraph graph = stairs();
  EXPECT_THAT(near(graph, {0, true}, 3, 1), ElementsAre(1, 2));
  EXPECT_THAT(near(graph, {0, true}, 3, 2), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(near(graph, {0, true}, 3, 9), ElementsAre(0, 1, 2, 3, 4));
}

TEST(Roles, ReachesBeyondEitherEnd) {
  const KnowledgeGraph graph = stairs();
  EXPECT_THAT(near(graph, {0, true}, 0, 2), ElementsAre(0, 1));
  EXPECT_THAT(near(graph, {0, true}, 99, 2), ElementsAre(3, 4));
}

TEST(Roles, KnowsWhoTakesARole) {
  EXPECT_TRUE(takes(family(), 0, {0, true}));
  EXPECT_FALSE(takes(family(), 0, {0, false}));
}

}  // namespace
}  // namespace stareval::engine
