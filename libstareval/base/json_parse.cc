// Parsing JSON, with every double exact: Boost.JSON 1.81 by itself reads one in ten of the
// fractions that the writer prints as a neighbour of the double that was written.
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <system_error>

#include "libstareval/base/json.h"

namespace stareval {
namespace {

// Builds the value from the events of the parser. A text that comes in one piece gives each number
// in one piece; parts are put together all the same.
class Handler {
 public:
  static constexpr std::size_t max_object_size = json::object::max_size();
  static constexpr std::size_t max_array_size = json::array::max_size();
  static constexpr std::size_t max_key_size = json::string::max_size();
  static constexpr std::size_t max_string_size = json::string::max_size();

  Handler() { stack_.reset(); }
  json::value release() { return stack_.release(); }

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code&) { return true; }
  bool on_array_begin(json::error_code&) { return true; }
  bool on_object_end(std::size_t n, json::error_code&) {
    stack_.push_object(n);
    return true;
  }
  bool on_array_end(std::size_t n, json::error_code&) {
    stack_.push_array(n);
    return true;
  }
  bool on_key_part(json::string_view s, std::size_t, json::error_code&) {
    stack_.push_chars(s);
    return true;
  }
  bool on_key(json::string_view s, std::size_t, json::error_code&) {
    stack_.push_key(s);
    return true;
  }
  bool on_string_part(json::string_view s, std::size_t, json::error_code&) {
    stack_.push_chars(s);
    return true;
  }
  bool on_string(json::string_view s, std::size_t, json::error_code&) {
    stack_.push_string(s);
    return true;
  }
  bool on_number_part(json::string_view s, json::error_code&) {
    number_.append(s.data(), s.size());
    return true;
  }
  bool on_int64(std::int64_t number, json::string_view, json::error_code&) {
    number_.clear();
    stack_.push_int64(number);
    return true;
  }
  bool on_uint64(std::uint64_t number, json::string_view, json::error_code&) {
    number_.clear();
    stack_.push_uint64(number);
    return true;
  }
  bool on_double(double nearly, json::string_view s, json::error_code& failure) {
    number_.append(s.data(), s.size());
    double exact = nearly;  // kept where the text is out of range: 0 or infinity
    std::from_chars(number_.data(), number_.data() + number_.size(), exact);
    number_.clear();
    if (!std::isfinite(exact)) {
      failure = json::error::exponent_overflow;
      return false;
    }
    stack_.push_double(exact);
    return true;
  }
  bool on_bool(bool flag, json::error_code&) {
    stack_.push_bool(flag);
    return true;
  }
  bool on_null(json::error_code&) {
    stack_.push_null();
    return true;
  }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }

 private:
  json::value_stack stack_;
  std::string number_;
};

constexpr std::size_t kEscapeSize = 6;  // of "\\uXXXX"

// The UTF-16 unit of an escape at the start of the text.
std::optional<unsigned> escaped_unit(std::string_view text) {
  if (text.size() < kEscapeSize || !text.starts_with("\\u")) return std::nullopt;
  unsigned unit = 0;
  const char* digits = text.data() + 2;
  const auto [end, failure] = std::from_chars(digits, digits + 4, unit, 16);
  if (failure != std::errc{} || end != digits + 4) return std::nullopt;
  return unit;
}

bool is_high_surrogate(unsigned unit) { return unit >= 0xd800 && unit <= 0xdbff; }
bool is_low_surrogate(unsigned unit) { return unit >= 0xdc00 && unit <= 0xdfff; }

}  // namespace

std::string with_whole_surrogates(std::string_view json_text) {
  std::string out;
  out.reserve(json_text.size());
  for (std::size_t at = 0; at < json_text.size();) {
    const std::string_view rest = json_text.substr(at);
    std::size_t size = rest.front() == '\\' ? 2 : 1;  // an escaped backslash is passed over whole
    if (const auto unit = escaped_unit(rest)) {
      const auto next = escaped_unit(rest.substr(kEscapeSize));
      const bool pair = is_high_surrogate(*unit) && next && is_low_surrogate(*next);
      size = pair ? 2 * kEscapeSize : kEscapeSize;
      if (!pair && (is_high_surrogate(*unit) || is_low_surrogate(*unit))) {
        out += "\\ufffd";
        at += size;
        continue;
      }
    }
    out += rest.substr(0, size);
    at += size;
  }
  return out;
}

Result<json::value> parse_json(std::string_view text, std::string_view where) {
  json::basic_parser<Handler> parser{json::parse_options{}};
  json::error_code failure;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), failure);
  if (!failure && used < text.size()) failure = json::error::extra_data;
  if (failure)
    return make_error(ErrorCode::bad_data, "{}: expected JSON, found {}", where,
                      text.empty() ? "nothing" : "something else (" + failure.message() + ")");
  return parser.handler().release();
}

Result<json::object> parse_json_object(std::string_view text, std::string_view where) {
  STAREVAL_TRY(json::value value, parse_json(text, where));
  if (!value.is_object())
    return make_error(ErrorCode::bad_data, "{}: expected a JSON object, found {}", where,
                      describe_kind(value));
  return std::move(value.get_object());
}

}  // namespace stareval
