// A graph that was read, and what was met on the way.
#pragma once

#include <vector>

#include "engine/graph/knowledge_graph.h"
#include "engine/graph/load_report.h"

namespace stareval::engine {

struct LoadedGraph {
  KnowledgeGraph graph;
  LoadReport report;
};

// Builds the graph, and counts duplicate triples, entities in no triple, and pictures.
[[nodiscard]] LoadedGraph make_loaded_graph(GraphInfo info, std::vector<GraphEntity> entities,
                                            std::vector<Relation> relations,
                                            std::vector<Fact> facts, LoadReport report);

}  // namespace stareval::engine
