// What makes a number a bound, or a part of something larger.
#include <algorithm>

#include "libstareval/extract/lexicon_internal.h"
#include "libstareval/extract/mentions_internal.h"

namespace stareval::extract {
namespace {

// Words before a number that make it a bound or a part: "at least 7", "more than 7", "minus 3".
bool is_bound(std::string_view word) {
  return is_one_of(
      word, {"least", "most", "than", "over", "under", "nearly", "almost", "minus", "plus", "times",
             "twice", "double", "half", "maximum", "minimum", "either", "or", "another"});
}

// "> 7", ">= 7", "<= 7", "≥ 7", but not the end of a tag or an arrow: "<b>7", "-> 7".
bool has_comparison_before(std::string_view lower, std::size_t at) {
  while (at > 0 && is_space(lower[at - 1])) --at;
  const auto last = lower.substr(0, at);
  if (last.ends_with("\xE2\x89\xA5") || last.ends_with("\xE2\x89\xA4")) return true;
  if (last.ends_with("\xE2\x89\xA0") || last.ends_with("\\neq") || last.ends_with("!="))
    return true;
  if (last.ends_with(">=") || last.ends_with("<=") || last.ends_with("<")) return true;
  return last.ends_with('>') && (at == 1 || is_space(last[at - 2]));
}

bool has_number(std::string_view lower, std::size_t begin, std::size_t window, std::size_t end) {
  return !numbers(lower, {std::min(begin, end), std::min(begin + window, end)}).empty();
}

// After a comma: "5, 6", "5, or maybe 6", but not "7, as 3 and 4 make that".
bool starts_alternative(std::string_view lower, std::size_t at, std::size_t end) {
  const std::size_t next = skip_marks(lower, at, end);
  if (number_at(lower, next, end).span.end > 0) return true;
  const auto word = word_at(lower, next);
  return is_one_of(word, {"or", "maybe", "perhaps", "possibly"}) &&
         has_number(lower, next + word.size(), 16, end);
}

// "or 6", "to 7", "plus 3", "or more".
bool starts_worded_part(std::string_view lower, std::size_t at, std::size_t end) {
  const auto word = word_at(lower, at);
  const std::size_t next = at + word.size();
  const auto then = word_at(lower, skip_marks(lower, next, end));
  if (is_one_of(word, {"minus", "less", "squared", "cubed", "factorial", "divided", "multiplied"}))
    return true;
  if (word == "or" && is_one_of(then, {"more", "so", "fewer", "less"})) return true;
  return is_one_of(word, {"or", "to", "plus", "minus", "times", "and", "x"}) &&
         has_number(lower, next, 12, end);
}

}  // namespace

bool is_bounded(std::string_view lower, std::size_t at) {
  const auto before = word_before(lower, at);
  if (is_bound(before) || has_comparison_before(lower, at)) return true;
  const auto place = static_cast<std::size_t>(before.data() - lower.data());
  return before == "to" && word_before(lower, place) == "up";
}

// Whether what follows a number makes it part of something larger: "5-7", "5 or 6", "3 + 4", "5/6".
bool is_part_of_more(std::string_view lower, std::size_t at, std::size_t end) {
  at = skip_marks(lower, at, end);
  if (at >= end) return false;
  const auto rest = lower.substr(at, 3);
  if (rest == "\xE2\x80\x93" || rest == "\xE2\x80\x94" || rest.starts_with("\xC3\x97"))
    return has_number(lower, at + rest.size(), 8, end);
  const char sign = lower[at];
  if (is_digit(sign) || std::string_view("+/^=").find(sign) != std::string_view::npos) return true;
  if (std::string_view("-&<>").find(sign) != std::string_view::npos)
    return has_number(lower, at + 1, 8, end);
  if (sign == '\\') return is_letter(char_at(lower, at + 1));  // a LaTeX operator
  if (sign == ',') return starts_alternative(lower, at + 1, end);
  return starts_worded_part(lower, at, end);
}

}  // namespace stareval::extract
