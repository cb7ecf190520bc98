#include "engine/tasks/roles.h"

#include <algorithm>
#include <utility>

namespace stareval::engine {
namespace {

std::vector<EntityId> by_degree(const KnowledgeGraph& graph, std::span<const EntityId> entities) {
  std::vector<EntityId> sorted(entities.begin(), entities.end());
  std::sort(sorted.begin(), sorted.end(), [&](EntityId a, EntityId b) {
    return std::pair(graph.degree(a), a) < std::pair(graph.degree(b), b);
  });
  return sorted;
}

}  // namespace

Roles::Roles(const KnowledgeGraph& graph) : graph_(&graph) {
  for (RelationId id = 0; id < graph.relations().size(); ++id) {
    heads_.push_back(by_degree(graph, graph.heads(id)));
    tails_.push_back(by_degree(graph, graph.tails(id)));
  }
}

std::span<const EntityId> Roles::near(const Role& role, std::size_t degree,
                                      std::size_t reach) const {
  const std::vector<EntityId>& all = (role.head ? heads_ : tails_)[role.relation];
  const auto below = [&](std::size_t bound) {
    return static_cast<std::size_t>(
        std::partition_point(all.begin(), all.end(),
                             [&](EntityId id) { return graph_->degree(id) < bound; }) -
        all.begin());
  };
  // From the middle of those of equal degree.
  const std::size_t middle = (below(degree) + below(degree + 1)) / 2;
  const std::size_t first = middle - std::min(middle, reach);
  return std::span(all).subspan(first, std::min(all.size(), middle + reach) - first);
}

}  // namespace stareval::engine
