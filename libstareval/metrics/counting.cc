#include "libstareval/metrics/counting.h"

#include <cmath>
#include <map>
#include <stdexcept>

namespace stareval {
namespace {

void require_same_size(std::span<const std::int64_t> predicted,
                       std::span<const std::int64_t> gold) {
  if (predicted.size() != gold.size())
    throw std::invalid_argument("count metrics: sizes of predicted and gold");
}

// Sums first; `mean` makes the scores of them.
void add(CountScores& sums, std::int64_t predicted, std::int64_t gold) {
  const double error = count_error(predicted, gold);
  ++sums.n;
  sums.exact += predicted == gold ? 1 : 0;
  sums.within_one += std::abs(error) <= 1 ? 1 : 0;
  sums.mean_absolute_error += std::abs(error);
  sums.bias += error;
}

CountScores mean(CountScores sums) {
  const auto n = static_cast<double>(sums.n);
  return {sums.n, sums.exact / n, sums.within_one / n, sums.mean_absolute_error / n, sums.bias / n};
}

}  // namespace

double count_error(std::int64_t predicted, std::int64_t gold) {
  return static_cast<double>(predicted) - static_cast<double>(gold);
}

std::optional<CountScores> score_counts(std::span<const std::int64_t> predicted,
                                        std::span<const std::int64_t> gold) {
  require_same_size(predicted, gold);
  if (gold.empty()) return std::nullopt;
  CountScores sums;
  for (std::size_t i = 0; i < gold.size(); ++i) add(sums, predicted[i], gold[i]);
  return mean(sums);
}

std::vector<CountPoint> curve_by_gold(std::span<const std::int64_t> predicted,
                                      std::span<const std::int64_t> gold) {
  require_same_size(predicted, gold);
  std::map<std::int64_t, CountScores> sums;
  for (std::size_t i = 0; i < gold.size(); ++i) add(sums[gold[i]], predicted[i], gold[i]);
  std::vector<CountPoint> curve;
  curve.reserve(sums.size());
  for (const auto& [count, part] : sums) curve.push_back({count, mean(part)});
  return curve;
}

}  // namespace stareval
