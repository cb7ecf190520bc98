// Guessers and tests on items worked out by hand.
#include "engine/audit/guess.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace stareval::engine {
namespace {

// By hand: the first option was the gold in one of two appearances, the second in none of one.
TEST(GuessByOption, MayLookForTheLeastFrequent) {
  const Guesser guesser =
      guess_by_option_of({{0, 1}, {0, 2}}, {0, 1}, {{0, 1}}, OptionScore::rarity);
  EXPECT_DOUBLE_EQ(guesser(Classes{1}), 1);
  EXPECT_DOUBLE_EQ(guesser(Classes{0}), 0);
}

TEST(GuessMajority, counts_the_most_frequent_class) {
  EXPECT_EQ(guess_majority(3)(Classes{0, 2, 2, 1, 2}), 3);
  EXPECT_EQ(guess_majority(2)(Classes{0, 1}), 1);
}

TEST(GuessByFeature, leaves_the_item_out) {
  // Feature 0 has golds 0, 0, 1. Without itself: the first 0 sees {0, 1}, a tie: 1/2, and so does
  // the second; the 1 sees {0, 0}: 0. Feature 1 has one item, which sees nothing: 1/2.
  EXPECT_DOUBLE_EQ(guess_by_feature({0, 0, 0, 1}, 2)(Classes{0, 0, 1, 0}), 1.5);
}

TEST(GuessByFeature, is_below_chance_on_golds_balanced_within_a_feature) {
  EXPECT_EQ(guess_by_feature({0, 0, 0, 0}, 2)(Classes{0, 1, 0, 1}), 0);
}

TEST(GuessByFeatureOf, learns_of_another_split_only) {
  // Feature 0 says class 1; feature 1 says nothing of the two: 1/2; feature 2 was never seen: 1/2.
  const Guesser guesser = guess_by_feature_of({0, 0, 0, 1, 1}, {1, 1, 0, 0, 1}, {0, 0, 1, 2}, 2);
  EXPECT_DOUBLE_EQ(guesser(Classes{1, 0, 0, 1}), 1 + 0 + 0.5 + 0.5);
}

TEST(GuessByOption, scores_by_rate_leave_one_out) {
  // Golds: a of {a, b}, a of {a, c}, b of {b, c}. Of the first item, without it: a 1 of 1, b 1 of
  // 1: a tie, 1/2. Of the second: a 1 of 1, c 0 of 1: right. Of the third: b 0 of 1, c 0 of 1: a
  // tie.
  const Options options{{0, 1}, {0, 2}, {1, 2}};
  EXPECT_DOUBLE_EQ(guess_by_option(options, OptionScore::rate)(Classes{0, 0, 0}), 0.5 + 1 + 0.5);
}

TEST(GuessByOption, tells_count_from_rate) {
  // Option 0 was the gold twice of four times, option 1 once of once: the last item holds both.
  const Options options{{0, 2}, {0, 3}, {0, 4}, {0, 5}, {1, 6}, {0, 1}};
  const Classes gold{0, 0, 1, 1, 0, 1};
  const Guesser by_rate = guess_by_option(options, OptionScore::rate);
  const Guesser by_count = guess_by_option(options, OptionScore::count);
  // The first four and the fifth are worth the same for both but for the scores of option 0, which
  // is right in the first two and wrong in the next two; the fifth is a tie or right.
  // First: 0 without it 1 of 4; 2 never seen: right. Second: the same. Third, fourth: 0 is wrong.
  // Fifth: 1 without it 1 of 1 against 0: right. Sixth: 0 has 2 of 4, 1 has 1 of 1 (rate right,
  // count wrong).
  EXPECT_DOUBLE_EQ(by_rate(gold), 2 + 0 + 1 + 1);
  EXPECT_DOUBLE_EQ(by_count(gold), 2 + 0 + 1 + 0);
}

TEST(GuessByOption, counts_each_place_of_an_option_that_stands_twice) {
  // Option 0: the gold once, offered 3 times (twice in the first item). Option 1: once of twice.
  // The last item, {0, 1}, gold 1, sees 0 at 1/3 and 1 at 1/1: right. Were it counted once an item,
  // 0 would be at 1/2. In the first item, 0 stands at two places: each has what is left, 0 of 1.
  const Options options{{0, 0, 2}, {0, 3}, {1, 4}, {0, 1}};
  const Guesser guesser = guess_by_option(options, OptionScore::rate);
  // First: 0 has 0 of 2, all tie: 1/3. Second (gold 3): 0 has 1 of 3: wrong. Third: 1 has 1 of 1:
  // right. Last: right.
  EXPECT_DOUBLE_EQ(guesser(Classes{0, 1, 0, 1}), 1.0 / 3 + 0 + 1 + 1);
}

TEST(GuessByOptionOf, learns_of_another_split_only) {
  const Guesser guesser =
      guess_by_option_of({{0, 1}, {0, 2}}, {0, 0}, {{1, 0}, {1, 2}, {7, 0}}, OptionScore::rate);
  EXPECT_DOUBLE_EQ(guesser(Classes{1, 0, 0}), 1 + 0.5 + 0);  // a tie where neither was a gold
}

TEST(PByChance, is_about_the_share_of_draws_that_do_as_well) {
  // One item of two classes: chance does as well as a right guess half of the time.
  const Guesser right = [](std::span<const std::uint32_t> gold) {
    return gold[0] == 1 ? 1.0 : 0.0;
  };
  EXPECT_NEAR(p_by_chance(right, {1}, even_golds({2}), Random(1)), 0.5, 0.2);
  EXPECT_EQ(p_by_chance(right, {0}, even_golds({2}), Random(1)), 1);
}

TEST(PByChance, is_small_for_what_chance_never_reaches) {
  const Classes gold(400, 1);
  const Classes two(400, 2);
  const double p = p_by_chance(guess_majority(2), gold, even_golds(two), Random(1));
  EXPECT_LT(p, 1e-9);
  EXPECT_GE(p, 1e-12);
}

TEST(PByChance, is_one_where_nothing_can_change) {
  EXPECT_EQ(p_by_chance(guess_majority(2), {0, 0, 1}, shuffled_golds(), Random(1)), 1);
}

TEST(PByChance, is_the_same_each_time) {
  const Classes gold{0, 1, 1, 1, 1, 0, 1, 1};
  const auto p = [&] {
    return p_by_chance(guess_majority(2), gold, even_golds(Classes(8, 2)), Random(7));
  };
  EXPECT_EQ(p(), p());
}

TEST(BandOfChance, is_that_of_coins_where_guesses_do_not_depend_on_golds) {
  const Classes gold(400, 0);
  const Guesser first = [](std::span<const std::uint32_t> golds) {
    return static_cast<double>(std::count(golds.begin(), golds.end(), 0U));
  };
  const Band band = band_of_chance(first, gold, even_golds(Classes(400, 2)), Random(1));
  EXPECT_NEAR(band.low, 200 - 1.96 * 10, 5);  // a deviation of 10
  EXPECT_NEAR(band.high, 200 + 1.96 * 10, 5);
  const Band none = band_of_chance(first, gold, shuffled_golds(), Random(1));
  EXPECT_EQ(none.low, 400);
  EXPECT_EQ(none.high, 400);
}

TEST(BandOfChance, is_wider_where_one_gold_moves_many_guesses) {
  const Guesser guesser = guess_by_feature(Classes(400, 0), 2);
  const Band band =
      band_of_chance(guesser, Classes(400, 0), even_golds(Classes(400, 2)), Random(1));
  EXPECT_LT(band.low, 10);  // as many of both: each item sees one less of its own
}

}  // namespace
}  // namespace stareval::engine
