// Adjusted p values: against R (tests/data/reference/make_paired.R), by hand, properties, refusals.
#include "libstareval/statistics/multiple.h"

#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "libstareval/base/random.h"
#include "tests/support/reference.h"

namespace stareval {
namespace {

using P = std::vector<double>;

P numbers(const json::value& values) {
  P numbers;
  if (!values.is_array()) return {values.to_number<double>()};
  for (const auto& value : values.as_array()) numbers.push_back(value.to_number<double>());
  return numbers;
}

void expect_near(const P& found, const P& expected) {
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i], expected[i], 1e-12) << i;
}

std::vector<AverageItem> comparison(const P& values, const std::string& task = "t") {
  std::vector<AverageItem> items;
  for (std::size_t i = 0; i < values.size(); ++i)
    items.push_back({task, std::to_string(i), values[i]});
  return items;
}

TEST(Adjusted, equals_the_reference) {
  const json::object reference = testing::read_reference("paired");
  for (const auto& value : reference.at("adjusted").as_array()) {
    const json::object& example = value.as_object();
    const P p = numbers(example.at("p"));
    expect_near(holm(p), numbers(example.at("holm")));
    expect_near(benjamini_hochberg(p), numbers(example.at("bh")));
  }
}

TEST(Holm, multiplies_by_what_is_left_and_never_falls) {
  EXPECT_EQ(holm(P{0.01, 0.04, 0.03}), (P{0.03, 0.06, 0.06}));
  EXPECT_EQ(holm(P{0.9, 0.8}), (P{1, 1}));
}

TEST(Adjusted, of_nothing_is_nothing) {
  EXPECT_TRUE(holm({}).empty());
  EXPECT_TRUE(benjamini_hochberg({}).empty());
}

TEST(Adjusted, refuses_what_is_no_p_value) {
  for (const double bad : {-0.01, 1.01, std::numeric_limits<double>::quiet_NaN(),
                           std::numeric_limits<double>::infinity()}) {
    EXPECT_THROW((void)holm(P{0.5, bad}), std::invalid_argument);
    EXPECT_THROW((void)benjamini_hochberg(P{bad, 0.5}), std::invalid_argument);
  }
}

TEST(Adjusted, rises_with_p_and_lies_between_p_and_1) {
  Random random(3);
  for (int trial = 0; trial < 200; ++trial) {
    P p(static_cast<std::size_t>(random.between(1, 12)));
    for (double& value : p) value = random.chance(0.2) ? 0.01 : random.uniform();
    const P by_holm = holm(p);
    const P by_bh = benjamini_hochberg(p);
    for (std::size_t i = 0; i < p.size(); ++i) {
      EXPECT_LE(p[i], by_bh[i]);
      EXPECT_LE(by_bh[i], by_holm[i]);
      EXPECT_LE(by_holm[i], 1);
      for (std::size_t j = 0; j < p.size(); ++j) {
        if (p[i] > p[j]) continue;
        EXPECT_LE(by_holm[i], by_holm[j]);
        EXPECT_LE(by_bh[i], by_bh[j]);
      }
    }
  }
}

TEST(MaxT, equals_the_reference) {
  const json::object example = testing::read_reference("paired").at("max_t").as_object();
  std::vector<std::vector<AverageItem>> comparisons;
  for (const auto& values : example.at("comparisons").as_array())
    comparisons.push_back(comparison(numbers(values)));
  const MaxT found = max_t(comparisons).value();
  expect_near(found.adjusted, numbers(example.at("adjusted")));
  EXPECT_EQ(found.replicates, 0u);
}

TEST(MaxT, of_one_comparison_is_the_test_itself) {
  const auto items = comparison({0.3, 0.1, -0.2, 0.5, 0.7, 0.2, -0.1, 0.4});
  const std::vector<std::vector<AverageItem>> one{items};
  EXPECT_NEAR(max_t(one)->adjusted[0], sign_flip_test(items)->p, 1e-12);
}

TEST(MaxT, of_the_same_comparison_twice_costs_nothing_where_holm_doubles) {
  const auto items = comparison({0.3, 0.1, -0.2, 0.5, 0.7, 0.2, -0.1, 0.4});
  const std::vector<std::vector<AverageItem>> twice{items, items};
  const double p = sign_flip_test(items)->p;
  expect_near(max_t(twice)->adjusted, {p, p});
  expect_near(holm(P{p, p}), {2 * p, 2 * p});
}

TEST(MaxT, drawn_is_close_to_exact_and_the_same_with_any_number_of_threads) {
  Random random(8);
  std::vector<std::vector<AverageItem>> comparisons(3);
  for (auto& items : comparisons)
    for (int i = 0; i < 13; ++i) items.push_back({"t", std::to_string(i), random.uniform() - 0.35});
  const MaxT exact = max_t(comparisons).value();
  EXPECT_EQ(exact.replicates, 0u);
  for (auto& items : comparisons)
    for (int i = 0; i < 4; ++i) items.push_back({"t", "more" + std::to_string(i), 1e-5 * (i + 1)});
  const MaxT drawn = max_t(comparisons, {.replicates = 9999}).value();
  EXPECT_EQ(drawn.replicates, 9999u);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(drawn.adjusted[i], exact.adjusted[i], 0.02) << i;
  EXPECT_EQ(max_t(comparisons, {.replicates = 9999, .threads = 4})->adjusted, drawn.adjusted);
}

TEST(MaxT, gives_1_to_a_comparison_without_differences) {
  const std::vector<std::vector<AverageItem>> comparisons{comparison({1, 1, 1, 1, 1, 1}),
                                                          comparison({0, 0, 0, 0, 0, 0})};
  expect_near(max_t(comparisons)->adjusted, {1.0 / 32, 1});
  const std::vector<std::vector<AverageItem>> none{comparison({0, 0, 0})};
  expect_near(max_t(none)->adjusted, {1});
  EXPECT_TRUE(max_t({})->adjusted.empty());
}

TEST(MaxT, is_undefined_where_a_comparison_is) {
  const std::vector<std::vector<AverageItem>> comparisons{comparison({1, 1, 1}), comparison({1})};
  EXPECT_FALSE(max_t(comparisons).has_value());
}

}  // namespace
}  // namespace stareval
