// Probabilities and values worked out by hand.
#include "protocols/completion/option_logprobs.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>

#include "protocols/completion/completion.h"

namespace stareval {
namespace {

using Top = std::vector<std::pair<std::string, double>>;
using Probabilities = std::vector<std::optional<double>>;

TokenLogprob token(std::string text, Top top = {}) {
  for (auto& [name, value] : top) value = std::log(value);
  const double own = top.empty() ? -0.1 : top.front().second;
  return {std::move(text), own, std::move(top)};
}

Reply reply_of(std::vector<TokenLogprob> tokens, std::string text = "") {
  if (text.empty())
    for (const TokenLogprob& part : tokens) text += part.token;
  Reply reply = answered_reply(std::move(text));
  reply.logprobs = std::move(tokens);
  return reply;
}

double value(const std::vector<std::pair<std::string, double>>& values, std::string_view name) {
  for (const auto& [key, number] : values)
    if (key == name) return number;
  ADD_FAILURE() << "no value " << name;
  return -1;
}

TEST(OptionLogprobs, NormalisesOverTheOptionsThatArePresent) {
  const Reply reply = reply_of({token("C", {{"C", 0.5}, {"A", 0.25}, {"The", 0.2}, {"Z", 0.05}})});
  const auto read = option_probabilities(reply, Span{0, 1}, 4);
  ASSERT_TRUE(read.has_value());
  EXPECT_NEAR(*(*read)[2], 2.0 / 3, 1e-12);
  EXPECT_NEAR(*(*read)[0], 1.0 / 3, 1e-12);
  EXPECT_FALSE((*read)[1].has_value());
  EXPECT_FALSE((*read)[3].has_value());
}

TEST(OptionLogprobs, AddsTheSpellingsOfOneLetter) {
  const Reply reply = reply_of({token(" B", {{" B", 0.3}, {"B", 0.1}, {"(B", 0.1}, {" A", 0.5}})});
  const auto read = option_probabilities(reply, Span{1, 2}, 2);
  ASSERT_TRUE(read.has_value());
  EXPECT_NEAR(*(*read)[1], 0.5, 1e-12);
}

TEST(OptionLogprobs, ReadsTheTokenThatCoversTheLetter) {
  const Reply reply = reply_of({token("A", {{"A", 0.9}, {"B", 0.1}}), token(" map. Answer:"),
                                token(" B", {{" B", 0.8}, {" A", 0.2}})});
  const auto read = option_probabilities(reply, Span{15, 16}, 2);
  ASSERT_TRUE(read.has_value());
  EXPECT_NEAR(*(*read)[1], 0.8, 1e-12);
}

TEST(OptionLogprobs, FindsTheTextBehindReasoningThatTheServerCutOff) {
  const Reply reply =
      reply_of({token("<think>A</think>\n"), token("B", {{"B", 0.7}, {"A", 0.3}})}, "B");
  const auto read = option_probabilities(reply, Span{0, 1}, 2);
  ASSERT_TRUE(read.has_value());
  EXPECT_NEAR(*(*read)[1], 0.7, 1e-12);
}

TEST(OptionLogprobs, CountsTheTokenItselfWhereTheServerLeavesItOutOfTheTop) {
  Reply reply = reply_of({{"A", std::log(0.25), {{"B", std::log(0.75)}}}});
  const auto read = option_probabilities(reply, Span{0, 1}, 2);
  ASSERT_TRUE(read.has_value());
  EXPECT_NEAR(*(*read)[0], 0.25, 1e-12);
}

TEST(OptionLogprobs, ReadsNothingWhereNothingCanBeRead) {
  EXPECT_FALSE(option_probabilities(answered_reply("A"), Span{0, 1}, 2).has_value());
  EXPECT_FALSE(
      option_probabilities(reply_of({token("A", {{"A", 1.0}})}, "B and more"), Span{0, 1}, 2)
          .has_value());
  EXPECT_FALSE(option_probabilities(reply_of({token("Z", {{"A", 1.0}})}), Span{0, 1}, 2));
  const double none = -std::numeric_limits<double>::infinity();
  EXPECT_FALSE(option_probabilities(reply_of({{"A", none, {{"A", none}}}}), Span{0, 1}, 2));
  EXPECT_FALSE(option_probabilities(reply_of({{"A", std::nan(""), {}}}), Span{0, 1}, 2));
}

TEST(OptionLogprobs, GivesValuesOfTheGold) {
  const Probabilities likely{0.2, 0.5, std::nullopt, 0.3};
  EXPECT_EQ(value(option_values(likely, 1), "logprob_accuracy"), 1.0);
  EXPECT_EQ(value(option_values(likely, 0), "logprob_accuracy"), 0.0);
  EXPECT_EQ(value(option_values(likely, 0), "logprob_reciprocal_rank"), 1.0 / 3);
  EXPECT_EQ(value(option_values(likely, 0), "gold_probability"), 0.2);
  EXPECT_EQ(value(option_values(likely, 2), "gold_probability"), 0.0);
  EXPECT_EQ(value(option_values(likely, 2), "logprob_reciprocal_rank"), 0.25);
}

TEST(OptionLogprobs, SharesTheFirstPlaceAmongTies) {
  const Probabilities tied{0.4, 0.4, 0.2};
  EXPECT_EQ(value(option_values(tied, 0), "logprob_accuracy"), 0.5);
  EXPECT_EQ(value(option_values(tied, 0), "logprob_reciprocal_rank"), 1 / 1.5);
  const Probabilities two_left{1.0, std::nullopt, std::nullopt};
  EXPECT_EQ(value(option_values(two_left, 1), "logprob_reciprocal_rank"), 1 / 2.5);
}

Sample sample_of() {
  Sample sample;
  sample.task = "ER";
  sample.choices = {"Paris", "Rome"};
  sample.gold = ChoiceGold{0};
  sample.cluster = "a";
  return sample;
}

TEST(OptionLogprobs, StandBesideTheAccuracyAndNeverInIt) {
  const CompletionProtocol completion({});
  const Sample sample = sample_of();
  const Reply with = reply_of({token("B", {{"A", 0.75}, {"B", 0.25}})});  // sampled, not likeliest
  const std::vector<Scored> scored{{&sample, 0, completion.score(sample, with)},
                                   {&sample, 1, completion.score(sample, answered_reply("A"))}};
  EXPECT_EQ(headline_value(scored[0].score), 0.0);
  const auto metrics = completion.summarise(scored);
  EXPECT_EQ(metrics.front().value, 0.5);
  std::map<std::string, Metric> by_name;
  for (const Metric& metric : metrics) by_name[metric.name] = metric;
  EXPECT_EQ(by_name.at("accuracy_by_logprob").value, 1.0);
  EXPECT_EQ(by_name.at("accuracy_by_logprob").n, 1U);
  EXPECT_EQ(by_name.at("mrr_by_logprob").value, 1.0);
  EXPECT_NEAR(*by_name.at("mean_gold_probability").value, 0.75, 1e-12);
}

TEST(OptionLogprobs, AddNoMetricWhereNoReplyHasThem) {
  const CompletionProtocol completion({});
  const Sample sample = sample_of();
  const std::vector<Scored> scored{{&sample, 0, completion.score(sample, answered_reply("A"))}};
  EXPECT_EQ(completion.summarise(scored).back().name, "chance");
}

}  // namespace
}  // namespace stareval
