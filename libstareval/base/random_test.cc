// Random numbers. Fixed values of next() and fork() come from a second implementation of MT19937-64
// and of the seeding, in Python (the 10,000th value also stands in the C++ standard,
// [rand.predef]); those of below(), between(), uniform() and shuffle() are pinned, so that
// platforms agree. The rest are properties.
#include "libstareval/base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <string>
#include <vector>

namespace stareval {
namespace {

TEST(Random, gives_the_ten_thousandth_value_of_the_standard) {
  Random random(5489);
  for (int i = 0; i < 9999; ++i) random.next();
  EXPECT_EQ(random.next(), 9981545732273789042u);
}

TEST(Random, gives_fixed_values_for_a_seed) {
  Random random(2024);
  EXPECT_EQ(random.next(), 11302035004393361974u);
  EXPECT_EQ(random.next(), 14659923886798723969u);
  EXPECT_EQ(random.next(), 4900509279141520181u);
}

TEST(Random, gives_fixed_values_for_a_fork) {
  EXPECT_EQ(Random(2024).fork("layout").next(), 494822960918505619u);
  EXPECT_EQ(Random(2024).fork(7).next(), 15788127169753623918u);
  EXPECT_EQ(Random(2024).fork("layout").fork(7).next(), 12420891590560735699u);
  EXPECT_EQ(Random(0).fork("").next(), 17272074794750078824u);
  EXPECT_EQ(Random(18446744073709551615u).fork("x").next(), 17929412687260033389u);
}

TEST(Random, gives_fixed_values_from_each_distribution) {
  Random below(2024);
  for (const std::size_t expected : {6u, 7u, 2u, 3u, 0u, 1u, 9u, 5u})
    EXPECT_EQ(below.below(10), expected);
  Random between(2024);
  for (const int expected : {1, 2, -2, -1, -3, -3}) EXPECT_EQ(between.between(-3, 3), expected);
  Random uniform(2024);
  for (const double expected : {0.612684545263525, 0.79471606632696579, 0.26565714033653048})
    EXPECT_EQ(uniform.uniform(), expected);
  std::string letters = "abcdefgh";
  Random(2024).shuffle(letters);
  EXPECT_EQ(letters, "chdagbfe");
}

TEST(Random, forks_do_not_depend_on_what_was_drawn) {
  Random used(3);
  for (int i = 0; i < 10; ++i) used.next();
  EXPECT_EQ(used.fork("a").next(), Random(3).fork("a").next());
}

TEST(Random, forking_does_not_move_the_stream) {
  Random forked(3), plain(3);
  static_cast<void>(forked.fork("a"));
  EXPECT_EQ(forked.next(), plain.next());
}

TEST(Random, streams_of_close_seeds_and_tags_differ_from_each_other) {
  std::set<std::uint64_t> first;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    first.insert(Random(seed).fork("a").next());
    first.insert(Random(seed).fork("b").next());
    for (std::uint64_t index = 0; index < 50; ++index)
      first.insert(Random(seed).fork(index).next());
  }
  EXPECT_EQ(first.size(), 50u * 52u);
}

TEST(Random, seed_and_tag_do_not_run_into_each_other) {
  EXPECT_NE(Random(1).fork("1/a").next(), Random(11).fork("a").next());
}

TEST(Random, below_covers_its_range_evenly) {
  Random random(1);
  std::array<int, 7> seen{};
  for (int i = 0; i < 7000; ++i) ++seen.at(random.below(7));
  // Chi-square with 6 degrees of freedom; 22.46 is its 99.9 % point.
  double chi_square = 0;
  for (const int n : seen) chi_square += (n - 1000.0) * (n - 1000.0) / 1000.0;
  EXPECT_LT(chi_square, 22.46);
}

TEST(Random, below_one_is_zero) {
  Random random(1);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(random.below(1), 0u);
}

TEST(Random, between_reaches_both_ends_and_nothing_else) {
  Random random(1);
  std::set<int> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(random.between(-2, 2));
  EXPECT_EQ(seen, (std::set<int>{-2, -1, 0, 1, 2}));
  EXPECT_EQ(random.between(5, 5), 5);
}

TEST(Random, uniform_stays_in_its_range_with_the_right_mean) {
  Random random(1);
  double sum = 0;
  for (int i = 0; i < 10'000; ++i) {
    const double u = random.uniform();
    ASSERT_GE(u, 0.0);
    ASSERT_LT(u, 1.0);
    sum += u;
  }
  EXPECT_NEAR(sum / 10'000, 0.5, 0.0145);  // five standard errors
}

TEST(Random, chance_never_happens_at_zero_and_always_at_one) {
  Random random(1);
  for (int i = 0; i < 1000; ++i) {
    EXPECT_FALSE(random.chance(0));
    EXPECT_TRUE(random.chance(1));
  }
}

TEST(Random, shuffle_is_a_permutation) {
  Random random(1);
  for (std::size_t size = 0; size < 40; ++size) {
    std::vector<std::size_t> items(size), sorted(size);
    std::iota(sorted.begin(), sorted.end(), 0u);
    items = sorted;
    random.shuffle(items);
    EXPECT_TRUE(std::is_permutation(items.begin(), items.end(), sorted.begin()));
  }
}

TEST(Random, shuffle_reaches_every_order) {
  Random random(1);
  std::set<std::string> orders;
  for (int i = 0; i < 1000; ++i) {
    std::string letters = "abcd";
    random.shuffle(letters);
    orders.insert(letters);
  }
  EXPECT_EQ(orders.size(), 24u);
}

TEST(Random, pick_reaches_every_item) {
  Random random(1);
  const std::vector<int> items{10, 20, 30};
  std::set<int> seen;
  for (int i = 0; i < 200; ++i) seen.insert(random.pick(items));
  EXPECT_EQ(seen, (std::set<int>{10, 20, 30}));
}

}  // namespace
}  // namespace stareval
