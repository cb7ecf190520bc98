#include "libstareval/metrics/counting.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace stareval {
namespace {

template <class Function>
std::optional<double> mean_of_errors(std::span<const std::int64_t> predicted,
                                     std::span<const std::int64_t> gold, Function function) {
  const std::size_t n = std::min(predicted.size(), gold.size());
  if (n == 0) return std::nullopt;
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) sum += function(count_error(predicted[i], gold[i]));
  return sum / static_cast<double>(n);
}

}  // namespace

double count_error(std::int64_t predicted, std::int64_t gold) {
  return static_cast<double>(predicted) - static_cast<double>(gold);
}

std::optional<double> share_within(std::span<const std::int64_t> predicted,
                                   std::span<const std::int64_t> gold, std::int64_t tolerance) {
  const auto limit = static_cast<double>(tolerance);
  return mean_of_errors(predicted, gold,
                        [&](double error) { return std::abs(error) <= limit ? 1.0 : 0.0; });
}

std::optional<double> mean_absolute_error(std::span<const std::int64_t> predicted,
                                          std::span<const std::int64_t> gold) {
  return mean_of_errors(predicted, gold, [](double error) { return std::abs(error); });
}

std::optional<double> mean_bias(std::span<const std::int64_t> predicted,
                                std::span<const std::int64_t> gold) {
  return mean_of_errors(predicted, gold, std::identity{});
}

}  // namespace stareval
