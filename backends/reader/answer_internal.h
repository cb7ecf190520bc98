// An answer from a read graph and a question alone.
// Thread  pure functions.
#pragma once

#include <string>

#include "backends/reader/question_internal.h"
#include "backends/reader/read_graph.h"

namespace stareval::reader {

// In the form that the prompt asks for; or a text that says that it cannot be known, in which an
// extractor finds no answer.
// `guess_first`: of what is hidden, the likeliest option all the same, of equals the first; without
// options, the likeliest label that is drawn. Where there is none to choose from, it still says so.
[[nodiscard]] std::string answer(const Question& question, const ReadGraph& graph,
                                 bool guess_first);

}  // namespace stareval::reader
