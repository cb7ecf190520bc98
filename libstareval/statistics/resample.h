// Totals of clusters drawn with replacement, within strata: what every bootstrap here starts from.
// Input   sums of each cluster, finite, any range.
// Method  exact: each replicate is a multinomial sample of as many clusters as each stratum has.
// The
//         clusters are sorted and cut into blocks; how many draws fall into each block is drawn
//         first (conditional binomials, Boost.Random), then the draws within it. Clusters that are
//         equal make a block that needs no draws, so that clusters of one 0/1 answer cost nothing;
//         a block of different clusters fits into the cache, and many replicates pass over it.
// Random  one stream for each replicate (replicate_random.h): the same bits for any number of
//         threads and any order of the clusters of a stratum.
// Thread  pure functions, on several threads inside.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace stareval {

// Sums of each cluster, `width` a cluster, row after row: what a statistic is a function of.
struct ClusterSums {
  std::size_t width = 0;
  std::vector<double> rows;
  std::vector<std::size_t>
      strata;  // clusters in each, in the order of the rows; empty: one for all

  [[nodiscard]] std::size_t clusters() const { return width == 0 ? 0 : rows.size() / width; }
};

// The same with one stratum named where there was none, and the rows of each stratum in ascending
// lexicographic order: sums over them no longer depend on the order in which they came.
[[nodiscard]] ClusterSums sorted_within_strata(const ClusterSums& sums);

// The sum of the rows, in their order.
[[nodiscard]] std::vector<double> total_of(const ClusterSums& sums);

struct ResampleOptions {
  std::uint64_t seed = 0;
  std::size_t replicates = 0;
  int threads = 1;  // 0: one for each core
};

// replicates x width totals, row after row. At least one cluster in each stratum; strata must add
// up to the clusters. Cost: about 3 ns for each draw of a row of 16 sums, of replicates * clusters;
// less where clusters are equal. Memory: the result.
[[nodiscard]] std::vector<double> resample_totals(const ClusterSums& sums,
                                                  const ResampleOptions& options);

}  // namespace stareval
