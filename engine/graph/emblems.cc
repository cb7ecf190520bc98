#include "engine/graph/emblems.h"

#include <algorithm>
#include <utility>

#include "engine/draw/emblem.h"

namespace stareval::engine {
namespace {

bool has_any(const KnowledgeGraph& graph, auto is_wanted) {
  const auto entities = graph.entities();
  return std::any_of(entities.begin(), entities.end(),
                     [&](const GraphEntity& entity) { return is_wanted(entity.image.string()); });
}

}  // namespace

bool has_pictures(const KnowledgeGraph& graph) {
  return has_any(graph, [](const std::string& image) { return !image.empty(); });
}

bool has_emblems(const KnowledgeGraph& graph) {
  return has_any(graph, [](const std::string& image) { return emblem_key(image).has_value(); });
}

KnowledgeGraph with_emblems(const KnowledgeGraph& graph) {
  std::vector<GraphEntity> entities(graph.entities().begin(), graph.entities().end());
  for (GraphEntity& entity : entities) entity.image = emblem_path(entity.id);
  return KnowledgeGraph(graph.info(), std::move(entities),
                        {graph.relations().begin(), graph.relations().end()},
                        {graph.facts().begin(), graph.facts().end()});
}

}  // namespace stareval::engine
