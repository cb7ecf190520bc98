// Properties on the shipped atlas: balance, and that what is asked for can be made.
#include "engine/tasks/count_targets.h"

#include <gtest/gtest.h>

#include <map>

#include "engine/tasks/test_samples_internal.h"

namespace stareval::engine {
namespace {

std::map<std::int64_t, std::size_t> counts_in(const std::vector<CountTarget>& targets) {
  std::map<std::int64_t, std::size_t> counts;
  for (const CountTarget& target : targets) ++counts[target.count];
  return counts;
}

class Targets : public testing::TestWithParam<const char*> {};

TEST_P(Targets, TakeTurns) {
  const Stock stock(atlas());
  for (const std::size_t items : {1U, 30U, 301U}) {
    const auto counts = counts_in(count_targets(stock.source(), GetParam(), items, Random(3)));
    ASSERT_FALSE(counts.empty());
    const std::size_t each = items / counts.size();
    for (const auto& [count, times] : counts) {
      EXPECT_GE(times, each) << count;
      EXPECT_LE(times, each + 1) << count;
    }
  }
}

// What was asked for is what was made: nearly no item had to let its count go.
TEST_P(Targets, AreMet) {
  std::map<std::int64_t, int> golds;
  for (const Sample& sample : samples_of(GetParam()))
    ++golds[std::get<CountGold>(sample.gold).value];
  EXPECT_GE(golds.size(), 4U);
  for (const auto& [count, times] : golds)
    EXPECT_NEAR(times, static_cast<double>(kCount) / static_cast<double>(golds.size()), 3) << count;
}

INSTANTIATE_TEST_SUITE_P(Star, Targets, testing::Values("EC", "RC", "IC", "TC"),
                         [](const auto& test) { return test.param; });

TEST(CountTargets, OfPicturesLeaveOneEntityWithout) {
  for (const Sample& sample : samples_of("IC"))
    EXPECT_LT(std::get<CountGold>(sample.gold).value, std::ssize(sample.graph.entities));
}

TEST(CountTargets, AreNoneWhereNothingGrows) {
  const KnowledgeGraph graph = family();
  TaskOptions options;
  options.sampling.min_triples = 50;
  EXPECT_TRUE(count_targets(Stock(graph, options).source(), "EC", 5, Random(1)).empty());
}

}  // namespace
}  // namespace stareval::engine
