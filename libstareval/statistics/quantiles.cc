#include "libstareval/statistics/quantiles.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace stareval {

double normal_quantile(double confidence) {
  return -boost::math::quantile(boost::math::normal(), (1.0 - confidence) / 2.0);
}

double t_quantile(double confidence, double degrees) {
  return -boost::math::quantile(boost::math::students_t(degrees), (1.0 - confidence) / 2.0);
}

double t_from_normal(double normal, double degrees) {
  constexpr double kSmallest = 1e-300;  // of a chance: beyond 37 standard errors
  const double upper = boost::math::cdf(boost::math::complement(boost::math::normal(), normal));
  return boost::math::quantile(
      boost::math::complement(boost::math::students_t(degrees), std::max(upper, kSmallest)));
}

double quantile(std::span<double> values, double probability) {
  const double place = probability * static_cast<double>(values.size() - 1);
  const double below = std::floor(place);
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(below);
  std::nth_element(values.begin(), at, values.end());
  if (at + 1 == values.end()) return *at;
  return *at + (place - below) * (*std::min_element(at + 1, values.end()) - *at);
}

}  // namespace stareval
