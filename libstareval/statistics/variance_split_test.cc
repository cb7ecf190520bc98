// By hand: two items by two seeds, and one factor at a time. References by R: aov, lme4, and
// Henderson's method written with matrices. The rest are properties, refusals, and simulation.
#include "libstareval/statistics/variance_split.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "libstareval/base/random.h"
#include "tests/support/reference.h"

namespace stareval {
namespace {

// A normal value, by the sum of twelve uniform ones.
double drawn(Random& random, double variance) {
  double sum = -6;
  for (int i = 0; i < 12; ++i) sum += random.uniform();
  return std::sqrt(variance) * sum;
}

// Values 1 2 / 3 6 of items by seeds. Mean 3; item means 1.5 and 4.5, seed means 2 and 4. Mean
// squares: items 2 * (1.5^2 + 1.5^2) = 9, seeds 2 * (1 + 1) = 4, residual 1. So items (9 - 1) / 2,
// seeds (4 - 1) / 2.
const Measurements kByHand{{"item", "seed"}, {0, 0, 0, 1, 1, 0, 1, 1}, {1, 2, 3, 6}};

TEST(VarianceSplit, IsTheExampleByHand) {
  const auto split = split_variance(kByHand);
  ASSERT_TRUE(split);
  EXPECT_DOUBLE_EQ(split->mean, 3);
  EXPECT_NEAR(split->factors[0].variance, 4, 1e-12);
  EXPECT_NEAR(split->factors[1].variance, 1.5, 1e-12);
  EXPECT_NEAR(split->residual.variance, 1, 1e-12);
  EXPECT_EQ(split->factors[0].factor, "item");
  EXPECT_EQ(split->factors[1].levels, 2U);
  EXPECT_EQ(split->residual.levels, 4U);
}

// sqrt(4 / 100 + 1.5 / 5 + 1 / 500), and what is left with fixed items or many seeds.
TEST(PredictedError, FallsWithRepeatsToWhatTheItemsLeave) {
  const auto split = split_variance(kByHand);
  EXPECT_NEAR(*predicted_error(*split, std::vector<PlannedFactor>{{100}, {5}}),
              std::sqrt(0.04 + 0.3 + 0.002), 1e-12);
  EXPECT_NEAR(*predicted_error(*split, std::vector<PlannedFactor>{{100, true}, {5}}),
              std::sqrt(0.3 + 0.002), 1e-12);
  EXPECT_NEAR(*predicted_error(*split, std::vector<PlannedFactor>{{100}, {1000000000}}), 0.2, 1e-6);
  EXPECT_FALSE(predicted_error(*split, std::vector<PlannedFactor>{{100}}));
  EXPECT_FALSE(predicted_error(*split, std::vector<PlannedFactor>{{100}, {0}}));
}

Measurements of_reference(const json::value& reference, std::vector<std::string> factors) {
  Measurements measurements{std::move(factors), {}, {}};
  for (const auto& row : reference.at("levels").as_array())
    for (const auto& level : row.as_array())
      measurements.levels.push_back(level.to_number<std::size_t>());
  for (const auto& value : reference.at("values").as_array())
    measurements.values.push_back(value.to_number<double>());
  return measurements;
}

void expect_estimates(const VarianceSplit& split, const json::value& expected, double tolerance) {
  for (std::size_t factor = 0; factor < split.factors.size(); ++factor)
    EXPECT_NEAR(split.factors[factor].estimate, expected.at(factor).to_number<double>(), tolerance);
  EXPECT_NEAR(split.residual.estimate, expected.at(split.factors.size()).to_number<double>(),
              tolerance);
}

TEST(VarianceSplit, IsThatOfR) {
  const auto document = testing::read_reference("variance_split");
  const auto& balanced = document.at("balanced");
  const auto split = split_variance(of_reference(balanced, {"item", "seed"}));
  expect_estimates(*split, balanced.at("aov"), 1e-12);
  expect_estimates(*split, balanced.at("reml"), 5e-6);  // where lmer stops
  const auto& unbalanced = document.at("unbalanced");
  expect_estimates(*split_variance(of_reference(unbalanced, {"item", "seed", "prompt"})),
                   unbalanced.at("estimates"), 1e-10);
}

TEST(VarianceSplit, CutsANegativeEstimateAndSaysSo) {
  const auto document = testing::read_reference("variance_split");
  const auto& negative = document.at("negative");
  const auto split = split_variance(of_reference(negative, {"item", "seed"}));
  expect_estimates(*split, negative.at("estimates"), 1e-12);
  EXPECT_TRUE(split->factors[1].is_cut());
  EXPECT_EQ(split->factors[1].variance, 0);
  EXPECT_FALSE(split->factors[0].is_cut());
}

// Items of 2, 3 and 1 repeats, by the one-way formulas. Within items (2 + 2) / 3; between their
// means 2, 5, 10, about 29/6, with n0 = (6 - 14/6) / 2.
TEST(VarianceSplit, OfItemsAloneIsTheOneWayAnalysis) {
  const Measurements measurements{{"item"}, {7, 7, 8, 8, 8, 9}, {1, 3, 4, 5, 6, 10}};
  const auto split = split_variance(measurements);
  const double mean = 29.0 / 6;
  const double between =
      2 * (2 - mean) * (2 - mean) + 3 * (5 - mean) * (5 - mean) + (10 - mean) * (10 - mean);
  const double within = 4.0 / 3;
  EXPECT_NEAR(split->residual.variance, within, 1e-12);
  EXPECT_NEAR(split->factors[0].variance, (between / 2 - within) / ((6 - 14.0 / 6) / 2), 1e-12);
}

TEST(VarianceSplit, DoesNotDependOnOrderNamesOrShift) {
  const auto document = testing::read_reference("variance_split");
  const auto given = of_reference(document.at("unbalanced"), {"item", "seed", "prompt"});
  Measurements moved{{"prompt", "item", "seed"}, {}, {}};
  for (std::size_t i = given.values.size(); i-- > 0;) {
    moved.values.push_back(given.values[i] + 1e6);
    moved.levels.insert(moved.levels.end(),
                        {90 - given.level(i, 2), 50 - given.level(i, 0), given.level(i, 1) * 3});
  }
  const auto split = split_variance(given);
  const auto other = split_variance(moved);
  EXPECT_NEAR(split->factors[0].estimate, other->factors[1].estimate, 1e-8);
  EXPECT_NEAR(split->factors[1].estimate, other->factors[2].estimate, 1e-8);
  EXPECT_NEAR(split->factors[2].estimate, other->factors[0].estimate, 1e-8);
  EXPECT_NEAR(split->residual.estimate, other->residual.estimate, 1e-8);
}

TEST(VarianceSplit, IsUndefinedWhereFactorsCannotBeToldApart) {
  EXPECT_FALSE(split_variance({}));
  EXPECT_FALSE(split_variance({{"item"}, {0, 1}, {1, 2}}));          // a level a value
  EXPECT_FALSE(split_variance({{"item"}, {0, 0}, {1, 2}}));          // one level
  EXPECT_FALSE(split_variance({{"item"}, {0, 0, 1}, {1, 2}}));       // broken
  EXPECT_FALSE(split_variance({{"item"}, {0, 0, 1}, {1, NAN, 2}}));  // broken
  EXPECT_TRUE(split_variance({{"item"}, {0, 0, 1}, {1, 2, 2}}));
  Measurements together{{"item", "seed"}, {}, {}};  // seed is item
  for (std::size_t i = 0; i < 20; ++i) {
    together.levels.insert(together.levels.end(), {i / 4, 5 - i / 4});
    together.values.push_back(static_cast<double>(i * i % 7));
  }
  EXPECT_FALSE(split_variance(together));
}

// Item 0: prompts a, b under judge 0: 1, 3; a under judge 1: 2, twice: 2 and 4, mean 3.
// Item 1: a under judges 0 and 1: 5, 9. Prompt alone varies in (1, 3): variance 2. Judge alone in
// (1, 3) and (5, 9): (2 + 8) / 2. Item alone in (1, 5) and (3, 9): (8 + 18) / 2. Same: (2, 4): 2.
TEST(WithinVariances, AreTheExampleByHand) {
  const Measurements measurements{{"item", "prompt", "judge"},
                                  {0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0, 1},
                                  {1, 3, 2, 4, 5, 9}};
  const auto within = within_variances(measurements);
  ASSERT_EQ(within.size(), 4U);
  EXPECT_EQ(within[1].factor, "prompt");
  EXPECT_DOUBLE_EQ(*within[1].variance, 2);
  EXPECT_EQ(within[1].degrees, 1U);
  EXPECT_DOUBLE_EQ(*within[2].variance, 5);
  EXPECT_EQ(within[2].degrees, 2U);
  EXPECT_DOUBLE_EQ(*within[0].variance, 13);
  EXPECT_DOUBLE_EQ(*within[3].variance, 2);
  EXPECT_EQ(within[3].factor, "residual");
  EXPECT_FALSE(within[1].interval);  // one item
  // Spreads 2 and 8 of 1 degree each, about 5: e = sqrt(2 (9 + 9)) / 2 = 3; t(1) = 12.7062.
  EXPECT_NEAR(std::log(within[2].interval->high / 5), 12.706204736432095 * 3 / 5, 1e-9);
  EXPECT_NEAR(within[2].interval->low * within[2].interval->high, 25, 1e-9);
}

TEST(WithinVariances, AreUndefinedWhereNothingVariesAlone) {
  const Measurements apart{{"item", "seed"}, {0, 0, 1, 1, 2, 2}, {1, 2, 3}};
  for (const WithinVariance& within : within_variances(apart)) {
    EXPECT_FALSE(within.variance) << within.factor;
    EXPECT_EQ(within.degrees, 0U);
  }
  EXPECT_TRUE(within_variances({}).empty());
}

// Four seeds of 60 items; normal values of variance 4, and zeros and ones, whose chance differs
// from item to item: uniform, so that the variance is the mean of p (1 - p), 1/6. Fixed seed.
TEST(WithinVariances, CoverTheTruthAsOftenAsTheySay) {
  constexpr int kExperiments = 1000;
  Random random(10);
  for (const bool normal : {true, false}) {
    int covered = 0;
    for (int experiment = 0; experiment < kExperiments; ++experiment) {
      Measurements measurements{{"item", "seed"}, {}, {}};
      for (std::size_t item = 0; item < 60; ++item) {
        const double chance = random.uniform();
        for (std::size_t seed = 0; seed < 4; ++seed) {
          measurements.levels.insert(measurements.levels.end(), {item, seed});
          measurements.values.push_back(normal ? 10 * chance + drawn(random, 4)
                                               : (random.chance(chance) ? 1.0 : 0.0));
        }
      }
      const auto within = within_variances(measurements);
      EXPECT_FALSE(within[0].interval);
      ASSERT_TRUE(within[1].interval);
      const double truth = normal ? 4 : 1.0 / 6;
      covered += within[1].interval->low <= truth && truth <= within[1].interval->high;
    }
    EXPECT_GE(covered, kExperiments * 0.93) << normal;
    EXPECT_LE(covered, kExperiments * 0.97) << normal;
  }
}

// Crossed items and seeds, a quarter of the values missing: estimates are right on average, and the
// means of full tables scatter as predicted from the true variances. Fixed seed.
TEST(VarianceSplit, IsUnbiasedAndPredictsTheScatterOfMeans) {
  constexpr int kExperiments = 1500;
  constexpr std::size_t kItems = 12;
  constexpr std::size_t kSeeds = 4;
  Random random(9);
  std::vector<double> sums(3, 0.0);
  double mean_squares = 0;
  for (int experiment = 0; experiment < kExperiments; ++experiment) {
    std::vector<double> seeds;
    for (std::size_t seed = 0; seed < kSeeds; ++seed) seeds.push_back(drawn(random, 0.5));
    Measurements measurements{{"item", "seed"}, {}, {}};
    double mean = 0;
    for (std::size_t item = 0; item < kItems; ++item) {
      const double effect = drawn(random, 1.0);
      for (std::size_t seed = 0; seed < kSeeds; ++seed) {
        const double value = effect + seeds[seed] + drawn(random, 0.8);
        mean += value / (kItems * kSeeds);
        if (random.chance(0.25)) continue;
        measurements.levels.insert(measurements.levels.end(), {item, seed});
        measurements.values.push_back(value);
      }
    }
    const auto split = split_variance(measurements);
    ASSERT_TRUE(split);
    sums[0] += split->factors[0].estimate / kExperiments;
    sums[1] += split->factors[1].estimate / kExperiments;
    sums[2] += split->residual.estimate / kExperiments;
    mean_squares += mean * mean / kExperiments;
  }
  // Four standard errors of an average of 1,500 estimates with errors of some 0.5, 0.45 and 0.22.
  EXPECT_NEAR(sums[0], 1.0, 0.052);
  EXPECT_NEAR(sums[1], 0.5, 0.046);
  EXPECT_NEAR(sums[2], 0.8, 0.023);
  VarianceSplit truth{0, {{"item", 1.0, 1.0, 0}, {"seed", 0.5, 0.5, 0}}, {"residual", 0.8, 0.8, 0}};
  const double predicted = *predicted_error(truth, std::vector<PlannedFactor>{{kItems}, {kSeeds}});
  EXPECT_NEAR(std::sqrt(mean_squares) / predicted, 1, 0.07);
}

}  // namespace
}  // namespace stareval
