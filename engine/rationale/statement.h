// A triple as a sentence, by the statement of its relation.   Thread  pure functions.
#pragma once

#include <string>

#include "engine/graph/knowledge_graph.h"

namespace stareval::engine {

// "France has Paris as a capital." A masked entity stands as ?????; a masked or unknown relation
// gives "An unknown relation leads from France to Paris."
// It begins with a capital, so that sentences can be told apart: "Poodle is a kind of dog."
[[nodiscard]] std::string statement(const KnowledgeGraph& graph, const Triple& triple);

}  // namespace stareval::engine
