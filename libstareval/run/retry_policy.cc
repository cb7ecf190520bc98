#include "libstareval/run/retry_policy.h"

#include <algorithm>

namespace stareval {

int RetryLimits::of(Failure failure) const {
  switch (failure) {
    case Failure::rate_limited: return rate_limited;
    case Failure::server: return server;
    case Failure::connection: return connection;
    case Failure::timeout: return timeout;
    case Failure::none:
    case Failure::permanent: return 0;
  }
  return 0;
}

std::optional<std::chrono::milliseconds> RetryPolicy::delay(const Reply& reply, int failures,
                                                            double jitter) const {
  if (reply.outcome != Outcome::api_error || failures > retries.of(reply.failure))
    return std::nullopt;
  if (reply.retry_after > longest_retry_after) return std::nullopt;
  const auto doubled = first_delay * (std::int64_t{1} << std::clamp(failures - 1, 0, 16));
  const auto bounded = std::min<std::chrono::milliseconds>(doubled, longest_delay);
  const auto own = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::duration<double, std::milli>(bounded) * (0.75 + 0.5 * jitter));
  return std::max(own, reply.retry_after.value_or(own));
}

}  // namespace stareval
