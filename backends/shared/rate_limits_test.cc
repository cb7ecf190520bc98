// Worked out by hand: durations and times in the forms that the vendors document, and headers of
// each. Refusals: what makes no sense is left out, never guessed.
#include "backends/shared/rate_limits.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace stareval {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::system_clock;

constexpr std::time_t kNow = 1767323045;  // 2026-01-02T03:04:05Z

HttpResponse with_headers(std::vector<std::pair<std::string, std::string>> headers) {
  HttpResponse response;
  response.received = system_clock::from_time_t(kNow);
  response.headers = std::move(headers);
  return response;
}

TEST(ParseDuration, ReadsTheDocumentedForms) {
  EXPECT_EQ(parse_duration("1s"), 1s);
  EXPECT_EQ(parse_duration("6m0s"), 6min);
  EXPECT_EQ(parse_duration("20ms"), 20ms);
  EXPECT_EQ(parse_duration("1h2m3.5s"), 1h + 2min + 3500ms);
  EXPECT_EQ(parse_duration("7.66s"), 7660ms);
  EXPECT_EQ(parse_duration("10.689924287s"), 10690ms);
  EXPECT_EQ(parse_duration("500us"), 1ms);  // never sooner than the server says
  EXPECT_EQ(parse_duration("30"), 30s);
  EXPECT_EQ(parse_duration("0s"), 0s);
  EXPECT_EQ(parse_duration("1000h"), 24h);
}

TEST(ParseDuration, RefusesOthers) {
  for (const char* text : {"", "s", "-1s", "1x", "1s 2s", "soon", "nan", "1m2", "+1s", "1e3s"})
    EXPECT_EQ(parse_duration(text), std::nullopt) << text;
  EXPECT_EQ(parse_duration(std::string(400, '9') + "s"), std::nullopt);
}

TEST(ParseRfc3339, ReadsTimes) {
  const auto now = system_clock::from_time_t(kNow);
  EXPECT_EQ(parse_rfc3339("2026-01-02T03:04:05Z"), now);
  EXPECT_EQ(parse_rfc3339("2026-01-02t03:04:05z"), now);
  EXPECT_EQ(parse_rfc3339("2026-01-02T05:04:05+02:00"), now);
  EXPECT_EQ(parse_rfc3339("2026-01-01T19:34:05-07:30"), now);
  EXPECT_EQ(parse_rfc3339("2026-01-02T03:04:05.250Z"), now + 250ms);
  EXPECT_EQ(parse_rfc3339("1970-01-01T00:00:00Z"), system_clock::from_time_t(0));
  EXPECT_EQ(parse_rfc3339("2024-02-29T00:00:00Z"), system_clock::from_time_t(1709164800));
}

TEST(ParseRfc3339, RefusesOthers) {
  for (const char* text :
       {"", "now", "2026-01-02", "2026-01-02T03:04:05", "2026-13-02T03:04:05Z",
        "2026-02-30T03:04:05Z", "2026-01-02T25:04:05Z", "2026-01-02T03:04:05ZZ",
        "2026-01-02T03:04:05+2:00", "2026-01-02X03:04:05Z", "26-01-02T03:04:05Z"})
    EXPECT_EQ(parse_rfc3339(text), std::nullopt) << text;
}

// A year that the clock cannot count to overflowed.
TEST(ParseRfc3339, RefusesYearsBeyondTheClock) {
  for (const char* text : {"3026-05-02T03:04:05.25+02:00", "9999-12-31T23:59:59Z",
                           "0000-01-01T00:00:00Z", "1969-12-31T23:59:59Z"})
    EXPECT_EQ(parse_rfc3339(text), std::nullopt) << text;
}

TEST(ReadRateLimits, OfOpenAi) {
  const RateLimits limits =
      read_rate_limits(with_headers({{"x-ratelimit-limit-requests", "60"},
                                     {"x-ratelimit-limit-tokens", "150000"},
                                     {"x-ratelimit-remaining-requests", "59"},
                                     {"x-ratelimit-remaining-tokens", "149984"},
                                     {"x-ratelimit-reset-requests", "1s"},
                                     {"x-ratelimit-reset-tokens", "6m0s"}}));
  EXPECT_EQ(limits.requests.limit, 60);
  EXPECT_EQ(limits.requests.remaining, 59);
  EXPECT_EQ(limits.requests.reset, 1s);
  EXPECT_EQ(limits.tokens.limit, 150000);
  EXPECT_EQ(limits.tokens.remaining, 149984);
  EXPECT_EQ(limits.tokens.reset, 6min);
}

TEST(ReadRateLimits, OfAnthropic) {
  const RateLimits limits = read_rate_limits(
      with_headers({{"anthropic-ratelimit-requests-limit", "50"},
                    {"anthropic-ratelimit-requests-remaining", "49"},
                    {"anthropic-ratelimit-requests-reset", "2026-01-02T03:04:06Z"},
                    {"anthropic-ratelimit-input-tokens-limit", "30000"},
                    {"anthropic-ratelimit-input-tokens-remaining", "29000"},
                    {"anthropic-ratelimit-tokens-limit", "38000"},
                    {"anthropic-ratelimit-tokens-remaining", "37000"},
                    {"anthropic-ratelimit-tokens-reset", "2026-01-02T03:03:00Z"}}));
  EXPECT_EQ(limits.requests.limit, 50);
  EXPECT_EQ(limits.requests.remaining, 49);
  EXPECT_EQ(limits.requests.reset, 1s);
  EXPECT_EQ(limits.tokens.limit, 38000);
  EXPECT_EQ(limits.tokens.remaining, 37000);
  EXPECT_EQ(limits.tokens.reset, 0s);  // in the past
}

TEST(ReadRateLimits, InputTokensStandInForTokens) {
  const RateLimits limits =
      read_rate_limits(with_headers({{"anthropic-ratelimit-input-tokens-remaining", "29000"}}));
  EXPECT_EQ(limits.tokens.remaining, 29000);
}

TEST(ReadRateLimits, OfAzureAreASubset) {
  const RateLimits limits = read_rate_limits(with_headers({{"x-ratelimit-remaining-requests", "9"},
                                                           {"x-ratelimit-remaining-tokens", "7984"},
                                                           {"x-ratelimit-reset-requests", "12"}}));
  EXPECT_EQ(limits.requests.remaining, 9);
  EXPECT_EQ(limits.requests.limit, std::nullopt);
  EXPECT_EQ(limits.requests.reset, 12s);
  EXPECT_EQ(limits.tokens.remaining, 7984);
}

TEST(ReadRateLimits, LeavesOutWhatMakesNoSense) {
  for (const char* value : {"", "many", "-1", "1.5", "99999999999999999999", "5 "}) {
    const RateLimits limits = read_rate_limits(with_headers(
        {{"x-ratelimit-limit-requests", value}, {"anthropic-ratelimit-tokens-reset", value}}));
    EXPECT_EQ(limits.requests.limit, std::nullopt) << value;
    EXPECT_EQ(limits.tokens.reset, std::nullopt) << value;
  }
  EXPECT_EQ(read_rate_limits({}).requests.remaining, std::nullopt);
}

}  // namespace
}  // namespace stareval
