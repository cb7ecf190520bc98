#include <cstddef>
#include <limits>

#include "backends/reader/assignment_internal.h"

namespace stareval::reader {
namespace {

constexpr std::size_t kNone = 0;  // rows and columns are counted from 1 within

// Potentials keep all reduced costs at 0 or above; `row_of` is the matching so far.
struct Matching {
  std::vector<double> row_potential;
  std::vector<double> column_potential;
  std::vector<std::size_t> row_of;
};

// Match one more row, along the cheapest alternating path.
void augment(const std::vector<std::vector<double>>& costs, std::size_t row, Matching& m) {
  const std::size_t columns = m.row_of.size() - 1;
  std::vector<double> least(columns + 1, std::numeric_limits<double>::infinity());
  std::vector<std::size_t> before(columns + 1, kNone);
  std::vector<bool> used(columns + 1, false);
  m.row_of[kNone] = row;
  std::size_t at = kNone;
  do {
    used[at] = true;
    const std::size_t r = m.row_of[at];
    double delta = std::numeric_limits<double>::infinity();
    std::size_t next = kNone;
    for (std::size_t c = 1; c <= columns; ++c) {
      if (used[c]) continue;
      const double reduced = costs[r - 1][c - 1] - m.row_potential[r] - m.column_potential[c];
      if (reduced < least[c]) least[c] = reduced, before[c] = at;
      if (least[c] < delta) delta = least[c], next = c;
    }
    for (std::size_t c = 0; c <= columns; ++c) {
      if (used[c]) m.row_potential[m.row_of[c]] += delta, m.column_potential[c] -= delta;
      else least[c] -= delta;
    }
    at = next;
  } while (m.row_of[at] != kNone);
  for (; at != kNone; at = before[at]) m.row_of[at] = m.row_of[before[at]];
}

}  // namespace

std::vector<int> cheapest_assignment(const std::vector<std::vector<double>>& costs) {
  const std::size_t rows = costs.size();
  const std::size_t columns = rows == 0 ? 0 : costs.front().size();
  Matching m{std::vector<double>(rows + 1, 0.0), std::vector<double>(columns + 1, 0.0),
             std::vector<std::size_t>(columns + 1, kNone)};
  for (std::size_t row = 1; row <= rows; ++row) augment(costs, row, m);
  std::vector<int> column_of(rows, -1);
  for (std::size_t c = 1; c <= columns; ++c)
    if (m.row_of[c] != kNone) column_of[m.row_of[c] - 1] = static_cast<int>(c - 1);
  return column_of;
}

}  // namespace stareval::reader
