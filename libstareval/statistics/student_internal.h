// Quantiles of Student's t, two-sided.
#pragma once

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace stareval {

// Half the width of an interval in standard errors. Degrees above 0, confidence in (0, 1).
[[nodiscard]] inline double student_quantile(double degrees, double confidence) {
  return boost::math::quantile(boost::math::students_t(degrees), (1.0 + confidence) / 2.0);
}

// The quantile of t where the normal distribution has `normal`, above 0: a critical value that was
// found as if the error were known, widened for its being estimated.
[[nodiscard]] inline double student_from_normal(double normal, double degrees) {
  constexpr double kSmallest = 1e-300;  // of a chance: beyond 37 standard errors
  const double upper = boost::math::cdf(boost::math::complement(boost::math::normal(), normal));
  return boost::math::quantile(boost::math::complement(boost::math::students_t(degrees),
                                                       upper > kSmallest ? upper : kSmallest));
}

}  // namespace stareval
