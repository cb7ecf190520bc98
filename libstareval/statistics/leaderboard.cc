#include "libstareval/statistics/leaderboard.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <map>
#include <string_view>

#include "libstareval/base/parallel.h"
#include "libstareval/base/random.h"
#include "libstareval/statistics/quantiles.h"

namespace stareval {
namespace {

constexpr double kRounding = 1e-12;  // of sums of some thousand numbers, relative

// Sums of each cluster, cluster after cluster, by name: the sum of each model, then the items.
struct Sums {
  std::size_t width = 0;
  std::vector<double> rows;
  std::vector<double> total;

  [[nodiscard]] std::size_t clusters() const { return rows.size() / width; }
  [[nodiscard]] const double* row(std::size_t cluster) const { return &rows[cluster * width]; }
};

Sums sums_of(const ScoreMatrix& scores) {
  const std::size_t items = scores.items();
  std::map<std::string_view, std::size_t> places;
  for (const std::string& name : scores.clusters) places.emplace(name, 0);
  std::size_t next = 0;
  for (auto& [name, place] : places) place = next++;
  Sums sums;
  sums.width = scores.models + 1;
  sums.rows.assign(sums.width * (places.empty() ? items : places.size()), 0.0);
  sums.total.assign(sums.width, 0.0);
  for (std::size_t item = 0; item < items; ++item) {
    const std::size_t cluster = places.empty() ? item : places.at(scores.clusters[item]);
    double* row = &sums.rows[cluster * sums.width];
    for (std::size_t model = 0; model < scores.models; ++model)
      row[model] += scores.at(model, item);
    row[scores.models] += 1;
  }
  for (std::size_t i = 0; i < sums.rows.size(); ++i) sums.total[i % sums.width] += sums.rows[i];
  return sums;
}

// A pair of models: the difference of their means, and its error without G/(G-1).
struct Pair {
  std::size_t a = 0;
  std::size_t b = 0;
  double difference = 0;
  double error = 0;  // 0 where the clusters do not vary
};

Pair pair_of(const Sums& sums, std::size_t a, std::size_t b) {
  const double items = sums.total.back();
  Pair pair{a, b, (sums.total[a] - sums.total[b]) / items, 0};
  double squares = 0;
  double size = 0;
  for (std::size_t g = 0; g < sums.clusters(); ++g) {
    const double* row = sums.row(g);
    const double residual = row[a] - row[b] - row[sums.width - 1] * pair.difference;
    squares += residual * residual;
    size = std::max({size, std::abs(row[a]), std::abs(row[b])});
  }
  const double groups = static_cast<double>(sums.clusters());
  if (std::sqrt(squares / groups) > kRounding * size) pair.error = std::sqrt(squares) / items;
  return pair;
}

std::vector<Pair> pairs_of(const Sums& sums) {
  std::vector<Pair> pairs;
  for (std::size_t a = 0; a + 1 < sums.width; ++a)
    for (std::size_t b = a + 1; b + 1 < sums.width; ++b) pairs.push_back(pair_of(sums, a, b));
  return pairs;
}

// What the replicates saw, each in its own place.
struct Replicates {
  std::vector<double> largest;              // |D* - D| / e over the pairs, one a replicate
  std::vector<std::uint32_t> above, below;  // models above and below, replicates x models
};

void draw(const Sums& sums, Random& random, std::vector<double>& total) {
  std::fill(total.begin(), total.end(), 0.0);
  for (std::size_t i = 0; i < sums.clusters(); ++i) {
    const double* row = sums.row(random.below(sums.clusters()));
    for (std::size_t column = 0; column < sums.width; ++column) total[column] += row[column];
  }
}

void compare(const std::vector<Pair>& pairs, const std::vector<double>& total, std::size_t models,
             std::size_t replicate, Replicates& out) {
  double largest = 0;
  const double items = total.back();
  for (const Pair& pair : pairs) {
    const double drawn = (total[pair.a] - total[pair.b]) / items;
    if (pair.error > 0) largest = std::max(largest, std::abs(drawn - pair.difference) / pair.error);
    const double scale = (std::abs(total[pair.a]) + std::abs(total[pair.b])) / items;
    if (std::abs(drawn) <= kRounding * scale) continue;
    const std::size_t upper = replicate * models + (drawn > 0 ? pair.a : pair.b);
    const std::size_t lower = replicate * models + (drawn > 0 ? pair.b : pair.a);
    ++out.above[lower];
    ++out.below[upper];
  }
  out.largest[replicate] = largest;
}

Replicates replicate(const Sums& sums, const std::vector<Pair>& pairs,
                     const LeaderboardOptions& options) {
  const std::size_t models = sums.width - 1;
  const std::size_t count = options.bootstrap.replicates;
  Replicates out{std::vector<double>(count), std::vector<std::uint32_t>(count * models),
                 std::vector<std::uint32_t>(count * models)};
  const Random seeds(options.bootstrap.seed);
  std::atomic<std::size_t> next{0};
  run_on_threads(options.threads, [&] {
    std::vector<double> total(sums.width);
    for (std::size_t r = next++; r < count; r = next++) {
      Random random = seeds.fork(static_cast<std::uint64_t>(r));
      draw(sums, random, total);
      compare(pairs, total, models, r, out);
    }
  });
  return out;
}

// The smallest value that at least the share of all values do not exceed.
template <class Value>
Value upper_quantile(std::vector<Value>& values, double share) {
  const double place = std::ceil(share * static_cast<double>(values.size())) - 1;
  const auto at = static_cast<std::ptrdiff_t>(std::max(0.0, place));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

// The factor of a pair's error beyond which its difference tells it apart.
double critical_value(std::vector<double>& largest, double confidence, double groups) {
  const double normal = upper_quantile(largest, confidence);
  if (!(normal > 0)) return 0;
  return t_from_normal(normal, groups - 1) * std::sqrt(groups / (groups - 1));
}

bool tells_apart(const Pair& pair, double critical, double groups, double error_rate) {
  if (pair.error > 0) return std::abs(pair.difference) > critical * pair.error;
  return std::abs(pair.difference) > kRounding && std::exp2(1 - groups) <= error_rate;
}

void set_ranks(Leaderboard& board) {
  const std::size_t models = board.models.size();
  for (std::size_t a = 0; a < models; ++a) {
    RankedModel& row = board.models[a];
    row.rank_high = models;
    for (std::size_t b = 0; b < models; ++b) {
      if (board.is_better(b, a)) ++row.rank_low;
      if (board.is_better(a, b)) --row.rank_high;
    }
    row.rank = row.rank_low;
  }
}

// Models that are level in a replicate take all the places that they share.
void set_drawn_ranks(const Replicates& seen, double confidence, Leaderboard& board) {
  const std::size_t models = board.models.size();
  const double tail = (1 - confidence) / 2;
  std::vector<std::uint32_t> above(seen.largest.size());
  std::vector<std::uint32_t> below(seen.largest.size());
  for (std::size_t model = 0; model < models; ++model) {
    for (std::size_t r = 0; r < above.size(); ++r) {
      above[r] = seen.above[r * models + model];
      below[r] = seen.below[r * models + model];
    }
    board.models[model].drawn_low = 1 + upper_quantile(above, tail);
    board.models[model].drawn_high = models - upper_quantile(below, tail);
  }
}

}  // namespace

bool ScoreMatrix::is_whole() const {
  return models > 0 && items() > 0 && values.size() == models * items() &&
         (clusters.empty() || clusters.size() == items()) &&
         std::all_of(values.begin(), values.end(),
                     [](double value) { return std::isfinite(value); });
}

std::optional<Leaderboard> rank_models(const ScoreMatrix& scores,
                                       const LeaderboardOptions& options) {
  if (!scores.is_whole() || options.bootstrap.replicates == 0) return std::nullopt;
  const Sums sums = sums_of(scores);
  if (sums.clusters() < 2) return std::nullopt;
  const auto pairs = pairs_of(sums);
  Replicates seen = replicate(sums, pairs, options);
  Leaderboard board;
  board.clusters = sums.clusters();
  board.models.resize(scores.models);
  board.better.assign(scores.models * scores.models, false);
  for (std::size_t model = 0; model < scores.models; ++model)
    board.models[model].mean = sums.total[model] / sums.total.back();
  const double confidence = options.bootstrap.confidence;
  const auto groups = static_cast<double>(board.clusters);
  const double critical = critical_value(seen.largest, confidence, groups);
  for (const Pair& pair : pairs) {
    if (!tells_apart(pair, critical, groups, (1 - confidence) / static_cast<double>(pairs.size())))
      continue;
    const bool first = pair.difference > 0;
    board.better[(first ? pair.a : pair.b) * scores.models + (first ? pair.b : pair.a)] = true;
  }
  set_ranks(board);
  set_drawn_ranks(seen, confidence, board);
  return board;
}

}  // namespace stareval
