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

double sorted_quantile(std::span<const double> sorted, double probability) {
  const double place = probability * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(place));
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace stareval
