#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "libstareval/statistics/bootstrap.h"

namespace stareval {
namespace {

// Items in an order of their own, as the last digits of a sum depend on the order of its parts.
std::vector<const AverageItem*> sorted_items(std::span<const AverageItem> items) {
  std::vector<const AverageItem*> sorted;
  for (const AverageItem& item : items) sorted.push_back(&item);
  std::sort(sorted.begin(), sorted.end(), [](const AverageItem* a, const AverageItem* b) {
    return std::tie(a->cluster, a->task, a->value) < std::tie(b->cluster, b->task, b->value);
  });
  return sorted;
}

using Row = std::vector<double>;                  // sum and count of each task in turn
using TaskSet = std::vector<bool>;                // those that a cluster touches
using Stratum = std::map<std::string_view, Row>;  // by the name of the cluster

std::map<TaskSet, Stratum> strata_of(std::span<const AverageItem> items) {
  std::map<std::string_view, std::size_t> tasks;
  for (const AverageItem& item : items) tasks.emplace(item.task, 0);
  std::size_t number = 0;
  for (auto& [name, task] : tasks) task = number++;
  Stratum clusters;
  for (const AverageItem* item : sorted_items(items)) {
    Row& row = clusters.try_emplace(item->cluster, 2 * tasks.size(), 0.0).first->second;
    const std::size_t column = 2 * tasks.find(item->task)->second;
    row[column] += item->value;
    row[column + 1] += 1.0;
  }
  std::map<TaskSet, Stratum> strata;
  for (auto& [name, row] : clusters) {
    TaskSet touched;
    for (std::size_t i = 1; i < row.size(); i += 2) touched.push_back(row[i] > 0);
    strata[touched].emplace(name, std::move(row));
  }
  return strata;
}

// The strata of one cluster become one stratum together: drawn as they are, none of them would
// vary.
std::vector<Stratum> with_lone_clusters_pooled(std::map<TaskSet, Stratum> strata) {
  std::vector<Stratum> pooled;
  Stratum lone;
  for (auto& [touched, clusters] : strata) {
    if (clusters.size() > 1) pooled.push_back(std::move(clusters));
    else lone.merge(clusters);
  }
  if (!lone.empty()) pooled.push_back(std::move(lone));
  return pooled;
}

ClusterSums sums_of_tasks(std::span<const AverageItem> items) {
  ClusterSums sums;
  for (const Stratum& clusters : with_lone_clusters_pooled(strata_of(items))) {
    sums.width = clusters.begin()->second.size();
    sums.strata.push_back(clusters.size());
    for (const auto& [name, row] : clusters)
      sums.rows.insert(sums.rows.end(), row.begin(), row.end());
  }
  return sums;
}

// Whether each task stands in two clusters or more.
bool varies_in_each_task(const ClusterSums& sums) {
  std::vector<std::size_t> clusters(sums.width / 2, 0);
  for (std::size_t i = 1; i < sums.rows.size(); i += 2)
    if (sums.rows[i] > 0) ++clusters[i % sums.width / 2];
  return std::all_of(clusters.begin(), clusters.end(), [](std::size_t n) { return n >= 2; });
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

}  // namespace

std::optional<double> average_of_tasks(std::span<const AverageItem> items) {
  return mean_of_means(total_of(sums_of_tasks(items)));
}

std::optional<Interval> cluster_bootstrap_average(std::span<const AverageItem> items,
                                                  const BootstrapOptions& options) {
  const ClusterSums sums = sums_of_tasks(items);
  if (!varies_in_each_task(sums)) return std::nullopt;
  return cluster_bootstrap(sums, mean_of_means, options);
}

}  // namespace stareval
