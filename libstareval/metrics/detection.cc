#include "libstareval/metrics/detection.h"

#include <cmath>
#include <stdexcept>

namespace stareval {
namespace {

std::optional<double> ratio(double part, double whole) {
  if (whole <= 0) return std::nullopt;
  return part / whole;
}

}  // namespace

Confusion confusion_of(std::span<const std::uint8_t> predicted,
                       std::span<const std::uint8_t> gold) {
  if (predicted.size() != gold.size())
    throw std::invalid_argument("confusion_of: sizes of predicted and gold");
  Confusion c;
  for (std::size_t i = 0; i < gold.size(); ++i) {
    if (predicted[i] != 0) ++(gold[i] != 0 ? c.true_positive : c.false_positive);
    else ++(gold[i] != 0 ? c.false_negative : c.true_negative);
  }
  return c;
}

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

std::optional<double> yes_rate(const Confusion& c) {
  const double yes = c.true_positive + c.false_positive;
  return ratio(yes, yes + c.false_negative + c.true_negative);
}

std::optional<double> matthews_correlation(const Confusion& c) {
  const double product =
      (c.true_positive + c.false_positive) * (c.true_positive + c.false_negative) *
      (c.true_negative + c.false_positive) * (c.true_negative + c.false_negative);
  return ratio(c.true_positive * c.true_negative - c.false_positive * c.false_negative,
               std::sqrt(product));
}

}  // namespace stareval
