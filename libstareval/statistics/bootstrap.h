// Percentile bootstrap over clusters. One generator per replicate, seeded from (seed, replicate),
// so that the interval is the same with 1 or 64 threads.
// Source  Efron, Tibshirani: An Introduction to the Bootstrap, chapter 13; quantiles interpolated
//         linearly between order statistics (type 7 of Hyndman and Fan).
// Thread  pure functions; replicates may be computed in slices by several threads.
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
struct ClusterSums {
  std::size_t width = 0;
  std::vector<double> rows;

  [[nodiscard]] std::size_t clusters() const { return width == 0 ? 0 : rows.size() / width; }
};

// A statistic of the sums over all clusters; nothing where it is undefined.
using SumStatistic = std::function<std::optional<double>(std::span<const double>)>;

// Replicates first ... first + count - 1: the statistic over as many clusters as there are, drawn
// with replacement. Undefined ones are nothing. Cost: count * clusters * width.
[[nodiscard]] std::vector<std::optional<double>> bootstrap_replicates(
    const ClusterSums& sums, const SumStatistic& statistic, const BootstrapOptions& options,
    std::size_t first, std::size_t count);

// Nothing below two clusters, and where more than one replicate in twenty is undefined.
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

// Its interval: clusters are drawn for all tasks together.
[[nodiscard]] std::optional<Interval> cluster_bootstrap_average(
    std::span<const AverageItem> items, const BootstrapOptions& options = {});

}  // namespace stareval
