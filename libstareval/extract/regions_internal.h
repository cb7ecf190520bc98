// Where in a reply an answer is announced: answer tags, boxes, statements.
// Cost  linear in the span.   Thread  pure functions.
#pragma once

#include <string_view>
#include <vector>

#include "libstareval/extract/scan_internal.h"

namespace stareval::extract {

// Contents of <answer> ... </answer>, in order. A last tag that nothing closes reaches to the end:
// servers cut the closing tag where it is a stop sequence.
[[nodiscard]] std::vector<Span> answer_tags(const Source& source);

// Contents of \boxed{...}, braces balanced, in order; a box within a box is part of the outer one.
[[nodiscard]] std::vector<Span> boxes(const Source& source, Span span);

// Whether a region holds more than white space and signs: not "", "...", nor the "and" of a reply
// that repeats the instruction ("between <answer> and </answer>"). Lower-case text.
[[nodiscard]] bool says_something(std::string_view lower);

struct Statement {
  Span region;        // what follows the announcement, to the end of its line
  bool final;         // "final answer": outranks the others
  bool hypothetical;  // "if the answer is ...", "whether the answer is ..."
};

// "the answer is X", "Answer: X", "final answer = X", "the answer to the question would be X".
[[nodiscard]] std::vector<Statement> statements(const Source& source, Span span);

}  // namespace stareval::extract
