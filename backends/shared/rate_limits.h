// What a server states about its rate limits, in the headers of any response.
// Source  https://platform.openai.com/docs/guides/rate-limits (x-ratelimit-*; also of Azure, vLLM
//         gateways, Groq), https://platform.claude.com/docs/en/api/rate-limits (anthropic-*).
// Thread  pure functions.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "backends/shared/http_message.h"
#include "libstareval/model/reply.h"

namespace stareval {

//   x-ratelimit-{limit,remaining,reset}-{requests,tokens}            reset as a duration
//   anthropic-ratelimit-{requests,tokens}-{limit,remaining,reset}    reset as a time; where there
//       are no tokens, input-tokens
// What is missing or makes no sense is left out; a reset in the past is 0, at most a day.
[[nodiscard]] RateLimits read_rate_limits(const HttpResponse& response);

// "1s", "6m0s", "20ms", "1h2m3.5s"; a plain number is seconds. At most a day.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

// "2026-01-02T03:04:05Z", "2026-01-02T03:04:05.25+02:00"; of the years 1970 to 2200.
[[nodiscard]] std::optional<std::chrono::system_clock::time_point> parse_rfc3339(
    std::string_view text);

}  // namespace stareval
