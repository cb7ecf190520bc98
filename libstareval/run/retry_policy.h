// Whether a failed attempt is made again, and when. Pure; the runner keeps the time.
#pragma once

#include <chrono>
#include <optional>

#include "libstareval/model/reply.h"

namespace stareval {

// How often a request is sent again in one run, by what failed; 0 switches it off.
struct RetryLimits {
  int rate_limited = 20;
  int server = 4;
  int connection = 4;
  int timeout = 2;  // each may have been paid for

  [[nodiscard]] int of(Failure failure) const;  // 0 for permanent: never again
};

struct RetryPolicy {
  RetryLimits retries;
  std::chrono::milliseconds first_delay{500};  // doubled each time
  std::chrono::milliseconds longest_delay{30'000};
  std::chrono::milliseconds longest_retry_after{600'000};  // a server that asks for more is left

  // How long to wait before the next attempt, after `failures` of the kind of the last, which ended
  // with `reply`; nothing where it is the end: a reply, a permanent failure, enough attempts, or a
  // Retry-After above the longest. A Retry-After is never shortened.
  // `jitter` in [0, 1) spreads the delays, so that requests which failed together are not sent
  // together: the delay of its own is taken 0.75 to 1.25 times.
  [[nodiscard]] std::optional<std::chrono::milliseconds> delay(const Reply& reply, int failures,
                                                               double jitter = 0.5) const;
};

}  // namespace stareval
