// Where subgraphs may start: the entities of a split. No two splits share one, so that no picture
// of one is grown from the same root as a picture of another.
// Thread  immutable once built.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "engine/graph/knowledge_graph.h"
#include "engine/sample/sampling_options.h"

namespace stareval::engine {

class Starts {
 public:
  // All entities that can be drawn and have facts, but for those whose names are in `taken`.
  Starts(const KnowledgeGraph& graph, const SamplingOptions& options,
         const std::set<std::string>& taken = {});

  [[nodiscard]] const std::vector<EntityId>& entities() const { return entities_; }
  [[nodiscard]] bool contains(EntityId id) const { return is_in_[id]; }

  // Parts of these starts in proportion to the weights, each entity in one, in the order of a
  // digest of their ids. Each part has at least one where there are enough.
  [[nodiscard]] std::vector<Starts> divided(const KnowledgeGraph& graph,
                                            const std::vector<std::size_t>& weights) const;

 private:
  Starts() = default;

  std::vector<EntityId> entities_;  // ascending
  std::vector<bool> is_in_;         // by entity
};

}  // namespace stareval::engine
