#include "libstareval/statistics/paired.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string_view>

#include "libstareval/statistics/average_internal.h"
#include "libstareval/statistics/bca.h"
#include "libstareval/statistics/quantiles.h"
#include "libstareval/statistics/sign_flips_internal.h"

namespace stareval {
namespace {

namespace math = boost::math;

double at_most_one(double p) { return std::clamp(p, std::numeric_limits<double>::min(), 1.0); }

// The mean of the tasks' means, negated to the last digit where all values are.
double mean_of(std::span<const AverageItem> items) {
  double sum = 0;
  for (const auto& [cluster, part] : cluster_parts(items)) sum += part;
  return sum;
}

bool has_one_task(std::span<const AverageItem> items) {
  return std::all_of(items.begin(), items.end(),
                     [&](const AverageItem& item) { return item.task == items.front().task; });
}

// The jackknife is undefined only where nothing varies: no task is lost with one cluster of five.
std::optional<PairedEstimate> estimate_of_average(std::span<const AverageItem> differences) {
  const ClusterSums sums = sums_of_tasks(differences);
  if (fewest_clusters_of_a_task(sums) < kFewestClusters) return std::nullopt;
  const double difference = mean_of(differences);
  if (const auto left_out = jackknife(sums, mean_of_means))
    return PairedEstimate{difference, left_out->error, left_out->degrees};
  return PairedEstimate{difference, 0, static_cast<double>(sums.clusters() - 1)};
}

// Of a t distribution, that a value above `t` is drawn.
double upper_tail(double t, double degrees) {
  return at_most_one(math::cdf(math::complement(math::students_t(degrees), t)));
}

}  // namespace

McNemar mcnemar(std::size_t only_a, std::size_t only_b) {
  if (only_a == only_b) return {};
  const auto low = static_cast<double>(std::min(only_a, only_b));
  const math::binomial flips(static_cast<double>(only_a + only_b), 0.5);
  const double tail = math::cdf(flips, low);
  return {at_most_one(2 * tail), at_most_one(2 * tail - math::pdf(flips, low))};
}

std::optional<PairedEstimate> paired_estimate(std::span<const AverageItem> differences) {
  if (!has_two_clusters_a_task(differences)) return std::nullopt;
  if (!has_one_task(differences)) return estimate_of_average(differences);
  const double difference = mean_of(differences);
  const auto parts = cluster_parts(differences, {{differences.front().task, difference}});
  const auto groups = static_cast<double>(parts.size());
  double squares = 0;
  for (const auto& [cluster, part] : parts) squares += part * part;
  return PairedEstimate{difference, std::sqrt(groups / (groups - 1) * squares), groups - 1};
}

std::optional<Interval> paired_interval(const PairedEstimate& estimate, double confidence) {
  const double half = t_quantile(confidence, estimate.degrees) * estimate.error;
  const Interval interval{estimate.difference - half, estimate.difference + half,
                          "cluster-robust t"};
  if (is_point(interval.low, interval.high)) return std::nullopt;
  return interval;
}

std::optional<Equivalence> equivalence_test(const PairedEstimate& estimate, double margin) {
  if (!(margin > 0) || !std::isfinite(margin))
    throw std::invalid_argument("equivalence_test: the margin must be above 0");
  if (is_point(estimate.difference - estimate.error, estimate.difference + estimate.error))
    return std::nullopt;
  const double above = (estimate.difference + margin) / estimate.error;
  const double below = (margin - estimate.difference) / estimate.error;
  Equivalence result{margin, upper_tail(above, estimate.degrees),
                     upper_tail(below, estimate.degrees)};
  result.p = std::max(result.p_not_worse, result.p_not_better);
  return result;
}

std::optional<double> detectable_by_error(double error, const TestPlan& plan) {
  if (!(error > 0)) return std::nullopt;
  const math::normal normal;
  return (math::quantile(normal, 1 - plan.alpha / 2) + math::quantile(normal, plan.power)) * error;
}

}  // namespace stareval
