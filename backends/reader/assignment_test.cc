// The cheapest assignment: a case by hand, against all permutations of small random matrices
// (property), and degenerate sizes.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "backends/reader/assignment_internal.h"
#include "libstareval/base/random.h"

namespace stareval::reader {
namespace {

using Costs = std::vector<std::vector<double>>;

double cost_of(const Costs& costs, const std::vector<int>& columns) {
  double sum = 0;
  for (std::size_t i = 0; i < costs.size(); ++i)
    sum += costs[i][static_cast<std::size_t>(columns[i])];
  return sum;
}

double least_of_all(const Costs& costs) {
  std::vector<int> columns(costs.front().size());
  std::iota(columns.begin(), columns.end(), 0);
  double least = cost_of(costs, columns);
  while (std::next_permutation(columns.begin(), columns.end()))
    least = std::min(least, cost_of(costs, columns));
  return least;
}

// The nearest column of both rows is the first; the second row loses less without it.
TEST(ReaderAssignment, GivesTheNearestToWhoNeedsItMore) {
  EXPECT_EQ(cheapest_assignment({{1, 9, 9}, {0, 2, 9}}), (std::vector<int>{0, 1}));
  EXPECT_EQ(cheapest_assignment({{1, 2, 9}, {0, 8, 9}}), (std::vector<int>{1, 0}));
}

TEST(ReaderAssignment, OfNoRowsIsEmpty) { EXPECT_TRUE(cheapest_assignment({}).empty()); }

TEST(ReaderAssignment, OfOneRowIsItsLeast) {
  EXPECT_EQ(cheapest_assignment({{3, -1, 2}}), std::vector<int>{1});
}

TEST(ReaderAssignment, IsAsCheapAsTheBestPermutation) {
  Random random(7);
  for (int round = 0; round < 300; ++round) {
    const std::size_t rows = 1 + random.below(6);
    const std::size_t columns = rows + random.below(7 - rows);
    Costs costs(rows, std::vector<double>(columns));
    // Few values, so that ties are met too.
    for (auto& row : costs)
      for (double& cost : row) cost = static_cast<double>(random.below(12)) - 3;
    const std::vector<int> found = cheapest_assignment(costs);
    EXPECT_EQ(std::set<int>(found.begin(), found.end()).size(), rows);
    EXPECT_DOUBLE_EQ(cost_of(costs, found), least_of_all(costs)) << "round " << round;
  }
}

}  // namespace
}  // namespace stareval::reader
