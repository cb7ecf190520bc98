// References: R (tests/data/reference/make_intervals.R: prop.test without correction, binom.test),
// and 81 of 263, the example of Newcombe 1998. How often the intervals cover is summed over the
// binomial distribution, so that it is exact. The rest are properties and edges.
#include "libstareval/statistics/proportion.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>
#include <vector>

#include "tests/support/reference.h"

namespace stareval {
namespace {

TEST(Proportion, HasTheIntervalsOfR) {
  const json::object reference = testing::read_reference("intervals");
  const json::array& points = reference.at("proportions").as_array();
  EXPECT_EQ(points.size(), 36U);
  for (const json::value& row : points) {
    const json::object& point = row.as_object();
    const auto number = [&](const char* name) { return point.at(name).to_number<double>(); };
    const auto wilson = wilson_interval(number("successes"), number("n"), number("confidence"));
    EXPECT_NEAR(wilson->low, number("wilson_low"), 1e-12);
    EXPECT_NEAR(wilson->high, number("wilson_high"), 1e-12);
    const auto exact =
        clopper_pearson_interval(number("successes"), number("n"), number("confidence"));
    EXPECT_NEAR(exact->low, number("exact_low"), 1e-12);
    EXPECT_NEAR(exact->high, number("exact_high"), 1e-12);
  }
}

TEST(WilsonInterval, HasTheBoundsOfNewcombe) {
  EXPECT_NEAR(wilson_interval(81, 263)->low, 0.25528851987827422, 1e-12);
  EXPECT_NEAR(wilson_interval(81, 263)->high, 0.36620957698280007, 1e-12);
}

TEST(Proportion, ReachesTheEndsExactlyAndNeverLeavesThem) {
  for (const auto interval_of : {wilson_interval, clopper_pearson_interval}) {
    EXPECT_EQ(interval_of(0, 20, 0.95)->low, 0.0);
    EXPECT_LT(interval_of(0, 20, 0.95)->high, 0.2);
    EXPECT_EQ(interval_of(20, 20, 0.95)->high, 1.0);
    EXPECT_GT(interval_of(20, 20, 0.95)->low, 0.8);
    EXPECT_FALSE(interval_of(0, 0, 0.95).has_value());
  }
  EXPECT_EQ(wilson_interval(3, 20)->method, "wilson");
  EXPECT_EQ(clopper_pearson_interval(3, 20)->method, "clopper-pearson");
}

TEST(Proportion, IsWiderForMoreConfidenceAndMirrored) {
  for (const auto interval_of : {wilson_interval, clopper_pearson_interval}) {
    double last = 0;
    for (const double confidence : {0.5, 0.8, 0.95, 0.99, 0.999}) {
      const auto interval = interval_of(7, 30, confidence);
      const auto mirrored = interval_of(23, 30, confidence);
      EXPECT_GT(interval->high - interval->low, last);
      EXPECT_NEAR(interval->low, 1 - mirrored->high, 1e-12);
      last = interval->high - interval->low;
    }
  }
}

using IntervalOf = std::optional<Interval> (*)(double, double, double);

// The intervals of 0 to n successes.
std::vector<Interval> all_intervals(IntervalOf interval_of, int n) {
  std::vector<Interval> intervals;
  for (int k = 0; k <= n; ++k) intervals.push_back(*interval_of(k, n, kConfidence));
  return intervals;
}

// The probability that the interval of a share p covers p.
double coverage(const std::vector<Interval>& intervals, double p) {
  const boost::math::binomial law(static_cast<double>(intervals.size() - 1), p);
  double covered = 0;
  for (std::size_t k = 0; k < intervals.size(); ++k)
    if (intervals[k].low <= p && p <= intervals[k].high)
      covered += boost::math::pdf(law, static_cast<double>(k));
  return covered;
}

struct Covered {
  double least = 1;
  double mean = 0;
};

// Over 199 shares from `from` to 1 - `from`.
Covered covered_over(IntervalOf interval_of, int n, double from) {
  const auto intervals = all_intervals(interval_of, n);
  Covered covered;
  for (int i = 0; i < 199; ++i) {
    const double share = coverage(intervals, from + (1 - 2 * from) * (i + 0.5) / 199);
    covered.least = std::min(covered.least, share);
    covered.mean += share / 199;
  }
  return covered;
}

// 93.5 to 96.5 % on the average over shares at each n. At single shares the counts oscillate, and
// for few trials more: no interval without randomisation covers all of them in 95 %. The lowest
// that is tolerated is what Brown, Cai and DasGupta 2001 show: 92 % from n = 50 on, for shares
// within 10 and 90 %.
TEST(WilsonInterval, CoversTheTruthOnTheAverageAsOftenAsItSays) {
  for (const int n : {20, 50, 200, 2000}) {
    const Covered covered = covered_over(wilson_interval, n, 0.0);
    EXPECT_GE(covered.mean, 0.935) << n;
    EXPECT_LE(covered.mean, 0.965) << n;
    EXPECT_GE(covered_over(wilson_interval, n, 0.1).least, n < 50 ? 0.90 : 0.92) << n;
  }
}

// What the header warns of: at p = 1 / (6 n) only 0 successes give an interval that covers it.
TEST(WilsonInterval, FallsShortNextToTheEnds) {
  for (const int n : {20, 200, 2000})
    EXPECT_NEAR(coverage(all_intervals(wilson_interval, n), 1.0 / (6 * n)), std::exp(-1.0 / 6),
                0.001);
}

// By construction at least 95 %, so that there is no upper limit to hold it to; 97 to 98 % for few.
TEST(ClopperPearsonInterval, NeverCoversLessOftenThanItSays) {
  for (const int n : {20, 50, 200, 2000})
    EXPECT_GE(covered_over(clopper_pearson_interval, n, 0.0).least, 0.95 - 1e-12) << n;
  EXPECT_GT(covered_over(clopper_pearson_interval, 20, 0.0).mean, 0.97);
  EXPECT_LT(covered_over(clopper_pearson_interval, 2000, 0.0).mean, 0.965);
}

}  // namespace
}  // namespace stareval
