// Ranking metrics over one list of candidate scores per query: rank, MRR, Hits@k, mean rank.
// Input   scores: higher is better; any finite number or infinity, never NaN. A batch is n_queries
// x
//         n_candidates, row-major. left_out: a byte a candidate, not 0 where the candidate is
//         another true answer that does not compete ("filtered" setting); empty: all compete.
//         The gold candidate always takes part, whatever its byte.
// Output  ranks start at 1; MRR, Hits@k and nDCG are fractions in [0, 1], never percent.
// Ties    realistic rank = 1 + above + tied / 2, the mean of the optimistic (1 + above) and the
//         pessimistic (1 + above + tied) one.
// NaN     an error, never a worst score: as a rival it would lift the gold without a word.
// Sources filtered setting: Bordes et al. 2013; ranks under ties and adjusted mean rank: Berrendorf
//         et al. 2020, arXiv:2002.06914; nDCG: Jarvelin and Kekalainen 2002, with the tied
//         candidates averaged over their orders as by McSherry and Najork 2008.
// Thread  pure functions. Wrong sizes and indices throw std::invalid_argument.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "libstareval/base/result.h"

namespace stareval {

// Where the gold candidate of one query stands among those that compete.
struct Placing {
  std::size_t above = 0;       // rivals with a higher score
  std::size_t tied = 0;        // rivals with the same score
  std::size_t candidates = 1;  // all that compete, the gold among them

  friend bool operator==(const Placing&, const Placing&) = default;
};

using LeftOutMask = std::span<const std::uint8_t>;

// Error: bad_data where a score is NaN, left out or not. Cost: linear.
[[nodiscard]] Result<Placing> place_gold(std::span<const float> scores, std::size_t gold,
                                         LeftOutMask left_out = {});
[[nodiscard]] Result<Placing> place_gold(std::span<const double> scores, std::size_t gold,
                                         LeftOutMask left_out = {});

// A placing for each query; `gold` holds one index a query, and its size is the number of queries.
// Error: the first query with a NaN. The same with any number of threads.
// Cost: linear; 0.1 s for 100,000 x 1,000 floats on two cores.
[[nodiscard]] Result<std::vector<Placing>> place_gold_batch(std::span<const float> scores,
                                                            std::size_t n_candidates,
                                                            std::span<const std::size_t> gold,
                                                            LeftOutMask left_out = {},
                                                            int threads = 1);
[[nodiscard]] Result<std::vector<Placing>> place_gold_batch(std::span<const double> scores,
                                                            std::size_t n_candidates,
                                                            std::span<const std::size_t> gold,
                                                            LeftOutMask left_out = {},
                                                            int threads = 1);

// For an ordered answer that may name only a part of the candidates: `named` holds indices, best
// first; of a candidate that is named twice the first counts. Those that are not named are tied
// with each other behind the list, the gold among them where it is not named. Names that are no
// candidates are for the caller to leave out.
[[nodiscard]] Placing place_in_list(std::span<const std::size_t> named, std::size_t n_candidates,
                                    std::size_t gold, LeftOutMask left_out = {});

enum class TieRule { realistic, optimistic, pessimistic };

[[nodiscard]] double rank_of(const Placing& placing, TieRule rule = TieRule::realistic);

// A whole rank, uniform from the optimistic to the pessimistic one, by a hash of seed and query:
// it depends on no other query. Source: the finaliser of SplitMix64, Steele et al. 2014.
[[nodiscard]] double random_rank(const Placing& placing, std::uint64_t seed, std::uint64_t query);

[[nodiscard]] std::vector<double> ranks_of(std::span<const Placing> placings,
                                           TieRule rule = TieRule::realistic);

// Of each rank on its own, for intervals over queries. A rank of 1.5 is no hit at 1.
[[nodiscard]] double reciprocal_rank(double rank);
[[nodiscard]] bool is_hit(double rank, std::size_t k);

// The same expected over all orders of the ties, each as likely, so that a query in which all are
// tied scores what a random order does. The hit is in [0, 1].
[[nodiscard]] double expected_reciprocal_rank(const Placing& placing);
[[nodiscard]] double expected_hit(const Placing& placing, std::size_t k);

// Means over queries; nothing where there are none.
[[nodiscard]] std::optional<double> mean_reciprocal_rank(std::span<const double> ranks);
[[nodiscard]] std::optional<double> hits_at(std::span<const double> ranks, std::size_t k);
[[nodiscard]] std::optional<double> mean_rank(std::span<const double> ranks);

// sum of ranks / sum of expected ranks, (candidates + 1) / 2 each: 1 by chance, below 1 better.
// candidates: those that compete in each query, as in Placing.
[[nodiscard]] std::optional<double> adjusted_mean_rank(std::span<const double> ranks,
                                                       std::span<const std::size_t> candidates);

// 1 - (sum of ranks - n) / (sum of expected ranks - n), in [-1, 1]: 1 is perfect, 0 is chance.
// Nothing where no query has a rival.
[[nodiscard]] std::optional<double> adjusted_mean_rank_index(
    std::span<const double> ranks, std::span<const std::size_t> candidates);

enum class Gain {
  linear,       // the relevance itself, as trec_eval and scikit-learn
  exponential,  // 2^relevance - 1, Burges et al. 2005; the same where relevance is 0 or 1
};

// DCG over the best DCG that any order has; discount 1 / log2(1 + rank), cut behind rank k (0: not
// cut). relevance: finite, >= 0, one a candidate; 0 and 1 for binary relevance. Candidates of equal
// score share the mean of their gains, which is the mean over all orders of them.
// Nothing where no candidate is relevant. Error: bad_data where a score is NaN, or a relevance is
// negative, NaN or infinite. Cost: n log n.
[[nodiscard]] Result<std::optional<double>> ndcg(std::span<const double> scores,
                                                 std::span<const double> relevance,
                                                 std::size_t k = 0, Gain gain = Gain::linear);

}  // namespace stareval
