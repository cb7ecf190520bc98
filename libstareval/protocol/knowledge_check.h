// The rule-based check of a chain of thought: which entities, relations and triples it names, held
// against the graph. How they are read, and what cannot be seen: extract/knowledge.h.
// Thread  pure functions.
#pragma once

#include <string_view>

#include "libstareval/data/graph.h"
#include "libstareval/metrics/knowledge.h"

namespace stareval {

// `reasoning`: the text of the chain of thought, with or without its tags. What is
// invented in prose is not seen. Cost: linear in the text.
[[nodiscard]] KnowledgeScores knowledge_check(std::string_view reasoning, const Graph& drawn);

}  // namespace stareval
