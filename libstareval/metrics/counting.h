// Metrics of counts.
// Input   predicted and gold counts of the same items, in the same order; items without a predicted
//         count are for the caller to leave out, and to report.
// Output  exact and within_one: fractions; errors: in things counted, predicted - gold.
// Thread  pure functions. Arrays of different sizes throw std::invalid_argument.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace stareval {

// predicted - gold: above 0 where too many are counted. In floating point, as a model may name any
// number.
[[nodiscard]] double count_error(std::int64_t predicted, std::int64_t gold);

struct CountScores {
  std::size_t n = 0;
  double exact = 0;
  double within_one = 0;           // at most 1 off
  double mean_absolute_error = 0;  // one wild answer moves it at will: print the other scores too
  double bias = 0;                 // mean error: above 0 where too many are counted
};

// Nothing where there are no items.
[[nodiscard]] std::optional<CountScores> score_counts(std::span<const std::int64_t> predicted,
                                                      std::span<const std::int64_t> gold);

struct CountPoint {
  std::int64_t gold = 0;
  CountScores scores;
};

// The scores of each gold count, rising. Cost: n log n.
[[nodiscard]] std::vector<CountPoint> curve_by_gold(std::span<const std::int64_t> predicted,
                                                    std::span<const std::int64_t> gold);

}  // namespace stareval
