// Numbers in running text, as digits and as words.
#pragma once

#include <cstdint>
#include <vector>

#include "libstareval/extract/scan_internal.h"

namespace stareval::extract {

struct Number {
  enum class Kind {
    count,     // a whole number, 0 or more
    doubtful,  // a whole number that may not be one: "one of them", "a 7-node graph"
    other,     // not a count: 3.5, -7, 50 %, 2/3, 12:30, beyond 64 bits
  };
  Kind kind = Kind::other;
  std::int64_t value = 0;
  Span span;
};

// The number that starts at a place within text of lower case; an empty span where none does.
[[nodiscard]] Number number_at(std::string_view lower, std::size_t at, std::size_t end);

// Whether a number may stand in a text: a digit, or a word that begins as one. Cheap.
[[nodiscard]] bool may_hold_number(std::string_view lower);

// All numbers of a span, in order. What is glued to letters ("G20", "7th") is none.
[[nodiscard]] std::vector<Number> numbers(std::string_view lower, Span span);

}  // namespace stareval::extract
