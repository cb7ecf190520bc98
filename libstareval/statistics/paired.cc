#include "libstareval/statistics/paired.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <map>
#include <stdexcept>
#include <string_view>

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

std::map<std::string_view, double> means_of_tasks(std::span<const AverageItem> items) {
  std::map<std::string_view, std::vector<AverageItem>> tasks;
  for (const AverageItem& item : items) tasks[item.task];
  if (tasks.size() == 1) return {{items.front().task, mean_of(items)}};
  for (const AverageItem& item : items) tasks[item.task].push_back(item);
  std::map<std::string_view, double> means;
  for (const auto& [name, task] : tasks) means[name] = mean_of(task);
  return means;
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
  const auto means = means_of_tasks(differences);
  const auto parts = cluster_parts(differences, means);
  const auto groups = static_cast<double>(parts.size());
  const double degrees = groups - static_cast<double>(means.size());
  if (degrees < 1) return std::nullopt;
  double squares = 0;
  for (const auto& [cluster, part] : parts) squares += part * part;
  return PairedEstimate{mean_of(differences), std::sqrt(groups / degrees * squares), degrees};
}

std::optional<Interval> paired_interval(const PairedEstimate& estimate, double confidence) {
  const double half =
      math::quantile(math::students_t(estimate.degrees), (1.0 + confidence) / 2.0) * estimate.error;
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
