// Worked by hand; the p of chi-square from scipy.stats.chi2.sf.
#include "engine/audit/balance.h"

#include <gtest/gtest.h>

#include "engine/audit/test_items_internal.h"

namespace stareval::engine {
namespace {

std::vector<AuditItem> items_of(AnswerKind kind, const std::vector<std::int64_t>& golds) {
  std::vector<AuditItem> items;
  for (const std::int64_t gold : golds) {
    items.push_back(item_of("T", kind, items.size()));
    items.back().gold = gold;
    if (kind == AnswerKind::choice) items.back().options = {0, 1};
  }
  return items;
}

TaskBalance balance_of_all(const std::vector<AuditItem>& items) {
  return balance_of(by_task(items).at(0).items);
}

TEST(ChiSquare, is_pearsons) {
  const auto test = chi_square(std::vector<double>{10, 20, 30}, std::vector<double>{20, 20, 20});
  ASSERT_TRUE(test);
  EXPECT_DOUBLE_EQ(test->statistic, 10);  // 100/20 + 0 + 100/20
  EXPECT_EQ(test->freedom, 2U);
  EXPECT_NEAR(test->p, 0.006737946999085467, 1e-12);
}

TEST(ChiSquare, is_undefined_below_two_classes) {
  EXPECT_EQ(chi_square(std::vector<double>{3}, std::vector<double>{3}), std::nullopt);
  EXPECT_EQ(chi_square(std::vector<double>{3, 0}, std::vector<double>{3, 0}), std::nullopt);
}

TEST(Balance, of_detection_counts_both_classes_even_where_one_is_missing) {
  const TaskBalance balance = balance_of_all(items_of(AnswerKind::detection, {0, 0, 0, 1}));
  EXPECT_EQ(balance.golds, (std::map<std::int64_t, std::size_t>{{0, 3}, {1, 1}}));
  EXPECT_DOUBLE_EQ(balance.majority, 0.75);
  EXPECT_NEAR(balance.entropy.value(), 0.8112781244591328, 1e-12);  // of 1/4 and 3/4, in bits
  EXPECT_EQ(balance_of_all(items_of(AnswerKind::detection, {0, 0})).entropy, 0);
}

TEST(Balance, of_counting_is_over_the_counts_that_occur) {
  EXPECT_DOUBLE_EQ(balance_of_all(items_of(AnswerKind::counting, {3, 5, 9})).entropy.value(), 1);
  EXPECT_EQ(balance_of_all(items_of(AnswerKind::counting, {3, 3})).entropy, std::nullopt);
}

TEST(Balance, of_positions_expects_fewer_where_there_are_fewer_options) {
  std::vector<AuditItem> items = items_of(AnswerKind::choice, {0, 1, 0, 1});
  items[0].options = {0, 1, 2, 3};
  items[1].options = {0, 1, 2, 3};
  const TaskBalance balance = balance_of_all(items);
  ASSERT_TRUE(balance.positions);
  EXPECT_EQ(balance.positions->freedom, 3U);
  // Expected 1.5, 1.5, 0.5, 0.5; observed 2, 2, 0, 0.
  EXPECT_NEAR(balance.positions->statistic, 0.25 / 1.5 * 2 + 0.5 * 2, 1e-12);
}

TEST(Balance, of_wordings_is_told_only_where_they_recur) {
  std::vector<AuditItem> items = items_of(AnswerKind::other, std::vector<std::int64_t>(10, 0));
  EXPECT_EQ(balance_of_all(items).wordings, 1U);
  EXPECT_EQ(balance_of_all(items).wording, std::nullopt);  // one cannot be uneven
  for (std::size_t i = 0; i < 5; ++i) items[i].question = "another";
  EXPECT_DOUBLE_EQ(balance_of_all(items).wording.value().p, 1);
  for (AuditItem& item : items) item.question = item.id;
  EXPECT_EQ(balance_of_all(items).wordings, 10U);
  EXPECT_EQ(balance_of_all(items).wording, std::nullopt);
}

TEST(ByTask, keeps_the_order_and_parts_kinds) {
  std::vector<AuditItem> items{
      item_of("B", AnswerKind::choice, 0), item_of("A", AnswerKind::choice, 0),
      item_of("B", AnswerKind::counting, 1), item_of("B", AnswerKind::choice, 2)};
  const std::vector<TaskItems> tasks = by_task(items);
  ASSERT_EQ(tasks.size(), 3U);
  EXPECT_EQ(tasks[0].task, "B");
  EXPECT_EQ(tasks[0].items.size(), 2U);
  EXPECT_EQ(tasks[2].kind, AnswerKind::counting);
}

}  // namespace
}  // namespace stareval::engine
