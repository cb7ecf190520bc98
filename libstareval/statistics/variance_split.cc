#include "libstareval/statistics/variance_split.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "libstareval/statistics/quantiles.h"
#include "libstareval/statistics/solve_internal.h"

namespace stareval {
namespace {

bool is_whole(const Measurements& measurements) {
  return !measurements.values.empty() &&
         measurements.levels.size() == measurements.values.size() * measurements.factors.size() &&
         std::all_of(measurements.values.begin(), measurements.values.end(),
                     [](double value) { return std::isfinite(value); });
}

struct LevelSum {
  double count = 0;
  double sum = 0;
};

using LevelSums = std::map<std::size_t, LevelSum>;

LevelSums level_sums(const Measurements& measurements, std::size_t factor, double mean) {
  LevelSums sums;
  for (std::size_t i = 0; i < measurements.values.size(); ++i) {
    LevelSum& level = sums[measurements.level(i, factor)];
    level.count += 1;
    level.sum += measurements.values[i] - mean;
  }
  return sums;
}

// How much the variance of factor `other` adds to the sum of squares of the means of `factor`: the
// sum over its levels of (sum over the other's levels of common observations^2) / observations.
double share_of(const Measurements& measurements, std::size_t factor, std::size_t other,
                const LevelSums& sums) {
  std::map<std::pair<std::size_t, std::size_t>, double> cells;
  for (std::size_t i = 0; i < measurements.values.size(); ++i)
    cells[{measurements.level(i, factor), measurements.level(i, other)}] += 1;
  double share = 0;
  for (const auto& [cell, count] : cells) share += count * count / sums.at(cell.first).count;
  return share;
}

// What the sums of squares are expected to be: a row for each factor and one for the values, a
// column for each factor's variance and one for the residual's.
std::vector<double> expected_squares(const Measurements& measurements,
                                     const std::vector<LevelSums>& sums) {
  const std::size_t factors = sums.size();
  const std::size_t size = factors + 1;
  const auto n = static_cast<double>(measurements.values.size());
  std::vector<double> expected(size * size, n);
  for (std::size_t factor = 0; factor < factors; ++factor) {
    for (std::size_t other = 0; other < factors; ++other)
      if (other != factor)
        expected[factor * size + other] = share_of(measurements, factor, other, sums[factor]);
    expected[factor * size + factors] = static_cast<double>(sums[factor].size());
  }
  // What the mean of all values, which is taken off, would have added.
  for (std::size_t column = 0; column < size; ++column) {
    double of_mean = 1;
    if (column < factors) {
      of_mean = 0;
      for (const auto& [level, sum] : sums[column]) of_mean += sum.count * sum.count / n;
    }
    for (std::size_t row = 0; row < size; ++row) expected[row * size + column] -= of_mean;
  }
  return expected;
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

VarianceComponent component(std::string factor, double estimate, std::size_t levels) {
  return {std::move(factor), std::max(0.0, estimate), estimate, levels};
}

// The level of each factor.
using Combination = std::vector<std::size_t>;

Combination combination_of(const Measurements& measurements, std::size_t observation) {
  Combination levels;
  for (std::size_t factor = 0; factor < measurements.factors.size(); ++factor)
    levels.push_back(measurements.level(observation, factor));
  return levels;
}

// Squares of deviations, and their degrees of freedom.
struct Spread {
  double squares = 0;
  double degrees = 0;
};

// Of the variance, from the spreads within items.
std::optional<Interval> pooled_interval(double variance, const Spread& total,
                                        const std::map<std::size_t, Spread>& items) {
  double n = 0;  // items with degrees of freedom
  double squares = 0;
  for (const auto& [item, spread] : items) {
    if (spread.degrees <= 0) continue;
    const double residual = spread.squares - variance * spread.degrees;
    squares += residual * residual;
    n += 1;
  }
  if (n < 2 || !(variance > 0)) return std::nullopt;
  const double error = std::sqrt(n / (n - 1) * squares) / total.degrees;
  const double factor = std::exp(t_quantile(kConfidence, n - 1) * error / variance);
  if (is_point(1 / factor, factor)) return std::nullopt;
  return Interval{variance / factor, variance * factor, "linearised log t"};
}

// The pooled variance within groups, of which the first level names the item.
WithinVariance pooled(std::string factor, const std::map<Combination, std::vector<double>>& groups,
                      bool within_items) {
  WithinVariance result{std::move(factor), std::nullopt, 0, std::nullopt};
  Spread total;
  std::map<std::size_t, Spread> items;
  for (const auto& [levels, values] : groups) {
    const double mean = mean_of(values);
    double squares = 0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    const auto degrees = static_cast<double>(values.size() - 1);
    total.squares += squares;
    total.degrees += degrees;
    result.degrees += values.size() - 1;
    if (!within_items) continue;
    Spread& item = items[levels.front()];
    item.squares += squares;
    item.degrees += degrees;
  }
  if (result.degrees == 0) return result;
  result.variance = total.squares / total.degrees;
  result.interval = pooled_interval(*result.variance, total, items);
  return result;
}

}  // namespace

std::optional<VarianceSplit> split_variance(const Measurements& measurements) {
  if (!is_whole(measurements)) return std::nullopt;
  const std::size_t factors = measurements.factors.size();
  VarianceSplit split;
  split.mean = mean_of(measurements.values);
  std::vector<LevelSums> sums;
  std::vector<double> squares;  // of the factors' level means and of the values, about the mean
  for (std::size_t factor = 0; factor < factors; ++factor) {
    sums.push_back(level_sums(measurements, factor, split.mean));
    squares.push_back(0);
    for (const auto& [level, sum] : sums[factor]) squares[factor] += sum.sum * sum.sum / sum.count;
  }
  squares.push_back(0);
  for (const double value : measurements.values)
    squares.back() += (value - split.mean) * (value - split.mean);
  const auto inverted = inverse(expected_squares(measurements, sums), factors + 1);
  if (!inverted) return std::nullopt;
  const auto estimates = product(*inverted, squares);
  for (std::size_t factor = 0; factor < factors; ++factor)
    split.factors.push_back(
        component(measurements.factors[factor], estimates[factor], sums[factor].size()));
  split.residual = component("residual", estimates[factors], measurements.values.size());
  return split;
}

std::vector<WithinVariance> within_variances(const Measurements& measurements) {
  std::vector<WithinVariance> result;
  if (!is_whole(measurements)) return result;
  std::map<Combination, std::vector<double>> combinations;
  for (std::size_t i = 0; i < measurements.values.size(); ++i)
    combinations[combination_of(measurements, i)].push_back(measurements.values[i]);
  for (std::size_t factor = 0; factor < measurements.factors.size(); ++factor) {
    std::map<Combination, std::vector<double>> groups;
    for (const auto& [levels, values] : combinations) {
      Combination others = levels;
      others.erase(others.begin() + static_cast<std::ptrdiff_t>(factor));
      groups[others].push_back(mean_of(values));
    }
    result.push_back(pooled(measurements.factors[factor], groups, factor > 0));
  }
  result.push_back(pooled("residual", combinations, !measurements.factors.empty()));
  return result;
}

std::optional<double> predicted_error(const VarianceSplit& split,
                                      std::span<const PlannedFactor> plan) {
  if (plan.size() != split.factors.size()) return std::nullopt;
  double variance = 0;
  double combinations = 1;
  for (std::size_t factor = 0; factor < plan.size(); ++factor) {
    const auto levels = static_cast<double>(plan[factor].levels);
    if (levels < 1) return std::nullopt;
    combinations *= levels;
    if (!plan[factor].fixed) variance += split.factors[factor].variance / levels;
  }
  return std::sqrt(variance + split.residual.variance / combinations);
}

}  // namespace stareval
