// A rate per minute, kept evenly: each unit taken moves the next one a step away, so that no window
// of a minute holds more than the rate and one take. Up to 20 ms that were missed are caught up,
// for a thread does not wake to the microsecond. Thread  one.
#pragma once

#include <chrono>

namespace stareval {

class RateBucket {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  // `per_minute` above 0.
  explicit RateBucket(double per_minute);

  // When something may be taken next.
  [[nodiscard]] TimePoint next() const { return next_; }

  // Take `amount` now; below 0 gives back what was taken too much.
  void take(double amount, TimePoint now);

 private:
  double seconds_each_;
  TimePoint next_{};
};

}  // namespace stareval
