// What tests by sign flips share: the sums of clusters, and the walk over patterns of signs.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "libstareval/statistics/paired.h"

namespace stareval {

// What is taken for equal, of the sum of absolute values: sums of thousands of rounded numbers
// differ by far less, and differences that mean something by far more.
inline constexpr double kTie = 1e-9;

[[nodiscard]] bool has_two_clusters_a_task(std::span<const AverageItem> differences);

// A cluster and its part in the mean of the tasks' means.
using ClusterPart = std::pair<std::string_view, double>;

// Sums by cluster of (value - centre of the task) / (tasks * items of the task); without centres
// they add up to the mean of the tasks' means. In the order of the names, the same to the last
// digit in any order of the items, and negated with them.
[[nodiscard]] std::vector<ClusterPart> cluster_parts(
    std::span<const AverageItem> differences,
    const std::map<std::string_view, double>& centres = {});

// Adds, for a pattern of signs (1 or -1 a cluster), 1 to the hits of each statistic that is as
// extreme as the data. Called from several threads, each with hits of its own.
using FlipVisitor = std::function<void(std::span<const double> signs, std::span<std::size_t> hits)>;

// Hits over `options.replicates` random patterns; the same with any number of threads.
[[nodiscard]] std::vector<std::size_t> count_random_flips(std::size_t clusters,
                                                          std::size_t statistics,
                                                          const SignFlipOptions& options,
                                                          const FlipVisitor& visit);

// Hits over all 2^(clusters - 1) patterns with the first sign 1; the others mirror them.
// clusters is from 1 to 30.
[[nodiscard]] std::vector<std::size_t> count_all_flips(std::size_t clusters, std::size_t statistics,
                                                       const FlipVisitor& visit);

}  // namespace stareval
