// Scores and metrics worked out by hand.
#include "protocols/error_detection/error_detection.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "libstareval/tasks/task.h"

namespace stareval {
namespace {

const Triple kWrong{"France", "capital", "Madrid"};

Sample sample_with(bool error, const std::string& cluster) {
  Sample sample;
  sample.task = "ED";
  sample.question = "Which fact is wrong?";
  sample.graph = {{{"France", true}, {"Paris", false}, {"Spain", true}, {"Madrid", false}},
                  {{"France", "capital", "Paris"},
                   {"Spain", "capital", "Madrid"},
                   {"France", "borders", "Spain"}}};
  sample.cluster = cluster;
  if (error) sample.change = {Change::Kind::corrupt_triple, 0, kWrong, false};
  sample.gold = error ? ErrorGold{kWrong} : ErrorGold{};
  return sample;
}

double value(const Score& score, const std::string& name) {
  for (const auto& [key, number] : score.values)
    if (key == name) return number;
  return -1;
}

TEST(ErrorDetection, ScoresTheTripleAndItsParts) {
  const ErrorDetection detection({});
  const Sample wrong = sample_with(true, "a");
  const Score hit = detection.score(wrong, answered_reply("(france, capital, madrid)"));
  EXPECT_EQ(hit.answer, "(France, capital, Madrid)");
  EXPECT_EQ(value(hit, "accuracy"), 1);
  EXPECT_EQ(value(hit, "flagged"), 1);
  const Score other = detection.score(wrong, answered_reply("(Spain, capital, Madrid)"));
  EXPECT_EQ(value(other, "accuracy"), 0);
  EXPECT_EQ(value(other, "head_hit"), 0);
  EXPECT_EQ(value(other, "relation_hit"), 1);
  EXPECT_EQ(value(other, "tail_hit"), 1);
  const Score missed = detection.score(wrong, answered_reply("none"));
  EXPECT_EQ(value(missed, "accuracy"), 0);
  EXPECT_EQ(value(missed, "head_hit"), 0);
  const Score clean = detection.score(sample_with(false, "a"), answered_reply("No error."));
  EXPECT_EQ(clean.answer, "none");
  EXPECT_EQ(value(clean, "accuracy"), 1);
  EXPECT_EQ(value(clean, "head_hit"), -1);
}

TEST(ErrorDetection, ReadsAnErrorThatIsNotSeenAsNone) {
  const ErrorDetection detection({});
  const Sample clean = sample_with(false, "a");
  for (const char* reply : {"I can't see any error", "I cannot see any wrong fact.",
                            "I'm unable to see any error in the picture."}) {
    const Score score = detection.score(clean, answered_reply(reply));
    EXPECT_EQ(score.answer, "none") << reply;
    EXPECT_EQ(value(score, "accuracy"), 1) << reply;
  }
  EXPECT_EQ(detection.score(clean, answered_reply("I cannot see the image.")).outcome,
            Outcome::refused);
}

// All right: each replicate has a balanced accuracy and an MCC of 1, which is no certainty.
TEST(ErrorDetection, HasNoIntervalWhereNoReplicateDiffers) {
  const ErrorDetection detection({});
  std::vector<Sample> samples;
  for (int i = 0; i < 20; ++i) samples.push_back(sample_with(i % 2 == 0, std::to_string(i)));
  std::vector<Scored> scored;
  for (const Sample& sample : samples)
    scored.push_back({&sample, 0, detection.score(sample, answered_reply(gold_answer(sample)))});
  for (const Metric& metric : detection.summarise(scored)) {
    if (metric.name != "balanced_accuracy" && metric.name != "mcc") continue;
    EXPECT_EQ(metric.value, 1.0) << metric.name;
    EXPECT_FALSE(metric.low || metric.high) << metric.name;
  }
}

TEST(ErrorDetection, HasTheSameIntervalsWhateverTheOrderOfSamples) {
  const ErrorDetection detection({});
  std::vector<Sample> samples;
  for (int i = 0; i < 20; ++i) samples.push_back(sample_with(i % 2 == 0, std::to_string(i)));
  std::vector<Scored> scored;
  for (std::size_t i = 0; i < samples.size(); ++i)
    scored.push_back(
        {&samples[i], 0, detection.score(samples[i], answered_reply(i % 3 == 0 ? "none" : "hm"))});
  const auto first = detection.summarise(scored);
  std::reverse(scored.begin(), scored.end());
  const auto second = detection.summarise(scored);
  for (std::size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(first[i].low, second[i].low) << first[i].name;
    EXPECT_EQ(first[i].high, second[i].high) << first[i].name;
  }
}

// With an error: found, another triple named, missed, unreadable. Clean: right, false alarm.
TEST(ErrorDetection, SummarisesTheExampleByHand) {
  const ErrorDetection detection({});
  std::vector<Sample> samples;
  for (const char* cluster : {"a", "b", "c", "d"}) samples.push_back(sample_with(true, cluster));
  for (const char* cluster : {"e", "f"}) samples.push_back(sample_with(false, cluster));
  const char* replies[] = {
      "(France, capital, Madrid)", "(Spain, capital, Madrid)", "none", "hm", "none",
      "(Spain, capital, Madrid)"};
  std::vector<Scored> scored;
  for (std::size_t i = 0; i < samples.size(); ++i)
    scored.push_back({&samples[i], 0, detection.score(samples[i], answered_reply(replies[i]))});
  std::map<std::string, Metric> metrics;
  for (const Metric& metric : detection.summarise(scored)) metrics[metric.name] = metric;
  EXPECT_DOUBLE_EQ(*metrics["accuracy"].value, 2.0 / 6.0);
  EXPECT_DOUBLE_EQ(*metrics["sensitivity"].value, 0.5);  // 2 of 4; the unreadable one is a miss
  EXPECT_EQ(metrics["sensitivity"].n, 4U);
  EXPECT_DOUBLE_EQ(*metrics["specificity"].value, 0.5);
  EXPECT_DOUBLE_EQ(*metrics["balanced_accuracy"].value, 0.5);
  EXPECT_EQ(metrics["balanced_accuracy"].n, 6U);
  EXPECT_DOUBLE_EQ(*metrics["mcc"].value, 1.0 / 6.0);  // readable: TP 2, FN 1, TN 1, FP 1
  EXPECT_DOUBLE_EQ(*metrics["yes_rate"].value, 3.0 / 5.0);
  EXPECT_DOUBLE_EQ(*metrics["tail_hit"].value, 0.5);
  EXPECT_DOUBLE_EQ(*metrics["head_hit"].value, 0.25);
  EXPECT_EQ(metrics["head_hit"].n, 4U);
}

// PITFALLS 29: a constant answer looks good.
TEST(ErrorDetection, ShowsThatAlwaysNoneKnowsNothing) {
  const ErrorDetection detection({});
  std::vector<Sample> samples;
  for (int i = 0; i < 10; ++i) samples.push_back(sample_with(i < 2, std::to_string(i)));
  std::vector<Scored> scored;
  for (const Sample& sample : samples)
    scored.push_back({&sample, 0, detection.score(sample, answered_reply("none"))});
  std::map<std::string, Metric> metrics;
  for (const Metric& metric : detection.summarise(scored)) metrics[metric.name] = metric;
  EXPECT_DOUBLE_EQ(*metrics["accuracy"].value, 0.8);
  EXPECT_DOUBLE_EQ(*metrics["balanced_accuracy"].value, 0.5);
  EXPECT_FALSE(metrics["mcc"].value.has_value());
}

}  // namespace
}  // namespace stareval
