// Values worked out by hand; those of random detections by scikit-learn
// (tests/data/reference/classification.json).
#include <gtest/gtest.h>

#include <boost/json/value_to.hpp>
#include <limits>
#include <stdexcept>
#include <vector>

#include "libstareval/metrics/counting.h"
#include "libstareval/metrics/detection.h"
#include "libstareval/metrics/triples.h"
#include "tests/support/reference.h"

namespace stareval {
namespace {

TEST(CountError, HasASignAndDoesNotOverflow) {
  EXPECT_DOUBLE_EQ(count_error(9, 7), 2.0);
  EXPECT_DOUBLE_EQ(count_error(1, 2), -1.0);
  constexpr auto kHuge = std::numeric_limits<std::int64_t>::max();
  EXPECT_DOUBLE_EQ(count_error(kHuge, -1), 9223372036854775808.0);
}

// Errors 0, 1, -2, 0.
TEST(CountScores, AreTheExampleByHand) {
  const std::vector<std::int64_t> predicted{3, 4, 3, 5};
  const std::vector<std::int64_t> gold{3, 3, 5, 5};
  const CountScores scores = *score_counts(predicted, gold);
  EXPECT_EQ(scores.n, 4U);
  EXPECT_DOUBLE_EQ(scores.exact, 0.5);
  EXPECT_DOUBLE_EQ(scores.within_one, 0.75);
  EXPECT_DOUBLE_EQ(scores.mean_absolute_error, 0.75);
  EXPECT_DOUBLE_EQ(scores.bias, -0.25);
}

TEST(CountScores, FormACurveByGold) {
  const std::vector<std::int64_t> predicted{4, 3, 3, 5};
  const std::vector<std::int64_t> gold{3, 5, 3, 5};
  const auto curve = curve_by_gold(predicted, gold);
  ASSERT_EQ(curve.size(), 2U);
  EXPECT_EQ(curve[0].gold, 3);
  EXPECT_EQ(curve[0].scores.n, 2U);
  EXPECT_DOUBLE_EQ(curve[0].scores.exact, 0.5);
  EXPECT_DOUBLE_EQ(curve[0].scores.bias, 0.5);
  EXPECT_EQ(curve[1].gold, 5);
  EXPECT_DOUBLE_EQ(curve[1].scores.bias, -1.0);
  EXPECT_DOUBLE_EQ(curve[1].scores.within_one, 0.5);
}

TEST(CountScores, AreUndefinedWithoutItemsAndThrowWhereSizesDiffer) {
  const std::vector<std::int64_t> one{1};
  EXPECT_FALSE(score_counts({}, {}).has_value());
  EXPECT_TRUE(curve_by_gold({}, {}).empty());
  EXPECT_THROW((void)score_counts(one, {}), std::invalid_argument);
  EXPECT_THROW((void)curve_by_gold({}, one), std::invalid_argument);
}

// TP 4, FP 1, FN 2, TN 3: sensitivity 4/6, specificity 3/4, MCC = (12 - 2) / sqrt(5 * 6 * 4 * 5).
TEST(DetectionMetrics, AreTheExampleByHand) {
  const Confusion table{4, 1, 2, 3};
  EXPECT_DOUBLE_EQ(*sensitivity(table), 4.0 / 6.0);
  EXPECT_DOUBLE_EQ(*specificity(table), 0.75);
  EXPECT_DOUBLE_EQ(*balanced_accuracy(table), (4.0 / 6.0 + 0.75) / 2.0);
  EXPECT_NEAR(*matthews_correlation(table), 10.0 / 24.49489742783178, 1e-15);
}

TEST(DetectionMetrics, AreThoseOfScikitLearn) {
  using Answers = std::vector<std::uint8_t>;
  const auto document = testing::read_reference("classification");
  for (const auto& value : document.at("detections").as_array()) {
    const auto predicted = json::value_to<Answers>(value.at("predicted"));
    const auto gold = json::value_to<Answers>(value.at("gold"));
    const Confusion table = confusion_of(predicted, gold);
    EXPECT_DOUBLE_EQ(*sensitivity(table), value.at("sensitivity").to_number<double>());
    EXPECT_DOUBLE_EQ(*specificity(table), value.at("specificity").to_number<double>());
    EXPECT_DOUBLE_EQ(*balanced_accuracy(table), value.at("balanced_accuracy").to_number<double>());
    EXPECT_NEAR(*matthews_correlation(table), value.at("matthews").to_number<double>(), 1e-14);
  }
}

TEST(DetectionMetrics, TabulateAnswersAndTellTheYesRate) {
  const std::vector<std::uint8_t> predicted{1, 1, 0, 0, 2};
  const std::vector<std::uint8_t> gold{1, 0, 1, 0, 1};
  const Confusion table = confusion_of(predicted, gold);
  EXPECT_EQ(table.true_positive, 2);
  EXPECT_EQ(table.false_positive, 1);
  EXPECT_EQ(table.false_negative, 1);
  EXPECT_EQ(table.true_negative, 1);
  EXPECT_DOUBLE_EQ(*yes_rate(table), 0.6);
  EXPECT_FALSE(yes_rate({}).has_value());
  EXPECT_THROW((void)confusion_of(predicted, {}), std::invalid_argument);
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
