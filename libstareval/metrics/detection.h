// Metrics of a yes/no decision, from the four counts of its confusion table.
// Positive: there is an error. Nothing where a denominator is 0: with one class only, neither
// balanced accuracy nor MCC is defined.
// Source  Matthews 1975 for MCC.   Thread  pure functions.
#pragma once

#include <optional>

namespace stareval {

struct Confusion {
  double true_positive = 0;
  double false_positive = 0;
  double false_negative = 0;
  double true_negative = 0;
};

[[nodiscard]] std::optional<double> sensitivity(const Confusion& c);        // TP / (TP + FN)
[[nodiscard]] std::optional<double> specificity(const Confusion& c);        // TN / (TN + FP)
[[nodiscard]] std::optional<double> balanced_accuracy(const Confusion& c);  // mean of the two

// In [-1, 1]; 0 for any constant answer would be chance, but is undefined here.
[[nodiscard]] std::optional<double> matthews_correlation(const Confusion& c);

}  // namespace stareval
