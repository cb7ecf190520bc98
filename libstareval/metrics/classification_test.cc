// By hand: the examples named so. Properties: ranges, shuffles of items, new names for the labels.
// Reference: scikit-learn (tests/data/reference/classification.json). Refusals: wrong labels,
// sizes.
#include "libstareval/metrics/classification.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/value_to.hpp>
#include <stdexcept>
#include <vector>

#include "libstareval/base/random.h"
#include "tests/support/reference.h"

namespace stareval {
namespace {

std::vector<int> labels_of(const json::value& array) {
  return json::value_to<std::vector<int>>(array);
}

double number(const json::value& value) { return value.to_number<double>(); }

struct Case {
  int n_labels = 0;
  std::vector<int> predicted, gold;
  [[nodiscard]] LabelTable table() const { return tabulate(predicted, gold, n_labels); }
};

Case read_case(const json::value& value) {
  return {value.at("n_labels").to_number<int>(), labels_of(value.at("predicted")),
          labels_of(value.at("gold"))};
}

TEST(ClassificationReference, HasTheTableAndClassScoresOfScikitLearn) {
  const auto document = testing::read_reference("classification");
  for (const auto& value : document.at("cases").as_array()) {
    const Case c = read_case(value);
    const LabelTable table = c.table();
    EXPECT_DOUBLE_EQ(*accuracy(table), number(value.at("accuracy")));
    for (int gold = 0; gold < c.n_labels; ++gold) {
      const auto i = static_cast<std::size_t>(gold);
      const auto row = labels_of(value.at("confusion").at(i));
      for (int predicted = 0; predicted < c.n_labels; ++predicted)
        EXPECT_EQ(static_cast<int>(table.count(gold, predicted)),
                  row[static_cast<std::size_t>(predicted)]);
      const ClassScore score = class_score(table, gold);
      EXPECT_NEAR(score.precision.value_or(0), number(value.at("precision").at(i)), 1e-15);
      EXPECT_NEAR(score.recall.value_or(0), number(value.at("recall").at(i)), 1e-15);
      EXPECT_NEAR(score.f1.value_or(0), number(value.at("f1").at(i)), 1e-15);
      EXPECT_EQ(score.support, value.at("support").at(i).to_number<std::size_t>());
    }
  }
}

TEST(ClassificationReference, HasTheMicroAndMacroScoresOfScikitLearn) {
  const auto document = testing::read_reference("classification");
  for (const auto& value : document.at("cases").as_array()) {
    const LabelTable table = read_case(value).table();
    const MicroScores micro = micro_scores(table, 0);
    EXPECT_NEAR(micro.precision, number(value.at("micro").at(0)), 1e-15);
    EXPECT_NEAR(micro.recall, number(value.at("micro").at(1)), 1e-15);
    EXPECT_NEAR(micro.f1, number(value.at("micro").at(2)), 1e-15);
    EXPECT_NEAR(macro_f1(table, 0), number(value.at("macro_seen")), 1e-15);
    EXPECT_NEAR(macro_f1(table, 0, MacroOver::gold), number(value.at("macro_gold")), 1e-15);
    EXPECT_NEAR(macro_f1(table, 0, MacroOver::all), number(value.at("macro_all")), 1e-15);
    EXPECT_NEAR(macro_f1(table), number(value.at("macro_with_negative")), 1e-15);
  }
}

// Label 0 is "none". Hits 1 of 1 -> 1, 2 -> 2; 1 -> 2, 0 -> 1 and 2 -> 0 are wrong.
TEST(Classification, IsTheExampleByHand) {
  const std::vector<int> gold{0, 0, 1, 1, 2, 2};
  const std::vector<int> predicted{0, 1, 1, 2, 2, 0};
  const LabelTable table = tabulate(predicted, gold, 4);
  EXPECT_DOUBLE_EQ(*accuracy(table), 0.5);
  const MicroScores micro = micro_scores(table, 0);
  EXPECT_DOUBLE_EQ(micro.precision, 2.0 / 4.0);
  EXPECT_DOUBLE_EQ(micro.recall, 2.0 / 4.0);
  EXPECT_DOUBLE_EQ(micro.f1, 0.5);
  EXPECT_DOUBLE_EQ(*class_score(table, 1).f1, 0.5);
  EXPECT_DOUBLE_EQ(macro_f1(table, 0), 0.5);
  EXPECT_DOUBLE_EQ(macro_f1(table, 0, MacroOver::all), 1.0 / 3.0);
}

// Two gold positives, one read as right, one not read at all: precision sees one, recall two.
TEST(Classification, MissesWhatCouldNotBeRead) {
  const std::vector<int> gold{1, 1, 0};
  const std::vector<int> predicted{1, kNoLabel, kNoLabel};
  const LabelTable table = tabulate(predicted, gold, 2);
  EXPECT_DOUBLE_EQ(*accuracy(table), 1.0 / 3.0);
  EXPECT_EQ(table.count(1, kNoLabel), 1U);
  EXPECT_EQ(table.predictions(kNoLabel), 2U);
  EXPECT_EQ(table.support(1), 2U);
  const MicroScores micro = micro_scores(table, 0);
  EXPECT_DOUBLE_EQ(micro.precision, 1.0);
  EXPECT_DOUBLE_EQ(micro.recall, 0.5);
  EXPECT_DOUBLE_EQ(micro.f1, 2.0 / 3.0);
}

// PITFALLS 29: always "none" on 80 of 100 items has accuracy 0.8, and finds nothing.
TEST(Classification, GivesNothingForAConstantNegativeAnswer) {
  std::vector<int> gold(100, 0);
  std::fill_n(gold.begin(), 20, 1);
  const LabelTable table = tabulate(std::vector<int>(100, 0), gold, 3);
  EXPECT_DOUBLE_EQ(*accuracy(table), 0.8);
  EXPECT_EQ(micro_scores(table, 0).precision, 0.0);
  EXPECT_EQ(micro_scores(table, 0).f1, 0.0);
  EXPECT_EQ(macro_f1(table, 0), 0.0);
}

TEST(Classification, IsUndefinedForAClassWhereADenominatorIsZero) {
  const std::vector<int> gold{0, 1};
  const std::vector<int> predicted{0, 2};
  const LabelTable table = tabulate(predicted, gold, 4);
  EXPECT_FALSE(class_score(table, 1).precision.has_value());
  EXPECT_EQ(class_score(table, 1).recall, 0.0);
  EXPECT_FALSE(class_score(table, 2).recall.has_value());
  EXPECT_EQ(class_score(table, 2).f1, 0.0);
  EXPECT_FALSE(class_score(table, 3).f1.has_value());
  EXPECT_FALSE(accuracy(LabelTable(2)).has_value());
  EXPECT_EQ(micro_scores(LabelTable(2)).f1, 0.0);
  EXPECT_EQ(macro_f1(LabelTable(2)), 0.0);
}

TEST(Classification, ThrowsWhereALabelOrASizeDoesNotFit) {
  const std::vector<int> one{0}, two{0, 1}, outside{2}, unread{kNoLabel};
  EXPECT_THROW((void)tabulate(one, two, 2), std::invalid_argument);
  EXPECT_THROW((void)tabulate(outside, one, 2), std::invalid_argument);
  EXPECT_THROW((void)tabulate(one, outside, 2), std::invalid_argument);
  EXPECT_THROW((void)tabulate(one, unread, 2), std::invalid_argument);
  EXPECT_THROW((void)tabulate(std::vector<int>{-2}, one, 2), std::invalid_argument);
  EXPECT_THROW((void)tabulate_groups(one, one, two, 2), std::invalid_argument);
  EXPECT_THROW(LabelTable(0), std::invalid_argument);
}

TEST(ClassificationGroups, SplitTheTableAndAddUpToIt) {
  const std::vector<int> gold{0, 1, 1, 0}, predicted{0, 1, 0, 1}, groups{7, -1, 7, 7};
  const auto parts = tabulate_groups(predicted, gold, groups, 2);
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0].group, -1);
  EXPECT_DOUBLE_EQ(*accuracy(parts[0].table), 1.0);
  EXPECT_EQ(parts[1].group, 7);
  EXPECT_DOUBLE_EQ(*accuracy(parts[1].table), 1.0 / 3.0);
  EXPECT_EQ(parts[0].table.n() + parts[1].table.n(), gold.size());
}

Case random_case(Random& random) {
  Case c{random.between(2, 9), {}, {}};
  for (int i = random.between(1, 80); i > 0; --i) {
    c.gold.push_back(random.between(0, c.n_labels - 1));
    c.predicted.push_back(random.chance(0.6) ? c.gold.back() : random.between(-1, c.n_labels - 1));
  }
  return c;
}

void expect_same_scores(const LabelTable& a, int negative_a, const LabelTable& b, int negative_b) {
  EXPECT_DOUBLE_EQ(*accuracy(a), *accuracy(b));
  EXPECT_DOUBLE_EQ(micro_scores(a, negative_a).f1, micro_scores(b, negative_b).f1);
  for (const MacroOver over : {MacroOver::seen, MacroOver::gold, MacroOver::all})
    EXPECT_NEAR(macro_f1(a, negative_a, over), macro_f1(b, negative_b, over), 1e-14);
}

TEST(ClassificationProperties, ScoresStayInRangeAndKnowNoOrderAndNoNames) {
  Random random(6);
  for (int round = 0; round < 200; ++round) {
    const Case c = random_case(random);
    const LabelTable table = c.table();
    const MicroScores micro = micro_scores(table, 0);
    for (const double score : {*accuracy(table), micro.precision, micro.recall, micro.f1,
                               macro_f1(table, 0), macro_f1(table, 0, MacroOver::all)}) {
      EXPECT_GE(score, 0.0);
      EXPECT_LE(score, 1.0);
    }
    std::vector<int> names(static_cast<std::size_t>(c.n_labels));
    for (std::size_t i = 0; i < names.size(); ++i) names[i] = static_cast<int>(i);
    random.shuffle(names);
    std::vector<std::size_t> order(c.gold.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    random.shuffle(order);
    Case renamed{c.n_labels, {}, {}};
    const auto rename = [&](int l) { return l < 0 ? l : names[static_cast<std::size_t>(l)]; };
    for (const std::size_t i : order) {
      renamed.gold.push_back(rename(c.gold[i]));
      renamed.predicted.push_back(rename(c.predicted[i]));
    }
    expect_same_scores(table, 0, renamed.table(), rename(0));
  }
}

TEST(ClassificationProperties, WithoutANegativeLabelMicroScoresAreTheAccuracy) {
  Random random(7);
  for (int round = 0; round < 50; ++round) {
    Case c = random_case(random);
    std::replace(c.predicted.begin(), c.predicted.end(), kNoLabel, 0);
    const MicroScores micro = micro_scores(c.table());
    EXPECT_DOUBLE_EQ(micro.precision, *accuracy(c.table()));
    EXPECT_DOUBLE_EQ(micro.recall, *accuracy(c.table()));
    EXPECT_DOUBLE_EQ(micro.f1, *accuracy(c.table()));
    EXPECT_DOUBLE_EQ(macro_f1(tabulate(c.gold, c.gold, c.n_labels)), 1.0);
  }
}

}  // namespace
}  // namespace stareval
