#include "libstareval/data/graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "libstareval/base/digest.h"
#include "libstareval/base/text.h"

namespace stareval {
namespace {

// With its length before it, so that no name can pass for two.
std::string part(std::string_view name) { return fmt::format("{}:{}", name.size(), name); }

Triple normalised(const Triple& triple) {
  return {normalise_name(triple.head), normalise_name(triple.relation),
          normalise_name(triple.tail)};
}

}  // namespace

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

std::string graph_hash(const Graph& graph) {
  std::set<Triple> triples;
  std::set<std::string> alone;
  for (const Entity& entity : graph.entities) alone.insert(normalise_name(entity.name));
  for (const Triple& triple : graph.triples) {
    const auto stated = triples.insert(normalised(triple)).first;
    alone.erase(stated->head);
    alone.erase(stated->tail);
  }
  Sha256 hash;
  for (const Triple& triple : triples)
    hash.update("t" + part(triple.head) + part(triple.relation) + part(triple.tail));
  for (const std::string& name : alone) hash.update("e" + part(name));
  return hash.finish();
}

}  // namespace stareval
