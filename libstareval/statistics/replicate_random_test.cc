// The generators are held against published outputs: SplitMix64 from 1234567 (Rosetta Code), and
// xoshiro256++ from the state 1, 2, 3, 4 (the test of the crate rand_xoshiro, made with the
// authors' program). The rest are properties: what is drawn is uniform within and across
// replicates, by chi-square with fixed seeds; limits are the quantile of 1e-4.
#include "libstareval/statistics/replicate_random.h"

#include <gtest/gtest.h>

#include <array>
#include <boost/math/distributions/chi_squared.hpp>
#include <set>
#include <vector>

namespace stareval {
namespace {

double limit(std::size_t cells) {
  const boost::math::chi_squared law(static_cast<double>(cells - 1));
  return boost::math::quantile(boost::math::complement(law, 1e-4));
}

double chi_square(const std::vector<double>& counts) {
  double all = 0;
  for (const double count : counts) all += count;
  const double expected = all / static_cast<double>(counts.size());
  double sum = 0;
  for (const double count : counts) sum += (count - expected) * (count - expected) / expected;
  return sum;
}

TEST(ReplicateRandom, SplitMixGivesThePublishedNumbers) {
  EXPECT_EQ(split_mix(1234567, 0), 6457827717110365317U);
  EXPECT_EQ(split_mix(1234567, 1), 3203168211198807973U);
  EXPECT_EQ(split_mix(1234567, 2), 9817491932198370423U);
}

TEST(ReplicateRandom, GivesThePublishedNumbers) {
  ReplicateRandom random(ReplicateRandom::State{1, 2, 3, 4});
  constexpr std::array<std::uint64_t, 6> kPublished{
      41943041U,           58720359U, 3588806011781223U, 3591011842654386U, 9228616714210784205U,
      9973669472204895162U};
  for (const std::uint64_t number : kPublished) EXPECT_EQ(random(), number);
}

TEST(ReplicateRandom, DependsOnSeedAndReplicateAlone) {
  std::set<std::uint64_t> first;
  for (std::uint64_t seed = 0; seed < 100; ++seed)
    for (std::uint64_t replicate = 0; replicate < 100; ++replicate)
      first.insert(ReplicateRandom(seed, replicate)());
  EXPECT_EQ(first.size(), 10000U);
  EXPECT_EQ(ReplicateRandom(3, 4)(), ReplicateRandom(3, 4)());
}

// 300 does not divide 2^32; each value and each pair of neighbours is as likely.
TEST(ReplicateRandom, DrawsBelowABoundUniformly) {
  ReplicateRandom random(5, 0);
  std::vector<std::uint32_t> drawn(600'001);
  random.fill_below(300, drawn);
  std::vector<double> counts(300, 0.0);
  std::vector<double> pairs(900, 0.0);
  for (std::size_t i = 0; i + 1 < drawn.size(); ++i) {
    ASSERT_LT(drawn[i], 300U);
    ++counts[drawn[i]];
    ++pairs[drawn[i] / 10 * 30 + drawn[i + 1] / 10];
  }
  EXPECT_LT(chi_square(counts), limit(counts.size()));
  EXPECT_LT(chi_square(pairs), limit(pairs.size()));
}

// The bound 3 * 2^30 rejects a quarter of the products: without rejection a third of the values
// would be twice as likely.
TEST(ReplicateRandom, RejectsWhatWouldBeBiased) {
  ReplicateRandom random(6, 0);
  std::vector<std::uint32_t> drawn(300'000);
  random.fill_below(3U << 30, drawn);
  std::vector<double> remainders(3, 0.0);
  for (const std::uint32_t value : drawn) ++remainders[value % 3];
  EXPECT_LT(chi_square(remainders), limit(3));
}

TEST(ReplicateRandom, BelowOneIsZero) {
  ReplicateRandom random(7, 0);
  std::vector<std::uint32_t> drawn(5, 9);
  random.fill_below(1, drawn);
  EXPECT_EQ(drawn, std::vector<std::uint32_t>(5, 0));
}

// The streams of neighbouring replicates, and of neighbouring seeds, have nothing in common: the
// first numbers of two in a row fill a square of 16 x 16 evenly.
TEST(ReplicateRandom, NeighbouringStreamsAreIndependent) {
  std::vector<double> replicates(256, 0.0);
  std::vector<double> seeds(256, 0.0);
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    ++replicates[(ReplicateRandom(1, 2 * i)() >> 60) * 16 +
                 (ReplicateRandom(1, 2 * i + 1)() >> 60)];
    ++seeds[(ReplicateRandom(2 * i, 0)() >> 60) * 16 + (ReplicateRandom(2 * i + 1, 0)() >> 60)];
  }
  EXPECT_LT(chi_square(replicates), limit(256));
  EXPECT_LT(chi_square(seeds), limit(256));
}

// Each of the 64 bits is set half of the time, whatever the one before it.
TEST(ReplicateRandom, BitsAreEvenAndIndependent) {
  constexpr int kNumbers = 40'000;
  ReplicateRandom random(8, 0);
  std::vector<std::vector<double>> cells(64, std::vector<double>(4, 0.0));
  for (int i = 0; i < kNumbers; ++i) {
    const std::uint64_t number = random();
    const std::uint64_t pairs = std::rotl(number, 1);
    for (std::size_t bit = 0; bit < 64; ++bit)
      ++cells[bit][(number >> bit & 1U) * 2 + (pairs >> bit & 1U)];
  }
  for (const auto& bit : cells) EXPECT_LT(chi_square(bit), limit(4) * 1.3);  // the largest of 64
}

}  // namespace
}  // namespace stareval
