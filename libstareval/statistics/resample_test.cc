// Distributions are held against the multinomial one: exactly over all samples of three clusters,
// by moments where there are many; fixed seeds. Sums of whole numbers are exact, so that totals can
// be compared without tolerance. The rest are properties and edges.
#include "libstareval/statistics/resample.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <vector>

#include "libstareval/base/random.h"

namespace stareval {
namespace {

ClusterSums random_sums(std::size_t clusters, std::size_t width) {
  Random random(17);
  ClusterSums sums{width, {}, {}};
  for (std::size_t i = 0; i < clusters * width; ++i) sums.rows.push_back(random.uniform());
  return sums;
}

// 1, 10, 100: each total shows how often each cluster was drawn. 27 samples, 10 that differ in
// counts, of the probabilities 3! / (counts!) / 27.
TEST(Resample, DrawsTheMultinomialDistribution) {
  const ClusterSums sums{1, {1, 10, 100}, {}};
  constexpr std::size_t kReplicates = 54'000;
  std::map<double, double> counts;
  for (const double total : resample_totals(sums, {3, kReplicates, 1})) ++counts[total];
  const std::map<double, double> expected{{3, 1},   {30, 1},  {300, 1}, {12, 3},  {21, 3},
                                          {102, 3}, {201, 3}, {120, 3}, {210, 3}, {111, 6}};
  ASSERT_EQ(counts.size(), expected.size());
  double chi_square = 0;
  for (const auto& [total, ways] : expected) {
    const double mean = ways / 27.0 * static_cast<double>(kReplicates);
    chi_square += (counts[total] - mean) * (counts[total] - mean) / mean;
  }
  EXPECT_LT(chi_square, 33.7);  // the quantile of 1e-4 at 9 degrees
}

// 20 times 1, 30 times 10^3 and 10 different ones: how often each is drawn is binomial, though the
// equal ones are counted and the others drawn. Mean 60 p, variance 60 p (1 - p).
TEST(Resample, CountsEqualClustersAsIfTheyWereDrawn) {
  ClusterSums sums{3, {}, {}};
  for (int i = 0; i < 20; ++i) sums.rows.insert(sums.rows.end(), {1, 0, 0});
  for (int i = 0; i < 30; ++i) sums.rows.insert(sums.rows.end(), {0, 1, 0});
  for (int i = 0; i < 10; ++i) sums.rows.insert(sums.rows.end(), {0, 0, 1.0 + i / 1000.0});
  constexpr std::size_t kReplicates = 40'000;
  const auto totals = resample_totals(sums, {4, kReplicates, 1});
  double mean = 0;
  double variance = 0;
  double together = 0;
  for (std::size_t r = 0; r < kReplicates; ++r) {
    const double* row = totals.data() + 3 * r;
    EXPECT_EQ(row[0] + row[1] + std::floor(row[2]), 60.0);
    mean += row[0] / kReplicates;
    variance += (row[0] - 20) * (row[0] - 20) / kReplicates;
    together += (row[0] - 20) * (row[1] - 30) / kReplicates;
  }
  EXPECT_NEAR(mean, 20, 0.08);                     // 4 errors of sqrt(13.3 / 40,000)
  EXPECT_NEAR(variance, 60 / 3.0 * 2 / 3.0, 0.4);  // 4 errors of 13.3 sqrt(2 / 40,000)
  EXPECT_NEAR(together, -60 / 3.0 / 2.0, 0.4);     // -n p q
}

// 10,000 different clusters are five blocks of 16 columns. The totals of the clusters of the first
// half vary as a binomial number, which drawing a fixed number from each block would not give; and
// the mean of a column varies by its plug-in error.
TEST(Resample, DrawsAcrossBlocksAsWithinThem) {
  ClusterSums sums = random_sums(10'000, 16);
  for (std::size_t g = 0; g < 10'000; ++g) {
    sums.rows[g * 16] = static_cast<double>(g);  // so that blocks follow this order
    sums.rows[g * 16 + 1] = g < 5'000 ? 1.0 : 0.0;
  }
  constexpr std::size_t kReplicates = 4'000;
  const auto totals = resample_totals(sums, {5, kReplicates, 1});
  double half = 0;
  double first = 0;
  for (std::size_t r = 0; r < kReplicates; ++r) {
    half += std::pow(totals[16 * r + 1] - 5'000, 2) / kReplicates;
    first += std::pow(totals[16 * r] / 10'000 - 4999.5, 2) / kReplicates;
  }
  EXPECT_NEAR(half, 2'500, 230);                                // 4 errors of 2,500 sqrt(2 / 4,000)
  EXPECT_NEAR(first / (1e8 - 1) * 12 * 10'000, 1, 4 * 0.0224);  // variance (n^2 - 1) / 12 / n
}

TEST(Resample, GivesTheSameBitsForAnyNumberOfThreads) {
  const ClusterSums sums = random_sums(3'000, 5);
  const auto one = resample_totals(sums, {6, 1'000, 1});
  EXPECT_EQ(one, resample_totals(sums, {6, 1'000, 2}));
  EXPECT_EQ(one, resample_totals(sums, {6, 1'000, 7}));
  EXPECT_EQ(one, resample_totals(sums, {6, 1'000, 0}));
  EXPECT_NE(one, resample_totals(sums, {7, 1'000, 1}));
}

// A replicate is what it is, however many follow.
TEST(Resample, GivesTheSameFirstReplicatesWhateverTheirNumber) {
  const ClusterSums sums = random_sums(300, 3);
  auto many = resample_totals(sums, {6, 1'000, 1});
  many.resize(3 * 70);
  EXPECT_EQ(many, resample_totals(sums, {6, 70, 1}));
}

TEST(Resample, DoesNotDependOnTheOrderOfTheClusters) {
  const ClusterSums sums = random_sums(200, 3);
  std::vector<std::size_t> order(200);
  std::iota(order.begin(), order.end(), 0U);
  Random random(9);
  random.shuffle(order);
  ClusterSums shuffled{3, {}, {}};
  for (const std::size_t g : order)
    shuffled.rows.insert(shuffled.rows.end(), sums.rows.begin() + static_cast<long>(3 * g),
                         sums.rows.begin() + static_cast<long>(3 * g + 3));
  EXPECT_EQ(resample_totals(sums, {6, 100, 1}), resample_totals(shuffled, {6, 100, 1}));
}

// Column k is k + 1 times the first, in widths that fill groups of columns and that do not.
TEST(Resample, AddsUpEveryColumn) {
  for (const std::size_t width : {1U, 2U, 3U, 5U, 8U, 15U, 16U, 17U, 20U, 33U}) {
    ClusterSums sums{width, {}, {}};
    for (std::size_t g = 0; g < 100; ++g)
      for (std::size_t k = 0; k < width; ++k)
        sums.rows.push_back(static_cast<double>((g < 40 ? 7 : g) * (k + 1)));
    const auto totals = resample_totals(sums, {8, 70, 1});
    ASSERT_EQ(totals.size(), 70 * width);
    for (std::size_t i = 0; i < totals.size(); ++i)
      ASSERT_EQ(totals[i], totals[i - i % width] * static_cast<double>(i % width + 1)) << width;
  }
}

TEST(Resample, DrawsWithinStrata) {
  ClusterSums sums{3, {}, {2, 30, 1, 400}};
  for (std::size_t s = 0; s < sums.strata.size(); ++s)
    for (std::size_t g = 0; g < sums.strata[s]; ++g)
      sums.rows.insert(sums.rows.end(), {s == 1 ? 1.0 : 0.0, s == 3 ? 1.0 : 0.0,
                                         s == 2 ? 0.0 : static_cast<double>(g)});
  std::vector<double> third;
  const auto totals = resample_totals(sums, {9, 100, 1});
  for (std::size_t r = 0; r < 100; ++r) {
    EXPECT_EQ(totals[3 * r], 30.0);
    EXPECT_EQ(totals[3 * r + 1], 400.0);
    third.push_back(totals[3 * r + 2]);
  }
  std::sort(third.begin(), third.end());
  EXPECT_NE(third.front(), third.back());
}

TEST(Resample, HasNothingToDrawFromNothing) {
  EXPECT_TRUE(resample_totals({}, {1, 10, 1}).empty());
  EXPECT_TRUE(resample_totals({1, {5}, {}}, {1, 0, 1}).empty());
  EXPECT_EQ(resample_totals({1, {5}, {}}, {1, 3, 1}), std::vector<double>(3, 5.0));
}

TEST(Resample, SortsWithinStrata) {
  const ClusterSums sorted = sorted_within_strata({2, {3, 1, 2, 9, 2, 8, 1, 1, 0, 5}, {3, 2}});
  EXPECT_EQ(sorted.rows, (std::vector<double>{2, 8, 2, 9, 3, 1, 0, 5, 1, 1}));
  EXPECT_EQ(sorted.strata, (std::vector<std::size_t>{3, 2}));
  EXPECT_EQ(sorted_within_strata({1, {2, 1}, {}}).strata, (std::vector<std::size_t>{2}));
  EXPECT_EQ(total_of(sorted), (std::vector<double>{8, 24}));
}

}  // namespace
}  // namespace stareval
