// Properties: balance, and that a longer plan is a plan of its own.
#include "engine/tasks/plan.h"

#include <gtest/gtest.h>

#include <map>

#include "engine/test_support_internal.h"

namespace stareval::engine {
namespace {

TEST(Plan, BalancesWhateverTheCount) {
  for (const std::size_t count : {1U, 2U, 7U, 50U, 801U}) {
    std::map<std::size_t, std::size_t> sizes, positions;
    std::size_t clean = 0;
    for (const ItemPlan& plan : plan_items(atlas(), {}, "ED", count, Random(1))) {
      ++sizes[plan.entities];
      ++positions[plan.gold_position];
      clean += plan.corrupt ? 0 : 1;
    }
    EXPECT_EQ(clean, (count + 1) / 2);
    for (const auto* kinds : {&sizes, &positions})
      for (const auto& [kind, times] : *kinds) EXPECT_LE(times, count / 5 + 1) << kind;
  }
}

TEST(Plan, CorruptsAndMasksOnlyWhereTheTaskDoes) {
  for (const ItemPlan& plan : plan_items(atlas(), {}, "EC", 20, Random(1))) {
    EXPECT_FALSE(plan.corrupt.has_value());
    EXPECT_FALSE(plan.relation.has_value());
  }
  for (const ItemPlan& plan : plan_items(atlas(), {}, "RR", 20, Random(1)))
    EXPECT_TRUE(plan.relation.has_value());
}

TEST(Plan, LeavesOutRelationsThatCannotBeDrawn) {
  TaskOptions options;
  options.sampling.max_label_length = 7;  // "located in" and "language" are longer
  for (const ItemPlan& plan : plan_items(atlas(), options, "RR", 100, Random(1)))
    EXPECT_LE(atlas().relation(*plan.relation).label.size(), 7U);
}

}  // namespace
}  // namespace stareval::engine
