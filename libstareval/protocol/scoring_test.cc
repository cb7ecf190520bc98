// Denominators worked out by hand.
#include "libstareval/protocol/scoring.h"

#include <gtest/gtest.h>

#include <array>

namespace stareval {
namespace {

Sample sample_of(const std::string& cluster) {
  Sample sample;
  sample.cluster = cluster;
  return sample;
}

Scored scored(const Sample& sample, Outcome outcome, double value = 0) {
  Scored item{&sample, 0, {}};
  item.score.outcome = outcome;
  if (outcome == Outcome::answered) item.score.values = {{"accuracy", value}};
  return item;
}

// Three answered (1, 1, 0), one unparsed, one refused, one truncated, two that got no reply.
TEST(HeadlineMetrics, CountEachAttemptInItsDenominators) {
  const std::array<Sample, 8> samples{sample_of("a"), sample_of("b"), sample_of("c"),
                                      sample_of("d"), sample_of("e"), sample_of("f"),
                                      sample_of("g"), sample_of("h")};
  const std::vector<Scored> items{
      scored(samples[0], Outcome::answered, 1), scored(samples[1], Outcome::answered, 1),
      scored(samples[2], Outcome::answered, 0), scored(samples[3], Outcome::unparsed),
      scored(samples[4], Outcome::refused),     scored(samples[5], Outcome::truncated),
      scored(samples[6], Outcome::api_error),   scored(samples[7], Outcome::skipped)};
  const auto metrics = headline_metrics("accuracy", items);
  ASSERT_EQ(metrics.size(), 3U);
  EXPECT_EQ(metrics[0].name, "accuracy");
  EXPECT_DOUBLE_EQ(*metrics[0].value, 2.0 / 5.0);
  EXPECT_EQ(metrics[0].n, 5U);
  EXPECT_EQ(metrics[0].method, "wilson");
  EXPECT_EQ(metrics[1].name, "accuracy_answered");
  EXPECT_DOUBLE_EQ(*metrics[1].value, 2.0 / 3.0);
  EXPECT_EQ(metrics[2].name, "accuracy_floor");
  EXPECT_DOUBLE_EQ(*metrics[2].value, 2.0 / 8.0);
  EXPECT_EQ(metrics[2].n, 8U);
}

TEST(MeanMetric, IsUndefinedWithoutAttemptsAndCutToFractions) {
  const Metric empty = mean_metric("accuracy", {}, over_scored("accuracy"));
  EXPECT_FALSE(empty.value || empty.low || empty.high);
  EXPECT_EQ(empty.n, 0U);
  const Sample a = sample_of("a");
  const Sample b = sample_of("b");
  const std::vector<Scored> two{scored(a, Outcome::answered, 0.9),
                                scored(b, Outcome::answered, 0.1)};
  const Metric cut = mean_metric("f1", two, over_scored("accuracy"));
  EXPECT_GE(cut.low, 0.0);
  EXPECT_LE(cut.high, 1.0);
  EXPECT_EQ(cut.method, "cluster-robust wilson");
  EXPECT_LT(*mean_metric("x", two, over_scored("accuracy"), Range::unbounded).low, 0.0);
}

// Errors of 1, 1, 0: a proportion to look at, a mean error in fact. Mean 2/3, variance 1/3, error
// 1/3, t of two degrees 4.3027; a Wilson interval would end at 1.
TEST(MeanMetric, GivesNoWilsonIntervalToUnboundedMeansOfZerosAndOnes) {
  const std::array<Sample, 3> samples{sample_of("a"), sample_of("b"), sample_of("c")};
  std::vector<Scored> items;
  for (std::size_t i = 0; i < samples.size(); ++i)
    items.push_back(scored(samples[i], Outcome::answered, i < 2 ? 1 : 0));
  const Metric error = mean_metric("error", items, over_scored("accuracy"), Range::unbounded);
  EXPECT_EQ(error.method, "cluster-robust t");
  EXPECT_NEAR(*error.low, 2.0 / 3.0 - 4.302652729749464 / 3.0, 1e-9);
  EXPECT_NEAR(*error.high, 2.0 / 3.0 + 4.302652729749464 / 3.0, 1e-9);
}

TEST(MeanMetric, HasNoIntervalWhereAllUnboundedValuesAreEqual) {
  const Sample a = sample_of("a");
  const Sample b = sample_of("b");
  for (const double value : {0.0, 1.0, -2.0}) {
    const std::vector<Scored> items{scored(a, Outcome::answered, value),
                                    scored(b, Outcome::answered, value)};
    const Metric same = mean_metric("bias", items, over_scored("accuracy"), Range::unbounded);
    EXPECT_EQ(same.value, value);
    EXPECT_FALSE(same.low || same.high) << value;
    EXPECT_EQ(same.method, "") << value;
  }
}

TEST(BeginScore, MapsEachStatusToAnOutcome) {
  Extraction<int> extraction;
  EXPECT_EQ(begin_score(extraction, "what?").outcome, Outcome::unparsed);
  EXPECT_EQ(begin_score(extraction, "I can't help with that.").outcome, Outcome::refused);
  extraction.status = ReadStatus::ambiguous;
  EXPECT_EQ(begin_score(extraction, "I can't help with that.").outcome, Outcome::ambiguous);
  extraction = {ReadStatus::found, 7, "bare", {0, 1}};
  const Score found = begin_score(extraction, "7");
  EXPECT_EQ(found.outcome, Outcome::answered);
  EXPECT_EQ(found.rule, "bare");
  EXPECT_EQ(found.span, (Span{0, 1}));
}

}  // namespace
}  // namespace stareval
