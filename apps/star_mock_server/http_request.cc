#include "apps/star_mock_server/http_request.h"

#include <algorithm>
#include <charconv>

namespace stareval {
namespace {

constexpr std::string_view kEndOfHead = "\r\n\r\n";
constexpr std::size_t kLongestSizeLine = 256;  // of a chunk, with its extensions

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// "token" of RFC 9110, 5.6.2.
bool is_token(std::string_view text) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    const char l = lower(c);
    return (l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') ||
           kMarks.find(c) != std::string_view::npos;
  });
}

// No control characters but the tab.
bool is_field_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto code = static_cast<unsigned char>(c);
    return code == '\t' || (code >= 0x20 && code != 0x7f);
  });
}

bool is_target(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool read_number(std::string_view text, int base, std::uint64_t& number) {
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  return !text.empty() && failure == std::errc() && end == text.data() + text.size();
}

}  // namespace

bool same_text(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return lower(x) == lower(y); });
}

std::string header_parameter(std::string_view value, std::string_view name) {
  while (!value.empty()) {
    const std::string_view part = trimmed(value.substr(0, value.find(';')));
    value.remove_prefix(std::min(value.size(), value.find(';') == std::string_view::npos
                                                   ? value.size()
                                                   : value.find(';') + 1));
    const auto equals = part.find('=');
    if (equals == std::string_view::npos || !same_text(part.substr(0, equals), name)) continue;
    std::string_view found = part.substr(equals + 1);
    if (found.size() >= 2 && found.front() == '"' && found.back() == '"')
      found = found.substr(1, found.size() - 2);
    return std::string(found);
  }
  return {};
}

HttpRequestParser::HttpRequestParser(KeepsBody keeps_body, HttpLimits limits)
    : keeps_body_(keeps_body), limits_(limits) {}

void HttpRequestParser::reset() {
  state_ = State::head;
  head_.clear();
  line_.clear();
  fields_.clear();
  body_.clear();
  if (body_.capacity() > (std::size_t{1} << 20)) body_.shrink_to_fit();
  method_ = target_ = failure_text_ = {};
  body_bytes_ = rest_ = 0;
  trailer_bytes_ = 0;
  failure_ = 0;
  keep_alive_ = keeps_ = true;
  old_version_ = expects_ = false;
}

bool HttpRequestParser::fail(int status, std::string_view why) {
  state_ = State::failed;
  keep_alive_ = false;
  failure_ = status;
  failure_text_ = why;
  return false;
}

std::size_t HttpRequestParser::feed(std::string_view bytes) {
  std::size_t taken = 0;
  while (taken < bytes.size() && state_ != State::complete && state_ != State::failed) {
    const std::string_view rest = bytes.substr(taken);
    switch (state_) {
      case State::head: taken += feed_head(rest); break;
      case State::body:
      case State::chunk: taken += feed_body(rest); break;
      default: taken += feed_line(rest);
    }
  }
  return taken;
}

std::size_t HttpRequestParser::feed_head(std::string_view bytes) {
  // Empty lines before a request are skipped (RFC 9112, 2.2).
  if (head_.empty() && (bytes.front() == '\r' || bytes.front() == '\n')) return 1;
  // A client that speaks TLS waits for an answer to its first bytes, which never end a head.
  if (head_.empty() && !is_token(bytes.substr(0, 1))) {
    fail(400, "expected a request of HTTP/1.1");
    return 1;
  }
  const std::size_t before = head_.size();
  const std::size_t room = limits_.head_bytes + 1 - before;
  head_ += bytes.substr(0, room);
  const auto end = head_.find(kEndOfHead, before < 3 ? 0 : before - 3);
  if (end == std::string::npos) {
    const std::size_t taken = head_.size() - before;
    if (head_.size() > limits_.head_bytes) fail(431, "the head of the request is too long");
    return taken;
  }
  head_.resize(end + 2);
  end_of_head();
  return end + kEndOfHead.size() - before;
}

void HttpRequestParser::end_of_head() {
  std::string_view rest = head_;
  bool first = true;
  while (!rest.empty()) {
    const auto end = rest.find("\r\n");
    const std::string_view line = rest.substr(0, end);
    if (!(first ? read_request_line(line) : read_field(line))) return;
    first = false;
    rest.remove_prefix(end + 2);
  }
  read_connection();
  read_framing();
}

bool HttpRequestParser::read_request_line(std::string_view line) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || last == first)
    return fail(400, "expected a request line: METHOD TARGET HTTP/1.1");
  method_ = line.substr(0, first);
  target_ = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  if (!is_token(method_) || !is_target(target_) || !version.starts_with("HTTP/"))
    return fail(400, "expected a request line: METHOD TARGET HTTP/1.1");
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return fail(505, "expected HTTP/1.1");
  old_version_ = version == "HTTP/1.0";
  return true;
}

bool HttpRequestParser::read_field(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon)))
    return fail(400, "expected a header: Name: value");
  const std::string_view value = trimmed(line.substr(colon + 1));
  if (!is_field_value(value)) return fail(400, "a header holds a control character");
  fields_.push_back({line.substr(0, colon), value});
  return true;
}

std::string_view HttpRequestParser::header(std::string_view name) const {
  for (const Field& field : fields_)
    if (same_text(field.name, name)) return field.value;
  return {};
}

void HttpRequestParser::read_connection() {
  const std::string_view connection = header("connection");
  keep_alive_ =
      old_version_ ? same_text(connection, "keep-alive") : !same_text(connection, "close");
  keeps_ = keeps_body_ == nullptr || keeps_body_(target_);
}

void HttpRequestParser::read_framing() {
  std::string_view length, encoding;
  bool lengths = false, encodings = false;
  for (const Field& field : fields_) {
    const bool is_length = same_text(field.name, "content-length");
    const bool is_encoding = same_text(field.name, "transfer-encoding");
    if ((is_length && lengths) || (is_encoding && encodings)) {
      fail(400, "the length of the body is given twice");
      return;
    }
    if (is_length) length = field.value;
    if (is_encoding) encoding = field.value;
    lengths = lengths || is_length;
    encodings = encodings || is_encoding;
  }
  if (lengths && encodings) fail(400, "both Content-Length and Transfer-Encoding");
  else if (encodings && !same_text(encoding, "chunked")) fail(501, "expected chunked");
  else if (lengths && !read_number(length, 10, rest_)) fail(400, "Content-Length is no number");
  else if (rest_ > limits_.body_bytes) fail(413, "the body is too large");
  else if (encodings) state_ = State::chunk_size;
  else state_ = rest_ > 0 ? State::body : State::complete;
  expects_ = (state_ == State::chunk_size || state_ == State::body) && !old_version_ &&
             same_text(header("expect"), "100-continue");
}

std::size_t HttpRequestParser::feed_body(std::string_view bytes) {
  const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(rest_, bytes.size()));
  if (keeps_) body_ += bytes.substr(0, taken);
  skip(taken);
  return taken;
}

std::uint64_t HttpRequestParser::skippable() const {
  const bool in_body = state_ == State::body || state_ == State::chunk;
  return in_body && !keeps_ ? rest_ : 0;
}

void HttpRequestParser::skip(std::uint64_t bytes) {
  rest_ -= bytes;
  body_bytes_ += bytes;
  if (rest_ > 0) return;
  state_ = state_ == State::body ? State::complete : State::chunk_end;
}

// The lines around chunks, and trailers.
std::size_t HttpRequestParser::feed_line(std::string_view bytes) {
  const auto end = bytes.find('\n');
  const std::size_t taken = end == std::string_view::npos ? bytes.size() : end + 1;
  line_ += bytes.substr(0, std::min(taken, limits_.head_bytes + 1));
  const std::size_t limit = state_ == State::trailers    ? limits_.head_bytes - trailer_bytes_
                            : state_ == State::chunk_end ? 2
                                                         : kLongestSizeLine;
  if (line_.size() > limit) {
    fail(state_ == State::trailers ? 431 : 400, "a line between chunks is too long");
  } else if (end != std::string_view::npos) {
    if (!line_.ends_with("\r\n")) {
      fail(400, "a line between chunks has no end");
      return taken;
    }
    end_of_line();
    line_.clear();
  }
  return taken;
}

void HttpRequestParser::end_of_line() {
  switch (state_) {
    case State::chunk_size: end_of_chunk_size(); break;
    case State::chunk_end:
      if (line_ == "\r\n") state_ = State::chunk_size;
      else fail(400, "a chunk is longer than its size");
      break;
    default:
      trailer_bytes_ += line_.size();
      if (line_ == "\r\n") state_ = State::complete;
  }
}

void HttpRequestParser::end_of_chunk_size() {
  const std::string_view line = std::string_view(line_).substr(0, line_.size() - 2);
  const std::string_view digits = trimmed(line.substr(0, line.find(';')));
  if (!read_number(digits, 16, rest_)) fail(400, "the size of a chunk is no number");
  else if (rest_ > limits_.body_bytes - body_bytes_) fail(413, "the body is too large");
  else state_ = rest_ == 0 ? State::trailers : State::chunk;
}

bool HttpRequestParser::take_expectation() {
  const bool expected = expects_ && body_bytes_ == 0;
  expects_ = false;
  return expected && state_ != State::complete && state_ != State::failed;
}

}  // namespace stareval
