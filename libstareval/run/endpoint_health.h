// Whether an endpoint is alive, slow to come back, or dead: a circuit breaker.
// While it is silent, one attempt at a time is made as a probe. A reply or a rate limit is a sign
// of life. Dead is, before the first reply: several connections that failed over a second, a sample
// that was given up after its retries, or nothing but failures; later: many samples in a row that
// were given up, or more were refused for good.
// Thread  one; pure but for its own state.
#pragma once

#include <chrono>

#include "libstareval/model/reply.h"

namespace stareval {

class EndpointHealth {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  void on_reply();

  // An attempt failed; `given_up`: its sample is not tried again.
  void on_failure(Failure failure, bool given_up, TimePoint now);

  // Whether the last attempts say that others would fare no better: only one may be under way.
  [[nodiscard]] bool is_silent() const;

  [[nodiscard]] bool is_dead(TimePoint now) const;

  [[nodiscard]] bool has_replied() const { return has_replied_; }
  [[nodiscard]] int samples_given_up_in_a_row() const {
    return samples_given_up_ + samples_refused_;
  }

 private:
  bool has_replied_ = false;
  bool gave_up_after_retries_ = false;
  int attempts_failed_ = 0;   // in a row
  int samples_given_up_ = 0;  // in a row, after retries; before the first reply all
  int samples_refused_ = 0;   // in a row, for good
  int connections_failed_ = 0;
  TimePoint first_failure_{};
};

}  // namespace stareval
