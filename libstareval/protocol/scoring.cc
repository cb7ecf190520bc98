#include "libstareval/protocol/scoring.h"

#include <algorithm>
#include <utility>

#include "libstareval/statistics/mean.h"

namespace stareval {

Score unscorable() {
  Score score;
  score.outcome = Outcome::skipped;
  score.rule = "wrong_gold";
  return score;
}

std::optional<double> value_of(const Score& score, std::string_view name) {
  const auto hit = std::find_if(score.values.begin(), score.values.end(),
                                [&](const auto& value) { return value.first == name; });
  if (hit == score.values.end()) return std::nullopt;
  return hit->second;
}

Contribution over_scored(std::string value) {
  return [value = std::move(value)](const Scored& item) -> std::optional<double> {
    if (!is_scored(item.score.outcome)) return std::nullopt;
    return value_of(item.score, value).value_or(0.0);
  };
}

Contribution over_answered(std::string value) {
  return [value = std::move(value)](const Scored& item) -> std::optional<double> {
    if (item.score.outcome != Outcome::answered) return std::nullopt;
    return value_of(item.score, value);
  };
}

Metric mean_metric(std::string name, std::span<const Scored> scored,
                   const Contribution& contribution, Range range) {
  std::vector<double> values;
  std::vector<std::string_view> clusters;
  for (const Scored& item : scored) {
    const auto value = contribution(item);
    if (!value) continue;
    values.push_back(*value);
    clusters.push_back(item.sample->cluster);
  }
  Metric metric;
  metric.name = std::move(name);
  metric.range = range;
  metric.n = values.size();
  metric.value = mean(values);
  const bool cut = range == Range::fraction;
  auto interval = cut ? mean_interval(values, clusters) : cluster_robust_interval(values, clusters);
  if (interval && cut) {
    interval->low = std::clamp(interval->low, 0.0, 1.0);
    interval->high = std::clamp(interval->high, 0.0, 1.0);
  }
  set_interval(metric, interval);
  return metric;
}

void set_interval(Metric& metric, const std::optional<Interval>& interval) {
  if (!interval) return;
  metric.low = interval->low;
  metric.high = interval->high;
  metric.method = interval->method;
}

Metric sums_metric(std::string name, const ClusterSums& sums, std::size_t n,
                   const SumStatistic& statistic) {
  Metric metric;
  metric.name = std::move(name);
  metric.n = n;
  if (n == 0) return metric;
  metric.value = statistic(total_of(sums));
  if (metric.value) set_interval(metric, cluster_bootstrap(sums, statistic));
  return metric;
}

std::vector<Metric> headline_metrics(const std::string& headline, std::span<const Scored> scored) {
  const Contribution floor = [](const Scored& item) -> std::optional<double> {
    return is_scored(item.score.outcome) ? headline_value(item.score) : 0.0;
  };
  return {mean_metric(headline, scored, over_scored(headline)),
          mean_metric(headline + "_answered", scored, over_answered(headline)),
          mean_metric(headline + "_floor", scored, floor)};
}

}  // namespace stareval
