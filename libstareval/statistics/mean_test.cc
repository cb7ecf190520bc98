// References: R (tests/data/reference/make_intervals.R: sandwich::vcovCL). Worked out by hand: the
// cluster-robust example (arithmetic shown; the t quantile of two degrees is 0.95 * sqrt(2 / (1 -
// 0.95^2))). The rest are properties and edges. How often they cover: coverage_test.cc.
#include "libstareval/statistics/mean.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "libstareval/statistics/proportion.h"
#include "tests/support/reference.h"

namespace stareval {
namespace {

using Names = std::vector<std::string_view>;

constexpr double kT2 = 4.302652729749464;  // t quantile, 2 degrees, 0.975
constexpr double kT3 = 3.182446305283710;  // 3 degrees, tables give 3.182446

// Values 1 1 0 0 1 0 in clusters a a a b b c: mean 1/2; sums of deviations 1/2, 0, -1/2; G = 3.
// Error sqrt(3/2 * (1/4 + 1/4)) / 6 = sqrt(3) / 12.
TEST(ClusterRobustInterval, IsTheExampleByHand) {
  const std::vector<double> values{1, 1, 0, 0, 1, 0};
  const Names clusters{"a", "a", "a", "b", "b", "c"};
  const auto interval = cluster_robust_interval(values, clusters);
  EXPECT_NEAR(interval->high, 0.5 + kT2 * std::sqrt(3.0) / 12.0, 1e-9);
  EXPECT_NEAR(interval->low, 0.5 - kT2 * std::sqrt(3.0) / 12.0, 1e-9);
}

// PITFALLS 12: without G/(G-1). One item a cluster must give the plain interval, t(n-1) s /
// sqrt(n): for 1, 2, 3, 4 that is s = sqrt(5/3), s / 2 = 0.6454972.
TEST(ClusterRobustInterval, IsThePlainOneWithOneItemACluster) {
  const std::vector<double> values{1, 2, 3, 4};
  const Names clusters{"a", "b", "c", "d"};
  EXPECT_NEAR(cluster_robust_interval(values, clusters)->high - 2.5,
              kT3 * std::sqrt(5.0 / 3.0) / 2.0, 1e-9);
}

// PITFALLS 30: a deviation of 0 for one sample, and for values far from 0.
TEST(ClusterRobustInterval, IsUndefinedBelowTwoClustersAndExactFarFromZero) {
  EXPECT_FALSE(cluster_robust_interval({}, {}).has_value());
  EXPECT_FALSE(cluster_robust_interval(std::vector<double>{0.5}, Names{"a"}).has_value());
  const Names same{"a", "a", "a"};
  EXPECT_FALSE(cluster_robust_interval(std::vector<double>{0, 1, 1}, same).has_value());
  const std::vector<double> far{1e8 + 1, 1e8 + 2, 1e8 + 3};
  const Names own{"a", "b", "c"};
  EXPECT_NEAR(cluster_robust_interval(far, own)->high - (1e8 + 2), kT2 / std::sqrt(3.0), 1e-6);
}

TEST(MeanInterval, ChoosesTheMethodByValuesAndClusters) {
  const std::vector<double> binary{1, 0, 1, 1};
  const std::vector<double> graded{1, 0.5, 1, 0};
  const std::vector<double> constant{1, 1, 1, 1};
  const Names own{"a", "b", "c", "d"};
  const Names shared{"a", "a", "b", "b"};
  EXPECT_EQ(mean_interval(binary, own)->method, "wilson");
  EXPECT_NEAR(mean_interval(binary, own)->low, wilson_interval(3, 4)->low, 1e-15);
  EXPECT_EQ(mean_interval(binary, shared)->method, "cluster-robust wilson");
  EXPECT_EQ(mean_interval(graded, own)->method, "cluster-robust wilson");
  EXPECT_EQ(mean_interval(constant, own)->low, wilson_interval(4, 4)->low);
  EXPECT_EQ(mean_interval(constant, shared)->low, wilson_interval(2, 2)->low);
  EXPECT_EQ(mean_interval(constant, shared)->method, "wilson over clusters");
  EXPECT_FALSE(mean_interval({}, {}).has_value());
}

// A single sample, and repeats or siblings of a single one: Wilson would take it for a trial.
TEST(MeanInterval, IsUndefinedForOneClusterOfConstantValues) {
  for (const double value : {0.0, 1.0}) {
    EXPECT_FALSE(mean_interval(std::vector<double>{value}, Names{"a"}).has_value()) << value;
    EXPECT_FALSE(mean_interval(std::vector<double>(9, value), Names(9, "a")).has_value()) << value;
  }
  EXPECT_TRUE(mean_interval(std::vector<double>{1, 1}, Names{"a", "b"}).has_value());
}

// Eight clusters of five answers, of which two or three are right: sums of the deviations are -+
// 1/2, error^2 = 8/7 * 8/4 / 1600, an effective sample size of 1/4 / error^2 = 175. There are 40
// answers: the interval is that of 40, with t of 7 degrees (tables: 2.364624).
TEST(ClusterRobustWilsonInterval, HasNoMoreAnswersThanThereAreWhereClustersBalance) {
  const std::vector<std::string> letters{"a", "b", "c", "d", "e", "f", "g", "h"};
  std::vector<double> values;
  Names clusters;
  for (std::size_t g = 0; g < letters.size(); ++g) {
    for (std::size_t i = 0; i < 5; ++i) {
      values.push_back(i < 2 + g % 2 ? 1.0 : 0.0);
      clusters.push_back(letters[g]);
    }
  }
  const auto interval = mean_interval(values, clusters);
  const double spread = 2.364624251 * 2.364624251 / 40;
  const double half = std::sqrt(spread / 4 + spread * spread / 4) / (1 + spread);
  EXPECT_NEAR(interval->low, 0.5 - half, 1e-8);
  EXPECT_NEAR(interval->high, 0.5 + half, 1e-8);
  EXPECT_LT(interval->low, wilson_interval(20, 40)->low);
  EXPECT_GT(interval->high, wilson_interval(20, 40)->high);
}

// Clusters that agree show no variation: an interval of no width would claim certainty. Three times
// 0.1 add up to more than 0.3, which must not count as variation either.
TEST(ClusterRobustInterval, IsUndefinedWhereAllValuesAreEqual) {
  const Names own{"a", "b", "c"};
  for (const double value : {0.0, 1.0, 0.1, -3.0, 1e8 + 0.1})
    EXPECT_FALSE(cluster_robust_interval(std::vector<double>(3, value), own).has_value()) << value;
  const Names shared{"a", "a", "b", "b"};  // each cluster has the mean 0.2
  const std::vector<double> level{0.1, 0.3, 0.3, 0.1};
  EXPECT_FALSE(cluster_robust_interval(level, shared).has_value());
  EXPECT_FALSE(mean_interval(std::vector<double>(3, 0.5), own).has_value());
}

// References of R: sandwich::vcovCL with HC0 and G / (G - 1) for the error.
TEST(ClusterRobustInterval, IsThatOfR) {
  const json::object reference = testing::read_reference("intervals");
  for (const json::value& row : reference.at("clustered").as_array()) {
    const json::object& expected = row.as_object();
    std::vector<double> values;
    Names clusters;
    for (const json::value& value : expected.at("values").as_array())
      values.push_back(value.to_number<double>());
    for (const json::value& name : expected.at("clusters").as_array())
      clusters.push_back(name.as_string());
    const auto t = cluster_robust_interval(values, clusters);
    EXPECT_NEAR(t->low, expected.at("low").to_number<double>(), 1e-11);
    EXPECT_NEAR(t->high, expected.at("high").to_number<double>(), 1e-11);
    const auto score = cluster_robust_wilson_interval(values, clusters);
    EXPECT_NEAR(score->low, expected.at("score_low").to_number<double>(), 1e-11);
    EXPECT_NEAR(score->high, expected.at("score_high").to_number<double>(), 1e-11);
  }
}

// Values 1 1 0 1 in clusters of one: p = 3/4, error^2 = (3/16) / 3, n_eff = 3, one less than n.
TEST(ClusterRobustWilsonInterval, HasTheEffectiveSampleSize) {
  const std::vector<double> values{1, 1, 0, 1};
  const auto interval = cluster_robust_wilson_interval(values, Names{"a", "b", "c", "d"});
  const double t2 = kT3 * kT3;
  const double half = kT3 * std::sqrt(0.75 * 0.25 / 3 + t2 / 36) / (1 + t2 / 3);
  EXPECT_NEAR(interval->low, (0.75 + t2 / 6) / (1 + t2 / 3) - half, 1e-9);
  EXPECT_NEAR(interval->high, (0.75 + t2 / 6) / (1 + t2 / 3) + half, 1e-9);
  EXPECT_EQ(interval->method, "cluster-robust wilson");
}

TEST(ClusterRobustWilsonInterval, StaysWithinTheScaleAndIsMirrored) {
  const std::vector<double> values{1, 1, 1, 1, 1, 0.9, 1, 1};
  const std::vector<double> mirrored{0, 0, 0, 0, 0, 0.1, 0, 0};
  const Names clusters{"a", "a", "b", "b", "c", "c", "d", "d"};
  const auto high = cluster_robust_wilson_interval(values, clusters);
  const auto low = cluster_robust_wilson_interval(mirrored, clusters);
  EXPECT_GT(cluster_robust_interval(values, clusters)->high, 1.0);
  EXPECT_LE(high->high, 1.0);
  EXPECT_NEAR(high->low, 1.0 - low->high, 1e-12);
}

// Not a fraction: the mean may lie anywhere, and the score interval does not exist.
TEST(MeanInterval, IsTheTIntervalWhereValuesAreNoFractions) {
  const std::vector<double> values{50, 100, 70};
  EXPECT_EQ(mean_interval(values, Names{"a", "b", "c"})->method, "cluster-robust t");
  EXPECT_FALSE(cluster_robust_wilson_interval(values, Names{"a", "b", "c"}).has_value());
}

TEST(ClusterRobustInterval, MovesWithAConstantAndGrowsWithConfidence) {
  const std::vector<double> values{0.1, 0.5, 0.9, 0.2, 0.4};
  std::vector<double> moved;
  for (const double value : values) moved.push_back(value + 3);
  const Names clusters{"a", "b", "a", "c", "c"};
  const auto here = cluster_robust_interval(values, clusters);
  const auto there = cluster_robust_interval(moved, clusters);
  EXPECT_NEAR(here->low + 3, there->low, 1e-12);
  EXPECT_NEAR(here->high + 3, there->high, 1e-12);
  for (const auto interval_of : {cluster_robust_interval, cluster_robust_wilson_interval}) {
    EXPECT_LT(interval_of(values, clusters, 0.95)->high, interval_of(values, clusters, 0.99)->high);
    EXPECT_GT(interval_of(values, clusters, 0.95)->low, interval_of(values, clusters, 0.99)->low);
  }
}

TEST(MeanInterval, DoesNotDependOnTheOrderOfItems) {
  const std::vector<double> values{0.5, 0.25, 1, 0.75, 0};
  const Names clusters{"a", "b", "a", "c", "c"};
  const std::vector<double> turned{0, 0.75, 1, 0.25, 0.5};
  const Names names{"c", "c", "a", "b", "a"};
  EXPECT_EQ(mean_interval(values, clusters)->low, mean_interval(turned, names)->low);
  EXPECT_EQ(mean_interval(values, clusters)->high, mean_interval(turned, names)->high);
}

}  // namespace
}  // namespace stareval
