#include "libstareval/metrics/ranking.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "libstareval/base/parallel.h"

namespace stareval {
namespace {

void require(bool right, const char* what) {
  if (!right) throw std::invalid_argument(what);
}

// Counts of one row. In blocks of a fixed size, so that compilers vectorise the loop at -O2 too.
struct Counts {
  std::size_t above = 0, level = 0, left_out = 0, nan = 0;  // level: the gold among them
};

constexpr std::size_t kBlock = 256;

template <class Score>
void count_block(const Score* scores, std::size_t n, Score gold, Counts& counts) {
  std::uint32_t above = 0, level = 0, nan = 0;
  for (std::size_t i = 0; i < n; ++i) {
    above += static_cast<std::uint32_t>(scores[i] > gold);
    level += static_cast<std::uint32_t>(scores[i] == gold);
    nan += static_cast<std::uint32_t>(std::isnan(scores[i]));
  }
  counts.above += above;
  counts.level += level;
  counts.nan += nan;
}

template <class Score>
void count_block(const Score* scores, const std::uint8_t* left_out, std::size_t n, Score gold,
                 Counts& counts) {
  std::uint32_t above = 0, level = 0, gone = 0, nan = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const auto in = static_cast<std::uint32_t>(left_out[i] == 0);
    above += in & static_cast<std::uint32_t>(scores[i] > gold);
    level += in & static_cast<std::uint32_t>(scores[i] == gold);
    gone += 1U - in;
    nan += static_cast<std::uint32_t>(std::isnan(scores[i]));
  }
  counts.above += above;
  counts.level += level;
  counts.left_out += gone;
  counts.nan += nan;
}

template <class Score>
Counts count_row(std::span<const Score> scores, Score gold, LeftOutMask left_out) {
  Counts counts;
  std::size_t i = 0;
  if (left_out.empty()) {
    for (; i + kBlock <= scores.size(); i += kBlock)
      count_block(scores.data() + i, kBlock, gold, counts);
    count_block(scores.data() + i, scores.size() - i, gold, counts);
  } else {
    for (; i + kBlock <= scores.size(); i += kBlock)
      count_block(scores.data() + i, left_out.data() + i, kBlock, gold, counts);
    count_block(scores.data() + i, left_out.data() + i, scores.size() - i, gold, counts);
  }
  return counts;
}

// The placing, or nothing where a score is NaN.
template <class Score>
std::optional<Placing> place(std::span<const Score> scores, std::size_t gold,
                             LeftOutMask left_out) {
  Counts counts = count_row(scores, scores[gold], left_out);
  if (counts.nan > 0) return std::nullopt;
  if (!left_out.empty() && left_out[gold] != 0) {  // the gold takes part all the same
    ++counts.level;
    --counts.left_out;
  }
  return Placing{counts.above, counts.level - 1, scores.size() - counts.left_out};
}

template <class Score>
Error nan_error(std::span<const Score> scores, std::size_t query) {
  const auto* const first = std::find_if(scores.data(), scores.data() + scores.size(),
                                         [](Score s) { return std::isnan(s); });
  return make_error(ErrorCode::bad_data,
                    "query {}: score of candidate {}: expected a number, found NaN; leave out the "
                    "query, or mend what scored it",
                    query, first - scores.data());
}

template <class Score>
Result<Placing> place_one(std::span<const Score> scores, std::size_t gold, LeftOutMask left_out) {
  require(gold < scores.size(), "place_gold: the gold is no candidate");
  require(left_out.empty() || left_out.size() == scores.size(), "place_gold: size of left_out");
  const auto placing = place(scores, gold, left_out);
  if (!placing) return nan_error(scores, 0);
  return *placing;
}

template <class Score>
Result<std::vector<Placing>> place_batch(std::span<const Score> scores, std::size_t n_candidates,
                                         std::span<const std::size_t> gold, LeftOutMask left_out,
                                         int threads) {
  require(scores.size() == n_candidates * gold.size(), "place_gold_batch: size of scores");
  require(left_out.empty() || left_out.size() == scores.size(),
          "place_gold_batch: size of left_out");
  for (const std::size_t g : gold)
    require(g < n_candidates, "place_gold_batch: a gold is no candidate");

  std::vector<Placing> placings(gold.size());
  std::atomic<std::size_t> next{0};
  std::atomic<std::size_t> first_bad{gold.size()};
  const auto row = [&](auto all, std::size_t q) {
    return all.empty() ? all : all.subspan(q * n_candidates, n_candidates);
  };
  const std::size_t piece =
      std::max<std::size_t>(1, 65536 / std::max<std::size_t>(1, n_candidates));
  run_on_threads(threads, [&] {
    for (std::size_t begin; (begin = next.fetch_add(piece)) < gold.size();) {
      const std::size_t end = std::min(begin + piece, gold.size());
      for (std::size_t q = begin; q < end; ++q) {
        if (const auto placing = place(row(scores, q), gold[q], row(left_out, q))) {
          placings[q] = *placing;
          continue;
        }
        std::size_t known = first_bad.load();
        while (q < known && !first_bad.compare_exchange_weak(known, q)) continue;
      }
    }
  });
  const std::size_t bad = first_bad.load();
  if (bad < gold.size()) return nan_error(row(scores, bad), bad);
  return placings;
}

std::uint64_t mix(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15U;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31U);
}

double sum_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

// Sum over queries of the rank that chance has.
double expected_ranks(std::span<const std::size_t> candidates) {
  double sum = 0;
  for (const std::size_t n : candidates) sum += (static_cast<double>(n) + 1.0) / 2.0;
  return sum;
}

double discount(std::size_t rank) { return 1.0 / std::log2(1.0 + static_cast<double>(rank)); }

// Of gains in their order; scores of equal value share theirs.
double dcg(std::span<const double> scores, std::span<const double> gains,
           std::span<const std::size_t> order, std::size_t k) {
  double sum = 0;
  for (std::size_t begin = 0; begin < k;) {
    std::size_t end = begin;
    double gain = 0, weight = 0;
    for (; end < order.size() && scores[order[end]] == scores[order[begin]]; ++end) {
      gain += gains[order[end]];
      if (end < k) weight += discount(end + 1);
    }
    sum += weight * gain / static_cast<double>(end - begin);
    begin = end;
  }
  return sum;
}

Result<std::vector<double>> gains_of(std::span<const double> relevance, Gain gain) {
  std::vector<double> gains(relevance.begin(), relevance.end());
  for (std::size_t i = 0; i < gains.size(); ++i) {
    if (!std::isfinite(gains[i]) || gains[i] < 0)
      return make_error(ErrorCode::bad_data,
                        "relevance of candidate {}: expected a finite number from 0, found {}", i,
                        gains[i]);
    if (gain == Gain::exponential) gains[i] = std::exp2(gains[i]) - 1.0;
  }
  return gains;
}

}  // namespace

Result<Placing> place_gold(std::span<const float> scores, std::size_t gold, LeftOutMask left_out) {
  return place_one(scores, gold, left_out);
}

Result<Placing> place_gold(std::span<const double> scores, std::size_t gold, LeftOutMask left_out) {
  return place_one(scores, gold, left_out);
}

Result<std::vector<Placing>> place_gold_batch(std::span<const float> scores,
                                              std::size_t n_candidates,
                                              std::span<const std::size_t> gold,
                                              LeftOutMask left_out, int threads) {
  return place_batch(scores, n_candidates, gold, left_out, threads);
}

Result<std::vector<Placing>> place_gold_batch(std::span<const double> scores,
                                              std::size_t n_candidates,
                                              std::span<const std::size_t> gold,
                                              LeftOutMask left_out, int threads) {
  return place_batch(scores, n_candidates, gold, left_out, threads);
}

Placing place_in_list(std::span<const std::size_t> named, std::size_t n_candidates,
                      std::size_t gold, LeftOutMask left_out) {
  require(gold < n_candidates, "place_in_list: the gold is no candidate");
  require(left_out.empty() || left_out.size() == n_candidates, "place_in_list: size of left_out");
  std::vector<std::uint8_t> gone(n_candidates, 0);  // left out, or met already
  std::copy(left_out.begin(), left_out.end(), gone.begin());
  gone[gold] = 0;
  const auto left = static_cast<std::size_t>(std::count(gone.begin(), gone.end(), 0));
  std::size_t above = 0;
  for (const std::size_t candidate : named) {
    require(candidate < n_candidates, "place_in_list: a name is no candidate");
    if (candidate == gold) return {above, 0, left};
    if (gone[candidate] == 0) ++above;
    gone[candidate] = 1;
  }
  return {above, left - above - 1, left};
}

double rank_of(const Placing& placing, TieRule rule) {
  const double best = 1.0 + static_cast<double>(placing.above);
  const auto tied = static_cast<double>(placing.tied);
  if (rule == TieRule::optimistic) return best;
  if (rule == TieRule::pessimistic) return best + tied;
  return best + tied / 2.0;
}

double random_rank(const Placing& placing, std::uint64_t seed, std::uint64_t query) {
  const std::uint64_t bits = mix(mix(seed) + query);
  const double uniform = static_cast<double>(bits >> 11U) * 0x1p-53;  // [0, 1)
  const double step = std::floor(uniform * (static_cast<double>(placing.tied) + 1.0));
  return 1.0 + static_cast<double>(placing.above) + step;
}

std::vector<double> ranks_of(std::span<const Placing> placings, TieRule rule) {
  std::vector<double> ranks;
  ranks.reserve(placings.size());
  for (const Placing& placing : placings) ranks.push_back(rank_of(placing, rule));
  return ranks;
}

double reciprocal_rank(double rank) { return 1.0 / rank; }

double expected_reciprocal_rank(const Placing& placing) {
  double sum = 0;
  for (std::size_t rank = placing.above + 1; rank <= placing.above + placing.tied + 1; ++rank)
    sum += 1 / static_cast<double>(rank);
  return sum / static_cast<double>(placing.tied + 1);
}

double expected_hit(const Placing& placing, std::size_t k) {
  if (k <= placing.above) return 0;
  const std::size_t places = std::min(k - placing.above, placing.tied + 1);
  return static_cast<double>(places) / static_cast<double>(placing.tied + 1);
}

bool is_hit(double rank, std::size_t k) { return rank <= static_cast<double>(k); }

std::optional<double> mean_reciprocal_rank(std::span<const double> ranks) {
  if (ranks.empty()) return std::nullopt;
  double sum = 0;
  for (const double rank : ranks) sum += reciprocal_rank(rank);
  return sum / static_cast<double>(ranks.size());
}

std::optional<double> hits_at(std::span<const double> ranks, std::size_t k) {
  if (ranks.empty()) return std::nullopt;
  const auto hits =
      std::count_if(ranks.begin(), ranks.end(), [&](double r) { return is_hit(r, k); });
  return static_cast<double>(hits) / static_cast<double>(ranks.size());
}

std::optional<double> mean_rank(std::span<const double> ranks) {
  if (ranks.empty()) return std::nullopt;
  return sum_of(ranks) / static_cast<double>(ranks.size());
}

std::optional<double> adjusted_mean_rank(std::span<const double> ranks,
                                         std::span<const std::size_t> candidates) {
  require(ranks.size() == candidates.size(), "adjusted_mean_rank: size of candidates");
  if (ranks.empty()) return std::nullopt;
  return sum_of(ranks) / expected_ranks(candidates);
}

std::optional<double> adjusted_mean_rank_index(std::span<const double> ranks,
                                               std::span<const std::size_t> candidates) {
  require(ranks.size() == candidates.size(), "adjusted_mean_rank_index: size of candidates");
  const auto n = static_cast<double>(ranks.size());
  const double room = expected_ranks(candidates) - n;
  if (room <= 0) return std::nullopt;
  return 1.0 - (sum_of(ranks) - n) / room;
}

Result<std::optional<double>> ndcg(std::span<const double> scores,
                                   std::span<const double> relevance, std::size_t k, Gain gain) {
  require(scores.size() == relevance.size(), "ndcg: size of relevance");
  if (std::any_of(scores.begin(), scores.end(), [](double s) { return std::isnan(s); }))
    return nan_error(scores, 0);
  STAREVAL_TRY(const auto gains, gains_of(relevance, gain));
  const std::size_t cut = k == 0 ? scores.size() : std::min(k, scores.size());
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto by = [&](std::span<const double> key) {
    std::sort(order.begin(), order.end(),
              [key](std::size_t a, std::size_t b) { return key[a] > key[b]; });
  };
  by(gains);
  const double best = dcg(gains, gains, order, cut);
  if (best <= 0) return std::optional<double>{};
  by(scores);
  return std::optional<double>{std::min(1.0, dcg(scores, gains, order, cut) / best)};
}

}  // namespace stareval
