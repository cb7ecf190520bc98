// How alike two readings are: misread letters, shared stems, masks.
// Thread  pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "backends/reader/read_graph.h"

namespace stareval::reader {

// Confidence of letters below which a reading is not sure.
inline constexpr double kSureText = 0.6;

// Insertions, deletions and substitutions of bytes. Cost: the product of the lengths.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

// Whether two readings are of one text: equal by normalise_name; or one letter apart where both
// have six or more; or one letter more where one of the two is not sure. Never where both hold
// digits that differ.
[[nodiscard]] bool same_reading(std::string_view a, double confidence_a, std::string_view b,
                                double confidence_b);

// The length of the longest beginning that a word of one shares with a word of the other, where it
// is four bytes or more and at least half of the longer word: "Haiti", "Haitian Creole"; or 0.
[[nodiscard]] std::size_t shared_stem(std::string_view a, std::string_view b);

// Three signs or more, of which half or more are question marks.
[[nodiscard]] bool is_mask(std::string_view text);

// What a row of question marks is misread as: three or more signs that look like them, and no
// other.
[[nodiscard]] bool may_be_mask(std::string_view text);

// For each edge the number of its label, from 0 in the order in which labels are first met;
// readings of one label have one number; -1 where nothing was read.
[[nodiscard]] std::vector<int> label_numbers(const ReadGraph& graph);

}  // namespace stareval::reader
