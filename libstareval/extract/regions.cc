#include <algorithm>
#include <array>

#include "libstareval/base/text.h"
#include "libstareval/extract/regions_internal.h"

namespace stareval::extract {
namespace {

constexpr std::string_view kOpen = "<answer>";
constexpr std::string_view kClose = "</answer>";
constexpr std::string_view kBox = "\\boxed";
constexpr auto kNone = std::string_view::npos;

// How far the verb may stand from the word "answer": "the answer to the question above is".
constexpr std::size_t kReach = 80;

// Bytes of a statement that are looked at, so that many statements in one line stay cheap.
constexpr std::size_t kMaxStatement = 500;

// Place of the brace that closes each open brace of the span; kNone where nothing closes it.
std::vector<std::size_t> match_braces(std::string_view text, Span span) {
  std::vector<std::size_t> match(span.end - span.begin, kNone);
  std::vector<std::size_t> open;
  for (std::size_t at = span.begin; at < span.end; ++at) {
    if (text[at] == '{') open.push_back(at);
    if (text[at] != '}' || open.empty()) continue;
    match[open.back() - span.begin] = at;
    open.pop_back();
  }
  return match;
}

// After "answer": past the verb or sign that announces the value, or kNone where there is none.
std::size_t after_verb(const Source& source, std::size_t at, std::size_t end) {
  at = skip_marks(source.lower, at, end);
  const char sign = char_at(source.lower, at);
  if (at < end && (sign == ':' || sign == '=')) return at + 1;
  const auto word = word_at(source.lower, at);
  std::size_t next = at + word.size();
  if (is_one_of(word, {"would", "should", "must", "will"})) {
    next = skip_marks(source.lower, next, end);
    if (word_at(source.lower, next) != "be") return kNone;
    next += 2;
  } else if (word != "is") {
    return kNone;
  }
  const std::size_t colon = skip_marks(source.lower, next, end);
  return char_at(source.lower, colon) == ':' ? colon + 1 : next;
}

// "answer to the question is": look for the verb a little further on in the same sentence.
std::size_t after_announcement(const Source& source, std::size_t at, std::size_t end) {
  const std::size_t direct = after_verb(source, at, end);
  if (direct != kNone) return direct;
  if (!is_one_of(word_at(source.lower, skip_marks(source.lower, at, end)), {"to", "for"}))
    return kNone;
  for (std::size_t i = at; i < std::min(at + kReach, end); ++i) {
    const char c = source.lower[i];
    if (c == '.' || c == '\n' || c == '?' || c == '!') return kNone;
    if (c != ' ' && c != ':') continue;
    if (const std::size_t found = after_verb(source, i, end); found != kNone) return found;
  }
  return kNone;
}

// To the end of the line, or of the next line that holds something ("Answer:\n\n7").
Span value_region(std::string_view text, std::size_t begin, std::size_t end) {
  const std::size_t first = skip_marks(text, begin, end);
  const std::size_t line = std::min(first + kMaxStatement, end);
  const std::size_t feed = text.substr(first, line - first).find('\n');
  return {first, feed == kNone ? line : first + feed};
}

// "if the answer is 7", "not sure the correct answer is 7".
bool is_hypothetical(const Source& source, std::size_t at) {
  auto word = word_before(source.lower, at);
  while (is_one_of(word, {"the", "my", "a", "correct", "final", "right", "true", "best", "that"})) {
    at = static_cast<std::size_t>(word.data() - source.lower.data());
    word = word_before(source.lower, at);
  }
  return is_one_of(word, {"if", "whether", "suppose", "assume", "assuming", "unless", "sure", "say",
                          "saying", "example", "doubt"});
}

// The word "answer" from a place on: by its "w", the rarest of its letters.
std::size_t find_answer(std::string_view text, std::size_t from) {
  constexpr std::string_view kWord = "answer";
  constexpr std::size_t kPivot = 3;
  for (std::size_t at = text.find('w', from + kPivot); at != kNone; at = text.find('w', at + 1))
    if (text.substr(at - kPivot, kWord.size()) == kWord) return at - kPivot;
  return kNone;
}

}  // namespace

std::vector<Span> answer_tags(const Source& source) {
  const std::string_view text = source.lower;
  std::vector<Span> tags;
  std::size_t open = text.find(kOpen);
  std::size_t close = text.find(kClose);
  while (open != kNone) {
    const std::size_t begin = open + kOpen.size();
    const std::size_t next = text.find(kOpen, begin);
    if (close != kNone && close < begin) close = text.find(kClose, begin);
    if (close != kNone && close < next) tags.push_back({begin, close});
    else if (next == kNone) tags.push_back({begin, text.size()});
    open = next;
  }
  return tags;
}

std::vector<Span> boxes(const Source& source, Span span) {
  const std::string_view text = source.text;
  std::vector<Span> found;
  std::size_t at = text.find(kBox, span.begin);
  if (at >= span.end) return found;
  const auto match = match_braces(text, span);
  while (at < span.end) {
    std::size_t brace = at + kBox.size();
    while (brace < span.end && text[brace] == ' ') ++brace;
    std::size_t from = brace;
    if (brace < span.end && text[brace] == '{' && match[brace - span.begin] != kNone) {
      found.push_back({brace + 1, match[brace - span.begin]});
      from = found.back().end;
    }
    at = text.find(kBox, from);
  }
  return found;
}

bool says_something(std::string_view lower) {
  constexpr std::string_view kEllipsis = "\xE2\x80\xA6";
  const auto text = trim(lower);
  return text != "and" && text != kEllipsis && std::any_of(text.begin(), text.end(), is_word);
}

std::vector<Statement> statements(const Source& source, Span span) {
  constexpr std::string_view kWord = "answer";
  const std::string_view text = source.lower;
  std::vector<Statement> found;
  for (std::size_t at = find_answer(text, span.begin); at < span.end;
       at = find_answer(text, at + kWord.size())) {
    const std::size_t end = at + kWord.size();
    if (is_word(char_at(text, end)) && text[end] != '_') continue;
    if (is_word(char_before(text, at)) && text[at - 1] != '_') continue;
    const std::size_t value = after_announcement(source, end, span.end);
    if (value == kNone) continue;
    const Span region = value_region(text, value, span.end);
    if (region.begin >= region.end) continue;
    found.push_back({region, word_before(text, at) == "final", is_hypothetical(source, at)});
  }
  return found;
}

}  // namespace stareval::extract
