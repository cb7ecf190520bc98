// Scores and metrics worked out by hand.
#include "protocols/counting/counting.h"

#include <gtest/gtest.h>

#include <map>

namespace stareval {
namespace {

Sample sample_with(std::int64_t gold, const std::string& cluster = "a") {
  Sample sample;
  sample.task = "EC";
  sample.question = "How many entities are there?";
  sample.gold = CountGold{gold};
  sample.cluster = cluster;
  return sample;
}

TEST(Counting, AsksForANumber) {
  EXPECT_EQ(Counting({Mode::direct}).prompt(sample_with(7)).text,
            "How many entities are there?\n\nAnswer with one whole number in digits, and nothing "
            "else.");
  const std::string cot = Counting({Mode::cot}).prompt(sample_with(7)).text;
  EXPECT_NE(cot.find("</think>"), std::string::npos);
  EXPECT_NE(Counting({Mode::cot}).info().prompt_digest,
            Counting({Mode::direct}).info().prompt_digest);
}

TEST(Counting, ScoresExactAndClose) {
  const Counting counting({});
  const Score right = counting.score(sample_with(7), answered_reply("7 entities"));
  EXPECT_EQ(right.outcome, Outcome::answered);
  EXPECT_EQ(right.answer, "7");
  EXPECT_EQ(right.values, (std::vector<std::pair<std::string, double>>{
                              {"accuracy", 1}, {"within_1", 1}, {"error", 0}}));
  const Score close = counting.score(sample_with(7), answered_reply("8"));
  EXPECT_EQ(close.values, (std::vector<std::pair<std::string, double>>{
                              {"accuracy", 0}, {"within_1", 1}, {"error", 1}}));
}

TEST(Counting, TellsTheOutcomesApart) {
  const Counting counting({});
  const auto outcome = [&](const char* reply) {
    return counting.score(sample_with(7), answered_reply(reply)).outcome;
  };
  EXPECT_EQ(outcome("5 or 7"), Outcome::ambiguous);
  EXPECT_EQ(outcome("3.5"), Outcome::unparsed);
  EXPECT_EQ(outcome("I'm sorry, but I can't help with that."), Outcome::refused);
  Sample other = sample_with(7);
  other.gold = ChoiceGold{0};
  EXPECT_EQ(counting.score(other, answered_reply("7")).outcome, Outcome::skipped);
}

TEST(Counting, ReadsTheCountThatItsTaskAsksFor) {
  const Counting counting({});
  Sample sample = sample_with(7);
  const auto answer = [&](const char* task) {
    sample.task = task;
    return counting
        .score(sample, answered_reply("I see 7 entities, 3 of them with an image, and 9 "
                                      "triples and 4 relations."))
        .answer;
  };
  EXPECT_EQ(answer("EC"), "7");
  EXPECT_EQ(answer("IC"), "3");
  EXPECT_EQ(answer("TC"), "9");
  EXPECT_EQ(answer("RC"), "4");
}

// No image on any node may mean 0, or that the model sees badly: no count, and no refusal either.
TEST(Counting, LeavesAnImageThatIsNotSeenOnANodeUnparsed) {
  const Counting counting({});
  const auto outcome = [&](const char* reply) {
    return counting.score(sample_with(0), answered_reply(reply)).outcome;
  };
  EXPECT_EQ(outcome("I can't see an image on any node."), Outcome::unparsed);
  EXPECT_EQ(outcome("I cannot see the image."), Outcome::refused);
  EXPECT_EQ(outcome("I'm unable to view the picture."), Outcome::refused);
}

// Errors of 1, 1, 0, 0 look like successes, but a mean error is no proportion.
TEST(Counting, GivesNoWilsonIntervalToErrors) {
  const Counting counting({});
  std::vector<Sample> samples;
  for (const char* cluster : {"a", "b", "c", "d"}) samples.push_back(sample_with(7, cluster));
  const auto metrics_of = [&](const std::vector<const char*>& replies) {
    std::vector<Scored> scored;
    for (std::size_t i = 0; i < samples.size(); ++i)
      scored.push_back({&samples[i], 0, counting.score(samples[i], answered_reply(replies[i]))});
    std::map<std::string, Metric> metrics;
    for (const Metric& metric : counting.summarise(scored)) metrics[metric.name] = metric;
    return metrics;
  };
  auto mixed = metrics_of({"8", "8", "7", "7"});
  EXPECT_EQ(mixed["bias"].method, "cluster-robust t");
  EXPECT_EQ(mixed["mean_absolute_error"].method, "cluster-robust t");
  auto same = metrics_of({"8", "8", "8", "8"});
  EXPECT_EQ(same["bias"].value, 1.0);
  EXPECT_FALSE(same["bias"].low || same["mean_absolute_error"].high);
  EXPECT_EQ(same["within_1"].method, "wilson");
}

// Golds 7: read 7, 8, 4, nothing; and one attempt without a reply.
TEST(Counting, SummarisesTheExampleByHand) {
  const Counting counting({});
  std::vector<Sample> samples;
  for (const char* cluster : {"a", "b", "c", "d", "e"}) samples.push_back(sample_with(7, cluster));
  std::vector<Scored> scored;
  const char* replies[] = {"7", "8", "4", "no idea"};
  for (std::size_t i = 0; i < 4; ++i)
    scored.push_back({&samples[i], 0, counting.score(samples[i], answered_reply(replies[i]))});
  scored.push_back({&samples[4], 0, {}});
  scored[4].score.outcome = Outcome::api_error;
  std::map<std::string, Metric> metrics;
  for (const Metric& metric : counting.summarise(scored)) metrics[metric.name] = metric;
  EXPECT_DOUBLE_EQ(*metrics["accuracy"].value, 0.25);
  EXPECT_DOUBLE_EQ(*metrics["accuracy_answered"].value, 1.0 / 3.0);
  EXPECT_DOUBLE_EQ(*metrics["accuracy_floor"].value, 0.2);
  EXPECT_DOUBLE_EQ(*metrics["within_1"].value, 0.5);
  EXPECT_DOUBLE_EQ(*metrics["mean_absolute_error"].value, 4.0 / 3.0);
  EXPECT_DOUBLE_EQ(*metrics["bias"].value, -2.0 / 3.0);
  EXPECT_EQ(metrics["bias"].n, 3U);
  EXPECT_LT(*metrics["bias"].low, -1.0);  // not a fraction, and not cut to one
}

}  // namespace
}  // namespace stareval
