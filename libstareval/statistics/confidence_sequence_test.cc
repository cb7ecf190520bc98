// Against the definition, evaluated for single means without a grid; properties and refusals; and
// coverage at every step, by simulation.
#include "libstareval/statistics/confidence_sequence.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "libstareval/base/random.h"

namespace stareval {
namespace {

std::vector<double> draws(std::uint64_t seed, std::size_t n, double share) {
  Random random(seed);
  std::vector<double> values;
  for (std::size_t i = 0; i < n; ++i) values.push_back(random.chance(share) ? 1.0 : 0.0);
  return values;
}

std::optional<Interval> after(const std::vector<double>& values, std::size_t grid = 1000) {
  ConfidenceSequence sequence(0.95, grid);
  for (const double value : values) EXPECT_TRUE(sequence.add(value));
  return sequence.interval();
}

// The capital of a gambler against m, from the formulas: the largest so far of the two.
double largest_capital(const std::vector<double>& values, double m) {
  double above = 1;
  double below = 1;
  double largest = 1;
  double sum = 0.5;
  double squares = 0.25;
  for (std::size_t t = 1; t <= values.size(); ++t) {
    const auto n = static_cast<double>(t);
    const double bet = std::sqrt(2 * std::log(2 / 0.05) / (squares / n * n * std::log(n + 1)));
    above *= 1 + std::min(bet, 0.5 / m) * (values[t - 1] - m);
    below *= 1 - std::min(bet, 0.5 / (1 - m)) * (values[t - 1] - m);
    sum += values[t - 1];
    const double mean = sum / (n + 1);
    squares += (values[t - 1] - mean) * (values[t - 1] - mean);
    largest = std::max({largest, above, below});
  }
  return largest;
}

// An end is at most a step of the grid outside, and never inside.
TEST(ConfidenceSequence, HasTheEndsOfItsDefinition) {
  for (const double share : {0.1, 0.5, 0.97}) {
    const auto values = draws(1, 400, share);
    const auto interval = after(values);
    ASSERT_TRUE(interval);
    EXPECT_EQ(interval->method, "betting");
    constexpr double kStep = 1e-3;
    for (const double end : {interval->low, interval->high}) {
      const double inward = end == interval->low ? kStep : -kStep;
      EXPECT_GE(largest_capital(values, end - 1e-9 * inward), 40 * (1 - 1e-6)) << end;
      EXPECT_LT(largest_capital(values, end + inward), 40) << end;
    }
  }
}

TEST(ConfidenceSequence, StartsWithNothingKnown) {
  const ConfidenceSequence sequence;
  EXPECT_EQ(sequence.interval()->low, 0);
  EXPECT_EQ(sequence.interval()->high, 1);
  EXPECT_EQ(after({1})->low, 0);
  EXPECT_EQ(after({1})->high, 1);
}

TEST(ConfidenceSequence, OnlyShrinksAndStaysInRange) {
  Random random(2);
  ConfidenceSequence sequence(0.95, 300);
  Interval before = *sequence.interval();
  for (int i = 0; i < 500; ++i) {
    ASSERT_TRUE(sequence.add(random.uniform()));
    const Interval now = *sequence.interval();
    EXPECT_GE(now.low, before.low);
    EXPECT_LE(now.high, before.high);
    EXPECT_GE(now.low, 0);
    EXPECT_LE(now.high, 1);
    EXPECT_LT(now.low, now.high);
    before = now;
  }
  EXPECT_LT(before.high - before.low, 0.2);
  EXPECT_EQ(sequence.size(), 500U);
}

// 1 - x for x turns the interval round.
TEST(ConfidenceSequence, IsSymmetric) {
  auto values = draws(3, 300, 0.8);
  const auto interval = after(values);
  for (double& value : values) value = 1 - value;
  const auto turned = after(values);
  EXPECT_NEAR(interval->low, 1 - turned->high, 1e-12);
  EXPECT_NEAR(interval->high, 1 - turned->low, 1e-12);
}

TEST(ConfidenceSequence, RefusesValuesOutOfRange) {
  ConfidenceSequence sequence;
  for (const double value : {-0.001, 1.001, std::nan(""), HUGE_VAL})
    EXPECT_FALSE(sequence.add(value));
  EXPECT_EQ(sequence.size(), 0U);
}

TEST(ConfidenceSequence, IsNarrowerWhereValuesVaryLess) {
  std::vector<double> near;
  for (const double value : draws(4, 300, 0.5)) near.push_back(0.45 + 0.1 * value);
  const auto narrow = after(near);
  const auto wide = after(draws(4, 300, 0.5));
  EXPECT_LT(narrow->high - narrow->low, 0.5 * (wide->high - wide->low));
}

// Finer than the grid: no candidate is left, but the mean between two of them.
TEST(ConfidenceSequence, KeepsTheMeanBetweenTwoCandidates) {
  const auto interval = after(std::vector<double>(2000, 0.55), 10);
  ASSERT_TRUE(interval);
  EXPECT_DOUBLE_EQ(interval->low, 0.5);
  EXPECT_DOUBLE_EQ(interval->high, 0.6);
}

TEST(ConfidenceSequence, IsUndefinedWhereTheMeanMoved) {
  std::vector<double> values(300, 0.0);
  values.resize(600, 1.0);
  EXPECT_FALSE(after(values));
}

// At least 95 % of paths of 500 values hold the mean at every step: as the interval only shrinks,
// the last one tells. Fixed seed.
TEST(ConfidenceSequence, CoversTheMeanAtEveryStep) {
  constexpr int kPaths = 700;
  Random random(5);
  for (const double share : {0.5, 0.9}) {
    int covered = 0;
    for (int path = 0; path < kPaths; ++path) {
      ConfidenceSequence sequence(0.95, 500);
      for (int i = 0; i < 500; ++i) ASSERT_TRUE(sequence.add(random.chance(share) ? 1.0 : 0.0));
      const auto interval = sequence.interval();
      covered += interval && interval->low <= share && share <= interval->high;
    }
    EXPECT_GE(covered, kPaths * 0.95) << share;
    EXPECT_LT(covered, kPaths) << share;
  }
}

}  // namespace
}  // namespace stareval
