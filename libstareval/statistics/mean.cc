#include "libstareval/statistics/mean.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "libstareval/statistics/proportion.h"
#include "libstareval/statistics/quantiles.h"

namespace stareval {
namespace {

// Sums of the deviations from the mean, one a cluster.
std::map<std::string_view, double> cluster_residuals(std::span<const double> values,
                                                     std::span<const std::string_view> clusters,
                                                     double centre) {
  std::map<std::string_view, double> sums;
  for (std::size_t i = 0; i < values.size(); ++i) sums[clusters[i]] += values[i] - centre;
  return sums;
}

struct RobustMean {
  double mean = 0;
  double half = 0;  // t times the cluster-robust error
  double t = 0;
};

// Nothing below two clusters, and where they do not differ but for rounding.
std::optional<RobustMean> robust_mean(std::span<const double> values,
                                      std::span<const std::string_view> clusters,
                                      double confidence) {
  const auto centre = mean(values);
  if (!centre) return std::nullopt;
  const auto residuals = cluster_residuals(values, clusters, *centre);
  if (residuals.size() < 2) return std::nullopt;
  const auto groups = static_cast<double>(residuals.size());
  double squares = 0;
  for (const auto& [cluster, sum] : residuals) squares += sum * sum;
  const double error =
      std::sqrt(groups / (groups - 1.0) * squares) / static_cast<double>(values.size());
  const double t = t_quantile(confidence, groups - 1.0);
  const double half = t * error;
  if (is_point(*centre - half, *centre + half)) return std::nullopt;
  return RobustMean{*centre, half, t};
}

bool all_fractions(std::span<const double> values) {
  return std::all_of(values.begin(), values.end(), [](double v) { return v >= 0.0 && v <= 1.0; });
}

bool all_binary(std::span<const double> values) {
  return std::all_of(values.begin(), values.end(), [](double v) { return v == 0.0 || v == 1.0; });
}

bool all_are(std::span<const double> values, double wanted) {
  return std::all_of(values.begin(), values.end(), [&](double v) { return v == wanted; });
}

}  // namespace

std::optional<double> mean(std::span<const double> values) {
  if (values.empty()) return std::nullopt;
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::optional<Interval> cluster_robust_interval(std::span<const double> values,
                                                std::span<const std::string_view> clusters,
                                                double confidence) {
  const auto found = robust_mean(values, clusters, confidence);
  if (!found) return std::nullopt;
  return Interval{found->mean - found->half, found->mean + found->half, "cluster-robust t"};
}

// With s = error^2 / (p (1 - p)), the ends solve (p - x)^2 = t^2 s x (1 - x). Of 0/1 values s is
// 1 / n at least, so that the effective sample size is n at most.
std::optional<Interval> cluster_robust_wilson_interval(std::span<const double> values,
                                                       std::span<const std::string_view> clusters,
                                                       double confidence) {
  const auto found = robust_mean(values, clusters, confidence);
  if (!found || !all_fractions(values)) return std::nullopt;
  const double p = found->mean;
  double spread = found->half * found->half / (p * (1.0 - p));
  if (all_binary(values))
    spread = std::max(spread, found->t * found->t / static_cast<double>(values.size()));
  const double centre = (p + spread / 2.0) / (1.0 + spread);
  const double half = std::sqrt(spread * p * (1.0 - p) + spread * spread / 4.0) / (1.0 + spread);
  return Interval{std::max(0.0, centre - half), std::min(1.0, centre + half),
                  "cluster-robust wilson"};
}

std::optional<Interval> mean_interval(std::span<const double> values,
                                      std::span<const std::string_view> clusters,
                                      double confidence) {
  if (!all_fractions(values)) return cluster_robust_interval(values, clusters, confidence);
  const bool binary = all_binary(values);
  const std::size_t groups = cluster_residuals(values, clusters, 0.0).size();
  if (groups < 2) return std::nullopt;
  const bool constant = all_are(values, 0.0) || all_are(values, 1.0);
  if (!binary || (groups < values.size() && !constant))
    return cluster_robust_wilson_interval(values, clusters, confidence);
  const double share = mean(values).value_or(0.0);
  const auto n = static_cast<double>(groups);
  auto interval = wilson_interval(std::round(share * n), n, confidence);
  if (interval && groups < values.size()) interval->method = "wilson over clusters";
  return interval;
}

}  // namespace stareval
