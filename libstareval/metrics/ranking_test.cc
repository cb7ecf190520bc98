// By hand: the examples named so. Properties: ties in order, shifts and shuffles change nothing.
// Reference: SciPy's rankdata and scikit-learn's ndcg_score (tests/data/reference/ranking.json).
// Refusals: NaN, negative relevance, wrong sizes.
#include "libstareval/metrics/ranking.h"

#include <gtest/gtest.h>

#include <boost/json/value_to.hpp>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "libstareval/base/random.h"
#include "tests/support/reference.h"

namespace stareval {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

Placing place(const std::vector<double>& scores, std::size_t gold,
              const std::vector<std::uint8_t>& left_out = {}) {
  return place_gold(std::span<const double>(scores), gold, left_out).value();
}

std::vector<double> numbers(const json::value& array) {
  return json::value_to<std::vector<double>>(array);
}

// Above: 9 and 7; tied: the two other fives.
TEST(PlaceGold, IsTheExampleByHand) {
  const Placing placing = place({5, 9, 5, 1, 7, 5}, 0);
  EXPECT_EQ(placing, (Placing{2, 2, 6}));
  EXPECT_DOUBLE_EQ(rank_of(placing, TieRule::optimistic), 3.0);
  EXPECT_DOUBLE_EQ(rank_of(placing, TieRule::pessimistic), 5.0);
  EXPECT_DOUBLE_EQ(rank_of(placing), 4.0);
}

TEST(PlaceGold, LeavesOtherTrueAnswersOutButNeverTheGold) {
  EXPECT_EQ(place({5, 9, 5, 1, 7, 5}, 0, {0, 1, 1, 1, 0, 0}), (Placing{1, 1, 3}));
  EXPECT_EQ(place({5, 9, 5, 1, 7, 5}, 0, {1, 1, 1, 1, 0, 0}), (Placing{1, 1, 3}));
  EXPECT_EQ(place({5, 9}, 0, {1, 1}), (Placing{0, 0, 1}));
}

TEST(PlaceGold, OrdersInfinities) {
  EXPECT_EQ(place({-kInfinity, 0, -kInfinity, kInfinity}, 0), (Placing{2, 1, 4}));
  EXPECT_EQ(place({kInfinity, 0}, 0), (Placing{0, 0, 2}));
}

TEST(PlaceGold, TakesAScoreOfNanForAnError) {
  const std::vector<double> scores{1, kNan, 2};
  const auto placing = place_gold(std::span<const double>(scores), 2);
  ASSERT_TRUE(placing.has_error());
  EXPECT_NE(placing.error().message.find("score of candidate 1"), std::string::npos);
  const std::vector<std::uint8_t> left_out{0, 1, 0};
  EXPECT_TRUE(place_gold(std::span<const double>(scores), 2, left_out).has_error());
  EXPECT_TRUE(place_gold(std::span<const double>(scores), 1).has_error());
}

TEST(PlaceGold, ThrowsWhereSizesDoNotFit) {
  const std::vector<double> scores{1, 2};
  const std::vector<std::uint8_t> short_mask{0};
  EXPECT_THROW((void)place_gold(std::span<const double>(scores), 2), std::invalid_argument);
  EXPECT_THROW((void)place_gold(std::span<const double>(scores), 0, short_mask),
               std::invalid_argument);
}

TEST(RankingReference, HasTheRanksOfScipy) {
  const auto document = testing::read_reference("ranking");
  for (const auto& query : document.at("queries").as_array()) {
    const auto scores = numbers(query.at("scores"));
    const Placing placing = place(scores, query.at("gold").to_number<std::size_t>());
    const auto& ranks = query.at("ranks");
    EXPECT_EQ(rank_of(placing, TieRule::optimistic), ranks.at("optimistic").to_number<double>());
    EXPECT_EQ(rank_of(placing, TieRule::pessimistic), ranks.at("pessimistic").to_number<double>());
    EXPECT_EQ(rank_of(placing), ranks.at("realistic").to_number<double>());
    EXPECT_DOUBLE_EQ(reciprocal_rank(rank_of(placing, TieRule::pessimistic)),
                     query.at("average_precision").to_number<double>());
  }
}

TEST(RankingReference, HasTheNdcgOfScikitLearn) {
  const auto document = testing::read_reference("ranking");
  for (const auto& query : document.at("queries").as_array()) {
    const auto scores = numbers(query.at("scores"));
    const auto relevance = numbers(query.at("relevance"));
    for (const auto& [k, value] : query.at("ndcg").as_object()) {
      const auto ours = ndcg(scores, relevance, std::stoul(std::string(k))).value();
      EXPECT_NEAR(*ours, value.to_number<double>(), 1e-12) << "k = " << k;
    }
    std::vector<double> binary(scores.size(), 0.0);
    binary[query.at("gold").to_number<std::size_t>()] = 1.0;
    EXPECT_NEAR(**ndcg(scores, binary), query.at("ndcg_binary").to_number<double>(), 1e-12);
    EXPECT_NEAR(**ndcg(scores, relevance, 5, Gain::exponential),
                query.at("ndcg_exponential").to_number<double>(), 1e-12);
  }
}

// Gains 3, 2, 0 at ranks 1 + 2 (tied) and 3: (2.5 + 2.5 / log2(3)) / (3 + 2 / log2(3)).
TEST(Ndcg, IsTheExampleByHand) {
  const std::vector<double> scores{1, 1, 0};
  const std::vector<double> relevance{3, 2, 0};
  const double second = 1.0 / std::log2(3.0);
  EXPECT_DOUBLE_EQ(**ndcg(scores, relevance), (2.5 + 2.5 * second) / (3.0 + 2.0 * second));
  EXPECT_DOUBLE_EQ(**ndcg(scores, relevance, 1), 2.5 / 3.0);
  const std::vector<double> best_last{0, 1, 2};
  EXPECT_DOUBLE_EQ(**ndcg(best_last, std::vector<double>{1, 0, 0}), 0.5);
}

TEST(Ndcg, IsUndefinedWithoutAnythingRelevantAndRefusesWhatIsNoNumber) {
  const std::vector<double> scores{1, 2};
  EXPECT_FALSE(ndcg(scores, std::vector<double>{0, 0}).value().has_value());
  EXPECT_FALSE(ndcg({}, {}).value().has_value());
  EXPECT_TRUE(ndcg(scores, std::vector<double>{-1, 0}).has_error());
  EXPECT_TRUE(ndcg(scores, std::vector<double>{kNan, 0}).has_error());
  EXPECT_TRUE(ndcg(std::vector<double>{kNan, 0}, scores).has_error());
  EXPECT_THROW((void)ndcg(scores, std::vector<double>{1}), std::invalid_argument);
}

// Of five candidates a list names 3 and 1.
TEST(PlaceInList, PutsWhatIsNotNamedBehindTheList) {
  const std::vector<std::size_t> named{3, 1};
  EXPECT_EQ(place_in_list(named, 5, 3), (Placing{0, 0, 5}));
  EXPECT_EQ(place_in_list(named, 5, 1), (Placing{1, 0, 5}));
  EXPECT_EQ(place_in_list(named, 5, 4), (Placing{2, 2, 5}));
  EXPECT_DOUBLE_EQ(rank_of(place_in_list(named, 5, 4)), 4.0);
  EXPECT_EQ(place_in_list({}, 5, 4), (Placing{0, 4, 5}));
}

TEST(PlaceInList, CountsARepeatOnceAndLeavesOutOtherTrueAnswers) {
  const std::vector<std::size_t> named{3, 3, 1, 3, 0, 0};
  EXPECT_EQ(place_in_list(named, 5, 0), (Placing{2, 0, 5}));
  const std::vector<std::uint8_t> left_out{1, 0, 1, 1, 0};
  EXPECT_EQ(place_in_list(named, 5, 0, left_out), (Placing{1, 0, 3}));
  EXPECT_EQ(place_in_list(named, 5, 4, left_out), (Placing{1, 0, 2}));
  EXPECT_THROW((void)place_in_list(named, 3, 0), std::invalid_argument);
}

// Ranks 1, 2, 4 of 5, 5, 10 candidates: expected ranks 3, 3, 5.5.
TEST(RankingMeans, AreTheExampleByHand) {
  const std::vector<double> ranks{1, 2, 4};
  const std::vector<std::size_t> candidates{5, 5, 10};
  EXPECT_DOUBLE_EQ(*mean_reciprocal_rank(ranks), 1.75 / 3.0);
  EXPECT_DOUBLE_EQ(*hits_at(ranks, 1), 1.0 / 3.0);
  EXPECT_DOUBLE_EQ(*hits_at(ranks, 3), 2.0 / 3.0);
  EXPECT_DOUBLE_EQ(*mean_rank(ranks), 7.0 / 3.0);
  EXPECT_DOUBLE_EQ(*adjusted_mean_rank(ranks, candidates), 7.0 / 11.5);
  EXPECT_DOUBLE_EQ(*adjusted_mean_rank_index(ranks, candidates), 1.0 - 4.0 / 8.5);
  EXPECT_FALSE(is_hit(1.5, 1));
}

TEST(RankingMeans, AreUndefinedWithoutQueriesOrRivals) {
  EXPECT_FALSE(mean_reciprocal_rank({}).has_value());
  EXPECT_FALSE(hits_at({}, 1).has_value());
  EXPECT_FALSE(mean_rank({}).has_value());
  EXPECT_FALSE(adjusted_mean_rank({}, {}).has_value());
  EXPECT_FALSE(adjusted_mean_rank_index({}, {}).has_value());
  const std::vector<double> alone{1};
  const std::vector<std::size_t> one{1};
  EXPECT_DOUBLE_EQ(*adjusted_mean_rank(alone, one), 1.0);
  EXPECT_FALSE(adjusted_mean_rank_index(alone, one).has_value());
}

// A constant score knows nothing: it is at chance by realistic ranks, whatever the candidates.
TEST(RankingMeans, PutAConstantScoreAtChance) {
  std::vector<double> ranks;
  const std::vector<std::size_t> candidates{2, 7, 30};
  for (const std::size_t n : candidates) ranks.push_back(rank_of(Placing{0, n - 1, n}));
  EXPECT_DOUBLE_EQ(*adjusted_mean_rank(ranks, candidates), 1.0);
  EXPECT_DOUBLE_EQ(*adjusted_mean_rank_index(ranks, candidates), 0.0);
}

TEST(RandomRank, IsUniformOverTheTieAndTheSameForASeed) {
  const Placing placing{3, 4, 20};
  std::vector<int> counts(5, 0);
  constexpr int kDraws = 20000;
  for (std::uint64_t q = 0; q < kDraws; ++q) {
    const double rank = random_rank(placing, 7, q);
    ASSERT_GE(rank, 4.0);
    ASSERT_LE(rank, 8.0);
    ASSERT_EQ(rank, std::floor(rank));
    ++counts[static_cast<std::size_t>(rank - 4.0)];
  }
  double chi_squared = 0;
  for (const int count : counts) chi_squared += std::pow(count - kDraws / 5.0, 2) / (kDraws / 5.0);
  EXPECT_LT(chi_squared, 18.47);  // 0.1 % point of chi squared with 4 degrees of freedom
  EXPECT_EQ(random_rank(placing, 7, 5), random_rank(placing, 7, 5));
  EXPECT_EQ(random_rank({3, 0, 20}, 7, 5), 4.0);
}

TEST(RandomRank, DiffersBySeed) {
  int different = 0;
  for (std::uint64_t q = 0; q < 100; ++q)
    different += random_rank({0, 99, 100}, 1, q) != random_rank({0, 99, 100}, 2, q) ? 1 : 0;
  EXPECT_GT(different, 90);
}

struct Matrix {
  std::vector<float> scores;
  std::vector<std::size_t> gold;
  std::vector<std::uint8_t> left_out;
  std::size_t candidates = 0;
};

Matrix random_matrix(std::size_t queries, std::size_t candidates, int levels, Random& random) {
  Matrix m;
  m.candidates = candidates;
  for (std::size_t i = 0; i < queries * candidates; ++i) {
    m.scores.push_back(static_cast<float>(random.between(0, levels)) / 4.0F);
    m.left_out.push_back(random.chance(0.1) ? 1 : 0);
  }
  for (std::size_t q = 0; q < queries; ++q) m.gold.push_back(random.below(candidates));
  return m;
}

std::vector<Placing> place_all(const Matrix& m, LeftOutMask left_out, int threads) {
  return place_gold_batch(std::span<const float>(m.scores), m.candidates, m.gold, left_out, threads)
      .value();
}

// Widths below, at and above the block of the counting loop.
TEST(PlaceGoldBatch, IsTheLoopOverQueriesWithAnyNumberOfThreads) {
  Random random(1);
  for (const std::size_t candidates : {1U, 2U, 255U, 256U, 257U, 1000U}) {
    const Matrix m = random_matrix(40, candidates, 20, random);
    for (const bool filtered : {false, true}) {
      const LeftOutMask left_out = filtered ? LeftOutMask(m.left_out) : LeftOutMask();
      std::vector<Placing> expected;
      for (std::size_t q = 0; q < m.gold.size(); ++q) {
        Placing placing{0, 0, 0};
        const float gold = m.scores[q * candidates + m.gold[q]];
        for (std::size_t i = 0; i < candidates; ++i) {
          if (filtered && m.left_out[q * candidates + i] != 0 && i != m.gold[q]) continue;
          ++placing.candidates;
          const float score = m.scores[q * candidates + i];
          if (score > gold) ++placing.above;
          if (score == gold && i != m.gold[q]) ++placing.tied;
        }
        expected.push_back(placing);
      }
      EXPECT_EQ(place_all(m, left_out, 1), expected);
      EXPECT_EQ(place_all(m, left_out, 4), expected);
    }
  }
}

TEST(PlaceGoldBatch, NamesTheFirstQueryWithANan) {
  Random random(2);
  Matrix m = random_matrix(500, 300, 9, random);
  m.scores[400 * 300 + 5] = std::numeric_limits<float>::quiet_NaN();
  m.scores[123 * 300 + 7] = std::numeric_limits<float>::quiet_NaN();
  for (const int threads : {1, 4}) {
    const auto placings =
        place_gold_batch(std::span<const float>(m.scores), m.candidates, m.gold, {}, threads);
    ASSERT_TRUE(placings.has_error());
    EXPECT_EQ(placings.error().message.rfind("query 123: score of candidate 7:", 0), 0U)
        << placings.error().message;
  }
}

TEST(PlaceGoldBatch, TakesNoQueriesAndThrowsWhereSizesDoNotFit) {
  EXPECT_TRUE(place_gold_batch(std::span<const float>(), 10, {}).value().empty());
  const std::vector<float> scores{1, 2, 3};
  const std::vector<std::size_t> gold{0};
  const auto batch = [&](std::size_t n) {
    return place_gold_batch(std::span<const float>(scores), n, gold);
  };
  EXPECT_THROW((void)batch(2), std::invalid_argument);
  EXPECT_TRUE(batch(3).has_value());
  const std::vector<std::size_t> outside{3};
  EXPECT_THROW((void)place_gold_batch(std::span<const float>(scores), 3, outside),
               std::invalid_argument);
}

TEST(RankingProperties, OptimisticIsAtBestAndPessimisticAtWorst) {
  Random random(3);
  const Matrix m = random_matrix(300, 30, 6, random);
  const auto placings = place_all(m, m.left_out, 1);
  std::vector<std::size_t> candidates;
  for (const Placing& p : placings) {
    EXPECT_LE(rank_of(p, TieRule::optimistic), rank_of(p));
    EXPECT_LE(rank_of(p), rank_of(p, TieRule::pessimistic));
    EXPECT_LE(rank_of(p, TieRule::pessimistic), static_cast<double>(p.candidates));
    candidates.push_back(p.candidates);
  }
  const auto best = ranks_of(placings, TieRule::optimistic);
  const auto middle = ranks_of(placings);
  const auto worst = ranks_of(placings, TieRule::pessimistic);
  EXPECT_GE(*mean_reciprocal_rank(best), *mean_reciprocal_rank(middle));
  EXPECT_GE(*mean_reciprocal_rank(middle), *mean_reciprocal_rank(worst));
  for (const std::size_t k : {1U, 3U, 10U}) {
    EXPECT_GE(*hits_at(best, k), *hits_at(middle, k));
    EXPECT_GE(*hits_at(middle, k), *hits_at(worst, k));
  }
  EXPECT_LE(std::abs(*adjusted_mean_rank_index(middle, candidates)), 1.0);
}

// Eighths up to 5 plus 1024: exact in float.
TEST(RankingProperties, AConstantAddedToAllScoresChangesNoRank) {
  Random random(4);
  Matrix m = random_matrix(50, 40, 20, random);
  const auto before = place_all(m, {}, 1);
  for (float& score : m.scores) score += 1024.0F;
  EXPECT_EQ(place_all(m, {}, 1), before);
}

TEST(RankingProperties, AShuffleOfCandidatesChangesNoRankAndNoNdcg) {
  Random random(5);
  for (int round = 0; round < 50; ++round) {
    std::vector<std::size_t> order(25);
    std::vector<double> scores, relevance, moved_scores, moved_relevance;
    for (std::size_t i = 0; i < order.size(); ++i) {
      order[i] = i;
      scores.push_back(random.between(0, 8));
      relevance.push_back(random.between(0, 3));
    }
    random.shuffle(order);
    std::size_t gold = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
      moved_scores.push_back(scores[order[i]]);
      moved_relevance.push_back(relevance[order[i]]);
      if (order[i] == 0) gold = i;
    }
    EXPECT_EQ(place(moved_scores, gold), place(scores, 0));
    const double whole = **ndcg(scores, relevance);
    EXPECT_NEAR(**ndcg(moved_scores, moved_relevance), whole, 1e-12);
    EXPECT_GE(whole, 0.0);
    EXPECT_LE(whole, 1.0);
    EXPECT_DOUBLE_EQ(**ndcg(relevance, relevance), 1.0);
  }
}

}  // namespace
}  // namespace stareval
