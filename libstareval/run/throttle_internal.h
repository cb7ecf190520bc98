// When the next attempt may be sent, and how many may be under way: the rates of the user, the
// limits that the server states, and a window that follows what it can bear.
// Thread  the runner's alone.
#pragma once

#include <optional>

#include "libstareval/run/concurrency_window.h"
#include "libstareval/run/rate_bucket.h"
#include "libstareval/run/runner.h"

namespace stareval {

class Throttle {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  explicit Throttle(const RunnerOptions& options);

  [[nodiscard]] int window() const { return window_.limit(); }
  [[nodiscard]] TimePoint next() const;
  void hold_until(TimePoint time) { hold_until_ = std::max(hold_until_, time); }

  // Take an attempt from the rates; gives the tokens that it was taken for.
  double take(const Request& request, TimePoint now);

  // The end of an attempt that was sent at `sent` and taken for `tokens`.
  void on_reply(const Reply& reply, TimePoint sent, double tokens, TimePoint now);

 private:
  [[nodiscard]] double likely_tokens(const Request& request) const;
  void heed(const RateLimits& limits, TimePoint now);
  void hold_for(std::chrono::milliseconds pause, TimePoint now);

  const RunnerOptions options_;  // a copy: the throttle may outlive what it was made from
  ConcurrencyWindow window_;
  std::optional<RateBucket> requests_;
  std::optional<RateBucket> tokens_;
  double mean_tokens_ = 0;  // of the replies so far, the last ones most; 0: none yet
  TimePoint hold_until_{};
};

}  // namespace stareval
