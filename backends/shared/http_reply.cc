#include "backends/shared/http_reply.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "backends/shared/lower_case.h"
#include "backends/shared/rate_limits.h"
#include "libstareval/base/text.h"

namespace stareval {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kLongestQuote = 200;  // characters
constexpr double kLongestWait_ms = 24.0 * 60 * 60 * 1000;

std::optional<double> parse_number(std::string_view text) {
  double number = 0;
  const auto* end = text.data() + text.size();
  const auto [rest, failure] = std::from_chars(text.data(), end, number);
  if (text.empty() || failure != std::errc{} || rest != end || !std::isfinite(number))
    return std::nullopt;
  return number;
}

milliseconds bounded(double wait_ms) {
  return milliseconds(static_cast<std::int64_t>(std::clamp(wait_ms, 0.0, kLongestWait_ms)));
}

bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

// Cut valid UTF-8 after a number of characters.
std::string_view first_characters(std::string_view text, std::size_t count) {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (starts_character(text[i]) && seen++ == count) return text.substr(0, i);
  return text;
}

// Runs of white space and control characters as one space.
std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool blank = static_cast<unsigned char>(c) <= 0x20 || c == 0x7f;
    if (!blank) line += c;
    else if (!line.empty() && line.back() != ' ') line += ' ';
  }
  return std::string(trim(line));
}

// Models that reason refuse sampling parameters, and say so in words of their own.
std::string advice_on_decoding(std::string_view reason) {
  const std::string text = lower_case(reason);
  for (const char* name : {"temperature", "top_p", "logprobs"})
    if (text.find(name) != std::string::npos)
      return name == std::string_view("temperature")
                 ? "; leave it out with --set temperature=none"
                 : fmt::format("; this model may not take {}: leave it out", name);
  return "";
}

std::string advice(int status, std::string_view reason, std::string_view hint) {
  switch (status) {
    case 400: return advice_on_decoding(reason);
    case 401:
    case 403: return "; check the API key";
    case 404:
      return fmt::format("; check --base-url{} and --model",
                         hint.empty() ? "" : fmt::format(" ({})", hint));
    case 413: return "; the pictures are too large for this server";
    default: return status / 100 == 3 ? "; redirects are not followed: check --base-url" : "";
  }
}

// A reply that was paid for is not thrown away for a broken character in it.
Result<json::object> parse_body(const std::string& body) {
  auto parsed = parse_json_object(body, "reply");
  if (parsed.has_value()) return parsed;
  return parse_json_object(with_whole_surrogates(to_valid_utf8(body)), "reply");
}

// Makes a Reply of each thing that a body may be.
struct ReplyMaker {
  const HttpResponse& response;
  const WireFormat& format;
  const Secret& key;

  [[nodiscard]] bool fine() const { return failure_of_status(response.status) == Failure::none; }

  Reply operator()(Reply reply) const {
    return fine() ? std::move(reply) : error_reply(response, "", key, format.hint);
  }

  Reply operator()(const NotAReply& other) const {
    if (!fine()) return error_reply(response, "", key, format.hint);
    return failed_reply(Failure::permanent,
                        fmt::format("expected {}, found {}: {}; check --base-url", format.expected,
                                    other.found, quote(response.body, key)));
  }

  Reply operator()(const BrokenOff& broken) const {
    return failed_reply(Failure::server,
                        fmt::format("the server broke the reply off with {}",
                                    one_line(to_valid_utf8(key.redacted(broken.how)))));
  }

  Reply operator()(const ServerError& error) const {
    if (error.refused) return refusal(error);
    HttpResponse inner = response;
    if (error.status != 0) inner.status = error.status;
    Reply reply = error_reply(inner, error.message, key, format.hint);
    if (!reply.retry_after && is_transient(reply.failure)) reply.retry_after = error.retry_after;
    if (error.permanent) reply.failure = Failure::permanent;
    return reply;
  }

  static Reply refusal(const ServerError& error) {
    Reply reply;
    reply.outcome = Outcome::refused;
    reply.text = error.message;
    reply.finish_reason = error.word;
    return reply;
  }
};

// OpenAI and many others, Anthropic, Azure.
std::string_view request_id(const HttpResponse& response) {
  for (const char* name : {"x-request-id", "request-id", "apim-request-id"})
    if (const std::string_view id = response.header(name); !id.empty()) return id;
  return "";
}

}  // namespace

Failure failure_of_status(int status) {
  if (status >= 200 && status < 300) return Failure::none;
  if (status == 429) return Failure::rate_limited;
  // 408 and 409 (a lock of the provider): the official clients of OpenAI try these again.
  if (status == 408 || status == 409 || status >= 500) return Failure::server;
  return Failure::permanent;
}

std::optional<milliseconds> retry_after(const HttpResponse& response) {
  if (const auto ms = parse_number(response.header("retry-after-ms"))) return bounded(*ms);
  const std::string text(response.header("retry-after"));
  if (const auto seconds = parse_number(text)) return bounded(*seconds * 1000);
  const std::time_t date = text.empty() ? -1 : curl_getdate(text.c_str(), nullptr);
  if (date < 0) return std::nullopt;
  const auto wait = std::chrono::system_clock::from_time_t(date) - response.received;
  return bounded(std::chrono::duration<double, std::milli>(wait).count());
}

std::string quote(std::string_view text, const Secret& key) {
  const std::string line = one_line(to_valid_utf8(key.redacted(std::string(text))));
  const std::string_view shown = first_characters(line, kLongestQuote);
  return fmt::format("\"{}{}\"", shown, shown.size() < line.size() ? "..." : "");
}

Reply failed_reply(const HttpOutcome& outcome) {
  return failed_reply(outcome.failure, outcome.error);
}

Reply error_reply(const HttpResponse& response, std::string_view message, const Secret& key,
                  std::string_view hint) {
  const std::string_view reason = message.empty() ? std::string_view(response.body) : message;
  Reply reply =
      failed_reply(failure_of_status(response.status),
                   fmt::format("the server answered {}: {}{}", response.status,
                               trim(reason).empty() ? "an empty body" : quote(reason, key),
                               advice(response.status, reason, hint)));
  reply.retry_after = retry_after(response);
  reply.latency = response.latency;
  return reply;
}

void redact(Reply& reply, const Secret& key) {
  for (std::string* text :
       {&reply.reasoning, &reply.finish_reason, &reply.provider_request_id, &reply.error})
    *text = key.redacted(std::move(*text));
  std::string text = key.redacted(reply.text);
  if (text != reply.text) reply.logprobs.clear();
  reply.text = std::move(text);
  for (TokenLogprob& token : reply.logprobs) {
    token.token = key.redacted(std::move(token.token));
    for (auto& other : token.top) other.first = key.redacted(std::move(other.first));
  }
}

Reply decode_response(const HttpResponse& response, const WireFormat& format, const Secret& key) {
  const Result<json::object> body = parse_body(response.body);
  Decoded decoded = NotAReply{"something else"};
  if (body.has_value()) decoded = format.read(*body, response.status);
  Reply reply = std::visit(ReplyMaker{response, format, key}, std::move(decoded));
  reply.latency = response.latency;
  reply.limits = read_rate_limits(response);
  if (const std::string_view id = request_id(response); !id.empty())
    reply.provider_request_id = to_valid_utf8(id);
  redact(reply, key);
  return reply;
}

}  // namespace stareval
