// Bootstrap over clusters, within strata: BCa, or percentiles.
// Levels  for few clusters the normal quantile z of the method is replaced by t * sqrt(G / (G -
// 1)),
//         with t of G - 1 degrees ("expanded"), so that the interval of a mean is as wide as the
//         t interval; over strata both follow from the jackknife (bca.h). It matters below some
//         hundred clusters.
// Random  one stream for each replicate, so that the interval has the same bits with 1 or 64
// threads
//         (resample.h).
// Sources Efron 1987, JASA 82:171; DiCiccio, Efron 1996, Stat. Sci. 11:189; expanded levels:
//         Hesterberg 2015, Am. Stat. 69:371; percentiles: Efron, Tibshirani 1993, chapter 13.
// Thread  pure functions, on several threads inside; a statistic is called by the caller's alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libstareval/statistics/bca.h"
#include "libstareval/statistics/interval.h"
#include "libstareval/statistics/resample.h"

namespace stareval {

// Below this many clusters there is no interval: of four there are 35 resamples, and the levels of
// a 95 % interval lie beyond the outermost, so that it would cover some 87 %; of five it covers 91
// to 94 %. Of AVG each task must stand in as many. Measured beside seven tasks of 100 clusters, for
// a task of m clusters of one 0/1 answer, shares 0.5 and 0.8 (1,500 trials; a t interval by the
// jackknife covers as much, or up to 4 points less):
//     m              2    3    4    5    6    8   10   20
//     share 0.5     52   75   87   94   97   97   97   95 %
//     share 0.8     69   76   81   86   89   91   94   96 %
inline constexpr std::size_t kFewestClusters = 5;

enum class BootstrapMethod { bca, percentile };

struct BootstrapOptions {
  std::uint64_t seed = 20251021;
  std::size_t replicates = 10000;  // fewer make the ends of a 95 % interval jump between seeds
  double confidence = kConfidence;
  int threads = 0;  // 0: one for each core
  BootstrapMethod method = BootstrapMethod::bca;
  bool expand = true;  // the levels, for few clusters
};

// From replicates that draw, with replacement, as many clusters of each stratum as it has. Nothing
// below kFewestClusters, where the statistic is undefined for the data or in more than one
// replicate in twenty, and where those that are defined do not differ. Percentiles, and named so,
// where BCa is undefined: all replicates on one side of the estimate, or a statistic that is
// undefined without some cluster or does not change with any. Cost: that of resample_totals, and of
// a call of the statistic for each replicate and cluster.
[[nodiscard]] std::optional<Interval> cluster_bootstrap(const ClusterSums& sums,
                                                        const SumStatistic& statistic,
                                                        const BootstrapOptions& options = {});

// One interval for each statistic, of the same replicates: clusters are drawn once.
[[nodiscard]] std::vector<std::optional<Interval>> cluster_bootstrap(
    const ClusterSums& sums, std::span<const SumStatistic> statistics,
    const BootstrapOptions& options = {});

struct AverageItem {
  std::string task;
  std::string cluster;  // the same name in two tasks is the same cluster
  double value = 0;
};

// The plain mean of the tasks' means, as in AVG. Nothing where there are no items.
[[nodiscard]] std::optional<double> average_of_tasks(std::span<const AverageItem> items);

// Its interval, whatever the order of the items. A stratum is the clusters that touch the same set
// of tasks, so that each replicate holds about as many clusters of each task as the data, and no
// small task is missing in it. Clusters that are alone in their stratum would not vary, however
// heavy: they make one stratum together, and one that is left alone joins the stratum that shares
// the most tasks with it, of those the one with the fewest others (collapsed strata: Cochran 1977,
// Sampling Techniques, section 5A.12; a little wide, as the strata may differ). Nothing where a
// task stands in fewer than kFewestClusters.
[[nodiscard]] std::optional<Interval> cluster_bootstrap_average(
    std::span<const AverageItem> items, const BootstrapOptions& options = {});

}  // namespace stareval
