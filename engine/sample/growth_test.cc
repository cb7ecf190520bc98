// By hand: small graphs on which each growth must go one way. Properties on the shipped atlas.
#include "engine/sample/growth.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "engine/test_support_internal.h"

namespace stareval::engine {
namespace {

using testing::ElementsAre;

constexpr Growth kGrowths[]{Growth::breadth_first, Growth::depth_first, Growth::forest_fire};

// Entities e0 ... without facts but these.
KnowledgeGraph graph_of(std::size_t entities, std::vector<Fact> facts) {
  std::vector<GraphEntity> nodes;
  for (std::size_t i = 0; i < entities; ++i) {
    const std::string name = "e" + std::to_string(i);
    nodes.push_back({name, name, "", {}});
  }
  return KnowledgeGraph({"made", "1", "", "", {}, "sha256:0"}, std::move(nodes),
                        {{"r", "{head} r {tail}.", {}}}, std::move(facts));
}

// 0 is joined to all others; from there 1 - 2 - 3 ... is a path.
KnowledgeGraph wheel(EntityId rim) {
  std::vector<Fact> facts;
  for (EntityId i = 1; i <= rim; ++i) facts.push_back({0, 0, i});
  for (EntityId i = 1; i < rim; ++i) facts.push_back({i, 0, i + 1});
  return graph_of(rim + 1, std::move(facts));
}

std::vector<EntityId> grow_from(const KnowledgeGraph& graph, Growth growth, EntityId from,
                                std::size_t size, std::uint64_t seed) {
  Random random(seed);
  return grow(graph, {}, growth, {&from, 1}, size, random);
}

TEST(Growth, BreadthFirstTakesTheNeighboursOfTheStartBeforeTheirs) {
  // 0 - 1, 0 - 2, 1 - 3: whatever the fan-out, 3 never comes before both of 0's turns are done.
  const KnowledgeGraph graph = graph_of(4, {{0, 0, 1}, {0, 0, 2}, {1, 0, 3}});
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const auto grown = grow_from(graph, Growth::breadth_first, 0, 2, seed);
    EXPECT_NE(grown[1], 3U);
  }
}

TEST(Growth, BreadthFirstLeavesRoomBesideAHub) {
  const KnowledgeGraph graph = wheel(40);
  SamplingOptions options;
  options.max_fan_out = 2;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    Random random(seed);
    const EntityId from[]{0};
    const auto grown = grow(graph, options, Growth::breadth_first, from, 4, random);
    ASSERT_EQ(grown.size(), 4U);
    // The last comes from the rim, next to one that came before.
    EXPECT_TRUE(std::any_of(grown.begin() + 1, grown.begin() + 3,
                            [&](EntityId id) { return grown[3] + 1 == id || grown[3] == id + 1; }));
  }
}

TEST(Growth, DepthFirstWalksAPathToItsEnd) {
  const KnowledgeGraph path = graph_of(5, {{0, 0, 1}, {2, 0, 1}, {2, 0, 3}, {4, 0, 3}});
  EXPECT_THAT(grow_from(path, Growth::depth_first, 0, 5, 1), ElementsAre(0, 1, 2, 3, 4));
}

TEST(Growth, DepthFirstGoesBackFromADeadEnd) {
  const KnowledgeGraph fork = graph_of(4, {{0, 0, 1}, {0, 0, 2}, {0, 0, 3}});
  for (std::uint64_t seed = 0; seed < 20; ++seed)
    EXPECT_EQ(grow_from(fork, Growth::depth_first, 0, 4, seed).size(), 4U);
}

TEST(Growth, AFireThatDiesIsLitAgain) {
  const KnowledgeGraph path = graph_of(6, {{0, 0, 1}, {1, 0, 2}, {2, 0, 3}, {3, 0, 4}, {4, 0, 5}});
  SamplingOptions options;
  options.burn_probability = 0;
  Random random(1);
  const EntityId from[]{0};
  EXPECT_GE(grow(path, options, Growth::forest_fire, from, 4, random).size(), 3U);
}

TEST(Growth, EndsWhereTheComponentEnds) {
  const KnowledgeGraph pair = graph_of(3, {{0, 0, 1}});
  for (const Growth growth : kGrowths)
    EXPECT_EQ(grow_from(pair, growth, 0, 3, 1), (std::vector<EntityId>{0, 1})) << name_of(growth);
}

TEST(Growth, TakesEachOnceAndAllConnected) {
  for (const Growth growth : kGrowths) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
      Random random(seed);
      const auto from = static_cast<EntityId>(random.below(atlas().entities().size()));
      const auto grown = grow_from(atlas(), growth, from, 8, seed);
      ASSERT_EQ(std::set<EntityId>(grown.begin(), grown.end()).size(), grown.size());
      for (std::size_t i = 1; i < grown.size(); ++i) {
        const auto earlier = std::span(grown).first(i);
        const auto& facts = atlas().facts_about(grown[i]);
        EXPECT_TRUE(std::any_of(facts.begin(), facts.end(), [&](std::uint32_t index) {
          const Fact& fact = atlas().facts()[index];
          const EntityId other = fact.head == grown[i] ? fact.tail : fact.head;
          return std::find(earlier.begin(), earlier.end(), other) != earlier.end();
        }));
      }
    }
  }
}

TEST(Growth, ReachesAllNeighboursOfAHub) {
  const KnowledgeGraph graph = wheel(300);
  std::set<EntityId> seen;
  for (std::uint64_t seed = 0; seed < 2000; ++seed)
    seen.insert(grow_from(graph, Growth::breadth_first, 0, 2, seed).back());
  EXPECT_GT(seen.size(), 280U);
}

}  // namespace
}  // namespace stareval::engine
