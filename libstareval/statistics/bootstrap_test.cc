// The values are worked out by hand; the interval is held against the formula for a mean; the rest
// are properties and edges.
#include "libstareval/statistics/bootstrap.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
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

// Slices computed by four threads are the whole computed by one.
TEST(BootstrapReplicates, AreTheSameWithAnyNumberOfThreads) {
  const ClusterSums sums{2, {1, 2, 0, 1, 3, 3, 1, 1, 0, 2}};
  const auto statistic = [](std::span<const double> s) -> std::optional<double> {
    return s[0] / s[1];
  };
  const BootstrapOptions options{.seed = 5};
  const auto whole = bootstrap_replicates(sums, statistic, options, 0, 400);
  std::vector<std::vector<std::optional<double>>> slices(4);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < slices.size(); ++t)
    threads.emplace_back(
        [&, t] { slices[t] = bootstrap_replicates(sums, statistic, options, t * 100, 100); });
  for (std::thread& thread : threads) thread.join();
  std::vector<std::optional<double>> joined;
  for (const auto& slice : slices) joined.insert(joined.end(), slice.begin(), slice.end());
  EXPECT_EQ(whole, joined);
}

TEST(ClusterBootstrap, IsUndefinedBelowTwoClustersAndForRareStatistics) {
  const std::vector<AverageItem> one{{"EC", "a", 1}, {"EC", "a", 0}};
  EXPECT_TRUE(average_of_tasks(one).has_value());
  EXPECT_FALSE(cluster_bootstrap_average(one).has_value());
  EXPECT_FALSE(cluster_bootstrap_average({}).has_value());
  // RC stands in one cluster of two: a quarter of the replicates does not draw it.
  const std::vector<AverageItem> rare{{"EC", "a", 1}, {"EC", "b", 0}, {"RC", "b", 1}};
  EXPECT_FALSE(cluster_bootstrap_average(rare).has_value());
}

}  // namespace
}  // namespace stareval
