// McNemar, sign flips, errors and equivalence: against R (tests/data/reference/make_paired.R),
// small cases by hand, properties (swapping, shuffling, threads) and what is undefined.
#include "libstareval/statistics/paired.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "libstareval/base/random.h"
#include "libstareval/statistics/mean.h"
#include "tests/support/reference.h"

namespace stareval {
namespace {

using Items = std::vector<AverageItem>;

double number(const json::value& value) { return value.to_number<double>(); }

Items items_of(const json::object& example) {
  Items items;
  for (std::size_t i = 0; i < example.at("values").as_array().size(); ++i) {
    const auto text = [&](const char* key) {
      return std::string(example.at(key).as_array()[i].as_string());
    };
    items.push_back({example.contains("tasks") ? text("tasks") : "t", text("clusters"),
                     number(example.at("values").as_array()[i])});
  }
  return items;
}

// An item a cluster.
Items apart(const std::vector<double>& values) {
  Items items;
  for (std::size_t i = 0; i < values.size(); ++i)
    items.push_back({"t", std::to_string(i), values[i]});
  return items;
}

Items negated(Items items) {
  for (AverageItem& item : items) item.value = -item.value;
  return items;
}

// Real-valued, so that signs are drawn, not counted; two tasks, three items a cluster.
Items graded(std::uint64_t seed, int n) {
  Random random(seed);
  Items items;
  for (int i = 0; i < n; ++i)
    items.push_back({i % 2 == 0 ? "x" : "y", std::to_string(i / 3), random.uniform() - 0.45});
  return items;
}

TEST(McNemar, equals_the_reference) {
  const json::object reference = testing::read_reference("paired");
  for (const auto& value : reference.at("mcnemar").as_array()) {
    const json::object& example = value.as_object();
    const auto only_a = static_cast<std::size_t>(number(example.at("only_a")));
    const auto only_b = static_cast<std::size_t>(number(example.at("only_b")));
    const McNemar test = mcnemar(only_a, only_b);
    EXPECT_NEAR(test.exact, number(example.at("exact")), 1e-12) << only_a << " " << only_b;
    EXPECT_NEAR(test.mid_p, number(example.at("mid_p")), 1e-12) << only_a << " " << only_b;
    const McNemar swapped = mcnemar(only_b, only_a);
    EXPECT_EQ(swapped.exact, test.exact);
    EXPECT_EQ(swapped.mid_p, test.mid_p);
  }
}

TEST(McNemar, never_reaches_0) {
  EXPECT_GT(mcnemar(0, 100'000).exact, 0);
  EXPECT_GT(mcnemar(0, 100'000).mid_p, 0);
}

TEST(SignFlip, equals_the_reference) {
  const json::object reference = testing::read_reference("paired");
  for (const auto& example : reference.at("flips").as_array()) {
    const SignFlipTest test = sign_flip_test(items_of(example.as_object())).value();
    EXPECT_NEAR(test.p, number(example.as_object().at("p")), 1e-12);
    EXPECT_EQ(test.replicates, 0u) << "exact";
  }
}

TEST(SignFlip, equals_the_shift_algorithm_where_patterns_are_too_many_to_list) {
  const json::object large = testing::read_reference("paired").at("large").as_object();
  std::vector<double> values;
  for (const auto& value : large.at("values").as_array()) values.push_back(number(value));
  EXPECT_NEAR(sign_flip_test(apart(values))->p, number(large.at("p")), 1e-10);
}

// 1, 2 and 4: of eight sums only +7 and -7 are as far as 7; |1 + 2 - 4| = 1 is the nearest of all.
TEST(SignFlip, counts_patterns_by_hand) {
  EXPECT_EQ(sign_flip_test(apart({1, 2, 4}))->p, 0.25);
  EXPECT_EQ(sign_flip_test(apart({1, 2, -4}))->p, 1);
  EXPECT_EQ(sign_flip_test(apart({-1, 2, 4}))->p, 0.5);
}

TEST(SignFlip, of_items_apart_is_mcnemar) {
  for (const auto& [only_a, only_b] : {std::pair{3, 9}, {0, 12}, {40, 41}, {200, 251}, {0, 1500}}) {
    std::vector<double> values(100, 0.0);
    values.insert(values.end(), static_cast<std::size_t>(only_a), -1.0);
    values.insert(values.end(), static_cast<std::size_t>(only_b), 1.0);
    const McNemar expected =
        mcnemar(static_cast<std::size_t>(only_a), static_cast<std::size_t>(only_b));
    const double p = sign_flip_test(apart(values))->p;
    EXPECT_NEAR(p, expected.exact, 1e-12 + 1e-9 * expected.exact) << only_a << " " << only_b;
    EXPECT_GT(p, 0);
  }
}

TEST(SignFlip, moves_the_items_of_a_cluster_together) {
  Items items;
  for (int i = 0; i < 12; ++i) items.push_back({"t", std::to_string(i / 4), 1.0});
  EXPECT_EQ(sign_flip_test(items)->p, 0.25) << "three clusters: 2 of 8 patterns";
}

// Thirds, as means of three repeats are: rounded sums must tie with the data where they are equal.
TEST(SignFlip, takes_rounded_sums_for_equal) {
  EXPECT_EQ(sign_flip_test(apart({1.0 / 3, 2.0 / 3, -1}))->p, 1);
  EXPECT_EQ(sign_flip_test(apart({0.1, 0.2, 0.3, 0.4, -1.0}))->p, 1);
  EXPECT_EQ(sign_flip_test(apart({0.1, 0.2, 0.3}))->p, 0.25);
}

TEST(SignFlip, counts_by_meeting_in_the_middle_what_the_table_counts) {
  Random random(5);
  std::vector<double> whole(24);
  for (double& value : whole) value = random.between(-3, 5);
  const double by_table = sign_flip_test(apart(whole))->p;
  // No unit divides the first value any more, and no tie is broken by less than 1e-9 of the sum.
  std::vector<double> nudged = whole;
  nudged.push_back(1e-6 * std::sqrt(2.0));
  nudged.push_back(-1e-6 * std::sqrt(2.0));
  const SignFlipTest met = sign_flip_test(apart(nudged)).value();
  EXPECT_EQ(met.replicates, 0u);
  EXPECT_NEAR(met.p, by_table, 0.03);
}

TEST(SignFlip, drawn_is_close_to_exact) {
  Items items = apart({});
  Random random(11);
  for (int i = 0; i < 30; ++i) items.push_back({"t", std::to_string(i), random.uniform() - 0.42});
  const SignFlipTest exact = sign_flip_test(items).value();
  EXPECT_EQ(exact.replicates, 0u);
  for (int i = 0; i < 5; ++i) items.push_back({"t", "more" + std::to_string(i), 1e-5 * (i + 1.1)});
  const SignFlipTest drawn = sign_flip_test(items, {.replicates = 19999}).value();
  EXPECT_EQ(drawn.replicates, 19999u);
  EXPECT_NEAR(drawn.p, exact.p, 0.015);
}

TEST(SignFlip, drawn_adds_the_data_to_the_patterns) {
  const Items items = graded(3, 150);
  Items far = items;
  for (AverageItem& item : far) item.value = 1 + item.value / 10;
  EXPECT_EQ(sign_flip_test(far, {.replicates = 199})->p, 1.0 / 200);
}

TEST(SignFlip, is_the_same_with_any_number_of_threads) {
  const Items items = graded(4, 200);
  const double p = sign_flip_test(items, {.replicates = 2000})->p;
  for (const int threads : {2, 3, 8})
    EXPECT_EQ(sign_flip_test(items, {.replicates = 2000, .threads = threads})->p, p);
  EXPECT_NE(sign_flip_test(items, {.seed = 9, .replicates = 2000})->p, p);
}

TEST(Paired, swapping_negates_the_difference_and_keeps_p) {
  for (const int n : {15, 60, 201}) {
    const Items items = graded(static_cast<std::uint64_t>(n), n);
    const Items swapped = negated(items);
    EXPECT_EQ(sign_flip_test(items)->p, sign_flip_test(swapped)->p);
    const PairedEstimate a = paired_estimate(items).value();
    const PairedEstimate b = paired_estimate(swapped).value();
    EXPECT_EQ(a.difference, -b.difference);
    EXPECT_EQ(a.error, b.error);
    const Equivalence equal_a = equivalence_test(a, 0.1).value();
    const Equivalence equal_b = equivalence_test(b, 0.1).value();
    EXPECT_EQ(equal_a.p, equal_b.p);
    EXPECT_EQ(equal_a.p_not_worse, equal_b.p_not_better);
  }
}

TEST(Paired, shuffling_changes_nothing) {
  for (const int n : {15, 60, 201}) {
    Items items = graded(static_cast<std::uint64_t>(n), n);
    const double p = sign_flip_test(items, {.replicates = 999})->p;
    const PairedEstimate estimate = paired_estimate(items).value();
    Random random(2);
    for (int i = 0; i < 5; ++i) {
      random.shuffle(items);
      EXPECT_EQ(sign_flip_test(items, {.replicates = 999})->p, p);
      EXPECT_EQ(paired_estimate(items)->difference, estimate.difference);
      EXPECT_EQ(paired_estimate(items)->error, estimate.error);
    }
  }
}

TEST(Paired, without_differences_there_is_no_evidence_and_no_error_to_judge_by) {
  const Items items = apart(std::vector<double>(40, 0.0));
  EXPECT_EQ(sign_flip_test(items)->p, 1);
  const PairedEstimate estimate = paired_estimate(items).value();
  EXPECT_EQ(estimate.difference, 0);
  EXPECT_EQ(estimate.error, 0);
  EXPECT_FALSE(paired_interval(estimate).has_value());
  EXPECT_FALSE(equivalence_test(estimate, 0.02).has_value());
  EXPECT_FALSE(detectable_by_error(estimate.error).has_value());
}

TEST(Paired, is_undefined_below_two_clusters_in_any_task) {
  const Items one{{"t", "a", 1}, {"t", "a", 0}};
  for (const Items& items : {Items{}, one}) {
    EXPECT_FALSE(sign_flip_test(items).has_value());
    EXPECT_FALSE(paired_estimate(items).has_value());
  }
  Items two_tasks{{"t", "a", 1}, {"t", "b", 0}, {"u", "c", 1}, {"u", "c", 0}};
  EXPECT_FALSE(sign_flip_test(two_tasks).has_value());
  EXPECT_FALSE(paired_estimate(two_tasks).has_value());
  two_tasks.push_back({"u", "a", 0.5});
  EXPECT_TRUE(sign_flip_test(two_tasks).has_value());
}

// Flips hold their level with any number of clusters; an error of a few covers far less than it
// says.
TEST(PairedEstimate, of_an_average_is_undefined_below_five_clusters_in_any_task) {
  for (const int clusters : {2, 4, 5}) {
    Items items = apart(std::vector<double>(50, 1.0));
    items.front().value = 0;
    for (int i = 0; i < clusters; ++i)
      items.push_back({"small", "s" + std::to_string(i), i % 2 * 1.0});
    EXPECT_TRUE(sign_flip_test(items, {.replicates = 99}).has_value());
    EXPECT_EQ(paired_estimate(items).has_value(), clusters == 5) << clusters;
  }
  EXPECT_TRUE(paired_estimate(apart({1, 0, 1})).has_value()) << "one task: from two clusters on";
}

// Task x: 0 1 2 3 4, s^2 = 5/2, error^2 1/2. Task y: 50 times -1 and 1, s^2 = 100/99, error^2 1/99.
// G / (G - T) over all would make 103 degrees of it, and an error^2 of 0.104, not 0.128.
TEST(PairedEstimate, of_a_small_task_beside_a_large_one_has_the_degrees_of_the_small_one) {
  Items items = apart({0, 1, 2, 3, 4});
  for (int i = 0; i < 100; ++i) items.push_back({"y", "y" + std::to_string(i), i % 2 * 2 - 1.0});
  const PairedEstimate estimate = paired_estimate(items).value();
  EXPECT_EQ(estimate.difference, 1);
  EXPECT_NEAR(estimate.error, std::sqrt((1.0 / 2 + 1.0 / 99) / 4), 1e-12);
  const double sum = 1.0 / 2 + 1.0 / 99;
  EXPECT_NEAR(estimate.degrees, sum * sum / (1.0 / 4 / 4 + 1.0 / 99 / 99 / 99), 1e-9);
  EXPECT_NEAR(estimate.degrees, 4.16, 0.01);
}

TEST(PairedEstimate, equals_the_reference) {
  const json::object reference = testing::read_reference("paired");
  for (const auto& value : reference.at("estimates").as_array()) {
    const json::object& example = value.as_object();
    const auto expected = [&](const char* key) { return number(example.at(key)); };
    const PairedEstimate estimate = paired_estimate(items_of(example)).value();
    EXPECT_NEAR(estimate.difference, expected("difference"), 1e-12);
    EXPECT_NEAR(estimate.error, expected("error"), 1e-12);
    EXPECT_NEAR(estimate.degrees, expected("degrees"), 1e-9);
    const Interval interval = paired_interval(estimate).value();
    EXPECT_NEAR(interval.low, expected("low"), 1e-10);
    EXPECT_NEAR(interval.high, expected("high"), 1e-10);
    const Equivalence test = equivalence_test(estimate, expected("margin")).value();
    EXPECT_NEAR(test.p_not_worse, expected("p_not_worse"), 1e-10);
    EXPECT_NEAR(test.p_not_better, expected("p_not_better"), 1e-10);
    EXPECT_NEAR(test.p, expected("p"), 1e-10);
  }
}

TEST(PairedEstimate, has_the_interval_of_a_mean_where_there_is_one_task) {
  Items items = graded(6, 90);
  std::vector<double> values;
  std::vector<std::string_view> clusters;
  for (AverageItem& item : items) {
    item.task = "x";
    values.push_back(item.value);
    clusters.push_back(item.cluster);
  }
  const auto expected = cluster_robust_interval(values, clusters).value();
  const Interval found = paired_interval(paired_estimate(items).value()).value();
  EXPECT_NEAR(found.low, expected.low, 1e-12);
  EXPECT_NEAR(found.high, expected.high, 1e-12);
  EXPECT_EQ(found.method, "cluster-robust t");
}

TEST(Equivalence, is_shown_within_a_wide_margin_and_not_within_a_narrow_one) {
  const PairedEstimate estimate{0.01, 0.005, 100};
  EXPECT_LT(equivalence_test(estimate, 0.05)->p, 1e-9);
  EXPECT_GT(equivalence_test(estimate, 0.01)->p, 0.49) << "the difference is at the margin";
  const Equivalence narrow = equivalence_test(estimate, 0.005).value();
  EXPECT_LT(narrow.p_not_worse, 0.01) << "B is better, so it is not worse";
  EXPECT_GT(narrow.p, 0.5);
}

TEST(Equivalence, refuses_a_margin_that_is_none) {
  const PairedEstimate estimate{0.01, 0.005, 100};
  for (const double margin : {0.0, -0.1, std::numeric_limits<double>::infinity(),
                              std::numeric_limits<double>::quiet_NaN()})
    EXPECT_THROW((void)equivalence_test(estimate, margin), std::invalid_argument);
}

// 1.959964 + 0.841621 = 2.801585.
TEST(Detectable, by_error_is_the_sum_of_two_quantiles) {
  EXPECT_NEAR(detectable_by_error(0.01).value(), 0.02801585, 1e-8);
}

}  // namespace
}  // namespace stareval
