// Percentile bootstrap over clusters, within strata. One generator per replicate, seeded from
// (seed, replicate), so that the interval would be the same with 1 or 64 threads.
// Source  Efron, Tibshirani: An Introduction to the Bootstrap, chapter 13; quantiles interpolated
//         linearly between order statistics (type 7 of Hyndman and Fan).
// Thread  pure functions.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libstareval/statistics/interval.h"

namespace stareval {

struct BootstrapOptions {
  std::uint64_t seed = 20251021;
  std::size_t replicates = 10000;  // fewer make the ends of a 95 % interval jump between seeds
  double confidence = kConfidence;
};

// Sums of each cluster, `width` a cluster, row after row: what the statistic is a function of.
// The order of the rows decides what is drawn: sort the clusters by name.
struct ClusterSums {
  std::size_t width = 0;
  std::vector<double> rows;
  std::vector<std::size_t>
      strata;  // clusters in each, in the order of the rows; empty: one for all

  [[nodiscard]] std::size_t clusters() const { return width == 0 ? 0 : rows.size() / width; }
};

// A statistic of the sums over all clusters; nothing where it is undefined.
using SumStatistic = std::function<std::optional<double>(std::span<const double>)>;

// From replicates that draw, with replacement, as many clusters of each stratum as it has. Nothing
// below two clusters, where more than one replicate in twenty is undefined, and where those that
// are defined do not differ. Cost: replicates * clusters * width.
[[nodiscard]] std::optional<Interval> cluster_bootstrap(const ClusterSums& sums,
                                                        const SumStatistic& statistic,
                                                        const BootstrapOptions& options = {});

struct AverageItem {
  std::string task;
  std::string cluster;  // the same name in two tasks is the same cluster
  double value = 0;
};

// The plain mean of the tasks' means, as in AVG. Nothing where there are no items.
[[nodiscard]] std::optional<double> average_of_tasks(std::span<const AverageItem> items);

// Its interval, whatever the order of the items. A stratum is the clusters that touch the same set
// of tasks, so that each replicate holds as many clusters of each task as the data, and no small
// task is missing in it. A stratum of one cluster is drawn as it is. Nothing where a task stands in
// fewer than two clusters.
[[nodiscard]] std::optional<Interval> cluster_bootstrap_average(
    std::span<const AverageItem> items, const BootstrapOptions& options = {});

}  // namespace stareval
