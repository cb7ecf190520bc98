#include "libstareval/data/graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

namespace stareval {

int count_relations(const Graph& graph) {
  std::set<std::string_view> labels;
  for (const Triple& triple : graph.triples) labels.insert(triple.relation);
  return static_cast<int>(labels.size());
}

int count_pictures(const Graph& graph) {
  return static_cast<int>(std::count_if(graph.entities.begin(), graph.entities.end(),
                                        [](const Entity& entity) { return entity.picture; }));
}

std::string to_string(const Triple& triple) {
  return fmt::format("({}, {}, {})", triple.head, triple.relation, triple.tail);
}

}  // namespace stareval
