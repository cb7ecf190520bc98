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

double quantile(std::span<double> values, double probability) {
  const double place = probability * static_cast<double>(values.size() - 1);
  const double below = std::floor(place);
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(below);
  std::nth_element(values.begin(), at, values.end());
  if (at + 1 == values.end()) return *at;
  return *at + (place - below) * (*std::min_element(at + 1, values.end()) - *at);
}

}  // namespace stareval
