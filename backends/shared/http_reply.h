// From HTTP to Reply: what each status means, when to try again, and how a server is quoted.
// Source  RFC 9110 (status codes, Retry-After); `retry-after-ms` of OpenAI and Azure.
// Thread  pure functions.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "backends/shared/http_message.h"
#include "libstareval/model/reply.h"

namespace stareval {

// none for 2xx; rate_limited for 429; server for 408, 409 and 5xx; permanent for all others.
[[nodiscard]] Failure failure_of_status(int status);

// What the server asked for: `retry-after-ms`, or Retry-After in seconds or as a date against the
// time of the response. At least 0, at most a day; nothing where it is absent or makes no sense.
[[nodiscard]] std::optional<std::chrono::milliseconds> retry_after(const HttpResponse& response);

// A server's text for an error of ours: the key cut out, one line, valid UTF-8, at most 200
// characters, in double quotes.
[[nodiscard]] std::string quote(std::string_view text, const Secret& key);

// The reply to a request that got no response.
[[nodiscard]] Reply failed_reply(const HttpOutcome& outcome);

// The reply to a response whose status is not 2xx. `message` is what the body gives as the reason,
// "" where it gives none: then the body is quoted.
[[nodiscard]] Reply error_reply(const HttpResponse& response, std::string_view message,
                                const Secret& key);

// Cut the key out of every text of a reply: a server may echo what it was sent.
void redact(Reply& reply, const Secret& key);

}  // namespace stareval
