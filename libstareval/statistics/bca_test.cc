// References: R (tests/data/reference/make_intervals.R: boot::empinf, the formulas of BCa from
// given replicates, and the jackknife within strata). By hand: the jackknife of a mean. The rest
// are edges.
#include "libstareval/statistics/bca.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "libstareval/statistics/quantiles.h"
#include "tests/support/reference.h"

namespace stareval {
namespace {

std::vector<double> numbers(const json::value& list) {
  std::vector<double> values;
  for (const json::value& value : list.as_array()) values.push_back(value.to_number<double>());
  return values;
}

double number(const json::object& object, const char* name) {
  return object.at(name).to_number<double>();
}

ClusterSums sums_of(const json::value& rows) {
  ClusterSums sums{2, {}, {}};
  for (const json::value& row : rows.as_array())
    for (const double value : numbers(row)) sums.rows.push_back(value);
  return sums;
}

std::optional<double> ratio(std::span<const double> s) {
  return s[1] > 0 ? std::optional<double>(s[0] / s[1]) : std::nullopt;
}

TEST(Jackknife, HasTheAccelerationOfR) {
  const json::object reference = testing::read_reference("intervals");
  const json::object& bca = reference.at("bca").as_object();
  const auto found = jackknife(sums_of(bca.at("rows")), ratio);
  EXPECT_NEAR(found->acceleration, number(bca, "acceleration"), 1e-12);
  EXPECT_NEAR(found->inflation, std::sqrt(30.0 / 29.0), 1e-12);
  EXPECT_NEAR(found->degrees, 29, 1e-9);
}

TEST(Jackknife, WithinStrataIsThatOfR) {
  const json::object reference = testing::read_reference("intervals");
  const json::object& stratified = reference.at("stratified").as_object();
  ClusterSums sums = sums_of(stratified.at("rows"));
  sums.strata = {5, 12, 3};
  const auto found = jackknife(sums, ratio);
  EXPECT_NEAR(found->error, number(stratified, "error"), 1e-12);
  EXPECT_NEAR(found->inflation, number(stratified, "inflation"), 1e-12);
  EXPECT_NEAR(found->degrees, number(stratified, "degrees"), 1e-9);
  EXPECT_NEAR(found->acceleration, number(stratified, "acceleration"), 1e-12);
}

// 0, 0, 0, 4 over 4: mean 1, s^2 = 4, error 1. Skewness of the plain mean: deviations -1 -1 -1 3,
// cubes sum to 24, squares to 12; a = 24 / (6 * 12^1.5) = 0.0962.
TEST(Jackknife, OfAMeanIsItsErrorAndSkewness) {
  const auto found = jackknife({2, {0, 1, 0, 1, 0, 1, 4, 1}, {}}, ratio);
  EXPECT_NEAR(found->error, 1, 1e-12);
  EXPECT_NEAR(found->acceleration, 24 / (6 * std::pow(12, 1.5)), 1e-12);
  EXPECT_NEAR(found->degrees, 3, 1e-12);
}

TEST(Jackknife, IsUndefinedWhereTheStatisticIsOrDoesNotVary) {
  EXPECT_FALSE(jackknife({2, {1, 1, 1, 0}, {}}, ratio).has_value());
  EXPECT_FALSE(jackknife({2, {0.1, 1, 0.1, 1, 0.1, 1}, {}}, ratio).has_value());
  EXPECT_FALSE(jackknife({2, {1, 1}, {}}, ratio).has_value());
  EXPECT_FALSE(jackknife({2, {1, 1, 5, 1}, {1, 1}}, ratio).has_value());
}

TEST(Bca, HasThePartsOfR) {
  const json::object reference = testing::read_reference("intervals");
  auto replicates = numbers(reference.at("replicates"));
  const auto z0 = bias_correction(replicates, number(reference, "estimate"));
  EXPECT_NEAR(*z0, number(reference, "z0"), 1e-12);
  for (const json::value& row : reference.at("levels").as_array()) {
    const json::object& expected = row.as_object();
    const Levels levels =
        bca_levels(number(expected, "z0"), number(expected, "acceleration"), number(expected, "z"));
    EXPECT_NEAR(levels.low, number(expected, "low"), 1e-12);
    EXPECT_NEAR(levels.high, number(expected, "high"), 1e-12);
    EXPECT_NEAR(quantile(replicates, levels.low), number(expected, "low_end"), 1e-11);
    EXPECT_NEAR(quantile(replicates, levels.high), number(expected, "high_end"), 1e-11);
  }
}

// 0.1 + 0.2 is not 0.3 in binary, and is no replicate above it.
TEST(Bca, CountsReplicatesThatEqualTheEstimateHalf) {
  const std::vector<double> level{0.1, 0.1 + 0.2, 0.5};
  EXPECT_NEAR(*bias_correction(level, 0.3), 0.0, 1e-15);
}

TEST(Bca, HasNoCorrectionWhereAllReplicatesLieOnOneSide) {
  EXPECT_FALSE(bias_correction(std::vector<double>{1, 2, 3}, 0.5).has_value());
  EXPECT_FALSE(bias_correction(std::vector<double>{1, 2, 3}, 3.5).has_value());
}

// a (z0 + z) >= 1: where a grows towards 1 / z the level goes to 1, and stays there.
TEST(Bca, LevelsEndAtZeroAndOne) {
  EXPECT_GT(bca_levels(0.0, 0.49, 2.0).high, 0.9999);
  EXPECT_EQ(bca_levels(0.0, 0.5, 2.0).high, 1.0);
  EXPECT_EQ(bca_levels(0.0, 0.7, 2.0).high, 1.0);
  EXPECT_EQ(bca_levels(0.0, -0.7, 2.0).low, 0.0);
  EXPECT_GT(bca_levels(0.0, 0.7, 2.0).low, 0.0);
}

// The quantile that both have at one probability; far out, where the chance would be 0, too.
TEST(Quantiles, OfTAreFoundFromThoseOfTheNormalDistribution) {
  EXPECT_NEAR(t_from_normal(normal_quantile(0.95), 2), t_quantile(0.95, 2), 1e-10);
  EXPECT_NEAR(t_from_normal(normal_quantile(0.5), 7.5), t_quantile(0.5, 7.5), 1e-10);
  EXPECT_TRUE(std::isfinite(t_from_normal(60, 9)));
}

TEST(Quantiles, AreThoseOfTables) {
  EXPECT_NEAR(normal_quantile(0.95), 1.959963984540054, 1e-13);
  EXPECT_NEAR(t_quantile(0.95, 2), 4.302652729749464, 1e-11);
  std::vector<double> values{4, 1, 2};
  EXPECT_EQ(quantile(values, 0), 1);
  EXPECT_EQ(quantile(values, 0.25), 1.5);
  EXPECT_EQ(quantile(values, 0.75), 3);
  EXPECT_EQ(quantile(values, 1), 4);
}

}  // namespace
}  // namespace stareval
