// Worked out by hand: the Wilson bounds (the formula in 40 decimal digits; 81 of 263 is also the
// example of Newcombe 1998) and the cluster-robust example (arithmetic shown; the t quantile of two
// degrees is 0.95 * sqrt(2 / (1 - 0.95^2))). The rest are properties and edges.
#include "libstareval/statistics/mean.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "libstareval/base/random.h"

namespace stareval {
namespace {

using Names = std::vector<std::string_view>;

constexpr double kT2 = 4.302652729749464;  // t quantile, 2 degrees, 0.975
constexpr double kT3 = 3.182446305283710;  // 3 degrees, tables give 3.182446

TEST(WilsonInterval, HasTheReferenceBounds) {
  EXPECT_NEAR(wilson_interval(1, 10)->low, 0.01787621309507290, 1e-12);
  EXPECT_NEAR(wilson_interval(1, 10)->high, 0.40415002679523850, 1e-12);
  EXPECT_NEAR(wilson_interval(400, 800)->low, 0.46543529182216334, 1e-12);
  EXPECT_NEAR(wilson_interval(81, 263)->low, 0.25528851987827422, 1e-12);
  EXPECT_NEAR(wilson_interval(81, 263)->high, 0.36620957698280007, 1e-12);
  EXPECT_EQ(wilson_interval(81, 263)->method, "wilson");
}

TEST(WilsonInterval, ReachesTheEndsExactlyAndNeverLeavesThem) {
  EXPECT_EQ(wilson_interval(0, 20)->low, 0.0);
  EXPECT_NEAR(wilson_interval(0, 20)->high, 0.16112515805281939, 1e-12);
  EXPECT_EQ(wilson_interval(20, 20)->high, 1.0);
  EXPECT_NEAR(wilson_interval(20, 20)->low, 0.83887484194718061, 1e-12);
  EXPECT_FALSE(wilson_interval(0, 0).has_value());
}

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
  EXPECT_EQ(mean_interval(binary, shared)->method, "cluster-robust t");
  EXPECT_EQ(mean_interval(graded, own)->method, "cluster-robust t");
  EXPECT_EQ(mean_interval(constant, own)->low, wilson_interval(4, 4)->low);
  EXPECT_EQ(mean_interval(constant, shared)->low, wilson_interval(2, 2)->low);
  EXPECT_EQ(mean_interval(constant, shared)->method, "wilson over clusters");
  EXPECT_FALSE(mean_interval({}, {}).has_value());
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

// Property: in 2,000 experiments, 95 % intervals cover the truth in 93.5 to 96.5 %. Fixed seed.
TEST(WilsonInterval, CoversTheTruthAsOftenAsItSays) {
  Random random(11);
  int covered = 0;
  for (int experiment = 0; experiment < 2000; ++experiment) {
    double successes = 0;
    for (int i = 0; i < 60; ++i) successes += random.chance(0.4) ? 1.0 : 0.0;
    const auto interval = wilson_interval(successes, 60);
    covered += interval->low <= 0.4 && 0.4 <= interval->high ? 1 : 0;
  }
  EXPECT_GE(covered, 1870);
  EXPECT_LE(covered, 1930);
}

// 40 clusters of 5 items; each cluster has its own level, so that items are not independent.
TEST(ClusterRobustInterval, CoversTheTruthAsOftenAsItSays) {
  Random random(12);
  std::vector<std::string> names;
  for (int g = 0; g < 40; ++g) names.push_back(std::to_string(g));
  int covered = 0;
  for (int experiment = 0; experiment < 2000; ++experiment) {
    std::vector<double> values;
    Names clusters;
    for (const std::string& name : names) {
      const double level = random.uniform();
      for (int i = 0; i < 5; ++i) {
        values.push_back(random.chance(level) ? 1.0 : 0.0);
        clusters.push_back(name);
      }
    }
    const auto interval = mean_interval(values, clusters);
    covered += interval->low <= 0.5 && 0.5 <= interval->high ? 1 : 0;
  }
  EXPECT_GE(covered, 1870);
  EXPECT_LE(covered, 1930);
}

}  // namespace
}  // namespace stareval
