// How often the intervals of kappa, AC1 and alpha hold the truth, by simulation with fixed seeds.
// The truth is worked out from the distribution that the ratings are drawn from.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "libstareval/base/random.h"
#include "libstareval/statistics/agreement.h"

namespace stareval {
namespace {

using Given = std::optional<double>;

// Raters see one of four categories, and give it with a chance, else any of the four. `shared`
// items in turn have the same category, and are a cluster.
constexpr double kShares[] = {0.4, 0.3, 0.2, 0.1};
constexpr double kSeen = 0.8;
const std::vector<double> kFour{0, 1, 2, 3};

Ratings simulated(Random& random, std::size_t items, std::size_t raters, double missing,
                  std::size_t shared) {
  Ratings ratings{raters, {}, {}};
  std::size_t truth = 0;
  for (std::size_t item = 0; item < items; ++item) {
    if (item % shared == 0) {
      double left = random.uniform();
      for (truth = 0; truth < 3 && left >= kShares[truth]; ++truth) left -= kShares[truth];
    }
    if (shared > 1) ratings.clusters.push_back("c" + std::to_string(item / shared));
    for (std::size_t rater = 0; rater < raters; ++rater) {
      const auto value = random.chance(kSeen) ? truth : random.below(4);
      ratings.values.push_back(random.chance(missing) ? Given{} : Given{value});
    }
  }
  return ratings;
}

// How often two raters give k and l to an item.
double joint(std::size_t k, std::size_t l) {
  const auto given = [](std::size_t t, std::size_t value) {
    return (t == value ? kSeen : 0.0) + (1 - kSeen) / 4;
  };
  double sum = 0;
  for (std::size_t t = 0; t < 4; ++t) sum += kShares[t] * given(t, k) * given(t, l);
  return sum;
}

double marginal(std::size_t k) { return joint(k, 0) + joint(k, 1) + joint(k, 2) + joint(k, 3); }

// 1 - expected observed over expected chance distance: kappa and alpha of endless ratings.
template <class Distance>
double true_coefficient(const Distance& distance) {
  double observed = 0;
  double chance = 0;
  for (std::size_t k = 0; k < 4; ++k)
    for (std::size_t l = 0; l < 4; ++l) {
      observed += joint(k, l) * distance(k, l);
      chance += marginal(k) * marginal(l) * distance(k, l);
    }
  return 1 - observed / chance;
}

double true_ac1() {
  double same = 0;
  double chance = 0;
  for (std::size_t k = 0; k < 4; ++k) {
    same += joint(k, k);
    chance += marginal(k) * (1 - marginal(k)) / 3;
  }
  return (same - chance) / (1 - chance);
}

double nominal(std::size_t k, std::size_t l) { return k == l ? 0.0 : 1.0; }
double linear(std::size_t k, std::size_t l) { return std::abs(kFour[k] - kFour[l]); }
double quadratic(std::size_t k, std::size_t l) { return linear(k, l) * linear(k, l); }
double ordinal(std::size_t k, std::size_t l) {
  if (k == l) return 0;
  double between = (marginal(k) + marginal(l)) / 2;
  for (std::size_t g = std::min(k, l) + 1; g < std::max(k, l); ++g) between += marginal(g);
  return between * between;
}

// Counts, over experiments, how many intervals hold the truth.
struct Coverage {
  const char* name;
  double truth;
  std::function<std::optional<Agreement>(const Ratings& two, const Ratings& three)> measure;
  int covered = 0;
};

void expect_coverage(std::vector<Coverage> all, std::size_t items, std::size_t shared) {
  constexpr int kExperiments = 2000;
  Random random(31);
  for (int experiment = 0; experiment < kExperiments; ++experiment) {
    const Ratings two = simulated(random, items, 2, 0, shared);
    const Ratings three = simulated(random, items, 3, 0.2, shared);
    for (Coverage& one : all) {
      const auto agreement = one.measure(two, three);
      one.covered +=
          agreement->interval->low <= one.truth && one.truth <= agreement->interval->high;
    }
  }
  for (const Coverage& one : all) {
    EXPECT_GE(one.covered, kExperiments * 0.935) << one.name << " of " << items;
    EXPECT_LE(one.covered, kExperiments * 0.965) << one.name << " of " << items;
  }
}

std::vector<Coverage> coarse_coefficients() {
  return {
      {"kappa", true_coefficient(nominal),
       [](const auto& two, const auto&) { return cohen_kappa(two, kFour); }},
      {"linear kappa", true_coefficient(linear),
       [](const auto& two, const auto&) { return cohen_kappa(two, kFour, KappaWeights::kLinear); }},
      {"AC1", true_ac1(), [](const auto&, const auto& three) { return gwet_ac1(three, kFour); }},
      {"nominal alpha", true_coefficient(nominal),
       [](const auto&, const auto& three) {
         return krippendorff_alpha(three, AlphaLevel::kNominal);
       }},
      {"ordinal alpha", true_coefficient(ordinal), [](const auto&, const auto& three) {
         return krippendorff_alpha(three, AlphaLevel::kOrdinal);
       }}};
}

std::vector<Coverage> square_coefficients() {
  return {{"quadratic kappa", true_coefficient(quadratic),
           [](const auto& two, const auto&) {
             return cohen_kappa(two, kFour, KappaWeights::kQuadratic);
           }},
          {"interval alpha", true_coefficient(quadratic), [](const auto&, const auto& three) {
             return krippendorff_alpha(three, AlphaLevel::kInterval);
           }}};
}

// 95 % intervals hold the truth in 93.5 to 96.5 % of 2,000 experiments. Fixed seed.
TEST(Agreement, CoversTheTruthAsOftenAsItSays) {
  expect_coverage(coarse_coefficients(), 60, 1);
  expect_coverage(square_coefficients(), 120, 1);
}

TEST(Agreement, CoversTheTruthInClusters) { expect_coverage(coarse_coefficients(), 180, 3); }

// Whatever the ratings: at most 1, at least -1, and within the interval, where there is one.
TEST(Agreement, LiesWithinItsIntervalForAnyRatings) {
  Random random(32);
  int intervals = 0;
  for (int experiment = 0; experiment < 2000; ++experiment) {
    const auto items = 1 + random.below(8);
    const Ratings two = simulated(random, items, 2, 0.2, 1 + random.below(3));
    const Ratings more = simulated(random, items, 2 + random.below(3), 0.4, 1 + random.below(3));
    for (const auto& coefficients : {coarse_coefficients(), square_coefficients()})
      for (const Coverage& one : coefficients) {
        const auto agreement = one.measure(two, more);
        if (!agreement) continue;
        EXPECT_LE(agreement->value, 1) << one.name;
        EXPECT_GE(agreement->value, -1 - 1e-12) << one.name;
        if (!agreement->interval) continue;
        ++intervals;
        EXPECT_LE(agreement->interval->low, agreement->value) << one.name;
        EXPECT_GE(agreement->interval->high, agreement->value) << one.name;
        EXPECT_LT(agreement->interval->high, 1 + 1e-12) << one.name;
      }
  }
  EXPECT_GT(intervals, 2000);
}

}  // namespace
}  // namespace stareval
