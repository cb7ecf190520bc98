// Quantiles of Student's t, two-sided.
#pragma once

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace stareval {

// Half the width of an interval in standard errors. Degrees above 0, confidence in (0, 1).
[[nodiscard]] inline double student_quantile(double degrees, double confidence) {
  return boost::math::quantile(boost::math::students_t(degrees), (1.0 + confidence) / 2.0);
}

// The quantile of t where the normal distribution has `normal`: a critical value that was found
// as if the error were known, widened for its being estimated. normal must lie in (0, 8).
[[nodiscard]] inline double student_from_normal(double normal, double degrees) {
  const double upper = boost::math::cdf(boost::math::complement(boost::math::normal(), normal));
  return boost::math::quantile(boost::math::complement(boost::math::students_t(degrees), upper));
}

}  // namespace stareval
