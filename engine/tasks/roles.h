// Who takes which place: the entities at each end of each relation, by the number of their facts.
// Distractors are looked for among the neighbours of the gold in these lists, so that their cost
// does not grow with the graph.
// Thread  immutable once built.
#pragma once

#include <compare>
#include <span>
#include <vector>

#include "engine/graph/knowledge_graph.h"

namespace stareval::engine {

// One end of a relation.
struct Role {
  RelationId relation = 0;
  bool head = false;

  friend auto operator<=>(const Role&, const Role&) = default;
};

[[nodiscard]] inline bool takes(const KnowledgeGraph& graph, EntityId entity, const Role& role) {
  return role.head ? graph.is_head(entity, role.relation) : graph.is_tail(entity, role.relation);
}

class Roles {
 public:
  // `graph` must outlive this. Cost: a sort of all places, once.
  explicit Roles(const KnowledgeGraph& graph);

  // At most 2 x reach entities that take the role, those whose degree is nearest to the given one.
  [[nodiscard]] std::span<const EntityId> near(const Role& role, std::size_t degree,
                                               std::size_t reach) const;

 private:
  const KnowledgeGraph* graph_;
  std::vector<std::vector<EntityId>> heads_, tails_;  // by relation; sorted by degree, then number
};

}  // namespace stareval::engine
