#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "libstareval/statistics/average_internal.h"
#include "libstareval/statistics/bootstrap.h"

namespace stareval {
namespace {

// Items in an order of their own, as the last digits of a sum depend on the order of its parts: by
// size, so that changing all signs leaves it as it is.
std::vector<const AverageItem*> sorted_items(std::span<const AverageItem> items) {
  std::vector<const AverageItem*> sorted;
  for (const AverageItem& item : items) sorted.push_back(&item);
  std::sort(sorted.begin(), sorted.end(), [](const AverageItem* a, const AverageItem* b) {
    const double left = std::abs(a->value);
    const double right = std::abs(b->value);
    return std::tie(a->cluster, a->task, left) < std::tie(b->cluster, b->task, right);
  });
  return sorted;
}

using Row = std::vector<double>;                  // sum and count of each task in turn
using TaskSet = std::vector<bool>;                // those that a cluster touches
using Stratum = std::map<std::string_view, Row>;  // by the name of the cluster
using Strata = std::map<TaskSet, Stratum>;

Strata strata_of(std::span<const AverageItem> items) {
  std::map<std::string_view, std::size_t> tasks;
  for (const AverageItem& item : items) tasks.emplace(item.task, 0);
  std::size_t number = 0;
  for (auto& [name, task] : tasks) task = number++;
  Stratum clusters;
  Stratum below;  // sums of the negative values, apart for the same reason
  for (const AverageItem* item : sorted_items(items)) {
    const std::size_t column = 2 * tasks.find(item->task)->second;
    const auto row_in = [&](Stratum& rows) -> Row& {
      return rows.try_emplace(item->cluster, 2 * tasks.size(), 0.0).first->second;
    };
    row_in(clusters)[column + 1] += 1.0;
    row_in(item->value < 0 ? below : clusters)[column] += item->value;
  }
  for (const auto& [name, row] : below) {
    Row& whole = clusters.find(name)->second;
    for (std::size_t i = 0; i < row.size(); ++i) whole[i] += row[i];
  }
  Strata strata;
  for (auto& [name, row] : clusters) {
    TaskSet touched;
    for (std::size_t i = 1; i < row.size(); i += 2) touched.push_back(row[i] > 0);
    strata[touched].emplace(name, std::move(row));
  }
  return strata;
}

std::size_t shared(const TaskSet& a, const TaskSet& b) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < a.size(); ++i) count += a[i] && b[i] ? 1 : 0;
  return count;
}

// The stratum that shares the most tasks with `touched`, and of those the one that touches the
// fewest others; the first where several do. There is one at least.
Stratum& nearest(Strata& strata, const TaskSet& touched) {
  return std::max_element(strata.begin(), strata.end(),
                          [&](const auto& a, const auto& b) {
                            const auto fits = [&](const TaskSet& tasks) {
                              const auto others = std::count(tasks.begin(), tasks.end(), true);
                              return std::pair(shared(tasks, touched), -others);
                            };
                            return fits(a.first) < fits(b.first);
                          })
      ->second;
}

// Clusters that are alone in their stratum become one stratum together, and one that is left alone
// joins the nearest: drawn as they are, they would add nothing to the variance.
std::vector<Stratum> collapsed(Strata strata) {
  Strata lone;
  for (auto i = strata.begin(); i != strata.end();) {
    const auto here = i++;
    if (here->second.size() == 1) lone.insert(strata.extract(here));
  }
  if (lone.size() == 1 && !strata.empty()) {
    auto& [touched, cluster] = *lone.begin();
    nearest(strata, touched).merge(cluster);
    lone.clear();
  }
  std::vector<Stratum> pooled;
  for (auto& [touched, clusters] : strata) pooled.push_back(std::move(clusters));
  if (lone.empty()) return pooled;
  pooled.emplace_back();
  for (auto& [touched, cluster] : lone) pooled.back().merge(cluster);
  return pooled;
}

}  // namespace

ClusterSums sums_of_tasks(std::span<const AverageItem> items) {
  ClusterSums sums;
  for (const Stratum& clusters : collapsed(strata_of(items))) {
    sums.width = clusters.begin()->second.size();
    sums.strata.push_back(clusters.size());
    for (const auto& [name, row] : clusters)
      sums.rows.insert(sums.rows.end(), row.begin(), row.end());
  }
  return sums;
}

std::size_t fewest_clusters_of_a_task(const ClusterSums& sums) {
  std::vector<std::size_t> clusters(sums.width / 2, 0);
  for (std::size_t i = 1; i < sums.rows.size(); i += 2)
    if (sums.rows[i] > 0) ++clusters[i % sums.width / 2];
  return clusters.empty() ? 0 : *std::min_element(clusters.begin(), clusters.end());
}

std::optional<double> mean_of_means(std::span<const double> sums) {
  double total = 0;
  for (std::size_t i = 0; i + 1 < sums.size(); i += 2) {
    if (sums[i + 1] <= 0) return std::nullopt;
    total += sums[i] / sums[i + 1];
  }
  if (sums.empty()) return std::nullopt;
  return total / (static_cast<double>(sums.size()) / 2.0);
}

std::optional<double> average_of_tasks(std::span<const AverageItem> items) {
  return mean_of_means(total_of(sums_of_tasks(items)));
}

std::optional<Interval> cluster_bootstrap_average(std::span<const AverageItem> items,
                                                  const BootstrapOptions& options) {
  const ClusterSums sums = sums_of_tasks(items);
  if (fewest_clusters_of_a_task(sums) < kFewestClusters) return std::nullopt;
  return cluster_bootstrap(sums, mean_of_means, options);
}

}  // namespace stareval
