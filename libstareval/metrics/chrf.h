// chrF2 of a text against one or several references, as sacreBLEU 2 counts it by default: n-grams
// of 1 to 6 characters without white space, no word n-grams, recall weighs twice as much as
// precision, case kept; of several references the one with the best score.
// Input   UTF-8, characters are code points; what is not UTF-8 is U+FFFD.
// Output  0 to 100; 0 where nothing matches, and where a text is empty, as sacreBLEU has it.
// Sources Popovic 2015 and 2016; Post 2018, arXiv:1804.08771.   Thread  pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace stareval {

inline constexpr std::size_t kChrfOrder = 6;

// What the score is made of. Counts of sentences add up to those of their corpus.
struct ChrfCounts {
  struct Order {
    std::size_t text = 0;  // n-grams of the text; 0 where the reference has none of that length
    std::size_t reference = 0;  // n-grams of the reference
    std::size_t common = 0;
  };
  std::array<Order, kChrfOrder> orders{};  // by n - 1

  ChrfCounts& operator+=(const ChrfCounts& other);
};

// Against the best reference; of equal ones the first. No reference: nothing counts.
// Cost: n log n in the characters.
[[nodiscard]] ChrfCounts count_chrf(std::string_view text,
                                    std::span<const std::string_view> references);

// F2 of the mean precision and the mean recall over the orders that both texts have: of one
// sentence, or of a corpus from summed counts.
[[nodiscard]] double chrf(const ChrfCounts& counts);
[[nodiscard]] double chrf(std::string_view text, std::string_view reference);

}  // namespace stareval
