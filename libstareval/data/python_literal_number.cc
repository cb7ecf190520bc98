// Numbers of Python (The Python Language Reference 3, 2.4.4 to 2.4.6).
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>
#include <system_error>

#include "libstareval/data/python_literal_internal.h"

namespace stareval {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80U;
}

// Digits, points, letters, and the sign of an exponent: the token, right or wrong.
std::string_view number_token(std::string_view text) {
  const bool other_base = text.size() > 1 && text[0] == '0' && is_word(text[1]) && text[1] != 'e' &&
                          text[1] != 'E' && !is_digit(text[1]);
  std::size_t size = 0;
  for (; size < text.size(); ++size) {
    const char c = text[size];
    const bool exponent =
        !other_base && size > 0 && (text[size - 1] == 'e' || text[size - 1] == 'E');
    if (!is_word(c) && c != '.' && !(exponent && (c == '+' || c == '-'))) break;
  }
  return text.substr(0, size);
}

// Without its underscores, each of which must stand between two digits; nothing where one does not.
std::optional<std::string> without_underscores(std::string_view digits, int base) {
  const auto is_part = [&](std::size_t i) {
    if (i >= digits.size() || digits[i] == '_') return false;
    return is_digit(digits[i]) || (base == 16 && is_word(digits[i]));
  };
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (digits[i] != '_') out += digits[i];
    else if (i == 0 || !is_part(i - 1) || !is_part(i + 1)) return std::nullopt;
  }
  return out;
}

enum class Fault { none, form, range };

struct Integer {
  Fault fault = Fault::none;
  std::uint64_t value = 0;
};

Integer parse_integer(const std::string& digits, int base) {
  Integer integer;
  const char* end = digits.data() + digits.size();
  const auto [stop, failure] = std::from_chars(digits.data(), end, integer.value, base);
  if (failure == std::errc::invalid_argument || stop != end) integer.fault = Fault::form;
  else if (failure == std::errc::result_out_of_range) integer.fault = Fault::range;
  return integer;
}

int base_of(std::string_view token) {
  if (token.size() < 2 || token[0] != '0') return 10;
  switch (token[1]) {
    case 'x':
    case 'X': return 16;
    case 'o':
    case 'O': return 8;
    case 'b':
    case 'B': return 2;
    default: return 10;
  }
}

class NumberReader {
 public:
  explicit NumberReader(LiteralCursor& in) : in_(in), begin_(in.at()) {}

  Result<json::value> read() {
    if (in_.peek() == '-' || in_.peek() == '+') {
      negative_ = in_.peek() == '-';
      in_.advance();
      in_.skip_space(LineBreaks::stop);
    }
    if (!is_digit(in_.peek()) && !(in_.peek() == '.' && is_digit(in_.peek(1))))
      return in_.expected("a number");
    token_ = number_token(in_.rest());
    Result<json::value> value = is_float() ? read_float() : read_integer();
    in_.advance(token_.size());
    return value;
  }

 private:
  [[nodiscard]] bool is_float() const {
    return base_of(token_) == 10 && token_.find_first_of(".eE") != std::string_view::npos;
  }

  [[nodiscard]] Error refuse(std::string_view expected) const {
    constexpr std::size_t kMostQuoted = 40;
    return in_.expected(expected,
                        fmt::format("{}{}{}", negative_ ? "-" : "", shortened(token_, kMostQuoted),
                                    token_.size() > kMostQuoted ? "..." : ""),
                        begin_);
  }

  [[nodiscard]] Result<json::value> read_integer() const {
    const int base = base_of(token_);
    std::string_view body = token_;
    if (base != 10) body.remove_prefix(body.substr(2).starts_with('_') ? 3 : 2);
    const auto digits = without_underscores(body, base);
    if (!digits || digits->empty()) return refuse("a number");
    // In Python 2 these were octal.
    const bool padded =
        base == 10 && digits->front() == '0' && digits->find_first_not_of('0') != std::string::npos;
    if (padded) return refuse("a number without zeros before it");
    const Integer integer = parse_integer(*digits, base);
    if (integer.fault == Fault::form) return refuse("a number");
    if (integer.fault == Fault::range) return refuse("an int of at most 64 bits");
    return signed_value(integer.value);
  }

  [[nodiscard]] Result<json::value> signed_value(std::uint64_t size) const {
    constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (negative_ && size > kMost + 1) return refuse("an int of at most 64 bits");
    if (negative_) return json::value(static_cast<std::int64_t>(0U - size));
    if (size <= kMost) return json::value(static_cast<std::int64_t>(size));
    return json::value(size);
  }

  [[nodiscard]] Result<json::value> read_float() const {
    const auto digits = without_underscores(token_, 10);
    if (!digits) return refuse("a number");
    double value = 0;
    const char* end = digits->data() + digits->size();
    const auto [stop, failure] = std::from_chars(digits->data(), end, value);
    if (failure == std::errc::invalid_argument || stop != end) return refuse("a number");
    if (failure == std::errc::result_out_of_range) return refuse("a number that a double can hold");
    return json::value(negative_ ? -value : value);
  }

  LiteralCursor& in_;
  std::size_t begin_;
  bool negative_ = false;
  std::string_view token_;
};

}  // namespace

Result<json::value> read_python_number(LiteralCursor& in) { return NumberReader(in).read(); }

}  // namespace stareval
