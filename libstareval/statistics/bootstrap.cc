#include "libstareval/statistics/bootstrap.h"

#include <algorithm>
#include <cmath>

#include "libstareval/statistics/quantiles.h"

namespace stareval {
namespace {

constexpr double kDefinedShare = 0.95;  // of the replicates, below which there is no interval

// The values of the replicates that are defined. Empty where too many are not.
std::vector<double> defined_replicates(std::span<const double> totals, std::size_t width,
                                       const SumStatistic& statistic) {
  const std::size_t replicates = totals.size() / width;
  std::vector<double> defined;
  defined.reserve(replicates);
  for (std::size_t r = 0; r < replicates; ++r)
    if (const auto value = statistic(totals.subspan(r * width, width))) defined.push_back(*value);
  if (static_cast<double>(defined.size()) < kDefinedShare * static_cast<double>(replicates))
    return {};
  return defined;
}

// How far the levels reach, in standard deviations of a normal distribution. Where the jackknife
// has nothing to say, as for the mean.
double reach(const ClusterSums& sums, const std::optional<Jackknife>& left_out,
             const BootstrapOptions& options) {
  if (!options.expand) return normal_quantile(options.confidence);
  if (left_out) return left_out->inflation * t_quantile(options.confidence, left_out->degrees);
  double clusters = 0;
  double strata = 0;
  for (const std::size_t size : sums.strata) {
    if (size < 2) continue;
    clusters += static_cast<double>(size);
    strata += 1.0;
  }
  return std::sqrt(clusters / (clusters - strata)) *
         t_quantile(options.confidence, clusters - strata);
}

// Sums are sorted within named strata, and some stratum has two clusters.
std::optional<Interval> interval_of(const ClusterSums& sums, std::span<const double> totals,
                                    const SumStatistic& statistic,
                                    const BootstrapOptions& options) {
  const auto estimate = statistic(total_of(sums));
  if (!estimate) return std::nullopt;
  auto replicates = defined_replicates(totals, sums.width, statistic);
  if (replicates.empty()) return std::nullopt;
  const auto left_out = jackknife(sums, statistic);
  const double z = reach(sums, left_out, options);
  const auto z0 = bias_correction(replicates, *estimate);
  const bool bca = options.method == BootstrapMethod::bca && left_out && z0;
  const Levels levels = bca ? bca_levels(*z0, left_out->acceleration, z) : bca_levels(0.0, 0.0, z);
  const double low = quantile(replicates, levels.low);
  const double high = quantile(replicates, levels.high);
  if (is_point(low, high)) return std::nullopt;
  return Interval{low, high, bca ? "BCa cluster bootstrap" : "cluster bootstrap"};
}

bool varies(const ClusterSums& sums) {
  return std::any_of(sums.strata.begin(), sums.strata.end(), [](std::size_t n) { return n >= 2; });
}

}  // namespace

std::vector<std::optional<Interval>> cluster_bootstrap(const ClusterSums& sums,
                                                       std::span<const SumStatistic> statistics,
                                                       const BootstrapOptions& options) {
  std::vector<std::optional<Interval>> intervals(statistics.size());
  if (sums.clusters() < kFewestClusters || options.replicates == 0) return intervals;
  const ClusterSums sorted = sorted_within_strata(sums);
  if (!varies(sorted)) return intervals;
  const auto totals = resample_totals(sorted, {options.seed, options.replicates, options.threads});
  for (std::size_t i = 0; i < statistics.size(); ++i)
    intervals[i] = interval_of(sorted, totals, statistics[i], options);
  return intervals;
}

std::optional<Interval> cluster_bootstrap(const ClusterSums& sums, const SumStatistic& statistic,
                                          const BootstrapOptions& options) {
  return cluster_bootstrap(sums, std::span(&statistic, 1), options).front();
}

}  // namespace stareval
