// What came back for one attempt at a request.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "libstareval/model/outcome.h"

namespace stareval {

struct Usage {
  std::int64_t input_tokens = 0;      // 0: the server did not say
  std::int64_t output_tokens = 0;     // reasoning included
  std::int64_t cached_tokens = 0;     // of input_tokens: read from the provider's prompt cache
  std::int64_t reasoning_tokens = 0;  // of output_tokens
};

// A token of the answer with its natural log-probability (at most 0), and the likeliest tokens in
// its place, itself included where the server includes it.
struct TokenLogprob {
  std::string token;
  double logprob = 0;
  std::vector<std::pair<std::string, double>> top;
};

// What a server says of one of its limits: how much it allows in a window, how much of it is left,
// and when it is whole again.
struct RateLimit {
  std::optional<std::int64_t> limit;
  std::optional<std::int64_t> remaining;
  std::optional<std::chrono::milliseconds> reset;
};

struct RateLimits {
  RateLimit requests;
  RateLimit tokens;
};

// Why an attempt got no reply, by what can be done about it.
enum class Failure {
  none,
  rate_limited,  // 429: again, after retry_after
  server,        // 5xx: again
  connection,    // refused, reset, cut: again
  timeout,       // the deadline of the attempt passed: again
  permanent,     // other 4xx, a reply that is not the API's, a picture that cannot be read: never
                 // again
};

struct Reply {
  // answered, refused, truncated or api_error: what can be said before scoring.
  Outcome outcome = Outcome::api_error;
  std::string text;           // the answer; reasoning fields are kept apart
  std::string reasoning;      // what the server gives as reasoning, if it does
  std::string finish_reason;  // the server's own word
  Usage usage;
  std::vector<TokenLogprob> logprobs;    // empty where they were not asked for or not given
  std::chrono::milliseconds latency{0};  // of the attempt that was paid for
  std::string provider_request_id;
  RateLimits limits;    // as the server states them in any response; not written down
  bool cached = false;  // answered from the cache: nothing was sent, nothing paid

  // Where outcome is api_error:
  Failure failure = Failure::none;
  std::string error;                                     // one line; holds no key
  std::optional<std::chrono::milliseconds> retry_after;  // what the server asked for
};

[[nodiscard]] inline bool is_transient(Failure failure) {
  return failure == Failure::rate_limited || failure == Failure::server ||
         failure == Failure::connection || failure == Failure::timeout;
}

[[nodiscard]] inline Reply failed_reply(Failure failure, std::string error) {
  Reply reply;
  reply.failure = failure;
  reply.error = std::move(error);
  return reply;
}

[[nodiscard]] inline Reply answered_reply(std::string text) {
  Reply reply;
  reply.outcome = Outcome::answered;
  reply.text = std::move(text);
  reply.finish_reason = "stop";
  return reply;
}

}  // namespace stareval
