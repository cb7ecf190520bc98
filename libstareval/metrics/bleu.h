// BLEU of a text against one or several references, as sacreBLEU 2 counts it by default: tokenizer
// 13a (that of mteval-v13a), case kept, n-grams to 4, exponential smoothing; the length of the
// closest reference, of two as close the shorter.
// Input   UTF-8; what is not is U+FFFD.
// Output  0 to 100. 0 where nothing matches, and for a text without tokens, as sacreBLEU has it.
//         A reference without tokens is a reference.
// Limits  words as written between white space and Western punctuation: a text in Chinese or
//         Japanese is one word; chrF is for those.
// Sources Papineni et al. 2002; Post 2018, arXiv:1804.08771; smoothing method 3 of Chen and Cherry
//         2014.
// Thread  pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stareval {

inline constexpr std::size_t kBleuOrder = 4;

// What the score is made of. Counts of sentences add up to those of their corpus, so that a
// bootstrap need not read a text twice.
struct BleuCounts {
  std::array<std::size_t, kBleuOrder> matches{};  // n-grams that a reference has too, by n - 1
  std::array<std::size_t, kBleuOrder> totals{};   // n-grams of the text
  std::size_t length = 0;                         // tokens of the text
  std::size_t reference_length = 0;               // of the closest reference

  BleuCounts& operator+=(const BleuCounts& other);
};

// No reference: nothing matches. Cost: n log n in the tokens.
[[nodiscard]] BleuCounts count_bleu(std::string_view text,
                                    std::span<const std::string_view> references);

// Of summed counts: the corpus score. With no 4-gram in the whole corpus it is 0.
[[nodiscard]] double corpus_bleu(const BleuCounts& counts);

// Of one sentence: only the orders that it is long enough for count ("effective order").
[[nodiscard]] double sentence_bleu(const BleuCounts& counts);
[[nodiscard]] double sentence_bleu(std::string_view text, std::string_view reference);

// The tokens of 13a.
[[nodiscard]] std::vector<std::string> tokenize_13a(std::string_view text);

}  // namespace stareval
