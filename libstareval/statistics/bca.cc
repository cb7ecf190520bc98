#include "libstareval/statistics/bca.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <vector>

#include "libstareval/statistics/interval.h"

namespace stareval {
namespace {

// The statistic without each cluster of a stratum, in turn. Nothing where one is undefined.
// `others` is the total over the other strata.
std::optional<std::vector<double>> without_each(std::span<const double> rows, std::size_t width,
                                                std::span<const double> others,
                                                const SumStatistic& statistic) {
  const std::size_t clusters = rows.size() / width;
  std::vector<double> stratum(width, 0.0);
  for (std::size_t i = 0; i < rows.size(); ++i) stratum[i % width] += rows[i];
  const auto n = static_cast<double>(clusters);
  const double weight = n / (n - 1.0);
  std::vector<double> left(width);
  std::vector<double> values;
  for (std::size_t g = 0; g < clusters; ++g) {
    for (std::size_t column = 0; column < width; ++column)
      left[column] = others[column] + weight * (stratum[column] - rows[g * width + column]);
    const auto value = statistic(left);
    if (!value) return std::nullopt;
    values.push_back(*value);
  }
  return values;
}

// The totals over the strata before each, and after it. What lies outside of a stratum is their
// sum, not a difference, which would not be 0 where nothing is there.
struct Outside {
  std::vector<std::vector<double>> before;
  std::vector<std::vector<double>> after;

  explicit Outside(const ClusterSums& sums, std::span<const std::size_t> strata)
      : before(strata.size() + 1, std::vector<double>(sums.width, 0.0)), after(before) {
    std::size_t row = 0;
    for (std::size_t s = 0; s < strata.size(); ++s) {
      before[s + 1] = before[s];
      for (std::size_t i = row * sums.width; i < (row + strata[s]) * sums.width; ++i)
        before[s + 1][i % sums.width] += sums.rows[i];
      row += strata[s];
    }
    for (std::size_t s = strata.size(); s-- > 0;) {
      after[s] = after[s + 1];
      row -= strata[s];
      for (std::size_t i = row * sums.width; i < (row + strata[s]) * sums.width; ++i)
        after[s][i % sums.width] += sums.rows[i];
    }
  }

  [[nodiscard]] std::vector<double> of(std::size_t stratum) const {
    std::vector<double> total = before[stratum];
    for (std::size_t i = 0; i < total.size(); ++i) total[i] += after[stratum + 1][i];
    return total;
  }
};

// Sums over strata of the empirical influence values, each divided by the clusters of its stratum.
struct Influence {
  double squares = 0;          // the variance that the bootstrap imitates
  double cubes = 0;            // its third moment
  double variance = 0;         // squares with n / (n - 1)
  double variance_spread = 0;  // squares of the variance of each stratum, over its degrees

  void add(std::span<const double> values) {
    const auto n = static_cast<double>(values.size());
    double mean = 0;
    for (const double value : values) mean += value / n;
    double stratum = 0;
    for (const double value : values) {
      const double influence = (n - 1.0) / n * (mean - value);
      stratum += influence * influence;
      cubes += influence * influence * influence;
    }
    const double unbiased = stratum * n / (n - 1.0);
    squares += stratum;
    variance += unbiased;
    variance_spread += unbiased * unbiased / (n - 1.0);
  }
};

double bca_level(double z0, double acceleration, double z) {
  const double shifted = z0 + z;
  const double scale = 1.0 - acceleration * shifted;
  if (scale <= 0) return shifted > 0 ? 1.0 : 0.0;
  return boost::math::cdf(boost::math::normal(), z0 + shifted / scale);
}

}  // namespace

std::optional<Jackknife> jackknife(const ClusterSums& sums, const SumStatistic& statistic) {
  const std::vector<std::size_t> whole{sums.clusters()};
  const std::span<const std::size_t> strata = sums.strata.empty() ? whole : sums.strata;
  const Outside outside(sums, strata);
  Influence influence;
  double largest = 0;
  auto rest = std::span(sums.rows);
  for (std::size_t s = 0; s < strata.size(); ++s) {
    const auto rows = rest.first(strata[s] * sums.width);
    rest = rest.subspan(rows.size());
    if (strata[s] < 2) continue;
    const auto values = without_each(rows, sums.width, outside.of(s), statistic);
    if (!values) return std::nullopt;
    for (const double value : *values) largest = std::max(largest, std::abs(value));
    influence.add(*values);
  }
  const double error = std::sqrt(influence.variance);
  if (is_point(0.0, error) || is_point(largest, largest + error)) return std::nullopt;
  return Jackknife{error, std::sqrt(influence.variance / influence.squares),
                   influence.variance * influence.variance / influence.variance_spread,
                   influence.cubes / (6.0 * std::pow(influence.squares, 1.5))};
}

std::optional<double> bias_correction(std::span<const double> replicates, double estimate) {
  double below = 0;
  for (const double value : replicates) {
    if (is_point(std::min(value, estimate), std::max(value, estimate))) below += 0.5;
    else if (value < estimate) below += 1.0;
  }
  const double share = below / static_cast<double>(replicates.size());
  if (!(share > 0.0 && share < 1.0)) return std::nullopt;
  return boost::math::quantile(boost::math::normal(), share);
}

Levels bca_levels(double z0, double acceleration, double z) {
  return {bca_level(z0, acceleration, -z), bca_level(z0, acceleration, z)};
}

}  // namespace stareval
