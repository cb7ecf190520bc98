// Scanners shared by the readers: words, lines, sentences, negation. Bytes in, spans out.
// Non-ASCII bytes count as letters, so that a name is never cut within a character.
// Cost  each function is linear in its span.   Thread  pure functions.
#pragma once

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "libstareval/extract/extraction.h"

namespace stareval::extract {

// The part of a reply that may be read, with the offsets of the reply: its thinking blanked by line
// feeds (thinking.h), what is struck out or only dresses the answer by spaces. A view into the
// reply where nothing is blanked: it must outlive the source. Cost: linear.
class Source {
 public:
  explicit Source(std::string_view reply);
  Source(const Source&) = delete;  // the views may point into the object itself
  Source& operator=(const Source&) = delete;

  std::string_view text;
  std::string_view lower;  // the same in lower case (ASCII)

  [[nodiscard]] Span all() const { return {0, text.size()}; }
  [[nodiscard]] std::string_view view(Span span) const {
    return text.substr(span.begin, span.end - span.begin);
  }
  [[nodiscard]] std::string_view lower_view(Span span) const {
    return lower.substr(span.begin, span.end - span.begin);
  }

  // A source that ends and begins with a span, with offsets of its own. Points into this one.
  [[nodiscard]] Source part(Span span) const { return {view(span), lower_view(span)}; }

 private:
  Source(std::string_view part, std::string_view lower_part) : text(part), lower(lower_part) {}

  std::string own_text_;  // where something is blanked
  std::string own_lower_;
};

[[nodiscard]] inline Source make_source(std::string_view reply) { return Source(reply); }

// The text of a source, as a copy.
[[nodiscard]] std::string readable_text(std::string_view reply);

// Bytes, by a table.
class CharSet {
 public:
  constexpr explicit CharSet(std::string_view chars) {
    for (const char c : chars) has_[static_cast<unsigned char>(c)] = true;
  }
  [[nodiscard]] constexpr bool has(char c) const { return has_[static_cast<unsigned char>(c)]; }

 private:
  std::array<bool, 256> has_{};
};

inline constexpr CharSet kMarks(" \t\n\r\f\v*_`\"'${}#");
inline constexpr CharSet kSentenceSigns("\n.!?;");

[[nodiscard]] constexpr bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}
[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
[[nodiscard]] constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
[[nodiscard]] constexpr bool is_letter(char c) {
  return is_upper(c) || is_lower(c) || static_cast<unsigned char>(c) >= 0x80;
}
[[nodiscard]] constexpr bool is_word(char c) { return is_letter(c) || is_digit(c) || c == '_'; }
[[nodiscard]] constexpr char to_lower(char c) {
  return is_upper(c) ? static_cast<char>(c + ('a' - 'A')) : c;
}

[[nodiscard]] std::string lower_copy(std::string_view text);

// Whether `word` is one of `words`.
[[nodiscard]] inline bool is_one_of(std::string_view word,
                                    std::initializer_list<std::string_view> words) {
  for (const std::string_view other : words)
    if (other.size() == word.size() && (word.empty() || other[0] == word[0]) && other == word)
      return true;
  return false;
}

// The character at a place, or '\0' outside of the text.
[[nodiscard]] inline char char_at(std::string_view text, std::size_t at) {
  return at < text.size() ? text[at] : '\0';
}
[[nodiscard]] inline char char_before(std::string_view text, std::size_t at) {
  return at > 0 && at <= text.size() ? text[at - 1] : '\0';
}

// Whether a name may begin or end at a place: no letter or digit goes on, and no hyphen or
// apostrophe ties it to one ("Guinea-Bissau" does not hold "Guinea"; "France's" holds "France").
[[nodiscard]] bool is_name_begin(std::string_view text, std::size_t at);
[[nodiscard]] bool is_name_end(std::string_view text, std::size_t at);

// White space, markdown, LaTeX and quotes of ASCII.
[[nodiscard]] constexpr bool is_mark(char c) { return kMarks.has(c); }

// Length of such a mark or of a typographic quote at a place, in bytes; 0 where there is none.
[[nodiscard]] inline std::size_t mark_length(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  if (is_mark(text[at])) return 1;
  if (text[at] != '\xE2' || char_at(text, at + 1) != '\x80') return 0;  // ‘ ’ “ ”
  const char last = char_at(text, at + 2);
  return last == '\x98' || last == '\x99' || last == '\x9C' || last == '\x9D' ? 3 : 0;
}

// Cut such marks from both ends.
[[nodiscard]] Span strip_marks(std::string_view text, Span span);
[[nodiscard]] inline std::size_t skip_marks(std::string_view text, std::size_t at,
                                            std::size_t end) {
  for (std::size_t length = 0; at < end; at += length) {
    length = mark_length(text, at);
    if (length == 0) return at;
  }
  return end;
}

// The run of ASCII letters and apostrophes that starts at a place; empty where none does.
[[nodiscard]] inline std::string_view word_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && (is_lower(text[end]) || is_upper(text[end]) || text[end] == '\''))
    ++end;
  return text.substr(std::min(at, text.size()), end - at);
}

// The word that ends before a place, white space and marks between them skipped.
[[nodiscard]] std::string_view word_before(std::string_view text, std::size_t at);

// All words of the text, in order.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view text);

[[nodiscard]] std::vector<Span> lines(std::string_view text, Span span);

// Sentences: up to a line feed, or one of . ! ? ; before white space or the end. The end of a
// sentence includes its sign. Calls `visit` with the span of each, in order.
template <class Visit>
void for_each_sentence(std::string_view text, Span span, Visit visit) {
  std::size_t begin = span.begin;
  for (std::size_t at = span.begin; at < span.end; ++at) {
    const char c = text[at];
    if (!kSentenceSigns.has(c)) continue;
    if (c != '\n' && at + 1 < span.end && !is_space(text[at + 1])) continue;
    visit(Span{begin, at + 1});
    begin = at + 1;
  }
  if (span.end > begin) visit(Span{begin, span.end});
}
[[nodiscard]] std::vector<Span> sentences(std::string_view text, Span span);

// Whether a word of the text passes a test.
template <class Test>
[[nodiscard]] bool any_word(std::string_view text, Test test) {
  for (std::size_t at = 0; at < text.size();) {
    const auto word = word_at(text, at);
    if (!word.empty() && test(word)) return true;
    at += word.size() + 1;
  }
  return false;
}

// "not", "n't", "never", "cannot", "neither", "nor" among the words of lower-case text.
[[nodiscard]] bool has_negation(std::string_view lower);

// "wait", "actually", "correction" ...: the writer takes something back. Lower-case text.
[[nodiscard]] bool has_revision(std::string_view lower);

}  // namespace stareval::extract
