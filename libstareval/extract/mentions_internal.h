// The numbers of running text, and what each is said to count.
// Cost  linear in the text.   Thread  pure functions.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "libstareval/extract/number.h"
#include "libstareval/extract/number_scan_internal.h"

namespace stareval::extract {

// From the clause in which the number stands; words that are not known make it no whole.
enum class Role {
  foreign,  // no count of anything here: "row 3", "512 pixels", "90 %", "in 1914"
  loose,    // it may count anything: "Europe: 4"
  other,    // counts something else than is asked for
  extra,    // "2 more entities"
  part,     // counts a part of it: "3 red nodes", "3 entities on the left"
  unclear,  // doubted, bounded, denied, one of a range
  whole,    // counts all of it: "The image shows 7 entities"
  total,    // the same, as a conclusion: "7 in total", "so there are 7"
};

struct Mention {
  Role role = Role::foreign;
  std::int64_t value = 0;
  Span span;
  Counted noun = Counted::anything;  // of what it counts, where a noun says so
};

// In the order of the text, of lower case. Numbers of a list ("1. France") are left out.
[[nodiscard]] std::vector<Mention> mentions(std::string_view lower, Span span, Counted counted);

// The noun after a number with its adjectives: "7 different entities". Adjectives that restrict
// ("red") end the search.
struct CountedNoun {
  Counted noun = Counted::anything;
  bool any = false;     // a noun stands there
  std::size_t end = 0;  // past it, or where the search ended
};
[[nodiscard]] CountedNoun counted_noun(std::string_view lower, std::size_t at, std::size_t end);

// Whether a noun may stand for what is asked: the same, or one of the two is not known.
[[nodiscard]] bool may_be(Counted noun, Counted counted);

// "at least 7", "minus 3", ">= 7": what stands before a number makes it a bound or a part.
[[nodiscard]] bool is_bounded(std::string_view lower, std::size_t at);

// "5-7", "5 or 6", "3 + 4", "7 or more": what stands after it makes it part of something larger.
[[nodiscard]] bool is_part_of_more(std::string_view lower, std::size_t at, std::size_t end);

}  // namespace stareval::extract
