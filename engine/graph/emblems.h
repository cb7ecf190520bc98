// A graph with emblems (engine/draw/emblem.h) for pictures, where it has none of its own: FB15K-237
// and MKG-Y come without. A picture can then be shown and counted, though it says nothing.
// Thread  pure functions.
#pragma once

#include "engine/graph/knowledge_graph.h"

namespace stareval::engine {

[[nodiscard]] bool has_pictures(const KnowledgeGraph& graph);

// Whether its pictures are emblems.
[[nodiscard]] bool has_emblems(const KnowledgeGraph& graph);

// The same graph, each entity with the emblem of its id. Cost: that of building a graph.
[[nodiscard]] KnowledgeGraph with_emblems(const KnowledgeGraph& graph);

}  // namespace stareval::engine
