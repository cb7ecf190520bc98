// Strings of Python (The Python Language Reference 3, 2.4.1).
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "libstareval/data/python_literal_internal.h"

namespace stareval {
namespace {

bool is_quote(char c) { return c == '\'' || c == '"'; }

// Letters before a quote; any of them, so that those that are refused are named.
std::string_view prefix_of(std::string_view text) {
  const std::size_t size = std::min<std::size_t>(text.find_first_not_of("bBfFrRuU"), 3);
  return size < text.size() && is_quote(text[size]) ? text.substr(0, size) : std::string_view();
}

bool has_letter(std::string_view prefix, char lower, char upper) {
  return prefix.find(lower) != std::string_view::npos ||
         prefix.find(upper) != std::string_view::npos;
}

std::optional<char32_t> digit_value(char c, unsigned base) {
  unsigned value = base;
  if (c >= '0' && c <= '9') value = static_cast<unsigned>(c - '0');
  else if (c >= 'a' && c <= 'f') value = static_cast<unsigned>(c - 'a') + 10U;
  else if (c >= 'A' && c <= 'F') value = static_cast<unsigned>(c - 'A') + 10U;
  if (value >= base) return std::nullopt;
  return value;
}

void append_utf8(std::string& out, char32_t code) {
  const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
  const auto follow = [&](unsigned shift) { put(0x80U | (code >> shift & 0x3fU)); };
  if (code < 0x80U) {
    put(code);
  } else if (code < 0x800U) {
    put(0xc0U | code >> 6U);
    follow(0);
  } else if (code < 0x10000U) {
    put(0xe0U | code >> 12U);
    follow(6);
    follow(0);
  } else {
    put(0xf0U | code >> 18U);
    follow(12);
    follow(6);
    follow(0);
  }
}

class StringReader {
 public:
  explicit StringReader(LiteralCursor& in) : in_(in) {}

  Result<std::string> read() {
    STAREVAL_CHECK(read_prefix());
    const std::size_t begin = in_.at();
    const std::string one(1, in_.peek());
    const std::string three(3, one.front());
    const bool long_one = in_.rest().starts_with(three);
    const std::string& quotes = long_one ? three : one;
    in_.advance(quotes.size());
    while (!in_.rest().starts_with(quotes)) {
      if (in_.at_end())
        return in_.expected(fmt::format("{} at the end of a string", quotes), "the end of the text",
                            begin);
      STAREVAL_CHECK(read_character(long_one));
    }
    in_.advance(quotes.size());
    return std::move(text_);
  }

 private:
  Result<void> read_prefix() {
    const std::string_view prefix = prefix_of(in_.rest());
    raw_ = prefix == "r" || prefix == "R";
    if (!prefix.empty() && !raw_ && prefix != "u" && prefix != "U") {
      const char* what = has_letter(prefix, 'b', 'B')   ? "bytes"
                         : has_letter(prefix, 'f', 'F') ? "an f-string"
                                                        : "another prefix";
      return in_.expected("a str (prefix u, r or none)", fmt::format("{} ({})", what, prefix),
                          in_.at());
    }
    in_.advance(prefix.size());
    return {};
  }

  Result<void> read_character(bool long_one) {
    const char c = in_.peek();
    if (c == '\0') return in_.expected("a character of a string");
    if (c == '\n' || c == '\r') {
      if (!long_one) return in_.expected("the closing quote on the same line");
      read_line_break();
      return {};
    }
    if (c == '\\') return raw_ ? read_raw_escape(long_one) : read_escape();
    text_ += c;
    in_.advance();
    return {};
  }

  // However the file ends its lines, the string has line feeds.
  void read_line_break() {
    in_.advance(in_.rest().starts_with("\r\n") ? 2 : 1);
    text_ += '\n';
  }

  // The backslash stays, and what is behind it does not end the string.
  Result<void> read_raw_escape(bool long_one) {
    text_ += '\\';
    in_.advance();
    if (in_.at_end()) return {};
    const char next = in_.peek();
    if (next == '\n' || next == '\r') {
      read_line_break();
      return {};
    }
    return next == '\\' || is_quote(next) ? take_as_it_is() : read_character(long_one);
  }

  Result<void> take_as_it_is() {
    text_ += in_.peek();
    in_.advance();
    return {};
  }

  Result<void> read_escape() {
    constexpr std::string_view kLetters = "\\'\"abfnrtv";
    constexpr std::string_view kMeanings = "\\'\"\a\b\f\n\r\t\v";
    const char next = in_.peek(1);
    if (const std::size_t i = kLetters.find(next); i != std::string_view::npos && next != '\0') {
      text_ += kMeanings[i];
      in_.advance(2);
      return {};
    }
    switch (next) {
      case '\n': in_.advance(2); return {};
      case '\r': in_.advance(in_.peek(2) == '\n' ? 3 : 2); return {};
      case 'x': return read_code(2);
      case 'u': return read_code(4);
      case 'U': return read_code(8);
      case 'N':
        return in_.expected("a character, or its number as \\uXXXX",
                            "\\N{...}, a name of a character", in_.at());
      default: break;
    }
    if (digit_value(next, 8)) read_octal();
    else read_unknown_escape();
    return {};
  }

  // Python keeps what it does not know, with the backslash.
  void read_unknown_escape() {
    text_ += '\\';
    in_.advance();
  }

  void read_octal() {
    in_.advance();
    char32_t code = 0;
    for (int i = 0; i < 3; ++i) {
      const auto digit = digit_value(in_.peek(), 8);
      if (!digit) break;
      code = code * 8U + *digit;
      in_.advance();
    }
    append_utf8(text_, code);
  }

  // Behind \x, \u and \U: exactly so many hexadecimal digits.
  Result<void> read_code(std::size_t digits) {
    const std::size_t begin = in_.at();
    in_.advance(2);
    char32_t code = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      const auto digit = digit_value(in_.peek(), 16);
      if (!digit) return in_.expected(fmt::format("{} hexadecimal digits of an escape", digits));
      code = code * 16U + *digit;
      in_.advance();
    }
    if (code > 0x10ffffU || (code >= 0xd800U && code <= 0xdfffU))
      return in_.expected("the number of a character",
                          fmt::format("U+{:04X}", static_cast<std::uint32_t>(code)), begin);
    append_utf8(text_, code);
    return {};
  }

  LiteralCursor& in_;
  bool raw_ = false;
  std::string text_;
};

}  // namespace

bool is_string_next(const LiteralCursor& in) {
  return is_quote(in.peek()) || !prefix_of(in.rest()).empty();
}

Result<std::string> read_python_string(LiteralCursor& in) { return StringReader(in).read(); }

}  // namespace stareval
