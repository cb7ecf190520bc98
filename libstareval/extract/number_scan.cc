#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "libstareval/extract/lexicon_internal.h"
#include "libstareval/extract/number_scan_internal.h"

namespace stareval::extract {
namespace {

using Kind = Number::Kind;

// The value of each word, and 1.
constexpr Lexicon<64> kNumberWords{
    {1, "zero"},     {2, "one"},      {3, "two"},        {4, "three"},     {5, "four"},
    {6, "five"},     {7, "six"},      {8, "seven"},      {9, "eight"},     {10, "nine"},
    {11, "ten"},     {12, "eleven"},  {13, "twelve"},    {14, "thirteen"}, {15, "fourteen"},
    {16, "fifteen"}, {17, "sixteen"}, {18, "seventeen"}, {19, "eighteen"}, {20, "nineteen"},
    {21, "twenty"},  {31, "thirty"},  {41, "forty"},     {51, "fifty"},    {61, "sixty"},
    {71, "seventy"}, {81, "eighty"},  {91, "ninety"}};

int word_value(std::string_view word) { return static_cast<int>(kNumberWords.of(word)) - 1; }

// ---- digits

std::size_t digits_end(std::string_view text, std::size_t at, std::size_t end) {
  while (at < end && is_digit(text[at])) ++at;
  return at;
}

// Whether ",123" stands there, and no fourth digit.
bool is_thousands_group(std::string_view text, std::size_t at, std::size_t end) {
  return at < end && text[at] == ',' && digits_end(text, at + 1, end) == at + 4;
}

bool is_vulgar_fraction(std::string_view text, std::size_t at) {  // ¼ ½ ¾ in UTF-8
  return char_at(text, at) == '\xC2' && char_at(text, at + 1) >= '\xBC' &&
         char_at(text, at + 1) <= '\xBE';
}

// A sign and then a digit: "3/4", "12:30", "1.2.3", "1,2".
bool goes_on(std::string_view text, std::size_t at) {
  const char sign = char_at(text, at);
  return (sign == '/' || sign == ':' || sign == '.' || sign == ',') &&
         is_digit(char_at(text, at + 1));
}

bool is_zeros(std::string_view digits) { return digits.find_first_not_of('0') == digits.npos; }

// Whether something before the digits makes them another number: a minus, a decimal point.
bool has_sign_before(std::string_view text, std::size_t at) {
  const char before = char_before(text, at);
  const char far = at >= 2 ? text[at - 2] : '\0';
  if (before == '-') return !is_word(far) && far != ')' && far != '-';
  if (before == '.') return far == '\0' || is_space(far);
  return at >= 3 && text.substr(at - 3, 3) == "\xE2\x88\x92";  // the minus sign of Unicode
}

Number parse_digits(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t at = digits_end(text, begin, end);
  std::string digits(text.substr(begin, at - begin));
  if (digits.size() <= 3) {
    for (; is_thousands_group(text, at, end); at += 4) digits += text.substr(at + 1, 3);
  }
  Number number{Kind::count, 0, {begin, at}};
  if (char_at(text, at) == '.' && at + 1 < end && is_digit(text[at + 1])) {
    const std::size_t fraction = digits_end(text, at + 1, end);
    const auto decimals = text.substr(at + 1, fraction - at - 1);
    // "1.000" may be a thousand.
    if (!is_zeros(decimals) || decimals.size() == 3) number.kind = Kind::other;
    at = fraction;
  }
  while (at < end && goes_on(text, at)) {
    number.kind = Kind::other;
    at = digits_end(text, at + 1, end);
  }
  const auto [stop, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number.value);
  if (error != std::errc{}) number.kind = Kind::other;
  if (char_at(text, at) == '%' || is_vulgar_fraction(text, at)) number.kind = Kind::other;
  if (char_at(text, at) == '-' && is_letter(char_at(text, at + 1)) && number.kind == Kind::count)
    number.kind = Kind::doubtful;
  number.span.end = at;
  return number;
}

Number digits_at(std::string_view text, std::size_t begin, std::size_t end) {
  Number number = parse_digits(text, begin, end);
  const std::size_t at = number.span.end;
  const char next = char_at(text, at);
  if (next == 'e' && (is_digit(char_at(text, at + 1)) || char_at(text, at + 1) == '+' ||
                      char_at(text, at + 1) == '-'))
    number.kind = Kind::other;  // 7e3
  else if (is_lower(next) || next == '_') return {};
  if (has_sign_before(text, begin)) number.kind = Kind::other;
  const bool tied = char_before(text, begin) == '-' && begin >= 2 && is_letter(text[begin - 2]);
  if (tied && number.kind == Kind::count) number.kind = Kind::doubtful;  // "UTF-8"
  return number;
}

// ---- words

// The state of reading "two thousand one hundred and five".
class WordNumber {
 public:
  // Whether the word goes on the number; takes it in if so.
  bool take(std::string_view word) {
    if (word == "hundred") return multiply_hundred();
    if (word == "thousand") return multiply_thousand();
    const int value = word_value(word);
    if (value < 0 || value >= room_) return false;
    current_ += value;
    room_ = value >= 20 ? 10 : 0;
    if (value == 0) room_ = 0;
    started_ = true;
    return true;
  }
  [[nodiscard]] bool started() const { return started_; }
  [[nodiscard]] bool takes_and() const { return started_ && room_ == 100; }
  [[nodiscard]] std::int64_t value() const { return total_ + current_; }

 private:
  bool multiply_hundred() {
    if (!started_ || current_ < 1 || current_ > 99) return false;
    current_ *= 100;
    room_ = 100;
    return true;
  }
  bool multiply_thousand() {
    if (!started_ || current_ < 1 || total_ > 0) return false;
    total_ = current_ * 1000;
    current_ = 0;
    room_ = 100;
    return true;
  }

  std::int64_t total_ = 0;
  std::int64_t current_ = 0;
  int room_ = 100;  // the next word must be below
  bool started_ = false;
};

std::size_t skip_joint(std::string_view text, std::size_t at, std::size_t end) {
  while (at < end && (text[at] == ' ' || text[at] == '-')) ++at;
  return at;
}

// "2 million", "50 percent", "3 dozen": the number is not the amount.
bool is_scale(std::string_view word) {
  return is_one_of(word, {"million", "millions", "billion", "billions", "trillion", "percent", "k",
                          "dozen", "dozens", "thousand", "thousands", "hundred", "hundreds"});
}

// "one" is a number only where it counts something: "one entity", "one distinct relation".
bool counts_something(std::string_view text, std::size_t at) {
  const std::size_t next = skip_joint(text, at, text.size());
  return is_one_of(word_at(text, next),
                   {"entity", "node", "relation", "triple", "fact", "edge", "arrow", "image",
                    "picture", "label", "distinct", "different", "unique", "type", "kind", "flag"});
}

Number words_at(std::string_view text, std::size_t begin, std::size_t end) {
  if (!kNumberWords.has(word_at(text, begin))) return {};
  WordNumber number;
  std::size_t done = begin;
  for (std::size_t at = begin; at < end;) {
    const auto word = word_at(text, at);
    if (number.takes_and() && word == "and") {
      at = skip_joint(text, at + 3, end);
      if (word_value(word_at(text, at)) < 0) break;
      continue;
    }
    if (!number.take(word)) break;
    done = at + word.size();
    at = skip_joint(text, done, end);
  }
  if (!number.started()) return {};
  const bool lone_one = text.substr(begin, done - begin) == "one" && !counts_something(text, done);
  const bool tied = char_at(text, done) == '-' && is_letter(char_at(text, done + 1));
  return {lone_one || tied ? Kind::doubtful : Kind::count, number.value(), {begin, done}};
}

}  // namespace

Number number_at(std::string_view lower, std::size_t at, std::size_t end) {
  if (at >= end) return {};
  Number number;
  if (is_digit(lower[at])) number = digits_at(lower, at, end);
  else if (is_lower(lower[at])) number = words_at(lower, at, end);
  if (number.span.end == 0) return number;
  const std::size_t next = skip_joint(lower, number.span.end, end);
  if (is_scale(word_at(lower, next))) number.kind = Kind::other;
  return number;
}

bool may_hold_number(std::string_view lower) {
  static constexpr CharSet kDigits("0123456789");
  static constexpr CharSet kFirsts("zotfsen");  // of the words
  for (std::size_t at = 0; at < lower.size(); ++at) {
    if (kDigits.has(lower[at])) return true;
    if (!is_lower(lower[at])) continue;
    const bool first = kFirsts.has(lower[at]);
    const std::size_t begin = at;
    while (at + 1 < lower.size() && is_lower(lower[at + 1])) ++at;
    if (first && kNumberWords.has(lower.substr(begin, at + 1 - begin))) return true;
  }
  return false;
}

std::vector<Number> numbers(std::string_view lower, Span span) {
  const auto is_plain = [](char c) { return is_lower(c) || is_digit(c) || c == '_'; };
  std::vector<Number> found;
  for (std::size_t at = span.begin; at < span.end;) {
    const Number number =
        is_plain(char_before(lower, at)) ? Number{} : number_at(lower, at, span.end);
    if (number.span.end > at) {
      found.push_back(number);
      at = number.span.end;
      continue;
    }
    // Leave out the rest of a word, and digits that are glued to letters.
    const bool word = is_plain(lower[at]);
    do ++at;
    while (word && at < span.end && is_plain(lower[at]));
  }
  return found;
}

}  // namespace stareval::extract
