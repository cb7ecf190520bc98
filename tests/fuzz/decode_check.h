// What every decoder of a wire format owes, whatever a server sends: the first byte picks the
// status, the rest is the body.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <string>

#include "backends/shared/http_message.h"
#include "libstareval/base/text.h"

namespace stareval::fuzz {

inline void require(bool holds) {
  if (!holds) std::abort();
}

// No key, one line, valid UTF-8, a class for each failure, and nothing paid for that is negative.
inline void check_reply(const Reply& reply) {
  if (reply.outcome == Outcome::api_error)
    require(!reply.error.empty() && reply.failure != Failure::none && reply.text.empty());
  else require(reply.error.empty() && reply.failure == Failure::none);
  require(is_valid_utf8(reply.error) && reply.error.find('\n') == std::string::npos);
  for (const std::string* text : {&reply.text, &reply.reasoning, &reply.error, &reply.finish_reason,
                                  &reply.provider_request_id}) {
    require(text->find("canary-key") == std::string::npos);
    require(is_valid_utf8(*text));
  }
  require(reply.usage.input_tokens >= 0 && reply.usage.output_tokens >= 0);
  require(reply.usage.cached_tokens >= 0 && reply.usage.reasoning_tokens >= 0);
  for (const TokenLogprob& token : reply.logprobs) require(token.logprob <= 0);
  require(!reply.retry_after || reply.retry_after->count() >= 0);
}

inline int check_decode(Reply (*decode)(const HttpResponse&, const Secret&),
                        const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr int kStatuses[] = {200, 400, 401, 408, 429, 500, 503};
  HttpResponse response;
  response.status = kStatuses[data[0] % std::size(kStatuses)];
  response.body.assign(reinterpret_cast<const char*>(data + 1), size - 1);
  const std::string start = response.body.substr(0, 40);
  response.headers = {{"retry-after", start},
                      {"x-ratelimit-reset-requests", start},
                      {"anthropic-ratelimit-tokens-reset", start},
                      {"x-ratelimit-remaining-tokens", start}};
  check_reply(decode(response, Secret("canary-key")));
  return 0;
}

}  // namespace stareval::fuzz
