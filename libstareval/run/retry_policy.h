// Whether a failed attempt is made again, and when. Pure; the runner keeps the time.
#pragma once

#include <chrono>
#include <optional>

#include "libstareval/model/reply.h"

namespace stareval {

struct RetryPolicy {
  int max_attempts = 5;                        // of one request in one run; 1: never again
  int max_rate_limited = 20;                   // of them turned away by a rate limit, counted apart
  std::chrono::milliseconds first_delay{500};  // doubled each time
  std::chrono::milliseconds longest_delay{30'000};
  std::chrono::milliseconds longest_retry_after{120'000};  // a server that asks for more gets this

  // How long to wait before the next attempt, after `attempts` of the same kind (rate limits apart
  // from other failures) failed, the last with `reply`; nothing where it is the end: a permanent
  // failure, or enough attempts. A Retry-After of the server is kept to, and never shortened below
  // it but by longest_retry_after.
  [[nodiscard]] std::optional<std::chrono::milliseconds> delay(const Reply& reply,
                                                               int attempts) const;
};

}  // namespace stareval
