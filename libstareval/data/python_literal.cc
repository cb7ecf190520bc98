#include "libstareval/data/python_literal.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "libstareval/base/text.h"
#include "libstareval/data/python_literal_internal.h"

namespace stareval {
namespace {

constexpr int kMostLevels = 32;  // as of JSON (base/json.h), so that what is read can be written
constexpr std::size_t kMostQuoted = 24;  // characters of the text in an error

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_line_break(char c) { return c == '\n' || c == '\r'; }
bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }

bool is_name_part(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80U;
}

// Bytes of the character that starts with this one.
std::size_t character_size(char first) {
  const auto byte = static_cast<unsigned char>(first);
  if (byte >= 0xf0U) return 4;
  if (byte >= 0xe0U) return 3;
  return byte >= 0xc0U ? 2 : 1;
}

// Where the first byte stands that is not UTF-8; the size of the text where there is none.
std::size_t first_invalid_byte(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t size = character_size(text[at]);
    if (!is_valid_utf8(text.substr(at, size))) return at;
    at += size;
  }
  return at;
}

class Parser {
 public:
  Parser(std::string_view text, std::string_view where, std::size_t line)
      : in_(text, where, line) {}

  Result<json::value> parse() {
    in_.skip_space(LineBreaks::skip);
    STAREVAL_TRY(json::value value, read_value());
    in_.skip_space(LineBreaks::skip);
    if (!in_.at_end()) return in_.expected("the end of the literal");
    return value;
  }

 private:
  Result<json::value> read_value() {
    if (is_string_next(in_)) return read_strings();
    switch (const char next = in_.peek()) {
      case '{':
      case '[':
      case '(': return read_brackets(next);
      case '+':
      case '-':
      case '.': return read_python_number(in_);
      default: break;
    }
    if (is_digit(in_.peek())) return read_python_number(in_);
    return read_constant();
  }

  Result<json::value> read_constant() {
    const std::string_view name = in_.name();
    json::value value;
    if (name == "True") value = true;
    else if (name == "False") value = false;
    else if (name != "None") return in_.expected("a literal of Python");
    in_.advance(name.size());
    return value;
  }

  // Strings that stand side by side are one.
  Result<json::value> read_strings() {
    std::string text;
    do {
      STAREVAL_TRY(const std::string part, read_python_string(in_));
      text += part;
      in_.skip_space(breaks());
    } while (is_string_next(in_));
    return json::value(json::string(text));
  }

  Result<json::value> read_brackets(char open) {
    if (levels_ == kMostLevels)
      return in_.expected(fmt::format("at most {} levels of brackets", kMostLevels));
    ++levels_;
    in_.advance();
    Result<json::value> value = open == '{'   ? read_dict()
                                : open == '[' ? read_list(']')
                                              : read_tuple();
    --levels_;
    return value;
  }

  Result<json::value> read_dict() {
    json::object object;
    in_.skip_space(LineBreaks::skip);
    while (!in_.take('}')) {
      if (!is_string_next(in_)) return in_.expected("a string as the key of a dict");
      STAREVAL_TRY(const json::value key, read_strings());
      in_.skip_space(LineBreaks::skip);
      if (!in_.take(':')) return in_.expected("\":\" of a dict (a set is not read)");
      in_.skip_space(LineBreaks::skip);
      STAREVAL_TRY(json::value value, read_value());
      object[key.get_string()] = std::move(value);
      STAREVAL_CHECK(end_item('}'));
    }
    return json::value(std::move(object));
  }

  Result<json::value> read_list(char close) {
    json::array items;
    in_.skip_space(LineBreaks::skip);
    while (!in_.take(close)) {
      STAREVAL_TRY(json::value value, read_value());
      items.push_back(std::move(value));
      STAREVAL_CHECK(end_item(close));
    }
    return json::value(std::move(items));
  }

  // One value without a comma is that value and no tuple.
  Result<json::value> read_tuple() {
    in_.skip_space(LineBreaks::skip);
    if (in_.take(')')) return json::value(json::array());
    STAREVAL_TRY(json::value first, read_value());
    in_.skip_space(LineBreaks::skip);
    if (in_.take(')')) return first;
    if (!in_.take(',')) return in_.expected("\",\" or \")\"");
    STAREVAL_TRY(json::value others, read_list(')'));
    json::array& items = others.get_array();
    items.insert(items.begin(), std::move(first));
    return others;
  }

  // Behind an item: a comma, or the bracket that closes, which stays for the caller.
  Result<void> end_item(char close) {
    in_.skip_space(LineBreaks::skip);
    if (in_.peek() == close) return {};
    if (!in_.take(',')) return in_.expected(fmt::format("\",\" or \"{}\"", close));
    in_.skip_space(LineBreaks::skip);
    return {};
  }

  [[nodiscard]] LineBreaks breaks() const {
    return levels_ > 0 ? LineBreaks::skip : LineBreaks::stop;
  }

  LiteralCursor in_;
  int levels_ = 0;
};

}  // namespace

std::string_view shortened(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && is_continuation(text[most])) --most;
  return text.substr(0, most);
}

char LiteralCursor::peek(std::size_t ahead) const {
  return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
}

bool LiteralCursor::take(char wanted) {
  if (at_end() || text_[at_] != wanted) return false;
  ++at_;
  return true;
}

void LiteralCursor::skip_space(LineBreaks breaks) {
  for (; !at_end(); ++at_) {
    const char c = peek();
    if (c == '#') {
      while (!at_end() && !is_line_break(peek())) ++at_;
      --at_;
    } else if (c == '\\' && is_line_break(peek(1))) {
      at_ += peek(1) == '\r' && peek(2) == '\n' ? 2 : 1;
    } else if (c != ' ' && c != '\t' && c != '\f' &&
               (breaks == LineBreaks::stop || !is_line_break(c))) {
      return;
    }
  }
}

std::string_view LiteralCursor::name() const {
  const std::string_view text = rest();
  const auto end = std::find_if_not(text.begin(), text.end(), is_name_part);
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

Error LiteralCursor::expected(std::string_view what, std::string_view found, std::size_t at) const {
  std::size_t line = line_;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < at; ++i) {
    if (text_[i] != '\n' && (text_[i] != '\r' || text_.substr(i + 1, 1) == "\n")) continue;
    ++line;
    begin = i + 1;
  }
  const std::string_view before = text_.substr(begin, at - begin);
  const auto column = before.size() - static_cast<std::size_t>(std::count_if(
                                          before.begin(), before.end(), is_continuation));
  return make_error(ErrorCode::bad_data, "{}:{}:{}: expected {}, found {}", where_, line,
                    column + 1, what, found);
}

std::string LiteralCursor::found() const {
  if (at_end()) return "the end of the text";
  const char c = peek();
  if (is_line_break(c)) return "the end of the line";
  if (is_string_next(*this)) return "a string";
  if (is_digit(c)) return fmt::format("the number {}", shortened(name(), kMostQuoted));
  if (is_name_part(c)) return fmt::format("the name \"{}\"", shortened(name(), kMostQuoted));
  if (static_cast<unsigned char>(c) < 0x20U || c == '\x7f')
    return fmt::format("the byte 0x{:02x}", static_cast<unsigned>(c));
  return fmt::format("\"{}\"", c);
}

Result<json::value> parse_python_literal(std::string_view text, std::string_view where,
                                         std::size_t line) {
  if (!is_valid_utf8(text)) {
    const LiteralCursor in(text, where, line);
    const std::size_t at = first_invalid_byte(text);
    return in.expected("UTF-8",
                       fmt::format("the byte 0x{:02x}", static_cast<unsigned char>(text[at])), at);
  }
  return Parser(text, where, line).parse();
}

}  // namespace stareval
