// The values are worked out by hand; the interval is held against the formula for a mean; the rest
// are properties and edges.
#include "libstareval/statistics/bootstrap.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "libstareval/base/random.h"

namespace stareval {
namespace {

std::vector<AverageItem> random_items(std::size_t n) {
  Random random(3);
  std::vector<AverageItem> items;
  for (std::size_t i = 0; i < n; ++i)
    items.push_back({std::to_string(i % 3), std::to_string(i / 2), random.uniform()});
  return items;
}

TEST(AverageOfTasks, IsTheMeanOfTheTasksMeans) {
  // EC: 1, 0 -> 0.5. RC: 1, 1, 0, 0, 1 -> 0.6. Average 0.55, not the pooled 4/7.
  const std::vector<AverageItem> items{{"EC", "a", 1}, {"EC", "b", 0}, {"RC", "c", 1},
                                       {"RC", "d", 1}, {"RC", "e", 0}, {"RC", "f", 0},
                                       {"RC", "g", 1}};
  EXPECT_DOUBLE_EQ(*average_of_tasks(items), 0.55);
  EXPECT_FALSE(average_of_tasks({}).has_value());
}

// PITFALLS 13: a bootstrap error divided by sqrt(B). The half width must be that of the mean,
// 1.96 * sqrt(p (1 - p) / n) = 0.0693 at n = 200, p = 0.5, whatever the number of replicates.
TEST(ClusterBootstrapAverage, HasTheWidthOfTheMeanWhateverTheReplicates) {
  std::vector<AverageItem> items;
  for (int i = 0; i < 200; ++i) items.push_back({"EC", std::to_string(i), i % 2 == 0 ? 1.0 : 0.0});
  for (const std::size_t replicates : {2000UL, 10000UL}) {
    const auto interval = cluster_bootstrap_average(items, {.seed = 4, .replicates = replicates});
    EXPECT_NEAR((interval->high - interval->low) / 2, 0.0693, 0.004) << replicates;
    EXPECT_EQ(interval->method, "cluster bootstrap");
  }
}

TEST(ClusterBootstrapAverage, IsWiderWhereItemsShareClusters) {
  std::vector<AverageItem> alone;
  std::vector<AverageItem> shared;
  for (int i = 0; i < 200; ++i) {
    const double value = i / 10 % 2 == 0 ? 1.0 : 0.0;
    alone.push_back({"EC", std::to_string(i), value});
    shared.push_back({"EC", std::to_string(i / 10), value});
  }
  const BootstrapOptions options{.seed = 4, .replicates = 2000};
  const auto narrow = cluster_bootstrap_average(alone, options);
  const auto wide = cluster_bootstrap_average(shared, options);
  EXPECT_GT(wide->high - wide->low, 2 * (narrow->high - narrow->low));
}

TEST(ClusterBootstrapAverage, DependsOnTheSeedAlone) {
  const auto items = random_items(60);
  const BootstrapOptions nine{.seed = 9, .replicates = 500};
  const auto first = cluster_bootstrap_average(items, nine);
  const auto second = cluster_bootstrap_average(items, nine);
  EXPECT_EQ(first->low, second->low);
  EXPECT_EQ(first->high, second->high);
  EXPECT_NE(first->low, cluster_bootstrap_average(items, {.seed = 10, .replicates = 500})->low);
}

// Drawn over all clusters together, 2 of 202 are missing in 13 % of the replicates, and there would
// be no interval. Within strata EC is 0, 1/2 or 1, a quarter of the replicates each end, and RC 1.
TEST(ClusterBootstrapAverage, HoldsSmallTasksInEveryReplicate) {
  std::vector<AverageItem> items{{"EC", "a", 1}, {"EC", "b", 0}};
  for (int i = 0; i < 200; ++i) items.push_back({"RC", "r" + std::to_string(i), 1});
  const auto interval = cluster_bootstrap_average(items, {.seed = 4, .replicates = 2000});
  ASSERT_TRUE(interval.has_value());
  EXPECT_DOUBLE_EQ(interval->low, 0.5);
  EXPECT_DOUBLE_EQ(interval->high, 1.0);
}

// Cluster b touches both tasks and is a stratum of its own; a and c are drawn in theirs, of two
// each. EC: a, a2 and always b; its sum is 0 + 1/2 + 1/2 at least.
TEST(ClusterBootstrapAverage, DrawsAStratumOfOneAsItIs) {
  const std::vector<AverageItem> items{{"EC", "a", 1}, {"EC", "a2", 0}, {"EC", "b", 1},
                                       {"RC", "b", 1}, {"RC", "c", 1},  {"RC", "c2", 1}};
  const auto interval = cluster_bootstrap_average(items, {.seed = 4, .replicates = 2000});
  ASSERT_TRUE(interval.has_value());
  EXPECT_DOUBLE_EQ(interval->low, (1.0 / 3.0 + 1.0) / 2.0);
  EXPECT_DOUBLE_EQ(interval->high, 1.0);
}

TEST(ClusterBootstrapAverage, DoesNotDependOnTheOrderOfItems) {
  auto items = random_items(60);
  items.push_back({"3", "1", 0.25});
  items.push_back({"3", "x", 0.75});
  const BootstrapOptions options{.seed = 9, .replicates = 500};
  const double average = *average_of_tasks(items);
  const auto first = cluster_bootstrap_average(items, options);
  ASSERT_TRUE(first.has_value());
  Random random(8);
  for (int i = 0; i < 5; ++i) {
    random.shuffle(items);
    EXPECT_EQ(*average_of_tasks(items), average);
    EXPECT_EQ(cluster_bootstrap_average(items, options)->low, first->low);
    EXPECT_EQ(cluster_bootstrap_average(items, options)->high, first->high);
  }
}

// A width of 0 would claim certainty; 0.1 is no binary fraction, so that its sums are rounded.
TEST(ClusterBootstrapAverage, IsUndefinedWhereNoReplicateDiffers) {
  for (const double value : {0.0, 0.1, 1.0}) {
    std::vector<AverageItem> items;
    for (int i = 0; i < 30; ++i)
      items.push_back({std::to_string(i % 2), std::to_string(i / 3), value});
    EXPECT_FALSE(cluster_bootstrap_average(items, {.replicates = 500}).has_value()) << value;
  }
}

TEST(ClusterBootstrapAverage, IsUndefinedWhereATaskHasOneCluster) {
  const std::vector<AverageItem> one{{"EC", "a", 1}, {"EC", "a", 0}};
  EXPECT_TRUE(average_of_tasks(one).has_value());
  EXPECT_FALSE(cluster_bootstrap_average(one).has_value());
  EXPECT_FALSE(cluster_bootstrap_average({}).has_value());
  std::vector<AverageItem> rare{{"EC", "a", 1}, {"EC", "b", 0}, {"RC", "b", 1}, {"RC", "b", 0}};
  EXPECT_FALSE(cluster_bootstrap_average(rare).has_value());
  rare.push_back({"RC", "c", 0});
  rare.push_back({"EC", "d", 0});
  EXPECT_TRUE(cluster_bootstrap_average(rare).has_value());
}

// A ratio whose denominator stands in one cluster of two: a quarter of the replicates has none.
TEST(ClusterBootstrap, IsUndefinedForStatisticsThatOftenAre) {
  const auto ratio = [](std::span<const double> s) -> std::optional<double> {
    return s[1] > 0 ? std::optional<double>(s[0] / s[1]) : std::nullopt;
  };
  EXPECT_FALSE(cluster_bootstrap({2, {1, 1, 1, 0}, {}}, ratio).has_value());
  EXPECT_TRUE(cluster_bootstrap({2, {1, 1, 0, 1}, {}}, ratio).has_value());
  EXPECT_FALSE(cluster_bootstrap({2, {1, 1}, {}}, ratio).has_value());
  EXPECT_FALSE(cluster_bootstrap({2, {1, 1, 2, 2}, {}}, ratio).has_value());  // always 1
}

}  // namespace
}  // namespace stareval
