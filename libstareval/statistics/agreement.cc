#include "libstareval/statistics/agreement.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "libstareval/statistics/agreement_internal.h"
#include "libstareval/statistics/quantiles.h"

namespace stareval {
namespace {

std::vector<double> totals(const ClusterSums& sums) {
  std::vector<double> total(sums.width, 0.0);
  for (std::size_t i = 0; i < sums.rows.size(); ++i) total[i % sums.width] += sums.rows[i];
  return total;
}

// The derivative of the statistic by the weight of a cluster, by differences of fourth order: the
// statistics are quotients of polynomials, and the step is a thousandth of all weights, so that
// some 11 digits are right.
std::optional<double> derivative(const SumStatistic& statistic, const std::vector<double>& total,
                                 std::span<const double> row, double step) {
  std::vector<double> moved(total.size());
  const auto at = [&](double weight) {
    for (std::size_t i = 0; i < moved.size(); ++i) moved[i] = total[i] + weight * row[i];
    return statistic(moved);
  };
  const auto far_below = at(-2 * step);
  const auto below = at(-step);
  const auto above = at(step);
  const auto far_above = at(2 * step);
  if (!far_below || !below || !above || !far_above) return std::nullopt;
  return (*far_below - 8 * *below + 8 * *above - *far_above) / (12 * step);
}

std::optional<Interval> linearised_interval(const Coefficient& coefficient, double value,
                                            double confidence) {
  const auto groups = coefficient.sums.clusters();
  if (groups < 2) return std::nullopt;
  const auto total = totals(coefficient.sums);
  const std::size_t width = coefficient.sums.width;
  const auto g = static_cast<double>(groups);
  std::vector<double> influence;
  double mean = 0;
  for (std::size_t i = 0; i < groups; ++i) {
    const std::span<const double> row(&coefficient.sums.rows[i * width], width);
    const auto slope = derivative(coefficient.statistic, total, row, 1e-3 * g);
    if (!slope) return std::nullopt;
    influence.push_back(*slope);
    mean += *slope / g;
  }
  double squares = 0;
  for (const double slope : influence) squares += (slope - mean) * (slope - mean);
  const double half = t_quantile(confidence, g - 1) * std::sqrt(g / (g - 1) * squares);
  constexpr double kRounding = 1e-9;  // of the derivatives
  if (half < kRounding || value >= 1) return std::nullopt;
  const double factor = std::exp(half / (1 - value));
  return Interval{std::max(-1.0, 1 - (1 - value) * factor), 1 - (1 - value) / factor,
                  "linearised log t"};
}

std::optional<std::size_t> place_on(std::span<const double> scale, double value) {
  const auto found = std::find(scale.begin(), scale.end(), value);
  if (found == scale.end()) return std::nullopt;
  return static_cast<std::size_t>(found - scale.begin());
}

// Whether the ratings are whole, and on the scale.
bool fits(const Ratings& ratings, std::span<const double> scale) {
  return ratings.is_whole() &&
         std::all_of(ratings.values.begin(), ratings.values.end(),
                     [&](const auto& value) { return !value || place_on(scale, *value); });
}

double kappa_cost(KappaWeights weights, std::size_t a, std::size_t b) {
  const double distance = std::abs(static_cast<double>(a) - static_cast<double>(b));
  if (weights == KappaWeights::kNone) return a == b ? 0.0 : 1.0;
  return weights == KappaWeights::kLinear ? distance : distance * distance;
}

// 1 - observed cost / cost by chance, of a table of counts.
std::optional<double> kappa_of(std::span<const double> table, std::size_t size,
                               KappaWeights weights) {
  std::vector<double> first(size, 0.0);
  std::vector<double> second(size, 0.0);
  double n = 0;
  double observed = 0;
  for (std::size_t a = 0; a < size; ++a) {
    for (std::size_t b = 0; b < size; ++b) {
      const double count = table[a * size + b];
      first[a] += count;
      second[b] += count;
      n += count;
      observed += kappa_cost(weights, a, b) * count;
    }
  }
  double chance = 0;
  for (std::size_t a = 0; a < size; ++a)
    for (std::size_t b = 0; b < size; ++b)
      chance += kappa_cost(weights, a, b) * first[a] * second[b];
  if (chance <= 0) return std::nullopt;
  return 1.0 - observed * n / chance;
}

// Of sums (items rated twice, their agreement, items rated, share of each value).
std::optional<double> ac1_of(std::span<const double> sums) {
  constexpr std::size_t kFirstShare = 3;
  const auto values = static_cast<double>(sums.size() - kFirstShare);
  if (sums[0] <= 0 || sums[2] <= 0) return std::nullopt;
  double chance = 0;
  for (const double share : sums.subspan(kFirstShare))
    chance += share / sums[2] * (1.0 - share / sums[2]) / (values - 1);
  if (chance >= 1) return std::nullopt;
  return (sums[1] / sums[0] - chance) / (1.0 - chance);
}

}  // namespace

std::vector<double>& row_of(ClusterRows& rows, const Ratings& ratings, std::size_t item,
                            std::size_t width) {
  std::string name;
  if (ratings.clusters.empty()) {
    name = std::to_string(item);
    name.insert(0, 20 - name.size(), '0');
  } else {
    name = ratings.clusters[item];
  }
  return rows.try_emplace(std::move(name), width, 0.0).first->second;
}

ClusterSums sums_of(const ClusterRows& rows, std::size_t width) {
  ClusterSums sums;
  sums.width = width;
  for (const auto& [name, row] : rows) sums.rows.insert(sums.rows.end(), row.begin(), row.end());
  return sums;
}

std::map<std::size_t, std::vector<double>> rated_items(const Ratings& ratings, std::size_t fewest) {
  std::map<std::size_t, std::vector<double>> items;
  for (std::size_t item = 0; item < ratings.items(); ++item) {
    std::vector<double> given;
    for (std::size_t rater = 0; rater < ratings.raters; ++rater)
      if (const auto& value = ratings.values[item * ratings.raters + rater])
        given.push_back(*value);
    if (given.size() >= fewest) items.emplace(item, std::move(given));
  }
  return items;
}

std::optional<Agreement> agreement_of(const Coefficient& coefficient,
                                      const AgreementOptions& options) {
  if (coefficient.items == 0) return std::nullopt;
  const auto value = coefficient.statistic(totals(coefficient.sums));
  if (!value) return std::nullopt;
  Agreement agreement{*value, coefficient.items, std::nullopt};
  if (options.method == AgreementMethod::kBootstrap)
    agreement.interval =
        cluster_bootstrap(coefficient.sums, coefficient.statistic, options.bootstrap);
  else agreement.interval = linearised_interval(coefficient, *value, options.bootstrap.confidence);
  return agreement;
}

bool Ratings::is_whole() const {
  return values.size() == items() * raters && (clusters.empty() || clusters.size() == items()) &&
         std::all_of(values.begin(), values.end(),
                     [](const auto& value) { return !value || std::isfinite(*value); });
}

std::optional<Agreement> cohen_kappa(const Ratings& ratings, std::span<const double> scale,
                                     KappaWeights weights, const AgreementOptions& options) {
  if (ratings.raters != 2 || !fits(ratings, scale)) return std::nullopt;
  const std::size_t size = scale.size();
  Coefficient kappa;
  ClusterRows rows;
  for (const auto& [item, given] : rated_items(ratings, 2)) {
    auto& row = row_of(rows, ratings, item, size * size);
    row[*place_on(scale, given[0]) * size + *place_on(scale, given[1])] += 1;
    ++kappa.items;
  }
  kappa.sums = sums_of(rows, size * size);
  kappa.statistic = [size, weights](std::span<const double> table) {
    return kappa_of(table, size, weights);
  };
  return agreement_of(kappa, options);
}

std::optional<Agreement> gwet_ac1(const Ratings& ratings, std::span<const double> scale,
                                  const AgreementOptions& options) {
  if (ratings.raters < 2 || scale.size() < 2 || !fits(ratings, scale)) return std::nullopt;
  Coefficient ac1;
  ClusterRows rows;
  for (const auto& [item, given] : rated_items(ratings, 1)) {
    auto& row = row_of(rows, ratings, item, 3 + scale.size());
    const auto n = static_cast<double>(given.size());
    std::vector<double> counts(scale.size(), 0.0);
    for (const double value : given) counts[*place_on(scale, value)] += 1;
    double same = 0;
    for (std::size_t k = 0; k < counts.size(); ++k) {
      row[3 + k] += counts[k] / n;
      same += counts[k] * (counts[k] - 1);
    }
    row[2] += 1;
    ++ac1.items;
    if (given.size() < 2) continue;
    row[0] += 1;
    row[1] += same / (n * (n - 1));
  }
  ac1.sums = sums_of(rows, 3 + scale.size());
  ac1.statistic = ac1_of;
  return agreement_of(ac1, options);
}

}  // namespace stareval
