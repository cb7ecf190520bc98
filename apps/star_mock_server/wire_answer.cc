#include "apps/star_mock_server/wire_answer.h"

#include <fmt/format.h>

#include <array>

#include "apps/star_mock_server/http_request.h"

namespace stareval {
namespace {

using Defect = MockStep::Defect;

constexpr std::string_view kHtml =
    "<html><head><title>Bad gateway</title></head><body><h1>Bad gateway</h1></body></html>";

// Stand in the text for what JSON cannot carry, and are put in place in the finished body.
constexpr std::string_view kNoUtf8Mark = "star-mock-invalid-utf8";
constexpr std::string_view kNullMark = "star-mock-null";
constexpr std::string_view kNoUtf8 = "\xc3\x28\xff\xfe";

constexpr std::size_t kDripPiece_bytes = 8;

std::string replaced(std::string text, std::string_view mark, std::string_view by) {
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + by.size()))
    text.replace(at, mark.size(), by);
  return text;
}

std::string completion_of(MockStep step, const MockApi& api, const AnswerContext& context) {
  std::string text = step.text.value_or("");
  text.append(static_cast<std::size_t>(step.huge_mib) << 20, 'x');
  if (step.defect == Defect::invalid_utf8) text += kNoUtf8Mark;
  if (step.defect == Defect::null_content) text = kNullMark;
  step.text = std::move(text);
  std::string body = api.answer(step, context.id, context.model);
  if (step.defect == Defect::invalid_utf8) return replaced(std::move(body), kNoUtf8Mark, kNoUtf8);
  if (step.defect == Defect::null_content)
    return replaced(std::move(body), fmt::format("\"{}\"", kNullMark), "null");
  if (step.defect == Defect::wrong_json) body.resize(body.size() / 2);
  return body;
}

std::string_view type_of(Defect defect) {
  if (defect == Defect::html) return "text/html";
  if (defect == Defect::wrong_type) return "text/plain";
  return "application/json";
}

void add_header(std::string& head, std::string_view name, std::string_view value) {
  fmt::format_to(std::back_inserter(head), "{}: {}\r\n", name, value);
}

// Three chunks, so that a client meets more than one.
std::string chunked(std::string_view body) {
  std::string bytes;
  const std::size_t size = body.size() / 3 + 1;
  for (std::size_t at = 0; at < body.size(); at += size) {
    const std::string_view chunk = body.substr(at, size);
    fmt::format_to(std::back_inserter(bytes), "{:x}\r\n{}\r\n", chunk.size(), chunk);
  }
  return bytes += "0\r\n\r\n";
}

bool has_no_body(int status) { return status == 204 || status == 304; }

bool names_content_type(const PlainAnswer& answer) {
  for (const auto& header : answer.headers)
    if (same_text(header.first, "content-type")) return true;
  return false;
}

// The head up to the length, which is the caller's.
std::string head_of(const PlainAnswer& answer, bool keep_alive) {
  std::string head = fmt::format("HTTP/1.1 {} {}\r\n", answer.status, reason_of(answer.status));
  if (!names_content_type(answer)) add_header(head, "Content-Type", answer.content_type);
  for (const auto& [name, value] : answer.headers) add_header(head, name, value);
  if (!keep_alive) add_header(head, "Connection", "close");
  return head;
}

// Where the bytes are cut: in the middle of the body.
void cut_body(WireAnswer& answer, std::size_t head_bytes) {
  answer.bytes.resize(head_bytes + (answer.bytes.size() - head_bytes) / 2);
}

void apply_defect(WireAnswer& answer, Defect defect, std::size_t head_bytes) {
  switch (defect) {
    case Defect::cut:
      cut_body(answer, head_bytes);
      answer.close = true;
      break;
    case Defect::cut_before:
      answer.bytes.clear();
      answer.close = true;
      break;
    case Defect::cut_idle: answer.close = true; break;
    case Defect::cut_next: answer.close_next = true; break;
    case Defect::stall:
      answer.bytes.clear();
      answer.hang = true;
      break;
    case Defect::stall_body:
      cut_body(answer, head_bytes);
      answer.hang = true;
      break;
    case Defect::duplicate: answer.bytes += std::string(answer.bytes); break;
    default: break;
  }
}

std::vector<std::pair<std::string, std::string>> headers_of(const MockStep& step, std::time_t now) {
  auto headers = step.headers;
  if (step.retry_after_s) headers.emplace_back("Retry-After", std::to_string(*step.retry_after_s));
  if (step.retry_after_date_s)
    headers.emplace_back("Retry-After", http_date(now + *step.retry_after_date_s));
  return headers;
}

}  // namespace

std::string answer_body(const MockStep& step, const MockApi& api, const AnswerContext& context) {
  switch (step.defect) {
    case Defect::html: return std::string(kHtml);
    case Defect::empty_body: return {};
    case Defect::echo: return api.error(step.status, "this key is not known: " + context.key);
    case Defect::error_200: return api.error(500, "the script answers an error with 200");
    default: break;
  }
  if (step.status != 200)
    return api.error(step.status, fmt::format("the script answers {}", step.status));
  return completion_of(step, api, context);
}

std::string_view reason_of(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 204: return "No Content";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 413: return "Content Too Large";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    case 505: return "HTTP Version Not Supported";
    case 529: return "Overloaded";
    default: return "Status";
  }
}

std::string http_date(std::time_t time) {
  constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm at{};
  gmtime_r(&time, &at);
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT",
                     kDays.at(static_cast<std::size_t>(at.tm_wday)), at.tm_mday,
                     kMonths.at(static_cast<std::size_t>(at.tm_mon)), at.tm_year + 1900, at.tm_hour,
                     at.tm_min, at.tm_sec);
}

WireAnswer plain_answer(const PlainAnswer& answer, bool keep_alive) {
  WireAnswer wire;
  wire.close = !keep_alive;
  wire.bytes = head_of(answer, keep_alive);
  add_header(wire.bytes, "Content-Length", std::to_string(answer.body.size()));
  wire.bytes += "\r\n";
  wire.bytes += answer.body;
  return wire;
}

WireAnswer answer_of(const MockStep& step, const MockApi& api, const AnswerContext& context) {
  PlainAnswer plain{step.status, type_of(step.defect), answer_body(step, api, context),
                    headers_of(step, context.now)};
  if (has_no_body(step.status)) plain.body.clear();
  WireAnswer answer;
  answer.close = !context.keep_alive || step.length_off > 0;
  answer.bytes = head_of(plain, context.keep_alive);
  if (step.chunked) {
    add_header(answer.bytes, "Transfer-Encoding", "chunked");
    plain.body = chunked(plain.body);
  } else if (!has_no_body(step.status)) {
    const auto length = static_cast<std::int64_t>(plain.body.size()) + step.length_off;
    add_header(answer.bytes, "Content-Length", std::to_string(std::max<std::int64_t>(length, 0)));
  }
  answer.bytes += "\r\n";
  const std::size_t head_bytes = answer.bytes.size();
  answer.bytes += plain.body;
  apply_defect(answer, step.defect, head_bytes);
  if (step.drip) {
    answer.piece_bytes = kDripPiece_bytes;
    answer.pause = *step.drip;
  }
  return answer;
}

}  // namespace stareval
