// The choice that a reply makes among options, by letter, by the text of the option, or by both.
// Read     C, (C), C., "C) Paris", "option C", Paris, "Paris (C)", "The answer is C because ..."
// Flagged  letter and text that disagree, "A or B", "not C", two options with one text
// Not read letters within words: "The answer is because" (B), "clearly" (C);
//          the article "A" and the pronoun "I": "A graph shows ...";
//          lower-case options within prose: "it borders on ..."
// Option texts are compared by normalise_name; in running text, by their letters without case.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "libstareval/extract/extraction.h"

namespace stareval {

// The value is an index into `choices`, of which the first 26 count. Cost: linear in the reply,
// times the number of options.
[[nodiscard]] Extraction<std::size_t> extract_choice(std::string_view reply,
                                                     std::span<const std::string> choices);

}  // namespace stareval
