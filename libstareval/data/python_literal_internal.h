// Reading a Python literal from left to right: the place, white space, errors, and the two kinds of
// token that have a grammar of their own.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "libstareval/base/json.h"
#include "libstareval/base/result.h"

namespace stareval {

// Whether line breaks are white space: within brackets they are.
enum class LineBreaks { stop, skip };

class LiteralCursor {
 public:
  LiteralCursor(std::string_view text, std::string_view where, std::size_t line)
      : text_(text), where_(where), line_(line) {}

  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  [[nodiscard]] char peek(std::size_t ahead = 0) const;  // '\0' behind the end
  void advance(std::size_t size = 1) { at_ += size; }

  // Pass over the character where it comes next.
  bool take(char wanted);

  // Spaces, comments, and lines continued by a backslash.
  void skip_space(LineBreaks breaks);

  // The name that comes next: letters, digits, underscores, and all beyond ASCII.
  [[nodiscard]] std::string_view name() const;

  // bad_data at the place of `at`; what is found there is told by the first character.
  [[nodiscard]] Error expected(std::string_view what) const { return expected(what, found(), at_); }
  [[nodiscard]] Error expected(std::string_view what, std::string_view found, std::size_t at) const;

 private:
  [[nodiscard]] std::string found() const;

  std::string_view text_;
  std::string_view where_;
  std::size_t line_;  // of the begin of the text
  std::size_t at_ = 0;
};

// The start of a text, at most so many bytes, that ends between two characters.
[[nodiscard]] std::string_view shortened(std::string_view text, std::size_t most);

// Whether a string, with its prefix if it has one, comes next.
[[nodiscard]] bool is_string_next(const LiteralCursor& in);

// One string from its prefix to its last quote.
[[nodiscard]] Result<std::string> read_python_string(LiteralCursor& in);

// A number from its sign to its last digit.
[[nodiscard]] Result<json::value> read_python_number(LiteralCursor& in);

}  // namespace stareval
