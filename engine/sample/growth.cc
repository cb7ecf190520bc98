#include "engine/sample/growth.h"

#include <algorithm>

#include "engine/sample/subgraph.h"

namespace stareval::engine {
namespace {

// Facts of one entity that are looked at [D]: enough for any fan-out, few enough for a hub.
constexpr std::size_t kMostFacts = 64;

class Grower {
 public:
  Grower(const KnowledgeGraph& graph, const SamplingOptions& options,
         std::span<const EntityId> start, std::size_t size, Random& random)
      : graph_(graph),
        options_(options),
        size_(size),
        random_(random),
        chosen_(start.begin(), start.end()) {}

  std::vector<EntityId> grow(Growth growth) {
    switch (growth) {
      case Growth::breadth_first: breadth_first(); break;
      case Growth::depth_first: depth_first(); break;
      case Growth::forest_fire: forest_fire(); break;
    }
    return std::move(chosen_);
  }

 private:
  [[nodiscard]] bool full() const { return chosen_.size() >= size_; }

  [[nodiscard]] bool is_new(EntityId id) const {
    return std::find(chosen_.begin(), chosen_.end(), id) == chosen_.end();
  }

  void add_neighbour(const Fact& fact, EntityId of, std::vector<EntityId>& neighbours) const {
    const EntityId other = fact.head == of ? fact.tail : fact.head;
    if (other != of && is_new(other) && is_drawable(graph_, options_, fact))
      neighbours.push_back(other);
  }

  // Neighbours that are not chosen yet, each once, in an order drawn by chance.
  std::vector<EntityId> new_neighbours(EntityId of) {
    const auto facts = graph_.facts_about(of);
    std::vector<EntityId> neighbours;
    if (facts.size() <= kMostFacts) {
      for (const std::uint32_t index : facts) add_neighbour(graph_.facts()[index], of, neighbours);
    } else {
      for (std::size_t i = 0; i < kMostFacts; ++i)
        add_neighbour(graph_.facts()[random_.pick(facts)], of, neighbours);
    }
    std::sort(neighbours.begin(), neighbours.end());
    neighbours.erase(std::unique(neighbours.begin(), neighbours.end()), neighbours.end());
    random_.shuffle(neighbours);
    return neighbours;
  }

  // Adds at most `most` new neighbours.
  void branch(EntityId from, std::size_t most) {
    const std::vector<EntityId> neighbours = new_neighbours(from);
    for (std::size_t i = 0; i < std::min(most, neighbours.size()) && !full(); ++i)
      chosen_.push_back(neighbours[i]);
  }

  void breadth_first() {
    for (std::size_t next = 0; next < chosen_.size() && !full(); ++next)
      branch(chosen_[next], 1 + random_.below(std::max<std::size_t>(options_.max_fan_out, 1)));
  }

  void depth_first() {
    std::vector<EntityId> path = chosen_;
    while (!path.empty() && !full()) {
      const std::size_t before = chosen_.size();
      branch(path.back(), 1);
      if (chosen_.size() == before) path.pop_back();
      else path.push_back(chosen_.back());
    }
  }

  void forest_fire() {
    const std::size_t most_embers = 4 * size_;  // then all are taken to be burnt out
    std::size_t next = 0;
    for (std::size_t embers = 0; !full() && embers < most_embers;) {
      if (next < chosen_.size()) {
        branch(chosen_[next++], geometric());
      } else {
        branch(random_.pick(chosen_), 1);
        ++embers;
      }
    }
  }

  std::size_t geometric() {
    std::size_t count = 0;
    while (count < size_ && random_.chance(options_.burn_probability)) ++count;
    return count;
  }

  const KnowledgeGraph& graph_;
  const SamplingOptions& options_;
  std::size_t size_;
  Random& random_;
  std::vector<EntityId> chosen_;
};

}  // namespace

std::string_view name_of(Growth growth) {
  switch (growth) {
    case Growth::breadth_first: return "bfs";
    case Growth::depth_first: return "dfs";
    case Growth::forest_fire: return "forest-fire";
  }
  return "";
}

std::vector<EntityId> grow(const KnowledgeGraph& graph, const SamplingOptions& options,
                           Growth growth, std::span<const EntityId> start, std::size_t size,
                           Random& random) {
  return Grower(graph, options, start, size, random).grow(growth);
}

}  // namespace stareval::engine
