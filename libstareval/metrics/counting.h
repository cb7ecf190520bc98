// Metrics of counts. Input: predicted and gold counts, same order, same length.
// Nothing where there are no counts.   Thread  pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace stareval {

// Fraction of predictions that are at most `tolerance` from the gold: 0 for exact.
[[nodiscard]] std::optional<double> share_within(std::span<const std::int64_t> predicted,
                                                 std::span<const std::int64_t> gold,
                                                 std::int64_t tolerance);

[[nodiscard]] std::optional<double> mean_absolute_error(std::span<const std::int64_t> predicted,
                                                        std::span<const std::int64_t> gold);

// Mean of predicted - gold: above 0 where too many are counted.
[[nodiscard]] std::optional<double> mean_bias(std::span<const std::int64_t> predicted,
                                              std::span<const std::int64_t> gold);

// predicted - gold; in floating point, as a model may name any number.
[[nodiscard]] double count_error(std::int64_t predicted, std::int64_t gold);

}  // namespace stareval
