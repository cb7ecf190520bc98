// Text as Python's str sees it, and multisets of n-grams: what BLEU and chrF are counted on.
// Bytes that are not UTF-8 are U+FFFD, one for each byte.
// Thread  pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace stareval::metrics {

[[nodiscard]] std::u32string code_points(std::string_view text);

// What str.isspace() holds for white space: of Unicode, and the separators U+001C to U+001F.
[[nodiscard]] bool is_space(char32_t c);

// As str.split(): parts between runs of white space, none empty. Views into the text.
[[nodiscard]] std::vector<std::string_view> split_words(std::string_view text);

// All runs of n units, sorted; views into the sequence.
using Ngrams = std::vector<std::u32string_view>;

// Those of 1 to max_n units, by n - 1. Cost: m log m for m units, and one sort for all n.
[[nodiscard]] std::vector<Ngrams> sorted_ngrams(std::u32string_view sequence, std::size_t max_n);

// Size of the intersection of two sorted multisets.
[[nodiscard]] std::size_t count_common(const Ngrams& a, const Ngrams& b);

}  // namespace stareval::metrics
