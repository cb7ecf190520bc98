#include "libstareval/statistics/proportion.h"

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <cmath>

#include "libstareval/statistics/quantiles.h"

namespace stareval {

std::optional<Interval> wilson_interval(double successes, double n, double confidence) {
  if (n <= 0) return std::nullopt;
  const double z = normal_quantile(confidence);
  const double p = successes / n;
  const double scale = 1.0 + z * z / n;
  const double centre = (p + z * z / (2.0 * n)) / scale;
  const double half = z * std::sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n)) / scale;
  // At the ends of the scale the formula is exact but for rounding.
  const double low = successes <= 0 ? 0.0 : std::max(0.0, centre - half);
  const double high = successes >= n ? 1.0 : std::min(1.0, centre + half);
  return Interval{low, high, "wilson"};
}

std::optional<Interval> clopper_pearson_interval(double successes, double n, double confidence) {
  if (n <= 0) return std::nullopt;
  using Beta = boost::math::beta_distribution<double>;
  const double tail = (1.0 - confidence) / 2.0;
  const double failures = n - successes;
  const double low =
      successes <= 0 ? 0.0 : boost::math::quantile(Beta(successes, failures + 1.0), tail);
  const double high =
      failures <= 0
          ? 1.0
          : boost::math::quantile(boost::math::complement(Beta(successes + 1.0, failures), tail));
  return Interval{low, high, "clopper-pearson"};
}

}  // namespace stareval
