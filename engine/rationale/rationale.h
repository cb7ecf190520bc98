// A chain of thought by rule: steps that are true of the drawn graph, and end in the gold answer.
// Form    Short numbered steps. Triples are named as "(head, relation, tail)", so that a knowledge
//         check can read them; statements of the relations put them into words. The last line is
//         "So the answer is X." with X = gold_answer(sample), or, for a description, "So the answer
//         is:" and the description.
// Truth   ED and ER call a fact false only where the whole graph denies it (may_hold).
// Thread  pure functions.
#pragma once

#include <string>

#include "engine/graph/knowledge_graph.h"
#include "libstareval/data/sample.h"

namespace stareval::engine {

// `sample` has its graph, change, choices and gold. Throws std::invalid_argument where the task is
// none of the eight.
[[nodiscard]] std::string write_rationale(const KnowledgeGraph& graph, const Sample& sample);

}  // namespace stareval::engine
