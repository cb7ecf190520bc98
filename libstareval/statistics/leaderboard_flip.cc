#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "libstareval/statistics/leaderboard.h"

namespace stareval {
namespace {

constexpr double kRounding = 1e-12;  // of sums of some thousand numbers, relative

// The sum of a model, minus that of another; 0 where only rounding lies between them.
double lead(const ScoreMatrix& scores, std::size_t model, std::size_t other) {
  double sum = 0;
  double size = 0;
  for (std::size_t item = 0; item < scores.items(); ++item) {
    sum += scores.at(model, item) - scores.at(other, item);
    size += std::abs(scores.at(model, item)) + std::abs(scores.at(other, item));
  }
  return std::abs(sum) <= kRounding * size ? 0.0 : sum;
}

std::size_t best_model(const ScoreMatrix& scores) {
  std::size_t best = 0;
  for (std::size_t model = 1; model < scores.models; ++model)
    if (lead(scores, model, best) > 0) best = model;
  return best;
}

// Removing m items changes the sum of the differences leader - challenger by the sum of those m.
// Of all sets of m items, the m largest differences have the largest sum; so if they leave a sum
// that is not below 0, no m items do, and the first m at which they leave one is the fewest. Both
// means are over the same items, so that the sign of the sum is the sign of the means' difference.
std::optional<std::vector<std::size_t>> fewest_against(const ScoreMatrix& scores,
                                                       std::size_t leader, std::size_t challenger) {
  std::vector<double> differences;
  for (std::size_t item = 0; item < scores.items(); ++item)
    differences.push_back(scores.at(leader, item) - scores.at(challenger, item));
  std::vector<std::size_t> order(differences.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return differences[a] != differences[b] ? differences[a] > differences[b] : a < b;
  });
  // Sums from the smallest difference on: what the first m leave.
  double left = 0;
  double size = 0;
  std::size_t removed = order.size();
  for (std::size_t place = order.size(); place-- > 0;) {
    left += differences[order[place]];
    size += std::abs(differences[order[place]]);
    if (left < -kRounding * size) removed = place;
  }
  if (removed == order.size()) return std::nullopt;
  order.resize(removed);
  std::sort(order.begin(), order.end());
  return order;
}

}  // namespace

std::optional<FirstPlace> fewest_items_to_flip(const ScoreMatrix& scores) {
  if (!scores.is_whole() || scores.models < 2) return std::nullopt;
  const std::size_t leader = best_model(scores);
  std::optional<FirstPlace> fewest;
  for (std::size_t challenger = 0; challenger < scores.models; ++challenger) {
    if (challenger == leader) continue;
    if (lead(scores, leader, challenger) == 0) return FirstPlace{leader, challenger, {}};
    auto items = fewest_against(scores, leader, challenger);
    if (!items || (fewest && fewest->items.size() <= items->size())) continue;
    fewest = FirstPlace{leader, challenger, std::move(*items)};
  }
  return fewest;
}

}  // namespace stareval
