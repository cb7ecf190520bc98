#include "libstareval/run/rate_bucket.h"

#include <algorithm>

namespace stareval {
namespace {

constexpr std::chrono::milliseconds kCatchUp{20};
constexpr double kMost = 1e8;  // at once; what a server states above it is nonsense

}  // namespace

RateBucket::RateBucket(double per_minute) : seconds_each_(60 / std::max(per_minute, 1e-3)) {}

void RateBucket::take(double amount, TimePoint now) {
  const auto step = std::chrono::duration_cast<TimePoint::duration>(
      std::chrono::duration<double>(std::clamp(amount, -kMost, kMost) * seconds_each_));
  next_ = std::max(next_, now - kCatchUp) + step;
}

}  // namespace stareval
