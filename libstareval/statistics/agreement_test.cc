// By hand and published: the two examples of Krippendorff 2011 and Gwet's four raters (the same
// ratings), irrCAC's three abstractors. Against scikit-learn, NLTK and psych: references. The rest
// are properties and refusals. Coverage: agreement_coverage_test.cc.
#include "libstareval/statistics/agreement.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "libstareval/base/random.h"
#include "libstareval/statistics/quantiles.h"
#include "tests/support/reference.h"

namespace stareval {
namespace {

using Given = std::optional<double>;

// Krippendorff 2011, example C: four observers, twelve units; 0 stands for no rating.
Ratings four_observers() {
  const std::vector<std::vector<int>> observers{{1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0},
                                                {1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3},
                                                {0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0},
                                                {1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0}};
  Ratings ratings{4, {}, {}};
  for (std::size_t unit = 0; unit < 12; ++unit)
    for (const auto& observer : observers)
      ratings.values.push_back(observer[unit] == 0 ? Given{} : Given{observer[unit]});
  return ratings;
}

const std::vector<double> kFive{1, 2, 3, 4, 5};

Ratings of_table(const std::vector<std::vector<int>>& table) {
  Ratings ratings{2, {}, {}};
  for (std::size_t a = 0; a < table.size(); ++a)
    for (std::size_t b = 0; b < table.size(); ++b)
      for (int i = 0; i < table[a][b]; ++i) {
        ratings.values.emplace_back(static_cast<double>(a));
        ratings.values.emplace_back(static_cast<double>(b));
      }
  return ratings;
}

Ratings of_columns(const json::value& first, const json::value& second) {
  Ratings ratings{2, {}, {}};
  for (std::size_t i = 0; i < first.as_array().size(); ++i) {
    ratings.values.emplace_back(first.at(i).to_number<double>());
    ratings.values.emplace_back(second.at(i).to_number<double>());
  }
  return ratings;
}

constexpr std::pair<const char*, KappaWeights> kWeights[] = {
    {"none", KappaWeights::kNone},
    {"linear", KappaWeights::kLinear},
    {"quadratic", KappaWeights::kQuadratic}};

// The standard error behind a linearised interval: its ends are 1 - (1 - value) exp(-+ t e / (1 -
// value)).
double error_of(const Agreement& agreement, double clusters) {
  const double below_one = 1 - agreement.value;
  return below_one * std::log((1 - agreement.interval->low) / below_one) /
         t_quantile(0.95, clusters - 1);
}

TEST(KrippendorffAlpha, IsWhatItsAuthorPublished) {
  const Ratings ratings = four_observers();
  const auto nominal = krippendorff_alpha(ratings, AlphaLevel::kNominal);
  EXPECT_NEAR(nominal->value, 0.743, 0.0005);
  EXPECT_EQ(nominal->items, 11U);
  EXPECT_NEAR(krippendorff_alpha(ratings, AlphaLevel::kOrdinal)->value, 0.815, 0.0005);
  EXPECT_NEAR(krippendorff_alpha(ratings, AlphaLevel::kInterval)->value, 0.849, 0.0005);
}

// Gwet's package irrCAC gives 0.77544 for these ratings. Its error, 0.14295, holds the share of
// items that are rated twice for fixed; ours, 0.12474, does not, and is the smaller.
TEST(GwetAc1, IsWhatItsAuthorPublished) {
  const auto ac1 = gwet_ac1(four_observers(), kFive);
  EXPECT_NEAR(ac1->value, 0.77544, 5e-6);
  EXPECT_NEAR(error_of(*ac1, 12), 0.12474, 5e-6);
  EXPECT_LT(ac1->interval->high, 1.0);
  EXPECT_EQ(ac1->items, 12U);
}

// irrCAC's contingency table: kappa 0.7964094, error 0.05891072; AC1 0.8493305, error 0.04321747.
// The errors there are divided by n, ours by n - 1. By hand for AC1: 89 of 100 agree; the shares
// 0.13, 0.255, 0.615 give chance (0.1131 + 0.189975 + 0.236775) / 2 = 0.269925.
TEST(Agreement, IsWhatGwetPublishedForTwoAbstractors) {
  const Ratings ratings = of_table({{13, 0, 0}, {0, 20, 7}, {0, 4, 56}});
  const std::vector<double> scale{0, 1, 2};
  const double by_n = std::sqrt(99.0 / 100.0);
  const auto kappa = cohen_kappa(ratings, scale);
  EXPECT_NEAR(kappa->value, 0.7964094, 5e-8);
  EXPECT_NEAR(error_of(*kappa, 100) * by_n, 0.05891072, 5e-9);
  const auto ac1 = gwet_ac1(ratings, scale);
  EXPECT_NEAR(ac1->value, 0.8493305, 5e-8);
  EXPECT_NEAR(ac1->value, (0.89 - 0.269925) / (1 - 0.269925), 1e-12);
  EXPECT_NEAR(error_of(*ac1, 100) * by_n, 0.04321747, 5e-9);
}

// The value by scikit-learn; the variance by statsmodels, divided by n where ours is by n - 1.
TEST(CohenKappa, IsThatOfScikitLearnAndHasTheErrorOfStatsmodels) {
  const auto document = testing::read_reference("agreement_python");
  for (const auto& reference : document.at("kappa").as_array()) {
    const Ratings ratings = of_columns(reference.at("first"), reference.at("second"));
    const auto n = static_cast<double>(ratings.items());
    for (const auto& [name, weights] : kWeights) {
      const auto kappa = cohen_kappa(ratings, kFive, weights);
      const auto& expected = reference.at(name);
      EXPECT_NEAR(kappa->value, expected.at("value").to_number<double>(), 1e-12) << name;
      EXPECT_NEAR(error_of(*kappa, n),
                  std::sqrt(expected.at("variance").to_number<double>() * n / (n - 1)), 1e-9)
          << name;
    }
  }
}

TEST(CohenKappa, IsThatOfPsych) {
  const auto document = testing::read_reference("agreement_psych");
  const std::vector<double> scale{1, 2, 3, 4};
  for (const auto& reference : document.at("cases").as_array()) {
    const Ratings ratings = of_columns(reference.at("first"), reference.at("second"));
    const auto n = static_cast<double>(ratings.items());
    const auto kappa = cohen_kappa(ratings, scale);
    EXPECT_NEAR(kappa->value, reference.at("value").to_number<double>(), 1e-12);
    EXPECT_NEAR(error_of(*kappa, n),
                std::sqrt(reference.at("variance").to_number<double>() * n / (n - 1)), 1e-9);
    EXPECT_NEAR(cohen_kappa(ratings, scale, KappaWeights::kQuadratic)->value,
                reference.at("quadratic").to_number<double>(), 1e-12);
  }
}

TEST(KrippendorffAlpha, IsThatOfNltk) {
  const auto document = testing::read_reference("agreement_python");
  for (const auto& reference : document.at("alpha").as_array()) {
    Ratings ratings{reference.at("raters").to_number<std::size_t>(), {}, {}};
    for (const auto& row : reference.at("rows").as_array())
      for (const auto& value : row.as_array())
        ratings.values.push_back(value.is_null() ? Given{} : Given{value.to_number<double>()});
    EXPECT_NEAR(krippendorff_alpha(ratings, AlphaLevel::kNominal)->value,
                reference.at("nominal").to_number<double>(), 1e-12);
    EXPECT_NEAR(krippendorff_alpha(ratings, AlphaLevel::kInterval)->value,
                reference.at("interval").to_number<double>(), 1e-12);
  }
}

constexpr AlphaLevel kLevels[] = {AlphaLevel::kNominal, AlphaLevel::kOrdinal,
                                  AlphaLevel::kInterval};

Ratings random_ratings(std::uint64_t seed, std::size_t items, std::size_t raters) {
  Random random(seed);
  Ratings ratings{raters, {}, {}};
  for (std::size_t item = 0; item < items; ++item) {
    const int truth = random.between(1, 5);
    for (std::size_t rater = 0; rater < raters; ++rater)
      ratings.values.emplace_back(random.chance(0.6) ? truth : random.between(1, 5));
  }
  return ratings;
}

void expect_same(const std::optional<Agreement>& a, const std::optional<Agreement>& b) {
  ASSERT_TRUE(a && b && a->interval && b->interval);
  EXPECT_NEAR(a->value, b->value, 1e-12);
  EXPECT_NEAR(a->interval->low, b->interval->low, 1e-9);
  EXPECT_NEAR(a->interval->high, b->interval->high, 1e-9);
}

TEST(Agreement, IsTheSameForRatersInAnotherOrder) {
  const Ratings ratings = random_ratings(1, 40, 3);
  Ratings turned = ratings;
  for (std::size_t i = 0; i < ratings.values.size(); ++i)
    turned.values[i] = ratings.values[i / 3 * 3 + (i + 1) % 3];
  for (const AlphaLevel level : kLevels)
    expect_same(krippendorff_alpha(ratings, level), krippendorff_alpha(turned, level));
  expect_same(gwet_ac1(ratings, kFive), gwet_ac1(turned, kFive));
  const Ratings two = random_ratings(2, 40, 2);
  Ratings swapped = two;
  for (std::size_t i = 0; i < two.values.size(); ++i) swapped.values[i] = two.values[i ^ 1U];
  for (const auto& [name, weights] : kWeights)
    expect_same(cohen_kappa(two, kFive, weights), cohen_kappa(swapped, kFive, weights));
}

// Nominal coefficients under any renaming; all under one that turns the scale round, and alpha of
// an interval under a shift and a stretch.
TEST(Agreement, IsTheSameForRenamedCategories) {
  const Ratings ratings = random_ratings(3, 40, 2);
  const auto renamed = [&](const std::vector<double>& names) {
    Ratings copy = ratings;
    for (auto& value : copy.values) value = names[static_cast<std::size_t>(*value) - 1];
    return copy;
  };
  const Ratings mixed = renamed({3, 1, 5, 2, 4});
  expect_same(cohen_kappa(ratings, kFive), cohen_kappa(mixed, kFive));
  expect_same(gwet_ac1(ratings, kFive), gwet_ac1(mixed, kFive));
  expect_same(krippendorff_alpha(ratings, AlphaLevel::kNominal),
              krippendorff_alpha(mixed, AlphaLevel::kNominal));
  const Ratings stretched = renamed({1000050, 1000040, 1000030, 1000020, 1000010});
  for (const AlphaLevel level : kLevels)
    expect_same(krippendorff_alpha(ratings, level), krippendorff_alpha(stretched, level));
  for (const auto& [name, weights] : kWeights)
    expect_same(cohen_kappa(ratings, kFive, weights),
                cohen_kappa(renamed({5, 4, 3, 2, 1}), kFive, weights));
}

TEST(KrippendorffAlpha, DoesNotSeeAUnitRatedOnce) {
  const Ratings ratings = random_ratings(4, 30, 3);
  Ratings more = ratings;
  more.values.insert(more.values.end(), {Given{}, Given{77}, Given{}, Given{}, Given{}, Given{}});
  AgreementOptions bootstrap{.method = AgreementMethod::kBootstrap};
  bootstrap.bootstrap.replicates = 200;
  for (const AlphaLevel level : kLevels) {
    const auto before = krippendorff_alpha(ratings, level);
    const auto after = krippendorff_alpha(more, level);
    EXPECT_EQ(before->value, after->value);
    EXPECT_EQ(before->items, after->items);
    EXPECT_EQ(before->interval->low, after->interval->low);
    EXPECT_EQ(krippendorff_alpha(ratings, level, bootstrap)->interval->low,
              krippendorff_alpha(more, level, bootstrap)->interval->low);
  }
}

// Each item five times over in a cluster of its own says nothing new: the same interval as once.
TEST(Agreement, IsNoSurerForItemsThatRepeatWithinClusters) {
  const Ratings once = random_ratings(5, 40, 2);
  Ratings often{2, {}, {}};
  for (std::size_t i = 0; i < 40; ++i)
    for (int copy = 0; copy < 5; ++copy) {
      often.values.push_back(once.values[2 * i]);
      often.values.push_back(once.values[2 * i + 1]);
      often.clusters.push_back("c" + std::to_string(i));
    }
  expect_same(cohen_kappa(once, kFive), cohen_kappa(often, kFive));
  expect_same(gwet_ac1(once, kFive), gwet_ac1(often, kFive));
  EXPECT_EQ(gwet_ac1(often, kFive)->items, 200U);
}

TEST(Agreement, IsUndefinedWithoutVariationOrPairs) {
  const Ratings equal{2, {1, 1, 1, 1, 1, 1}, {}};
  EXPECT_FALSE(cohen_kappa(equal, kFive));
  EXPECT_EQ(gwet_ac1(equal, kFive)->value, 1.0);
  EXPECT_FALSE(gwet_ac1(equal, kFive)->interval);
  const Ratings level{3, {0.1, 0.1, 0.1, 0.1, 0.1, 0.1}, {}};
  for (const AlphaLevel kind : kLevels) EXPECT_FALSE(krippendorff_alpha(level, kind));
  const Ratings single{2, {1, Given{}, Given{}, 2}, {}};
  EXPECT_FALSE(cohen_kappa(single, kFive));
  EXPECT_FALSE(gwet_ac1(single, kFive));
  EXPECT_FALSE(krippendorff_alpha(single, AlphaLevel::kNominal));
  EXPECT_FALSE(krippendorff_alpha({}, AlphaLevel::kNominal));
  EXPECT_FALSE(cohen_kappa({}, kFive));
  EXPECT_FALSE(gwet_ac1({}, kFive));
}

TEST(Agreement, RefusesValuesOffTheScaleAndOtherThanTwoRaters) {
  const Ratings ratings{2, {1, 2, 9, 9}, {}};
  EXPECT_FALSE(cohen_kappa(ratings, kFive));
  EXPECT_FALSE(gwet_ac1(ratings, kFive));
  EXPECT_FALSE(cohen_kappa(random_ratings(6, 10, 3), kFive));
  EXPECT_FALSE(gwet_ac1(random_ratings(6, 10, 3), std::vector<double>{1}));
}

TEST(Agreement, RefusesRatingsThatAreNotWhole) {
  const double nan = std::nan("");
  for (const Ratings& broken : {Ratings{2, {1, 2, 1, nan}, {}}, Ratings{2, {1, 2, 1}, {}},
                                Ratings{2, {1, 2, 2, 2}, {"a"}}, Ratings{0, {1, 2}, {}}}) {
    for (const AlphaLevel level : kLevels) EXPECT_FALSE(krippendorff_alpha(broken, level));
    EXPECT_FALSE(cohen_kappa(broken, kFive));
    EXPECT_FALSE(gwet_ac1(broken, kFive));
  }
}

// As the header says: plain percentiles, whatever the defaults of other bootstraps are.
TEST(Agreement, HasPercentilesForABootstrap) {
  const Ratings ratings = random_ratings(8, 12, 2);
  AgreementOptions options{.method = AgreementMethod::kBootstrap};
  options.bootstrap.replicates = 500;
  const auto found = krippendorff_alpha(ratings, AlphaLevel::kNominal, options)->interval;
  ASSERT_TRUE(found);
  EXPECT_EQ(found->method, "cluster bootstrap");
  options.bootstrap.expand = true;
  const auto wide = krippendorff_alpha(ratings, AlphaLevel::kNominal, options)->interval;
  EXPECT_GT(wide->high - wide->low, found->high - found->low);
}

// One cluster, or full agreement: a value, and no interval that would claim certainty.
TEST(Agreement, HasNoIntervalWhereClustersDoNotVary) {
  Ratings ratings{2, {1, 1, 2, 2, 3, 3, 1, 1}, {}};
  for (const auto method : {AgreementMethod::kLinearised, AgreementMethod::kBootstrap}) {
    AgreementOptions options{.method = method};
    options.bootstrap.replicates = 200;
    EXPECT_EQ(cohen_kappa(ratings, kFive, KappaWeights::kNone, options)->value, 1.0);
    EXPECT_FALSE(cohen_kappa(ratings, kFive, KappaWeights::kNone, options)->interval);
    Ratings one = random_ratings(7, 4, 2);
    one.clusters = {"a", "a", "a", "a"};
    ASSERT_TRUE(krippendorff_alpha(one, AlphaLevel::kInterval, options));
    EXPECT_FALSE(krippendorff_alpha(one, AlphaLevel::kInterval, options)->interval);
  }
}

}  // namespace
}  // namespace stareval
