// AVG as a statistic of sums over clusters: what its bootstrap and its standard error share.
// Thread  pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "libstareval/statistics/bootstrap.h"
#include "libstareval/statistics/resample.h"

namespace stareval {

// A row a cluster: sum and count of each task in turn, tasks in the order of their names. Strata as
// cluster_bootstrap_average (bootstrap.h) describes them; none holds one cluster, but where there
// is no other. The same to the last digit in any order of the items, and negated with them.
[[nodiscard]] ClusterSums sums_of_tasks(std::span<const AverageItem> items);

// Of the task that stands in the fewest clusters; 0 without items.
[[nodiscard]] std::size_t fewest_clusters_of_a_task(const ClusterSums& sums_of_tasks);

// The plain mean of the tasks' means; nothing where a task has no items.
[[nodiscard]] std::optional<double> mean_of_means(std::span<const double> sums);

}  // namespace stareval
