// Scores and metrics worked out by hand.
#include "protocols/detection/detection.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "libstareval/tasks/task.h"

namespace stareval {
namespace {

Sample sample_with(bool error, const std::string& cluster) {
  Sample sample;
  sample.task = "m3str-detect-any";
  sample.question = "Is there a wrong fact in the picture?";
  sample.choices = {"no", "yes"};
  sample.gold = ChoiceGold{error ? 1U : 0U};
  sample.cluster = cluster;
  return sample;
}

double accuracy_of(const Sample& sample, const char* reply) {
  const Score score = Detection({}).score(sample, answered_reply(reply));
  return score.values.empty() ? -1 : score.values.front().second;
}

TEST(Detection, ReadsYesAndNoWhateverTheOrderOfTheChoices) {
  Sample sample = sample_with(true, "a");
  EXPECT_EQ(accuracy_of(sample, "Yes."), 1);
  EXPECT_EQ(accuracy_of(sample, "No, every fact is true."), 0);
  EXPECT_EQ(accuracy_of(sample, "Nobody knows."), -1);
  sample.choices = {"yes", "no"};
  EXPECT_EQ(accuracy_of(sample, "Yes."), 0);
  EXPECT_EQ(gold_answer(sample), "no");
}

// Yes means a wrong fact: "correct" is no yes, and "wrong" is no no.
TEST(Detection, DoesNotTakeCorrectForYesOrWrongForNo) {
  const Sample sample = sample_with(true, "a");
  EXPECT_EQ(accuracy_of(sample, "Something is wrong."), 1);
  EXPECT_EQ(accuracy_of(sample, "The graph is incorrect."), 1);
  EXPECT_EQ(accuracy_of(sample, "There is an error in the graph."), 1);
  EXPECT_EQ(accuracy_of(sample, "Everything seems correct."), 0);
  EXPECT_EQ(accuracy_of(sample, "There is no error."), 0);
  EXPECT_EQ(accuracy_of(sample, "Incorrect"), -1);
  EXPECT_EQ(accuracy_of(sample, "Yes, the graph is correct."), -1);
  EXPECT_EQ(accuracy_of(sample, "No, the entity is wrong."), -1);
}

TEST(Detection, DoesNotScoreAnotherKindOfGold) {
  Sample sample = sample_with(true, "a");
  sample.gold = CountGold{3};
  EXPECT_EQ(Detection({}).score(sample, answered_reply("yes")).outcome, Outcome::skipped);
}

// Two with an error: one found, one unreadable. Three clean: two right, one false alarm.
TEST(Detection, SummarisesTheExampleByHand) {
  const Detection detection({});
  std::vector<Sample> samples{sample_with(true, "a"), sample_with(true, "b"),
                              sample_with(false, "c"), sample_with(false, "d"),
                              sample_with(false, "e")};
  const char* replies[] = {"yes", "hm", "no", "no", "yes"};
  std::vector<Scored> scored;
  for (std::size_t i = 0; i < samples.size(); ++i)
    scored.push_back({&samples[i], 0, detection.score(samples[i], answered_reply(replies[i]))});
  std::map<std::string, Metric> metrics;
  for (const Metric& metric : detection.summarise(scored)) metrics[metric.name] = metric;
  EXPECT_DOUBLE_EQ(*metrics["accuracy"].value, 3.0 / 5.0);
  EXPECT_DOUBLE_EQ(*metrics["sensitivity"].value, 1.0 / 2.0);
  EXPECT_DOUBLE_EQ(*metrics["specificity"].value, 2.0 / 3.0);
  EXPECT_DOUBLE_EQ(*metrics["balanced_accuracy"].value, 7.0 / 12.0);
  EXPECT_DOUBLE_EQ(*metrics["mcc"].value, (1.0 * 2 - 1 * 0) / std::sqrt(2.0 * 1 * 3 * 2));
  EXPECT_EQ(metrics["mcc"].n, 4U);  // of the readable ones: TP 1, FP 1, FN 0, TN 2
  EXPECT_DOUBLE_EQ(*metrics["yes_rate"].value, 2.0 / 4.0);
}

// MCC of -1 would call it a perfect detector turned round.
TEST(Detection, CallsAModelThatAlwaysDeclinesNoDetector) {
  const Detection detection({});
  std::vector<Sample> samples{sample_with(true, "a"), sample_with(false, "b")};
  std::vector<Scored> scored;
  for (const Sample& sample : samples)
    scored.push_back({&sample, 0, detection.score(sample, answered_reply("I cannot help."))});
  std::map<std::string, Metric> metrics;
  for (const Metric& metric : detection.summarise(scored)) metrics[metric.name] = metric;
  EXPECT_FALSE(metrics["mcc"].value.has_value());
  EXPECT_EQ(metrics["balanced_accuracy"].value, 0.0);
}

// Neither "yes" nor "no": nothing says which class it is.
TEST(Detection, DoesNotScoreOtherChoices) {
  Sample sample = sample_with(true, "a");
  sample.choices = {"true", "false"};
  EXPECT_EQ(Detection({}).score(sample, answered_reply("yes")).outcome, Outcome::skipped);
}

}  // namespace
}  // namespace stareval
