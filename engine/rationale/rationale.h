// A chain of thought by rule: steps that are true of the drawn graph, and end in the gold answer.
// Form    Short numbered steps, each in one of several phrasings, drawn by chance; nodes, arrows
// and
//         facts in an order drawn by chance. Triples are named as "(head, relation, tail)", so that
//         a knowledge check can read them: those that are drawn and, where one of them is false,
//         the true one in its place. Statements of the relations put them into words; what an
//         option would make of a fact stands in words alone. The last line is "So the answer is X."
//         or another phrasing with X = gold_answer(sample); for a description, a line that ends in
//         "answer is:", and the description.
// Truth   ED, ER and RR call a fact false only where the whole graph denies it (may_hold).
// Thread  pure functions.
#pragma once

#include <string>

#include "engine/graph/knowledge_graph.h"
#include "libstareval/base/random.h"
#include "libstareval/data/sample.h"

namespace stareval::engine {

// `sample` has its graph, change, choices and gold. The same random stream gives the same text.
// Throws std::invalid_argument where the task is none of the eight.
[[nodiscard]] std::string write_rationale(const KnowledgeGraph& graph, const Sample& sample,
                                          const Random& random);

}  // namespace stareval::engine
