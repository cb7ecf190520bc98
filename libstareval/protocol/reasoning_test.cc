#include "libstareval/protocol/reasoning.h"

#include <gtest/gtest.h>

#include <map>

#include "libstareval/extract/thinking.h"

namespace stareval {
namespace {

Sample sample() {
  Sample sample;
  sample.task = "ER";
  sample.cluster = "a";
  sample.graph = {{{"France", true}, {"Paris", false}, {"Spain", false}},
                  {{"France", "capital", "Paris"}, {"France", "borders", "Spain"}}};
  return sample;
}

std::map<std::string, double> values_of(const Sample& sample, const Reply& reply) {
  const auto values = score_reasoning(sample, reply);
  return {values.begin(), values.end()};
}

TEST(Reasoning, IsTheThinkingOfTheText) {
  EXPECT_EQ(extract::thinking_of("<think>One.\n Two.</think><answer>3</answer>"), "One.\n Two.");
  EXPECT_EQ(extract::thinking_of("It opened in the prompt.</think>3"), "It opened in the prompt.");
  EXPECT_EQ(extract::thinking_of("Just an answer\n\nin lines"), "");
  EXPECT_EQ(reasoning_of(answered_reply("7")), "");
  Reply apart = answered_reply("<think>text</think>7");
  apart.reasoning = "what the server gives";
  EXPECT_EQ(reasoning_of(apart), "what the server gives");
}

// Two of three entities, one of two relations, one of two triples; one triple is invented.
TEST(Reasoning, IsHeldAgainstTheGraph) {
  const auto values = values_of(
      sample(),
      answered_reply("<think>(France, capital, Paris); (France, capital, Rome)</think>A"));
  EXPECT_DOUBLE_EQ(values.at("cot_entity_precision"), 2.0 / 3.0);
  EXPECT_DOUBLE_EQ(values.at("cot_entity_recall"), 2.0 / 3.0);
  EXPECT_DOUBLE_EQ(values.at("cot_relation_precision"), 1.0);
  EXPECT_DOUBLE_EQ(values.at("cot_relation_recall"), 0.5);
  EXPECT_DOUBLE_EQ(values.at("cot_triple_precision"), 0.5);
  EXPECT_DOUBLE_EQ(values.at("cot_triple_recall"), 0.5);
}

TEST(Reasoning, MayNameWhatIsMasked) {
  Sample masked = sample();
  masked.change = {Change::Kind::mask_entity, 1, {}, false};
  const auto values = values_of(masked, answered_reply("<think>(France, capital, Paris)</think>A"));
  EXPECT_DOUBLE_EQ(values.at("cot_entity_precision"), 1.0);
  EXPECT_DOUBLE_EQ(values.at("cot_triple_precision"), 1.0);
}

TEST(Reasoning, HasNoPrecisionWhereNothingIsNamed) {
  const auto values = values_of(sample(), answered_reply("<think>Hm.</think>A"));
  EXPECT_FALSE(values.contains("cot_entity_precision"));
  EXPECT_EQ(values.at("cot_entity_recall"), 0.0);
  EXPECT_TRUE(values_of(sample(), answered_reply("A")).empty());
}

TEST(Reasoning, IsAveragedOverThoseThatHaveIt) {
  const Sample asked = sample();
  std::vector<Scored> scored(3, Scored{&asked, 0, {}});
  EXPECT_TRUE(reasoning_metrics(scored).empty());
  scored[0].score.reasoning = {{"cot_entity_recall", 1.0}};
  scored[1].score.reasoning = {{"cot_entity_recall", 0.5}};
  const auto metrics = reasoning_metrics(scored);
  ASSERT_EQ(metrics.size(), 6U);
  EXPECT_EQ(metrics[1].name, "cot_entity_recall");
  EXPECT_EQ(metrics[1].n, 2U);
  EXPECT_EQ(metrics[1].value, 0.75);
  EXPECT_FALSE(metrics[0].value.has_value());
}

}  // namespace
}  // namespace stareval
