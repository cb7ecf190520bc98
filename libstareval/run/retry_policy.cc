#include "libstareval/run/retry_policy.h"

#include <algorithm>

namespace stareval {

std::optional<std::chrono::milliseconds> RetryPolicy::delay(const Reply& reply,
                                                            int attempts) const {
  if (reply.outcome != Outcome::api_error || !is_transient(reply.failure)) return std::nullopt;
  const bool limited = reply.failure == Failure::rate_limited;
  if (attempts >= (limited ? max_rate_limited : max_attempts)) return std::nullopt;
  const auto doubled = first_delay * (std::int64_t{1} << std::clamp(attempts - 1, 0, 16));
  const auto own = std::min<std::chrono::milliseconds>(doubled, longest_delay);
  if (!reply.retry_after) return own;
  return std::max(own, std::min(*reply.retry_after, longest_retry_after));
}

}  // namespace stareval
