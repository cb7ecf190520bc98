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
  const auto centre = mean(values);
  if (!centre) return std::nullopt;
  const auto residuals = cluster_residuals(values, clusters, *centre);
  if (residuals.size() < 2) return std::nullopt;
  const auto groups = static_cast<double>(residuals.size());
  double squares = 0;
  for (const auto& [cluster, sum] : residuals) squares += sum * sum;
  const double error =
      std::sqrt(groups / (groups - 1.0) * squares) / static_cast<double>(values.size());
  const double half = t_quantile(confidence, groups - 1.0) * error;
  if (is_point(*centre - half, *centre + half)) return std::nullopt;
  return Interval{*centre - half, *centre + half, "cluster-robust t"};
}

std::optional<Interval> mean_interval(std::span<const double> values,
                                      std::span<const std::string_view> clusters,
                                      double confidence) {
  const bool binary =
      std::all_of(values.begin(), values.end(), [](double v) { return v == 0.0 || v == 1.0; });
  const std::size_t groups = cluster_residuals(values, clusters, 0.0).size();
  const bool constant = all_are(values, 0.0) || all_are(values, 1.0);
  if (!binary || (groups < values.size() && !constant))
    return cluster_robust_interval(values, clusters, confidence);
  const double share = mean(values).value_or(0.0);
  const auto n = static_cast<double>(groups);
  auto interval = wilson_interval(std::round(share * n), n, confidence);
  if (interval && groups < values.size()) interval->method = "wilson over clusters";
  return interval;
}

}  // namespace stareval
