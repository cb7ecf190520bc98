// An interval of an estimate, with the name of its method: no number is printed without it.
#pragma once

#include <string>

namespace stareval {

inline constexpr double kConfidence = 0.95;  // of every interval

struct Interval {
  double low = 0;
  double high = 0;
  std::string method;  // "wilson", "cluster-robust t", "cluster bootstrap"
};

}  // namespace stareval
