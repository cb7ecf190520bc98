// An order of candidates out of replies: which entity or relation is likeliest, which is next?
// Read    a numbered list, bullets, a table, one a line, "a, b, c", "a > b > c", a JSON array of
//         names or of {"rank", "answer"}, "C, A, B" where the candidates stand behind letters.
//         A single stated answer is a list of one; prose that names a candidate is no list.
// Flagged two lists that disagree, ties ("a or b", "a = b", "1. a 1. b 2. c"), an order from least
//         to most likely, shares that contradict the order ("a (10%), b (90%)"), a candidate
//         within text that is neither its name nor a reason behind it
// A list may hold fewer than all candidates. One that is named twice counts at its first place.
// What is named but is no candidate takes no place, and is counted: in "1. a 2. x 3. b" b is
// second.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libstareval/extract/extraction.h"

namespace stareval {

struct Ranking {
  std::vector<std::size_t> order;  // indices into the candidates, likeliest first, each once
  std::size_t unknown = 0;         // named things of the list that are no candidates
};

// `lettered`: the prompt shows the first 26 candidates behind letters. The order of what is found
// holds one candidate or more. Names are compared by normalise_name; two candidates of one form
// are told apart by their letters only. Cost: linear in the reply and in the candidates.
[[nodiscard]] Extraction<Ranking> extract_ranking(std::string_view reply,
                                                  std::span<const std::string> candidates,
                                                  bool lettered = false);

}  // namespace stareval
