#include "libstareval/extract/yes_no.h"

#include <algorithm>
#include <optional>

#include "libstareval/extract/cascade_internal.h"

namespace stareval {
namespace extract {
namespace {

using BoolReading = Reading<bool>;

std::optional<bool> value_of(std::string_view word) {
  if (is_one_of(word, {"yes", "true", "correct", "yeah", "yep"})) return true;
  if (is_one_of(word, {"no", "false", "incorrect", "nope"})) return false;
  return std::nullopt;
}

// "yes" and "no" answer as they stand; "no" also means "not any", and is then no answer.
bool answers(const Source& source, std::string_view word, std::size_t end, std::size_t limit) {
  if (word != "no") return true;
  const std::size_t next = skip_marks(source.lower, end, limit);
  if (next >= limit || source.lower[end] == '\n') return true;
  const char sign = source.lower[next];
  if (is_digit(char_at(source.lower, skip_marks(source.lower, next + 1, limit)))) return false;
  if (sign == '.' || sign == ',' || sign == '!' || sign == ';' || sign == ':' || sign == ')')
    return true;
  return is_one_of(word_at(source.lower, next),
                   {"there", "it", "this", "that", "because", "they", "the"});
}

class YesNoReader {
 public:
  using Value = bool;
  static constexpr Denial kDenial = Denial::after;

  [[nodiscard]] BoolReading whole(const Source& source, Span span) const {
    return head(source, span);
  }

  [[nodiscard]] BoolReading head(const Source& source, Span span) const {
    std::size_t at = skip_marks(source.lower, span.begin, span.end);
    while (char_at(source.lower, at) == '(') at = skip_marks(source.lower, at + 1, span.end);
    const auto word = word_at(source.lower, at);
    const std::size_t end = at + word.size();
    const auto value = value_of(word);
    if (!value || end > span.end || !answers(source, word, end, span.end)) return {};
    const std::size_t next = skip_marks(source.lower, end, span.end);
    const auto then = word_at(source.lower, next);
    const bool hedged = char_at(source.lower, next) == '/' || is_one_of(then, {"and", "or"});
    const Span place{at, end};
    return hedged ? BoolReading::ambiguous(place) : BoolReading::found(*value, place);
  }

  [[nodiscard]] BoolReading single(const Source& source, Span span) const {
    std::vector<BoolReading> all;
    for (const Span sentence : sentences(source.text, span)) {
      const auto text = source.lower_view(sentence);
      const bool negated = has_negation(text);
      for (const auto word : words_of(text)) {
        const auto begin = static_cast<std::size_t>(word.data() - source.lower.data());
        const Span place{begin, begin + word.size()};
        const auto value = value_of(word);
        if (!value || !answers(source, word, place.end, source.lower.size())) continue;
        all.push_back(in_sentence(word, *value, negated, place));
      }
    }
    return merge(all);
  }

 private:
  // "it is not true" is a no; a negated "false" or "yes" is too much to be sure of.
  static BoolReading in_sentence(std::string_view word, bool value, bool negated, Span place) {
    if (!negated) return BoolReading::found(value, place);
    if (word == "true" || word == "correct") return BoolReading::found(false, place);
    return BoolReading::ambiguous(place);
  }
};

}  // namespace
}  // namespace extract

Extraction<bool> extract_yes_no(std::string_view reply) {
  return extract::run_cascade(extract::YesNoReader{}, reply);
}

}  // namespace stareval
