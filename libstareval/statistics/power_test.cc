// Detectable differences. The references are made by python3 (statistics.NormalDist for the
// quantiles, and a bisection of its own over the formulas): see the comment at each. Small cases by
// hand; properties: more items find less, and the power that a difference promises is there, by
// simulation.
#include "libstareval/statistics/power.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "libstareval/base/random.h"

namespace stareval {
namespace {

struct Reference {
  double n;
  double unpaired;
  double paired;  // at a discordant share of 0.3
};
constexpr std::array<Reference, 4> kReferences{
    {{50, 0.27686844212772915, 0.21193193483662412},
     {400, 0.09890509872575821, 0.07649866007190885},
     {800, 0.0699880355127438, 0.054172553624373225},
     {10000, 0.01980903133245786, 0.015343105210486825}}};

TEST(Power, equals_the_reference) {
  for (const Reference& reference : kReferences) {
    EXPECT_NEAR(detectable_difference(reference.n).value(), reference.unpaired, 1e-9);
    EXPECT_NEAR(detectable_paired_difference(reference.n, 0.3).value(), reference.paired, 1e-9);
  }
  EXPECT_NEAR(detectable_difference(400, {0.01, 0.9}).value(), 0.13595828820101402, 1e-9);
}

TEST(Power, of_one_cluster_each_is_that_of_free_items) {
  const std::vector<double> ones(7, 1.0);
  EXPECT_EQ(design_effect(ones, 0.5), 1.0);
  EXPECT_EQ(design_effect({}, 0.5), 1.0);
}

// Sizes 2 and 4: squares 20 over sum 6, so m = 10/3, and 1 + 7/3 * 0.3 = 1.7.
TEST(Power, design_effect_weighs_large_clusters_more) {
  const std::vector<double> sizes{2, 4};
  EXPECT_NEAR(design_effect(sizes, 0.3), 1.7, 1e-12);
  EXPECT_EQ(design_effect(sizes, 0), 1.0);
}

TEST(Power, is_undefined_where_nothing_can_be_found) {
  EXPECT_FALSE(detectable_difference(0).has_value());
  EXPECT_FALSE(detectable_difference(1).has_value());
  EXPECT_FALSE(detectable_paired_difference(4, 0.3).has_value());
  EXPECT_FALSE(detectable_paired_difference(100, 0).has_value());
}

TEST(Power, more_items_find_smaller_differences) {
  double last = 1;
  double last_paired = 1;
  for (const double n : {40.0, 50.0, 200.0, 1000.0, 10000.0}) {
    const double d = detectable_difference(n).value();
    const double paired = detectable_paired_difference(n, 0.3).value();
    EXPECT_LT(d, last);
    EXPECT_LT(paired, last_paired);
    EXPECT_LT(paired, d) << "pairing helps where models agree on most";
    last = d;
    last_paired = paired;
  }
}

// 4,000 trials: 0.80 within 4 standard errors (0.025), and 0.02 for the normal approximation.
TEST(Power, unpaired_has_the_power_that_it_says) {
  constexpr int kItems = 200;
  constexpr int kTrials = 4000;
  const double d = detectable_difference(kItems).value();
  Random random(7);
  int found = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    double a = 0;
    double b = 0;
    for (int i = 0; i < kItems; ++i) {
      a += random.uniform() < 0.5 - d / 2 ? 1 : 0;
      b += random.uniform() < 0.5 + d / 2 ? 1 : 0;
    }
    const double p = (a + b) / (2 * kItems);
    const double z = (b - a) / kItems / std::sqrt(2 * p * (1 - p) / kItems);
    found += std::abs(z) > 1.959964 ? 1 : 0;
  }
  EXPECT_NEAR(found / static_cast<double>(kTrials), 0.8, 0.045);
}

TEST(Power, paired_has_the_power_that_it_says) {
  constexpr int kItems = 300;
  constexpr int kTrials = 4000;
  constexpr double kShare = 0.3;
  const double d = detectable_paired_difference(kItems, kShare).value();
  Random random(8);
  int found = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    double only_a = 0;
    double only_b = 0;
    for (int i = 0; i < kItems; ++i) {
      const double u = random.uniform();
      if (u < (kShare - d) / 2) ++only_a;
      else if (u < kShare) ++only_b;
    }
    const double z = (only_b - only_a) / std::sqrt(only_a + only_b);
    found += std::abs(z) > 1.959964 ? 1 : 0;
  }
  EXPECT_NEAR(found / static_cast<double>(kTrials), 0.8, 0.045);
}

}  // namespace
}  // namespace stareval
