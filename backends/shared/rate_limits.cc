#include "backends/shared/rate_limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>
#include <utility>

namespace stareval {
namespace {

using std::chrono::milliseconds;
using Time = std::chrono::system_clock::time_point;

constexpr double kLongest_ms = 24.0 * 60 * 60 * 1000;
constexpr int kLastYear = 2200;  // the clock counts nanoseconds, and ends in 2262

milliseconds bounded(double ms) {
  return milliseconds(static_cast<std::int64_t>(std::clamp(std::ceil(ms), 0.0, kLongest_ms)));
}

// Takes a number without a sign from the front of `text`.
std::optional<double> take_number(std::string_view& text) {
  double number = 0;
  if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
  const auto [rest, failure] =
      std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  if (failure != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
  return number;
}

// Takes a unit from the front of `text`: its length in milliseconds.
std::optional<double> take_unit(std::string_view& text) {
  constexpr std::array<std::pair<std::string_view, double>, 6> kUnits{
      {{"ms", 1}, {"us", 1e-3}, {"ns", 1e-6}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1000}}};
  for (const auto& [unit, ms] : kUnits)
    if (text.starts_with(unit)) {
      text.remove_prefix(unit.size());
      return ms;
    }
  return std::nullopt;
}

std::optional<std::int64_t> parse_count(std::string_view text) {
  std::int64_t count = 0;
  const auto* end = text.data() + text.size();
  const auto [rest, failure] = std::from_chars(text.data(), end, count);
  if (text.empty() || failure != std::errc{} || rest != end || count < 0) return std::nullopt;
  return count;
}

// Digits of a fixed number at the front of `text`, then `after` ("" for none).
std::optional<int> take_digits(std::string_view& text, std::size_t digits, std::string_view after) {
  int number = 0;
  if (text.size() < digits) return std::nullopt;
  for (std::size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    number = number * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  if (!text.starts_with(after)) return std::nullopt;
  text.remove_prefix(after.size());
  return number;
}

// "Z", "+02:00" or "-07:30", which must be all of the text.
std::optional<std::chrono::minutes> parse_offset(std::string_view text) {
  if (text == "Z" || text == "z") return std::chrono::minutes(0);
  if (text.empty() || (text.front() != '+' && text.front() != '-')) return std::nullopt;
  const int sign = text.front() == '-' ? -1 : 1;
  text.remove_prefix(1);
  const auto hours = take_digits(text, 2, ":");
  const auto minutes = hours ? take_digits(text, 2, "") : std::nullopt;
  if (!minutes || !text.empty() || *hours > 23 || *minutes > 59) return std::nullopt;
  return std::chrono::minutes(sign * (*hours * 60 + *minutes));
}

milliseconds until(Time time, Time now) {
  return bounded(std::chrono::duration<double, std::milli>(time - now).count());
}

RateLimit openai_limit(const HttpResponse& response, std::string_view what) {
  const auto header = [&](std::string_view field) {
    return response.header(fmt::format("x-ratelimit-{}-{}", field, what));
  };
  return {parse_count(header("limit")), parse_count(header("remaining")),
          parse_duration(header("reset"))};
}

RateLimit anthropic_limit(const HttpResponse& response, std::string_view what) {
  const auto header = [&](std::string_view field) {
    return response.header(fmt::format("anthropic-ratelimit-{}-{}", what, field));
  };
  RateLimit limit{parse_count(header("limit")), parse_count(header("remaining")), std::nullopt};
  if (const auto time = parse_rfc3339(header("reset")))
    limit.reset = until(*time, response.received);
  return limit;
}

bool is_stated(const RateLimit& limit) { return limit.limit || limit.remaining || limit.reset; }

}  // namespace

std::optional<milliseconds> parse_duration(std::string_view text) {
  double total_ms = 0;
  if (text.empty()) return std::nullopt;
  do {
    const auto number = take_number(text);
    if (!number) return std::nullopt;
    if (text.empty() && total_ms == 0) return bounded(*number * 1000);  // no unit: seconds
    const auto unit_ms = take_unit(text);
    if (!unit_ms) return std::nullopt;
    total_ms += *number * *unit_ms;
  } while (!text.empty());
  return bounded(total_ms);
}

std::optional<Time> parse_rfc3339(std::string_view text) {
  using namespace std::chrono;
  std::array<int, 6> parts{};
  constexpr std::array<std::pair<std::size_t, std::string_view>, 6> kLayout{
      {{4, "-"}, {2, "-"}, {2, ""}, {2, ":"}, {2, ":"}, {2, ""}}};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto number = take_digits(text, kLayout[i].first, kLayout[i].second);
    if (!number) return std::nullopt;
    parts[i] = *number;
    if (i != 2) continue;
    if (text.empty() || (text.front() != 'T' && text.front() != 't' && text.front() != ' '))
      return std::nullopt;
    text.remove_prefix(1);
  }
  const auto [year_, month_, day_, hour, minute, second] = parts;
  const year_month_day date{year(year_), month(static_cast<unsigned>(month_)),
                            day(static_cast<unsigned>(day_))};
  if (!date.ok() || year_ < 1970 || year_ > kLastYear || hour > 23 || minute > 59 || second > 60)
    return std::nullopt;
  double fraction = 0;
  if (text.starts_with(".")) {
    text.remove_prefix(1);
    for (double digit = 0.1; !text.empty() && text.front() >= '0' && text.front() <= '9';
         text.remove_prefix(1), digit /= 10)
      fraction += digit * (text.front() - '0');
  }
  const auto offset = parse_offset(text);
  if (!offset) return std::nullopt;
  return Time(duration_cast<system_clock::duration>(
      sys_days(date).time_since_epoch() + hours(hour) + minutes(minute) + seconds(second) +
      milliseconds(static_cast<int>(fraction * 1000)) - *offset));
}

RateLimits read_rate_limits(const HttpResponse& response) {
  RateLimits limits{openai_limit(response, "requests"), openai_limit(response, "tokens")};
  if (!is_stated(limits.requests)) limits.requests = anthropic_limit(response, "requests");
  if (!is_stated(limits.tokens)) limits.tokens = anthropic_limit(response, "tokens");
  if (!is_stated(limits.tokens)) limits.tokens = anthropic_limit(response, "input-tokens");
  return limits;
}

}  // namespace stareval
