// References: R (tests/data/reference/make_intervals.R: boot.ci), to Monte Carlo accuracy. The
// other values are worked out by hand; the interval is held against the formula for a mean; the
// rest are properties and edges. How often it covers: coverage_test.cc.
#include "libstareval/statistics/bootstrap.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "libstareval/base/random.h"
#include "libstareval/statistics/average_internal.h"
#include "tests/support/reference.h"

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
    EXPECT_EQ(interval->method, "BCa cluster bootstrap");
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

// Drawn over all clusters together, the 5 of 205 would be 2 to 9 of them, and missing at times.
// Within strata EC is always a mean of 5, and AVG a multiple of a tenth.
TEST(ClusterBootstrapAverage, HoldsSmallTasksInEveryReplicate) {
  std::vector<AverageItem> items;
  for (int i = 0; i < 5; ++i) items.push_back({"EC", "e" + std::to_string(i), i < 2 ? 1.0 : 0.0});
  for (int i = 0; i < 200; ++i) items.push_back({"RC", "r" + std::to_string(i), 1});
  const auto interval = cluster_bootstrap_average(items, {.seed = 4, .replicates = 2000});
  ASSERT_TRUE(interval.has_value());
  EXPECT_DOUBLE_EQ(interval->low, 0.5);
  EXPECT_NEAR(10 * interval->high, std::round(10 * interval->high), 1e-9);
}

// `clusters` of their own names, one item each in each of the tasks.
void add_clusters(std::vector<AverageItem>& items, const std::string& tasks, int clusters,
                  double value = 0.5) {
  for (int i = 0; i < clusters; ++i)
    for (const char task : tasks)
      items.push_back({std::string(1, task), tasks + std::to_string(i), value});
}

// Sorted by their tasks: {D}, {A}, {A, B, C}. A lone cluster of A and B shares most with the last.
// With a stratum {A, B, C, D} as well it joins the one with fewer others.
TEST(ClusterBootstrapAverage, JoinsALoneClusterToTheStratumThatSharesMostTasks) {
  using Sizes = std::vector<std::size_t>;
  std::vector<AverageItem> items;
  add_clusters(items, "A", 6);
  add_clusters(items, "ABC", 5);
  add_clusters(items, "D", 7);
  EXPECT_EQ(sums_of_tasks(items).strata, (Sizes{7, 6, 5}));
  add_clusters(items, "AB", 1);
  EXPECT_EQ(sums_of_tasks(items).strata, (Sizes{7, 6, 6}));
  add_clusters(items, "ABCD", 8);
  EXPECT_EQ(sums_of_tasks(items).strata, (Sizes{7, 6, 6, 8}));
  add_clusters(items, "BD", 1);  // no longer alone: the two make a stratum, the last
  EXPECT_EQ(sums_of_tasks(items).strata, (Sizes{7, 6, 5, 8, 2}));
}

// The cluster that touches both tasks holds most of their items, and is the only one that differs:
// drawn as it is, no replicate would differ, and it would be taken for certain.
TEST(ClusterBootstrapAverage, VariesWithALoneHeavyCluster) {
  std::vector<AverageItem> items;
  add_clusters(items, "E", 10);
  add_clusters(items, "R", 10);
  for (int i = 0; i < 30; ++i) items.insert(items.end(), {{"E", "heavy", 1}, {"R", "heavy", 1}});
  const auto interval = cluster_bootstrap_average(items, {.seed = 4, .replicates = 2000});
  ASSERT_TRUE(interval.has_value());
  EXPECT_DOUBLE_EQ(interval->low, 0.5);  // the mean is 0.875
  EXPECT_GT(interval->high, 0.9);
}

TEST(ClusterBootstrapAverage, DoesNotDependOnTheOrderOfItems) {
  auto items = random_items(60);
  for (const char* cluster : {"1", "4", "7", "x", "y"}) items.push_back({"3", cluster, 0.25});
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

// `--limit 2` leaves two clusters of each task; their interval covered some 55 %.
TEST(ClusterBootstrapAverage, IsUndefinedWhereATaskHasFewClusters) {
  EXPECT_FALSE(cluster_bootstrap_average({}).has_value());
  for (const int clusters : {1, 2, 4, 5}) {
    std::vector<AverageItem> items;
    add_clusters(items, "A", 100, 1);
    add_clusters(items, "A", 3, 0);  // of clusters that are there
    add_clusters(items, "B", clusters);
    EXPECT_TRUE(average_of_tasks(items).has_value());
    EXPECT_EQ(cluster_bootstrap_average(items, {.replicates = 500}).has_value(), clusters == 5);
  }
}

// 15 clusters that each touch another set of tasks: strata of one, which would never vary.
TEST(ClusterBootstrapAverage, DrawsClustersThatAreAloneInTheirStratumTogether) {
  std::vector<AverageItem> items;
  Random random(5);
  for (int g = 1; g < 16; ++g)
    for (int task = 0; task < 4; ++task)
      if ((g >> task & 1) != 0)
        items.push_back({std::to_string(task), std::to_string(g), random.uniform()});
  const auto interval = cluster_bootstrap_average(items, {.seed = 4, .replicates = 1000});
  ASSERT_TRUE(interval.has_value());
  EXPECT_GT(interval->high - interval->low, 0.1);
}

std::optional<double> ratio(std::span<const double> s) {
  return s[1] > 0 ? std::optional<double>(s[0] / s[1]) : std::nullopt;
}

// A skewed ratio of `clusters` clusters.
ClusterSums skewed(std::size_t clusters) {
  Random random(21);
  ClusterSums sums{2, {}, {}};
  for (std::size_t g = 0; g < clusters; ++g) {
    const double u = random.uniform();
    sums.rows.insert(sums.rows.end(), {u * u * u, 1.0 + static_cast<double>(g % 3)});
  }
  return sums;
}

// Five clusters. A ratio whose denominator stands in one of them: a third of the replicates has
// none.
TEST(ClusterBootstrap, IsUndefinedForStatisticsThatOftenAre) {
  const auto of_five = [](const std::vector<double>& rows, std::vector<std::size_t> strata = {}) {
    return cluster_bootstrap({2, rows, std::move(strata)}, ratio, {.replicates = 500});
  };
  EXPECT_FALSE(of_five({1, 1, 1, 0, 1, 0, 1, 0, 1, 0}).has_value());
  const std::vector<double> whole{1, 1, 0, 1, 1, 1, 0, 1, 0, 1};
  EXPECT_TRUE(of_five(whole).has_value());
  EXPECT_FALSE(of_five({1, 1, 2, 2, 3, 3, 4, 4, 5, 5}).has_value());  // always 1
  EXPECT_FALSE(of_five({1, 0, 2, 0, 3, 0, 4, 0, 5, 0}).has_value());
  EXPECT_FALSE(of_five(whole, {1, 1, 1, 1, 1}).has_value());  // none varies
  EXPECT_FALSE(cluster_bootstrap({}, ratio).has_value());
  EXPECT_FALSE(cluster_bootstrap(skewed(9), ratio, {.replicates = 0}).has_value());
}

// Four clusters have 35 resamples, and "95 %" covered 87 %.
TEST(ClusterBootstrap, IsUndefinedBelowFiveClusters) {
  for (const std::size_t clusters : {1U, 2U, 4U, 5U})
    EXPECT_EQ(cluster_bootstrap(skewed(clusters), ratio, {.replicates = 500}).has_value(),
              clusters == 5)
        << clusters;
}

// 200,000 replicates on both sides; ends of R's order statistics and ours differ by less than 2 %
// of the width. Levels for few clusters are not R's.
TEST(ClusterBootstrap, HasTheEndsOfR) {
  const json::object reference = testing::read_reference("intervals");
  const json::object& bca = reference.at("bca").as_object();
  ClusterSums sums{2, {}, {}};
  for (const json::value& row : bca.at("rows").as_array())
    for (const json::value& value : row.as_array()) sums.rows.push_back(value.to_number<double>());
  BootstrapOptions options{.replicates = 200'000, .expand = false};
  for (const double confidence : {0.9, 0.95}) {
    options.confidence = confidence;
    for (const auto method : {BootstrapMethod::bca, BootstrapMethod::percentile}) {
      options.method = method;
      const bool corrected = method == BootstrapMethod::bca;
      const auto name = fmt::format("{}{:.0f}", corrected ? "bca" : "percentile", confidence * 100);
      const json::array& ends = bca.at(name).as_array();
      const auto interval = cluster_bootstrap(sums, ratio, options);
      EXPECT_NEAR(interval->low, ends[0].to_number<double>(), 0.003) << name;
      EXPECT_NEAR(interval->high, ends[1].to_number<double>(), 0.004) << name;
      EXPECT_EQ(interval->method, corrected ? "BCa cluster bootstrap" : "cluster bootstrap");
    }
  }
}

TEST(ClusterBootstrap, GivesSeveralStatisticsOfTheSameReplicates) {
  const ClusterSums sums = skewed(50);
  const SumStatistic twice = [](std::span<const double> s) { return 2 * *ratio(s); };
  const SumStatistic never = [](std::span<const double>) { return std::optional<double>(); };
  const std::vector<SumStatistic> statistics{ratio, twice, never};
  const BootstrapOptions options{.replicates = 500};
  const auto intervals = cluster_bootstrap(sums, statistics, options);
  ASSERT_EQ(intervals.size(), 3U);
  EXPECT_EQ(intervals[0]->low, cluster_bootstrap(sums, ratio, options)->low);
  EXPECT_EQ(intervals[1]->low, 2 * intervals[0]->low);
  EXPECT_EQ(intervals[1]->high, 2 * intervals[0]->high);
  EXPECT_FALSE(intervals[2].has_value());
}

TEST(ClusterBootstrap, GivesTheSameBitsForAnyNumberOfThreads) {
  const ClusterSums sums = skewed(3000);
  const auto one = cluster_bootstrap(sums, ratio, {.replicates = 1000, .threads = 1});
  for (const int threads : {2, 7, 0}) {
    const auto same = cluster_bootstrap(sums, ratio, {.replicates = 1000, .threads = threads});
    EXPECT_EQ(one->low, same->low);
    EXPECT_EQ(one->high, same->high);
  }
}

TEST(ClusterBootstrap, MovesWithAConstantAndGrowsWithConfidence) {
  ClusterSums sums = skewed(40);
  for (std::size_t i = 1; i < sums.rows.size(); i += 2) sums.rows[i] = 1;
  ClusterSums moved = sums;
  for (std::size_t i = 0; i < moved.rows.size(); i += 2) moved.rows[i] += 5;
  for (const auto method : {BootstrapMethod::bca, BootstrapMethod::percentile}) {
    double last = 0;
    for (const double confidence : {0.5, 0.8, 0.9, 0.95, 0.99}) {
      const BootstrapOptions options{
          .replicates = 2000, .confidence = confidence, .method = method};
      const auto here = cluster_bootstrap(sums, ratio, options);
      const auto there = cluster_bootstrap(moved, ratio, options);
      EXPECT_NEAR(here->low + 5, there->low, 1e-9);
      EXPECT_NEAR(here->high + 5, there->high, 1e-9);
      EXPECT_GT(here->high - here->low, last);
      last = here->high - here->low;
    }
  }
}

TEST(ClusterBootstrap, DoesNotDependOnTheOrderOfTheClusters) {
  const ClusterSums sums = skewed(40);
  ClusterSums turned{2, {}, {}};
  for (std::size_t g = 40; g-- > 0;)
    turned.rows.insert(turned.rows.end(), {sums.rows[2 * g], sums.rows[2 * g + 1]});
  const BootstrapOptions options{.replicates = 500};
  EXPECT_EQ(cluster_bootstrap(sums, ratio, options)->low,
            cluster_bootstrap(turned, ratio, options)->low);
  EXPECT_EQ(cluster_bootstrap(sums, ratio, options)->high,
            cluster_bootstrap(turned, ratio, options)->high);
}

// The levels of 10 clusters are those of t / 1.96 * sqrt(10 / 9) = 1.217 times the width of a
// normal distribution; the mean of 10 has shorter tails. For many clusters the two are one.
TEST(ClusterBootstrap, IsWiderForFewClusters) {
  const auto widths = [](std::size_t clusters) {
    ClusterSums sums{2, {}, {}};
    for (std::size_t g = 0; g < clusters; ++g)
      sums.rows.insert(sums.rows.end(), {static_cast<double>(g), 1.0});
    BootstrapOptions options{.replicates = 20'000};
    const auto wide = cluster_bootstrap(sums, ratio, options);
    options.expand = false;
    const auto narrow = cluster_bootstrap(sums, ratio, options);
    return (wide->high - wide->low) / (narrow->high - narrow->low);
  };
  EXPECT_NEAR(widths(10), 1.18, 0.04);
  EXPECT_NEAR(widths(2000), 1.0, 0.01);
}

// How many of 12 clusters are there: each of the replicates misses some, so that the bias has no
// quantile, and the jackknife does not vary.
TEST(ClusterBootstrap, FallsBackToPercentilesWhereNoReplicateReachesTheEstimate) {
  const SumStatistic present = [](std::span<const double> s) {
    return std::optional<double>(std::count_if(s.begin(), s.end(), [](double n) { return n > 0; }));
  };
  ClusterSums sums{12, std::vector<double>(144, 0.0), {}};
  for (std::size_t g = 0; g < 12; ++g) sums.rows[13 * g] = 1;
  const auto interval = cluster_bootstrap(sums, present, {.replicates = 1000});
  ASSERT_TRUE(interval.has_value());
  EXPECT_EQ(interval->method, "cluster bootstrap");
  EXPECT_GT(interval->low, 0);
  EXPECT_LT(interval->high, 12);
}

// Undefined without the only cluster that has a denominator in its stratum; the replicates that
// miss it are few enough, and the percentiles stand.
TEST(ClusterBootstrap, FallsBackToPercentilesWhereAClusterIsNeeded) {
  const SumStatistic statistic = [](std::span<const double> s) {
    const bool left_out = s[0] != std::round(s[0]);  // weighed, as the jackknife does
    return left_out ? std::nullopt : std::optional<double>(s[1] / s[0]);
  };
  ClusterSums sums{2, {}, {}};
  for (int g = 0; g < 30; ++g) sums.rows.insert(sums.rows.end(), {g % 2 == 0 ? 1.0 : 2.0, g * 1.0});
  const auto interval = cluster_bootstrap(sums, statistic, {.replicates = 2000});
  ASSERT_TRUE(interval.has_value());
  EXPECT_EQ(interval->method, "cluster bootstrap");
}

}  // namespace
}  // namespace stareval
