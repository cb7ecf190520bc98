#include "libstareval/metrics/detection.h"

#include <cmath>

namespace stareval {
namespace {

std::optional<double> ratio(double part, double whole) {
  if (whole <= 0) return std::nullopt;
  return part / whole;
}

}  // namespace

std::optional<double> sensitivity(const Confusion& c) {
  return ratio(c.true_positive, c.true_positive + c.false_negative);
}

std::optional<double> specificity(const Confusion& c) {
  return ratio(c.true_negative, c.true_negative + c.false_positive);
}

std::optional<double> balanced_accuracy(const Confusion& c) {
  const auto hits = sensitivity(c);
  const auto rejections = specificity(c);
  if (!hits || !rejections) return std::nullopt;
  return (*hits + *rejections) / 2.0;
}

std::optional<double> matthews_correlation(const Confusion& c) {
  const double product =
      (c.true_positive + c.false_positive) * (c.true_positive + c.false_negative) *
      (c.true_negative + c.false_positive) * (c.true_negative + c.false_negative);
  return ratio(c.true_positive * c.true_negative - c.false_positive * c.false_negative,
               std::sqrt(product));
}

}  // namespace stareval
