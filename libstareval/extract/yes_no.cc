#include "libstareval/extract/yes_no.h"

#include <algorithm>
#include <optional>

#include "libstareval/base/text.h"
#include "libstareval/extract/cascade_internal.h"
#include "libstareval/extract/lexicon_internal.h"

namespace stareval {
namespace extract {
namespace {

using BoolReading = Reading<bool>;

enum Meaning : Meanings {
  kYes = 1U << 0,
  kNo = 1U << 1,
  kTruth = 1U << 2,   // an adjective: answers as a predicate only, "it is true"
  kHedge = 1U << 3,   // "maybe", "if": an answer in its sentence is none to rely on
  kCopula = 1U << 4,  // what stands before a predicate
  kGoesOn = 1U << 5,  // what may follow an answer: "no because ..."
};

constexpr Lexicon<128> kWords{
    {kYes, "yes yeah yep true correct right"},
    {kNo, "no nope false incorrect wrong untrue"},
    {kTruth, "true correct right false incorrect wrong untrue"},
    {kHedge,
     "maybe perhaps probably possibly likely could might may if whether unless or either neither "
     "unsure unclear"},
    {kCopula,
     "is are was were be it's that's this's isn't aren't wasn't not seems seem appears looks be "
     "indeed entirely completely fully quite absolutely also therefore thus clearly actually both "
     "factually"},
    {kGoesOn, "there it this that because they the since as and but or here so"},
};

// The word at a place, without the apostrophe that closes a quotation.
std::string_view answer_word(std::string_view lower, std::size_t at) {
  auto word = word_at(lower, at);
  while (word.ends_with('\'')) word.remove_suffix(1);
  return word;
}

std::optional<bool> value_of(std::string_view word) {
  const Meanings meanings = kWords.of(word);
  if ((meanings & (kYes | kNo)) == 0) return std::nullopt;
  return (meanings & kYes) != 0;
}

bool is_truth(std::string_view word) { return (kWords.of(word) & kTruth) != 0; }

// "yes" answers as it stands; "no" also means "not any", and "correct" stands before nouns: what
// follows must be a sign, the end, or a word that begins a clause.
bool answers(const Source& source, std::string_view word, std::size_t end, std::size_t limit) {
  if (word != "no" && !is_truth(word)) return true;
  const std::size_t next = skip_marks(source.lower, end, limit);
  if (next >= limit || source.lower[end] == '\n') return true;
  if (source.lower[end] == '-' && is_word(char_at(source.lower, end + 1))) return false;
  const char sign = source.lower[next];
  if (word == "no" && is_digit(char_at(source.lower, skip_marks(source.lower, next + 1, limit))))
    return false;
  const auto then = answer_word(source.lower, next);
  if (then.empty()) return !is_digit(sign);
  return (kWords.of(then) & kGoesOn) != 0 || value_of(then).has_value();
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
    const auto word = answer_word(source.lower, at);
    const std::size_t end = at + word.size();
    const auto value = value_of(word);
    if (!value || end > span.end || !answers(source, word, end, span.end)) return {};
    const Span place{at, end};
    return is_hedged(source, *value, place, span.end) ? BoolReading::ambiguous(place)
                                                      : BoolReading::found(*value, place);
  }

  [[nodiscard]] BoolReading single(const Source& source, Span span) const {
    std::vector<BoolReading> all;
    for_each_sentence(source.text, span,
                      [&](Span sentence) { add_sentence(source, sentence, all); });
    return merge(all);
  }

  // A "no" is not taken back by what it says no to: "No, the triple is not correct."
  [[nodiscard]] bool can_be_denied(const Source& source, const BoolReading& reading) const {
    const std::size_t next = skip_marks(source.lower, reading.span.end, source.lower.size());
    const char sign = char_at(source.lower, next);
    return reading.value || sign == '?' || sign == '(' || is_letter(sign);
  }

 private:
  // "yes/no", "yes and no", "yes no yes", "Yes?"
  static bool is_hedged(const Source& source, bool value, Span place, std::size_t limit) {
    const std::size_t next = skip_marks(source.lower, place.end, limit);
    const auto then = answer_word(source.lower, next);
    if (next >= limit) return false;
    return source.lower[next] == '/' || is_one_of(then, {"and", "or"}) ||
           value_of(then).value_or(value) != value;
  }

  static void add_sentence(const Source& source, Span sentence, std::vector<BoolReading>& all) {
    const auto text = source.lower_view(sentence);
    const bool question = trim(text).ends_with('?');
    const bool hedged =
        any_word(text, [](std::string_view word) { return (kWords.of(word) & kHedge) != 0; });
    for (std::size_t at = sentence.begin; at < sentence.end;) {
      if (!is_lower(source.lower[at])) {
        ++at;
        continue;
      }
      const auto word = answer_word(source.lower, at);
      const Span place{at, at + word.size()};
      at = place.end + 1;
      const auto value = word.empty() ? std::nullopt : value_of(word);
      if (!value || is_word(char_before(source.lower, place.begin)) ||
          !answers(source, word, place.end, source.lower.size()))
        continue;
      const bool predicate = (kWords.of(word_before(source.lower, place.begin)) & kCopula) != 0;
      if (is_truth(word) && !predicate && !hedged) continue;
      if (is_truth(word) && predicate && question) continue;  // "Is it true?"
      all.push_back(hedged || question ? BoolReading::ambiguous(place)
                                       : in_sentence(source, sentence, word, *value, place));
    }
  }

  // "it is not true" is a no; a negated "false" or "yes" is too much to be sure of.
  static BoolReading in_sentence(const Source& source, Span sentence, std::string_view word,
                                 bool value, Span place) {
    if (!has_negation(source.lower_view({sentence.begin, place.begin})))
      return BoolReading::found(value, place);
    if (is_truth(word) && value) return BoolReading::found(false, place);
    return BoolReading::ambiguous(place);
  }
};

}  // namespace
}  // namespace extract

Extraction<bool> extract_yes_no(std::string_view reply) {
  return extract::run_cascade(extract::YesNoReader{}, reply);
}

}  // namespace stareval
