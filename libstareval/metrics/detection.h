// Metrics of a yes/no decision, from the four counts of its confusion table.
// Positive: there is an error. Nothing where a denominator is 0: with one class only, neither
// balanced accuracy nor MCC is defined.
// Source  Matthews 1975 for MCC.   Thread  pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace stareval {

struct Confusion {
  double true_positive = 0;
  double false_positive = 0;
  double false_negative = 0;
  double true_negative = 0;
};

// Of two arrays of yes (not 0) and no (0), in the same order. Different sizes throw
// std::invalid_argument.
[[nodiscard]] Confusion confusion_of(std::span<const std::uint8_t> predicted,
                                     std::span<const std::uint8_t> gold);

[[nodiscard]] std::optional<double> sensitivity(const Confusion& c);        // TP / (TP + FN)
[[nodiscard]] std::optional<double> specificity(const Confusion& c);        // TN / (TN + FP)
[[nodiscard]] std::optional<double> balanced_accuracy(const Confusion& c);  // mean of the two

// Share of yes among the answers: beside the share among the golds it shows a constant answer.
[[nodiscard]] std::optional<double> yes_rate(const Confusion& c);

// In [-1, 1]; 0 for any constant answer would be chance, but is undefined here.
[[nodiscard]] std::optional<double> matthews_correlation(const Confusion& c);

}  // namespace stareval
