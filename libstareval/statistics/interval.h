// An interval of an estimate, with the name of its method: no number is printed without it.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>

namespace stareval {

inline constexpr double kConfidence = 0.95;  // of every interval

struct Interval {
  double low = 0;
  double high = 0;
  std::string method;  // "wilson", "cluster-robust t", "BCa cluster bootstrap"
};

// Whether nothing but rounding lies between two ends. An interval of no width would claim to be
// certain; it is not given, as the method has seen no variation to judge by.
[[nodiscard]] inline bool is_point(double low, double high) {
  constexpr double kRounding = 1e-12;  // of sums of some thousand numbers, relative; absolute at 0
  return high - low <= kRounding * std::max({1.0, std::abs(low), std::abs(high)});
}

}  // namespace stareval
