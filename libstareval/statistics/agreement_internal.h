// What the coefficients of agreement share: sums over clusters of items, and the interval.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libstareval/statistics/agreement.h"

namespace stareval {

// A coefficient is a smooth function of sums over items; `sums` holds them cluster by cluster.
struct Coefficient {
  ClusterSums sums;
  SumStatistic statistic;
  std::size_t items = 0;
};

using ClusterRows = std::map<std::string, std::vector<double>>;  // sums of each cluster, by name

// The row of the item's cluster, of `width` sums. Items without a cluster are their own.
[[nodiscard]] std::vector<double>& row_of(ClusterRows& rows, const Ratings& ratings,
                                          std::size_t item, std::size_t width);

[[nodiscard]] ClusterSums sums_of(const ClusterRows& rows, std::size_t width);

// The ratings of each item that has at least `fewest`, by its number.
[[nodiscard]] std::map<std::size_t, std::vector<double>> rated_items(const Ratings& ratings,
                                                                     std::size_t fewest);

// Its value and interval. Nothing where there are no items, or the statistic is undefined.
[[nodiscard]] std::optional<Agreement> agreement_of(const Coefficient& coefficient,
                                                    const AgreementOptions& options);

}  // namespace stareval
