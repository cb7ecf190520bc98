// By hand: two models, and the edges of existence. References by R: BradleyTerry2 with sandwich,
// and Davidson's likelihood by optim. The rest are properties and coverage by simulation.
#include "libstareval/statistics/preference.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "libstareval/base/random.h"
#include "tests/support/reference.h"

namespace stareval {
namespace {

using Comparisons = std::vector<Preference>;

constexpr Preferred kFirst = Preferred::kFirst;
constexpr Preferred kSecond = Preferred::kSecond;
constexpr Preferred kTie = Preferred::kTie;

Comparisons repeated(std::size_t a, std::size_t b, int first, int second, int tie) {
  Comparisons comparisons;
  const auto add = [&](int n, Preferred preferred) {
    for (int i = 0; i < n; ++i)
      comparisons.push_back({a, b, preferred, std::to_string(comparisons.size())});
  };
  add(first, kFirst);
  add(second, kSecond);
  add(tie, kTie);
  return comparisons;
}

// 6 wins of 10, 3 losses, 1 tie: with two models and three outcomes the fit is saturated, so that
// s_0 - s_1 = log(6 / 3), and t = log(1 / sqrt(6 * 3)). Its error is sqrt(1/6 + 1/3), as that of a
// log odds ratio, here with G/(G-1).
TEST(Preferences, OfTwoModelsAreTheSharesThemselves) {
  const auto result = fit_preferences(2, repeated(0, 1, 6, 3, 1));
  ASSERT_TRUE(result.fit) << result.undefined;
  EXPECT_NEAR(result.fit->strengths[0], std::log(2.0) / 2, 1e-12);
  EXPECT_NEAR(result.fit->strengths[1], -std::log(2.0) / 2, 1e-12);
  EXPECT_NEAR(*result.fit->tie, -std::log(18.0) / 2, 1e-12);
  const auto chances = preference_chances(*result.fit, 0, 1);
  EXPECT_NEAR(chances.first, 0.6, 1e-12);
  EXPECT_NEAR(chances.second, 0.3, 1e-12);
  EXPECT_NEAR(chances.tie, 0.1, 1e-12);
  const auto difference = strength_difference(*result.fit, 0, 1);
  constexpr double kT9 = 2.2621571627409915;
  EXPECT_NEAR((difference->high - difference->low) / 2, kT9 * std::sqrt(0.5 * 10 / 9), 1e-9);
  EXPECT_EQ(difference->method, "sandwich t");
  EXPECT_NEAR(strength_interval(*result.fit, 0)->high, difference->high / 2, 1e-12);
}

Comparisons of_rows(const json::value& rows) {
  Comparisons comparisons;
  for (const auto& row : rows.as_array()) {
    const auto outcome = row.at(2).to_number<int>();
    comparisons.push_back({row.at(0).to_number<std::size_t>(), row.at(1).to_number<std::size_t>(),
                           outcome == 0   ? kFirst
                           : outcome == 1 ? kSecond
                                          : kTie,
                           std::to_string(row.at(3).to_number<int>())});
  }
  return comparisons;
}

TEST(Preferences, AreThoseOfR) {
  const auto document = testing::read_reference("preference");
  for (const char* name : {"no_ties", "ties"}) {
    const auto& reference = document.at(name);
    const auto result = fit_preferences(5, of_rows(reference.at("rows")));
    ASSERT_TRUE(result.fit) << result.undefined;
    EXPECT_NEAR(result.fit->log_likelihood, reference.at("log_likelihood").to_number<double>(),
                1e-8);
    for (std::size_t k = 0; k < 5; ++k) {
      EXPECT_NEAR(result.fit->strengths[k], reference.at("strengths").at(k).to_number<double>(),
                  1e-8)
          << name;
      EXPECT_NEAR(std::sqrt(result.fit->covariance[k * 5 + k]),
                  reference.at("errors").at(k).to_number<double>(), 1e-8)
          << name;
    }
    EXPECT_EQ(result.fit->tie.has_value(), std::string(name) == "ties");
    if (result.fit->tie) {
      EXPECT_NEAR(*result.fit->tie, reference.at("tie").to_number<double>(), 1e-8);
    }
  }
}

const std::vector<double> kStrengths{0.6, 0.2, -0.2, -0.6};

// Each item is asked of every pair; `copies` times with the same answer, the last time the other
// way round.
Comparisons simulated(Random& random, int items, int copies, std::optional<double> tie) {
  PreferenceFit truth;
  truth.strengths = kStrengths;
  truth.tie = tie;
  Comparisons comparisons;
  for (int item = 0; item < items; ++item)
    for (std::size_t a = 0; a < kStrengths.size(); ++a)
      for (std::size_t b = a + 1; b < kStrengths.size(); ++b) {
        const auto chances = preference_chances(truth, a, b);
        const double u = random.uniform();
        const Preferred preferred = u < chances.first                    ? kFirst
                                    : u < chances.first + chances.second ? kSecond
                                                                         : kTie;
        for (int copy = 1; copy < copies; ++copy)
          comparisons.push_back({a, b, preferred, std::to_string(item)});
        const Preferred turned = preferred == kTie ? kTie : preferred == kFirst ? kSecond : kFirst;
        comparisons.push_back({b, a, turned, std::to_string(item)});
      }
  return comparisons;
}

TEST(Preferences, FollowTheModelsWhenTheyAreRenumbered) {
  Random random(2);
  auto comparisons = simulated(random, 30, 1, -0.5);
  const auto fit = fit_preferences(4, comparisons).fit;
  const std::size_t numbers[] = {2, 0, 3, 1};
  for (Preference& c : comparisons) {
    c.first = numbers[c.first];
    c.second = numbers[c.second];
  }
  const auto renumbered = fit_preferences(4, comparisons).fit;
  ASSERT_TRUE(fit && renumbered);
  EXPECT_NEAR(*fit->tie, *renumbered->tie, 1e-10);
  for (std::size_t a = 0; a < 4; ++a) {
    EXPECT_NEAR(fit->strengths[a], renumbered->strengths[numbers[a]], 1e-10);
    EXPECT_NEAR(strength_interval(*fit, a)->low, strength_interval(*renumbered, numbers[a])->low,
                1e-10);
  }
}

// In a full round robin the order is that of wins + ties / 2, and the strengths add up to 0.
TEST(Preferences, OrderARoundRobinByItsPoints) {
  Random random(3);
  int fitted = 0;
  for (int i = 0; i < 50; ++i) {
    const auto comparisons = simulated(random, 8, 1, 0.3);
    const auto result = fit_preferences(4, comparisons);
    if (!result.fit) continue;
    ++fitted;
    std::vector<double> points(4, 0.0);
    for (const Preference& c : comparisons) {
      points[c.first] += c.preferred == kFirst ? 1 : c.preferred == kTie ? 0.5 : 0;
      points[c.second] += c.preferred == kSecond ? 1 : c.preferred == kTie ? 0.5 : 0;
    }
    double sum = 0;
    for (std::size_t a = 0; a < 4; ++a) {
      sum += result.fit->strengths[a];
      for (std::size_t b = 0; b < 4; ++b)
        if (points[a] > points[b]) {
          EXPECT_GT(result.fit->strengths[a], result.fit->strengths[b]);
        }
    }
    EXPECT_NEAR(sum, 0, 1e-9);
  }
  EXPECT_GT(fitted, 40);
}

TEST(Preferences, OfCopiesWithinAnItemAreNoSurer) {
  Random one(4);
  Random two(4);
  const auto once = fit_preferences(4, simulated(one, 30, 1, -0.5)).fit;
  const auto often = fit_preferences(4, simulated(two, 30, 5, -0.5)).fit;
  ASSERT_TRUE(once && often);
  for (std::size_t a = 0; a < 4; ++a) {
    EXPECT_NEAR(once->strengths[a], often->strengths[a], 1e-9);
    EXPECT_NEAR(strength_interval(*once, a)->high, strength_interval(*often, a)->high, 1e-9);
  }
}

void expect_undefined(std::size_t models, const Comparisons& comparisons,
                      const std::string& reason) {
  const auto result = fit_preferences(models, comparisons);
  EXPECT_FALSE(result.fit);
  EXPECT_NE(result.undefined.find(reason), std::string::npos) << result.undefined;
}

TEST(Preferences, AreUndefinedWhereTheyHaveNoEnd) {
  expect_undefined(0, {}, "fewer than two");
  expect_undefined(1, {}, "fewer than two");
  expect_undefined(2, {}, "no chain of comparisons links models 0 and 1");
  expect_undefined(3, repeated(0, 1, 2, 2, 2), "no chain of comparisons links models 0 and 2");
  expect_undefined(2, {{0, 2, kFirst, "a"}}, "models 0 and 2 of 2");
  expect_undefined(2, {{1, 1, kFirst, "a"}}, "models 1 and 1 of 2");
  expect_undefined(2, repeated(0, 1, 5, 0, 0), "from model 1 to model 0");
  expect_undefined(2, repeated(0, 1, 0, 5, 0), "from model 0 to model 1");
  expect_undefined(2, repeated(0, 1, 0, 0, 5), "endless ties");
  expect_undefined(2, repeated(0, 1, 3, 0, 5), "endless ties");
}

// 0 beats 1 and 1 beats 2, always; 2 and 0 tie. d = 2, 0, -2 would leave the tie at a distance of
// 4: no drift, and a maximum. Where 0 and 1 tie as well as 1 and 2, and 0 beats 2: d = 1, 0, -1.
TEST(Preferences, ExistWhereTiesSpeakAgainstDrifting) {
  Comparisons held{{0, 1, kFirst, "a"}, {1, 2, kFirst, "b"}, {2, 0, kTie, "c"}};
  EXPECT_TRUE(fit_preferences(3, held).fit);
  const Comparisons drifts{{0, 1, kTie, "a"}, {1, 2, kTie, "b"}, {0, 2, kFirst, "c"}};
  expect_undefined(3, drifts, "endless ties");
  held.insert(held.end(), {{0, 1, kTie, "d"}, {1, 2, kTie, "e"}, {2, 0, kFirst, "f"}});
  EXPECT_TRUE(fit_preferences(3, held).fit);
}

// Lopsided games: the likelihood is flat far out, where an undamped step would overshoot.
TEST(Preferences, AreFoundForLopsidedGames) {
  const auto result = fit_preferences(2, repeated(0, 1, 100000, 1, 1));
  ASSERT_TRUE(result.fit) << result.undefined;
  EXPECT_NEAR(result.fit->strengths[0] - result.fit->strengths[1], std::log(100000.0), 1e-6);
}

TEST(Preferences, HaveNoIntervalWithFewClusters) {
  auto comparisons = repeated(0, 1, 6, 3, 1);
  for (Preference& c : comparisons) c.cluster = c.preferred == kTie ? "a" : "b";
  const auto fit = fit_preferences(2, comparisons).fit;  // two parameters, two clusters
  ASSERT_TRUE(fit);
  EXPECT_EQ(fit->clusters, 2U);
  EXPECT_FALSE(strength_difference(*fit, 0, 1));
  EXPECT_FALSE(strength_interval(*fit, 0));
}

// 95 % intervals of a strength and a difference hold the truth in 93.5 to 96.5 % of 2,000
// experiments, with and without ties and copies within clusters. Fixed seeds.
TEST(Preferences, CoverTheTruthAsOftenAsTheySay) {
  constexpr int kExperiments = 2000;
  Random random(5);
  for (const std::optional<double> tie : {std::optional<double>(), std::optional<double>(-0.3)})
    for (const int copies : {1, 2}) {
      int strength = 0;
      int difference = 0;
      for (int experiment = 0; experiment < kExperiments; ++experiment) {
        const auto result = fit_preferences(4, simulated(random, 60, copies, tie));
        ASSERT_TRUE(result.fit) << result.undefined;
        const auto one = strength_interval(*result.fit, 0);
        const auto two = strength_difference(*result.fit, 1, 3);
        strength += one->low <= 0.6 && 0.6 <= one->high;
        difference += two->low <= 0.8 && 0.8 <= two->high;
      }
      for (const int covered : {strength, difference}) {
        EXPECT_GE(covered, kExperiments * 0.935) << tie.has_value() << copies;
        EXPECT_LE(covered, kExperiments * 0.965) << tie.has_value() << copies;
      }
    }
}

}  // namespace
}  // namespace stareval
