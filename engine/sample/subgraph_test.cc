// Properties on the shipped atlas: size, connection, and that nothing is left out but by the caps.
// By hand: clusters of small graphs.
#include "engine/sample/subgraph.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/test_support_internal.h"

namespace stareval::engine {
namespace {

bool has(const auto& items, const auto& item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

// Subgraphs of some random starts, with the sizes in turn.
std::vector<Subgraph> sample_many(const SamplingOptions& options, std::size_t count) {
  std::vector<Subgraph> result;
  for (std::uint64_t i = 0; result.size() < count; ++i) {
    Random random = Random(7).fork(i);
    const EntityId start[]{static_cast<EntityId>(random.below(atlas().entities().size()))};
    const std::size_t size = options.min_entities + i % 5;
    if (auto subgraph = sample_subgraph(atlas(), options, start, size, random)) {
      EXPECT_EQ(subgraph->entities.size(), size);
      result.push_back(std::move(*subgraph));
    }
  }
  return result;
}

std::size_t parallel(const Subgraph& subgraph, const Fact& fact) {
  return static_cast<std::size_t>(
      std::count_if(subgraph.facts.begin(), subgraph.facts.end(), [&](const Fact& other) {
        return std::minmax(other.head, other.tail) == std::minmax(fact.head, fact.tail);
      }));
}

bool is_capped(const SamplingOptions& options, const Subgraph& subgraph, const Fact& fact) {
  const Fact mirror{fact.tail, fact.relation, fact.head};
  const bool mirrored =
      options.one_direction && atlas().is_symmetric(fact.relation) && has(subgraph.facts, mirror);
  return mirrored || parallel(subgraph, fact) >= options.max_parallel ||
         !is_drawable(atlas(), options, fact);
}

TEST(Subgraph, IsInducedUpToTheCaps) {
  for (const bool one_direction : {true, false}) {
    SamplingOptions options;
    options.one_direction = one_direction;
    for (const Subgraph& subgraph : sample_many(options, 200)) {
      for (const Fact& fact : atlas().facts()) {
        if (!has(subgraph.entities, fact.head) || !has(subgraph.entities, fact.tail)) continue;
        ASSERT_TRUE(has(subgraph.facts, fact) || is_capped(options, subgraph, fact))
            << to_string(atlas().to_triple(fact));
      }
    }
  }
}

TEST(Subgraph, HoldsTrueFactsWithinTheCaps) {
  const SamplingOptions options;
  Random random(1);
  for (const Subgraph& subgraph : sample_many(options, 200)) {
    EXPECT_GE(subgraph.facts.size(), options.min_triples);
    EXPECT_LE(subgraph.facts.size(), options.max_triples);
    for (const Fact& fact : subgraph.facts) {
      EXPECT_TRUE(atlas().contains(fact));
      EXPECT_TRUE(has(subgraph.entities, fact.head) && has(subgraph.entities, fact.tail));
      EXPECT_LE(parallel(subgraph, fact), options.max_parallel);
    }
    EXPECT_TRUE(is_connected(to_graph(atlas(), options, subgraph, random)));
  }
}

TEST(Subgraph, GrowsInEachOfTheWaysAndKeepsTheCapOnDegree) {
  SamplingOptions options;
  options.max_degree = 3;
  std::set<Growth> growths;
  for (const Subgraph& subgraph : sample_many(options, 100)) {
    growths.insert(subgraph.growth);
    std::map<EntityId, int> degrees;
    for (const Fact& fact : subgraph.facts) ++degrees[fact.head], ++degrees[fact.tail];
    for (const auto& [entity, degree] : degrees) EXPECT_LE(degree, 3);
  }
  EXPECT_EQ(growths.size(), 3U);
}

TEST(Subgraph, LeavesOutLongNames) {
  SamplingOptions options;
  options.max_label_length = 9;
  for (const Subgraph& subgraph : sample_many(options, 30))
    for (const Fact& fact : subgraph.facts)
      EXPECT_LE(atlas().relation(fact.relation).label.size(), 9U);
}

TEST(Subgraph, ShowsThreeQuartersOfThePictures) {
  const SamplingOptions options;
  Random random(3);
  int pictured = 0, shown = 0;
  for (const Subgraph& subgraph : sample_many(options, 400)) {
    const Graph graph = to_graph(atlas(), options, subgraph, random);
    for (std::size_t i = 0; i < graph.entities.size(); ++i) {
      const bool has_image = !atlas().entity(subgraph.entities[i]).image.empty();
      EXPECT_TRUE(has_image || !graph.entities[i].picture);
      pictured += has_image ? 1 : 0;
      shown += graph.entities[i].picture ? 1 : 0;
    }
  }
  EXPECT_NEAR(static_cast<double>(shown) / pictured, 0.75, 0.05);
}

TEST(Subgraph, CannotGrowBeyondAComponent) {
  Random random(1);
  const EntityId start[]{0};
  EXPECT_FALSE(sample_subgraph(family(), {}, start, 7, random).has_value());
}

TEST(Subgraph, ClusterIsThatOfTheEntitiesInAnyOrder) {
  const Graph graph{{{"a", false}, {"b", true}}, {{"a", "r", "b"}}};
  const Graph turned{{{"b", false}, {"a", false}}, {{"b", "r", "a"}}};
  EXPECT_EQ(cluster_of(graph), cluster_of(turned));
  EXPECT_NE(cluster_of(graph), cluster_of({{{"ab", false}}, {}}));
  EXPECT_EQ(cluster_of(graph).size(), 16U);
}

}  // namespace
}  // namespace stareval::engine
