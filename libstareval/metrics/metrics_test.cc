// All values worked out by hand.
#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "libstareval/metrics/counting.h"
#include "libstareval/metrics/detection.h"
#include "libstareval/metrics/triples.h"

namespace stareval {
namespace {

TEST(CountError, HasASignAndDoesNotOverflow) {
  EXPECT_DOUBLE_EQ(count_error(9, 7), 2.0);
  EXPECT_DOUBLE_EQ(count_error(1, 2), -1.0);
  constexpr auto kHuge = std::numeric_limits<std::int64_t>::max();
  EXPECT_DOUBLE_EQ(count_error(kHuge, -1), 9223372036854775808.0);
}

// TP 4, FP 1, FN 2, TN 3: sensitivity 4/6, specificity 3/4, MCC = (12 - 2) / sqrt(5 * 6 * 4 * 5).
TEST(DetectionMetrics, AreTheExampleByHand) {
  const Confusion table{4, 1, 2, 3};
  EXPECT_DOUBLE_EQ(*sensitivity(table), 4.0 / 6.0);
  EXPECT_DOUBLE_EQ(*specificity(table), 0.75);
  EXPECT_DOUBLE_EQ(*balanced_accuracy(table), (4.0 / 6.0 + 0.75) / 2.0);
  EXPECT_NEAR(*matthews_correlation(table), 10.0 / 24.49489742783178, 1e-15);
}

// PITFALLS 29: a constant answer looks good. Always "no" on 80 clean items of 100: accuracy 0.8.
TEST(DetectionMetrics, ShowThatAConstantAnswerKnowsNothing) {
  const Confusion always_no{0, 0, 20, 80};
  EXPECT_DOUBLE_EQ(*balanced_accuracy(always_no), 0.5);
  EXPECT_FALSE(matthews_correlation(always_no).has_value());
}

TEST(DetectionMetrics, AreUndefinedWhereADenominatorIsZero) {
  EXPECT_FALSE(sensitivity({0, 1, 0, 1}).has_value());
  EXPECT_FALSE(specificity({1, 0, 1, 0}).has_value());
  EXPECT_FALSE(balanced_accuracy({1, 0, 1, 0}).has_value());
}

TEST(TripleMetrics, AreTheExampleByHand) {
  const std::vector<Triple> gold{{"A", "r", "B"}, {"B", "r", "C"}, {"C", "s", "D"}};
  const std::vector<Triple> named{{"a", "R", "b"}, {"A", "r", "B"}, {"B", "r", "A"}};
  const TripleScore score = score_triples(named, gold);  // two different named, one hit
  EXPECT_DOUBLE_EQ(*score.precision, 0.5);
  EXPECT_DOUBLE_EQ(*score.recall, 1.0 / 3.0);
  EXPECT_DOUBLE_EQ(*score.f1, 2.0 / 5.0);
}

TEST(TripleMetrics, AreUndefinedWhereADenominatorIsZero) {
  const std::vector<Triple> one{{"A", "r", "B"}};
  EXPECT_FALSE(score_triples({}, one).precision.has_value());
  EXPECT_DOUBLE_EQ(*score_triples({}, one).f1, 0.0);
  EXPECT_FALSE(score_triples(one, {}).recall.has_value());
  EXPECT_FALSE(score_triples({}, {}).f1.has_value());
}

}  // namespace
}  // namespace stareval
