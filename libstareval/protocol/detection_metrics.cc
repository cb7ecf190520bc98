#include "libstareval/protocol/detection_metrics.h"

#include <array>
#include <map>
#include <numeric>
#include <string_view>
#include <utility>

#include "libstareval/metrics/detection.h"
#include "libstareval/protocol/scoring.h"

namespace stareval {
namespace {

bool decides_right(const Scored& item, bool positive) {
  const auto flagged = value_of(item.score, kFlagged);
  return flagged && (*flagged > 0) == positive;
}

// Over the samples of one class: is the decision right?
Contribution right_where(bool wanted, const IsPositive& is_positive) {
  return [wanted, &is_positive](const Scored& item) -> std::optional<double> {
    const bool positive = is_positive(*item.sample);
    if (!is_scored(item.score.outcome) || positive != wanted) return std::nullopt;
    return decides_right(item, positive) ? 1.0 : 0.0;
  };
}

Confusion confusion_of(std::span<const double> sums) {
  return {sums[0], sums[1], sums[2], sums[3]};
}

// TP, FP, FN, TN of each cluster, sorted by its name. Of the scored attempts; or of those with a
// readable answer.
ClusterSums confusion_by_cluster(std::span<const Scored> scored, const IsPositive& is_positive,
                                 bool readable) {
  std::map<std::string_view, std::array<double, 4>> tables;
  for (const Scored& item : scored) {
    const bool answered = item.score.outcome == Outcome::answered;
    if (readable ? !answered : !is_scored(item.score.outcome)) continue;
    const bool positive = is_positive(*item.sample);
    const bool right = decides_right(item, positive);
    const std::size_t column = right ? (positive ? 0 : 3) : (positive ? 2 : 1);
    tables[item.sample->cluster][column] += 1.0;
  }
  ClusterSums sums{4, {}, {}};
  for (const auto& [cluster, table] : tables)
    sums.rows.insert(sums.rows.end(), table.begin(), table.end());
  return sums;
}

Metric table_metric(std::string name, const ClusterSums& sums,
                    std::optional<double> (*statistic)(const Confusion&)) {
  const double n = std::accumulate(sums.rows.begin(), sums.rows.end(), 0.0);
  return sums_metric(
      std::move(name), sums, static_cast<std::size_t>(n),
      [statistic](std::span<const double> drawn) { return statistic(confusion_of(drawn)); });
}

}  // namespace

std::vector<Metric> detection_metrics(std::span<const Scored> scored,
                                      const IsPositive& is_positive) {
  Metric mcc =
      table_metric("mcc", confusion_by_cluster(scored, is_positive, true), matthews_correlation);
  mcc.range = Range::unbounded;  // in [-1, 1]
  return {table_metric("balanced_accuracy", confusion_by_cluster(scored, is_positive, false),
                       balanced_accuracy),
          std::move(mcc), mean_metric("sensitivity", scored, right_where(true, is_positive)),
          mean_metric("specificity", scored, right_where(false, is_positive)),
          mean_metric("yes_rate", scored, over_answered(kFlagged))};
}

}  // namespace stareval
