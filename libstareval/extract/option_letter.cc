#include <algorithm>
#include <array>

#include "libstareval/extract/option_scan_internal.h"

namespace stareval::extract {
namespace {

std::size_t skip_emphasis(std::string_view text, std::size_t at, std::size_t end) {
  while (at < end && !is_space(text[at]) && mark_length(text, at) == 1 && text[at] != '\'') ++at;
  return at;
}

// What stands after a letter: its closing bracket, a sign such as "." or ":", or neither.
struct Closing {
  bool bracket = false;
  char sign = '\0';
  std::size_t end = 0;
};

Closing closing_at(std::string_view text, std::size_t at, std::size_t end) {
  Closing closing;
  closing.end = skip_emphasis(text, at, end);
  const auto next = [&] { return closing.end < end ? text[closing.end] : '\0'; };
  if (next() == ')' || next() == ']') {
    closing.bracket = true;
    closing.end = skip_emphasis(text, closing.end + 1, end);
  }
  if (next() == '.' || next() == ',' || next() == ';' || next() == ':' || next() == '!') {
    closing.sign = next();
    ++closing.end;
  }
  return closing;
}

// "is correct", "is the right answer".
bool is_approval(std::string_view lower) {
  constexpr std::array<std::string_view, 12> kApprovals{
      "would be correct",    "seems right",  "seems correct",         "fits",
      "is correct",          "is right",     "is the answer",         "is the correct answer",
      "is the right answer", "is my answer", "is the correct option", "is the right option"};
  return std::any_of(kApprovals.begin(), kApprovals.end(), [&](std::string_view approval) {
    return lower.starts_with(approval) && !is_word(char_at(lower, approval.size()));
  });
}

// Whether the letter is over, and not the start of a word, an article or an abbreviation.
bool is_choice_letter(const Options& options, const Source& source, char letter,
                      const Closing& closing, std::size_t end) {
  const std::string_view text = source.text;
  const std::size_t after = skip_marks(text, closing.end, end);
  if (after >= end) return true;
  const auto gap = text.substr(closing.end, after - closing.end);
  if (gap.find('\n') != gap.npos) return true;  // the rest is another line
  const bool option_follows = options.prefix_of(text.substr(after, end - after)).has_value();
  const bool answer_sign = closing.sign == ':' && letter == 'A';  // "A: it is ...", after a "Q:"
  if (is_lower(letter) || answer_sign) return closing.end < after && option_follows;
  if (closing.bracket) return true;
  if (closing.sign != '\0') return !is_word(text[closing.end]);
  if (text[closing.end] == '/') return true;
  if (!is_space(text[closing.end])) return false;
  if (text[after] == '(' || text[after] == '-') return true;
  if (is_approval(std::string_view(source.lower).substr(after, end - after))) return true;
  return option_follows || goes_on_after_choice(word_at(source.lower, after));
}

}  // namespace

bool goes_on_after_choice(std::string_view word) {
  return is_one_of(word, {"because", "since", "as", "based", "given", "due", "which", "or", "and"});
}

std::optional<Letter> leading_letter(const Options& options, const Source& source, Span span) {
  const std::string_view text = source.text;
  std::size_t at = skip_marks(text, span.begin, span.end);
  if (is_one_of(word_at(source.lower, at), {"option", "choice"}))
    at = skip_marks(text, at + 6, span.end);
  const bool open = at < span.end && (text[at] == '(' || text[at] == '[');
  if (open) at = skip_marks(text, at + 1, span.end);
  if (at >= span.end) return std::nullopt;
  const char letter = text[at];
  const auto index = options.index_of(is_lower(letter) ? static_cast<char>(letter - 32) : letter);
  if (!index) return std::nullopt;
  const Closing closing = closing_at(text, at + 1, span.end);
  if (open && !closing.bracket) return std::nullopt;
  if (!is_choice_letter(options, source, letter, closing, span.end)) return std::nullopt;
  return Letter{*index, at, closing.end};
}

}  // namespace stareval::extract
