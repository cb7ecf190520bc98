#include "engine/graph/loaded_graph.h"

#include <utility>

#include "engine/draw/text.h"

namespace stareval::engine {

LoadedGraph make_loaded_graph(GraphInfo info, std::vector<GraphEntity> entities,
                              std::vector<Relation> relations, std::vector<Fact> facts,
                              LoadReport report) {
  const auto mark = [&report](auto& item, const std::string& text) {
    item.fonts = fonts_with(text);
    report.unsettable += item.fonts == 0 ? 1 : 0;
  };
  for (GraphEntity& entity : entities) mark(entity, entity.name);
  for (Relation& relation : relations) mark(relation, relation.label);
  const std::size_t with_duplicates = facts.size();
  KnowledgeGraph graph(std::move(info), std::move(entities), std::move(relations),
                       std::move(facts));
  report.duplicate_triples = with_duplicates - graph.facts().size();
  for (EntityId id = 0; id < graph.entities().size(); ++id) {
    report.isolated += graph.degree(id) == 0 ? 1 : 0;
    report.pictures += graph.entity(id).image.empty() ? 0 : 1;
  }
  return {std::move(graph), std::move(report)};
}

}  // namespace stareval::engine
