#include "libstareval/statistics/power.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <functional>

namespace stareval {
namespace {

double quantile(double p) { return boost::math::quantile(boost::math::normal(), p); }

// The d in (0, high] with n d^2 = need(d), where need falls in d: the larger the difference, the
// fewer items. Nothing where `high` is not enough.
std::optional<double> solve(double n, double high, const std::function<double(double)>& need) {
  const auto enough = [&](double d) { return n * d * d >= need(d); };
  if (!(n > 0 && high > 0) || !enough(high)) return std::nullopt;
  double low = 0;
  constexpr int kHalvings = 60;  // 2^-60 is below the resolution of a double near 1
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = (low + high) / 2;
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

double square(double value) { return value * value; }

}  // namespace

std::optional<double> detectable_difference(double n, const TestPlan& plan) {
  const double z_alpha = quantile(1 - plan.alpha / 2);
  const double z_beta = quantile(plan.power);
  return solve(n, 1.0, [=](double d) {
    // p = q = 1/2, and p1 q1 = p2 q2 = (1 - d^2) / 4.
    return square(z_alpha * std::sqrt(0.5) + z_beta * std::sqrt((1 - d * d) / 2));
  });
}

std::optional<double> detectable_paired_difference(double n, double share, const TestPlan& plan) {
  const double z_alpha = quantile(1 - plan.alpha / 2);
  const double z_beta = quantile(plan.power);
  return solve(n, share, [=](double d) {
    return square(z_alpha * std::sqrt(share) + z_beta * std::sqrt(std::max(0.0, share - d * d)));
  });
}

double design_effect(std::span<const double> cluster_sizes, double correlation) {
  double sum = 0;
  double squares = 0;
  for (const double size : cluster_sizes) {
    sum += size;
    squares += size * size;
  }
  return sum > 0 ? std::max(1.0, 1 + (squares / sum - 1) * correlation) : 1.0;
}

}  // namespace stareval
