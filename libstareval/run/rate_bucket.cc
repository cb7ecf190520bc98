#include "libstareval/run/rate_bucket.h"

#include <algorithm>

namespace stareval {
namespace {

constexpr std::chrono::milliseconds kCatchUp{20};

}  // namespace

RateBucket::RateBucket(double per_minute) : seconds_each_(60 / per_minute) {}

void RateBucket::take(double amount, TimePoint now) {
  const auto step = std::chrono::duration_cast<TimePoint::duration>(
      std::chrono::duration<double>(amount * seconds_each_));
  next_ = std::max(next_, now - kCatchUp) + step;
}

}  // namespace stareval
