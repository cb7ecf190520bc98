// Properties: balance, and that a longer plan is a plan of its own.
#include "engine/tasks/plan.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "engine/tasks/test_samples_internal.h"
#include "libstareval/tasks/task.h"

namespace stareval::engine {
namespace {

const Stock& stock() {
  static const Stock made(atlas());
  return made;
}

TEST(Plan, BalancesWhateverTheCount) {
  for (const std::size_t count : {1U, 2U, 7U, 50U, 801U}) {
    std::map<std::size_t, std::size_t> sizes, positions;
    std::size_t clean = 0;
    for (const ItemPlan& plan : plan_items(stock().source(), "ED", count, Random(1))) {
      ++sizes[plan.entities];
      ++positions[plan.gold_position];
      clean += plan.clean ? 1 : 0;
    }
    EXPECT_EQ(clean, (count + 1) / 2);
    for (const auto* kinds : {&sizes, &positions})
      for (const auto& [kind, times] : *kinds) EXPECT_LE(times, count / 5 + 1) << kind;
  }
}

TEST(Plan, CorruptsOnlyWhereTheTaskDoes) {
  for (const std::string& task : known_task_ids())
    for (const ItemPlan& plan : plan_items(stock().source(), task, 20, Random(1)))
      EXPECT_EQ(plan.corrupt.has_value(), base_task(task) == "ED") << task;
}

TEST(Plan, AsksForCountsOnlyWhereTheTaskCounts) {
  for (const std::string& task : known_task_ids())
    for (const ItemPlan& plan : plan_items(stock().source(), task, 20, Random(1)))
      EXPECT_EQ(plan.count.has_value(), find_task(task)->answers == AnswerSpace::integer) << task;
}

// Of 80 items: the parts that are corrupted, by what the task asks for.
std::map<std::string, int> corrupted_parts(const std::string& task) {
  std::map<std::string, int> counts;
  for (const ItemPlan& plan : plan_items(stock().source(), task, 80, Random(1)))
    ++counts[plan.clean ? "clean" : *plan.corrupt == TriplePart::relation ? "relation" : "entity"];
  return counts;
}

TEST(Plan, MixesTheErrorsOfM3str) {
  using Counts = std::map<std::string, int>;
  EXPECT_EQ(corrupted_parts("m3str-detect-any"),
            (Counts{{"clean", 40}, {"entity", 20}, {"relation", 20}}));
  EXPECT_EQ(corrupted_parts("m3str-detect-entity"),
            (Counts{{"clean", 20}, {"entity", 40}, {"relation", 20}}));
  EXPECT_EQ(corrupted_parts("m3str-detect-relation"),
            (Counts{{"clean", 20}, {"entity", 20}, {"relation", 40}}));
}

}  // namespace
}  // namespace stareval::engine
