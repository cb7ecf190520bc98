#include "libstareval/statistics/mean.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <map>
#include <numeric>

namespace stareval {
namespace {

double normal_quantile(double confidence) {
  return boost::math::quantile(boost::math::normal(), (1.0 + confidence) / 2.0);
}

double t_quantile(double degrees, double confidence) {
  return boost::math::quantile(boost::math::students_t(degrees), (1.0 + confidence) / 2.0);
}

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

std::optional<Interval> wilson_interval(double successes, double n, double confidence) {
  if (n <= 0) return std::nullopt;
  const double z = normal_quantile(confidence);
  const double p = successes / n;
  const double scale = 1.0 + z * z / n;
  const double centre = (p + z * z / (2.0 * n)) / scale;
  const double half = z * std::sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n)) / scale;
  // At the ends of the scale the formula is exact but for rounding.
  const double low = successes <= 0 ? 0.0 : std::max(0.0, centre - half);
  const double high = successes >= n ? 1.0 : std::min(1.0, centre + half);
  return Interval{low, high, "wilson"};
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
  const double half = t_quantile(groups - 1.0, confidence) * error;
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
