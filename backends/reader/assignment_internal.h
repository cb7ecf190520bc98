// The cheapest way to give each row a column of its own.
// Source  Kuhn 1955, Munkres 1957, in the form with potentials.   Thread  pure functions.
#pragma once

#include <vector>

namespace stareval::reader {

// `costs`: rows x columns, finite, at least as many columns as rows. Returns the column of each
// row, so that the sum of the costs is least. Cost: rows^2 x columns.
[[nodiscard]] std::vector<int> cheapest_assignment(const std::vector<std::vector<double>>& costs);

}  // namespace stareval::reader
