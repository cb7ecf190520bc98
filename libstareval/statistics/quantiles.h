// Quantiles that intervals are made of.
// Thread  pure functions.
#pragma once

#include <span>

namespace stareval {

// z such that a standard normal number, or one of Student's t with so many degrees of freedom, lies
// in [-z, z] with probability `confidence`, in (0, 1). Degrees are positive, and need not be whole.
[[nodiscard]] double normal_quantile(double confidence);
[[nodiscard]] double t_quantile(double confidence, double degrees);

// The quantile of t where the normal distribution has `normal`, above 0: a critical value that was
// found as if the error were known, widened for its being estimated.
[[nodiscard]] double t_from_normal(double normal, double degrees);

// Interpolated linearly between order statistics: type 7 of Hyndman and Fan 1996, Sample quantiles
// in statistical packages, Am. Stat. 50:361. At least one value; probability in [0, 1]. Values are
// reordered. Cost: linear.
[[nodiscard]] double quantile(std::span<double> values, double probability);

}  // namespace stareval
