#include "engine/tasks/starts.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "engine/sample/subgraph.h"
#include "libstareval/base/digest.h"

namespace stareval::engine {

Starts::Starts(const KnowledgeGraph& graph, const SamplingOptions& options,
               const std::set<std::string>& taken)
    : is_in_(graph.entities().size(), false) {
  for (EntityId id = 0; id < graph.entities().size(); ++id) {
    if (graph.degree(id) == 0 || !is_drawable(graph, options, id)) continue;
    if (taken.contains(graph.entity(id).name)) continue;
    entities_.push_back(id);
    is_in_[id] = true;
  }
}

std::vector<Starts> Starts::divided(const KnowledgeGraph& graph,
                                    const std::vector<std::size_t>& weights) const {
  std::vector<std::pair<std::string, EntityId>> order;
  order.reserve(entities_.size());
  for (const EntityId id : entities_)
    order.emplace_back(short_digest(sha256(graph.entity(id).id), 16), id);
  std::sort(order.begin(), order.end());
  const std::size_t all =
      std::max<std::size_t>(1, std::accumulate(weights.begin(), weights.end(), std::size_t{0}));
  std::vector<Starts> parts;
  std::size_t weight = 0, first = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    weight += weights[i];
    const std::size_t left = weights.size() - i - 1;  // parts that still need one
    std::size_t last = std::max(first + 1, order.size() * weight / all);
    last = std::min(last, order.size() - std::min(order.size(), left));
    Starts part;
    part.is_in_.assign(is_in_.size(), false);
    for (; first < last; ++first) {
      part.entities_.push_back(order[first].second);
      part.is_in_[order[first].second] = true;
    }
    std::sort(part.entities_.begin(), part.entities_.end());
    parts.push_back(std::move(part));
  }
  return parts;
}

}  // namespace stareval::engine
