// A comparison as people read it, against tests/golden/comparison.txt: rows made by hand, with
// everything that may be undefined, and names that try to be control characters.
#include "apps/star_eval/comparison_text.h"

#include <gtest/gtest.h>

#include <utility>

#include "tests/support/golden.h"

namespace stareval::app {
namespace {

ComparisonRow counting() {
  ComparisonRow row;
  row.task = "EC";
  row.headline = "accuracy";
  row.n = row.attempts = 400;
  row.clusters = 400;
  row.left_out = {3, 0, 1};
  row.a = 0.615;
  row.b = 0.668;
  row.difference = 0.053;
  row.interval = Interval{0.0137, 0.0913, "cluster-robust t"};
  row.bootstrap = Interval{0.015, 0.09, "cluster bootstrap"};
  row.a_higher = 21;
  row.b_higher = 42;
  row.mcnemar = McNemar{0.0112, 0.0083};
  row.independent = true;
  row.flips = SignFlipTest{0.0112, 0};
  row.adjusted = 0.0112;
  row.equivalence = Equivalence{0.02, 0.0002, 0.9497, 0.9497};
  row.detectable = 0.0553;
  row.discordant = {{"EC-0001", "4", 0, {1, "4", Outcome::answered}, {0, "", Outcome::unparsed}},
                    {"EC\n2",
                     "4",
                     1,
                     {0, "\x1b[31m" + std::string(60, 'x'), Outcome::answered},
                     {1, "4", Outcome::answered}}};
  return row;
}

ComparisonRow clustered() {
  ComparisonRow row = counting();
  row.task = "RC";
  row.left_out = {};
  row.independent = false;
  row.flips = SignFlipTest{0.0004, 0};
  row.adjusted = 0.0008;
  std::swap(row.a, row.b);
  std::swap(row.a_higher, row.b_higher);
  row.difference = -0.053;
  row.interval = Interval{-0.0813, -0.0247, "cluster-robust t"};
  row.bootstrap = Interval{-0.08, -0.025, "cluster bootstrap"};
  row.equivalence = Equivalence{0.02, 0.9888, 0.0001, 0.9888};
  row.discordant.clear();
  return row;
}

ComparisonRow undefined() {
  ComparisonRow row;
  row.task = "SD";
  row.headline = "triple_f1";
  row.n = row.attempts = 1;
  row.clusters = 1;
  row.a = row.b = 0.5;
  row.difference = 0;
  return row;
}

Comparison three_tasks() {
  Comparison comparison;
  comparison.dataset = "little";
  comparison.split = "test";
  comparison.digest = "sha256:0123456789abcdef";
  comparison.mode = "direct";
  comparison.a = {"runs/a", "openai", "gpt\x07", "{}", {}};
  comparison.b = {"runs/b", "openai", "other", "{}", {"TC"}};
  comparison.options.margin = 0.02;
  comparison.tasks = {counting(), clustered(), undefined()};
  return comparison;
}

TEST(ComparisonText, equals_the_golden_file) {
  testing::expect_golden("comparison.txt", comparison_text(three_tasks()));
}

TEST(ComparisonText, shows_the_average_by_its_bootstrap) {
  Comparison comparison = three_tasks();
  comparison.average = counting();
  comparison.average->task = "AVG";
  comparison.average->mcnemar.reset();
  comparison.average->adjusted.reset();
  const std::string text = comparison_text(comparison);
  const std::string line = text.substr(text.find("\nAVG"));
  EXPECT_NE(line.find("+1.5 to +9.0"), std::string::npos) << text;
}

TEST(ComparisonText, asks_for_no_margin_by_itself) {
  Comparison comparison = three_tasks();
  EXPECT_NE(comparison_text(comparison).find("p within 2.0"), std::string::npos);
  comparison.options.margin.reset();
  EXPECT_EQ(comparison_text(comparison).find("within"), std::string::npos);
}

TEST(ComparisonText, cuts_answers_between_characters) {
  Comparison comparison = three_tasks();
  std::string answer = "x";
  while (answer.size() < 60) answer += "\u00e9";  // two bytes each, so that byte 48 is within one
  comparison.tasks[0].discordant[1].a.answer = answer;
  const std::string text = comparison_text(comparison);
  EXPECT_NE(text.find(answer.substr(0, 47) + "..."), std::string::npos) << text;
  EXPECT_EQ(text.find(answer.substr(0, 48)), std::string::npos) << text;
}

}  // namespace
}  // namespace stareval::app
