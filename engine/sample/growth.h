// Growth of a connected set of entities from its start to a wanted size.
// Breadth first  each entity in turn brings in 1 to max_fan_out new neighbours, so that a hub does
//                not fill the picture alone.
// Depth first    a walk that goes on from the newest entity, and goes back where it is stuck: long
//                chains.
// Forest fire    each burning entity sets a geometric number of neighbours on fire; where the fire
//                dies, an entity that has burnt lights it again (Leskovec, Kleinberg, Faloutsos
//                2005).
// Neighbours     along drawable facts, arrows taken both ways. Of an entity with very many facts
//                some are looked at, drawn by chance, so that the cost does not grow with hubs.
// Thread         pure functions.
#pragma once

#include <span>
#include <vector>

#include "engine/graph/knowledge_graph.h"
#include "engine/sample/sampling_options.h"
#include "libstareval/base/random.h"

namespace stareval::engine {

// `start` and what grew from it, in order of growth: `size` entities, or fewer where growth got
// stuck. `start` must not be empty.
[[nodiscard]] std::vector<EntityId> grow(const KnowledgeGraph& graph,
                                         const SamplingOptions& options, Growth growth,
                                         std::span<const EntityId> start, std::size_t size,
                                         Random& random);

}  // namespace stareval::engine
