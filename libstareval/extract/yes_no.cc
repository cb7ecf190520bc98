#include "libstareval/extract/yes_no.h"

#include <algorithm>
#include <optional>

#include "libstareval/base/text.h"
#include "libstareval/extract/cascade_internal.h"
#include "libstareval/extract/fault_claims_internal.h"
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

bool is_truth(std::string_view word) { return (kWords.of(word) & kTruth) != 0; }

class YesNoReader {
 public:
  using Value = bool;
  static constexpr Denial kDenial = Denial::after;

  explicit YesNoReader(Asks asks) : asks_(asks) {}

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
    const bool affirms = reading.value && asks_ == Asks::truth;  // "Yes, the entity is wrong."
    return affirms || sign == '?' || sign == '(' || is_letter(sign);
  }

 private:
  [[nodiscard]] std::optional<bool> value_of(std::string_view word) const {
    const Meanings meanings = kWords.of(word);
    if ((meanings & (kYes | kNo)) == 0) return std::nullopt;
    if (asks_ == Asks::fault && (meanings & kTruth) != 0) return std::nullopt;
    return (meanings & kYes) != 0;
  }

  // "yes" answers as it stands; "no" also means "not any", and "correct" stands before nouns: what
  // follows must be a sign, the end, or a word that begins a clause.
  [[nodiscard]] bool answers(const Source& source, std::string_view word, std::size_t end,
                             std::size_t limit) const {
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

  // "yes/no", "yes and no", "yes no yes", "Yes?"
  [[nodiscard]] bool is_hedged(const Source& source, bool value, Span place,
                               std::size_t limit) const {
    const std::size_t next = skip_marks(source.lower, place.end, limit);
    const auto then = answer_word(source.lower, next);
    if (next >= limit) return false;
    return source.lower[next] == '/' || is_one_of(then, {"and", "or"}) ||
           value_of(then).value_or(value) != value;
  }

  void add_sentence(const Source& source, Span sentence, std::vector<BoolReading>& all) const {
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

  Asks asks_;
};

// Whether the text around a yes or no says the opposite: "No, the entity is wrong". Before it, only
// where nothing there agrees with it; a fault after a "no" always.
bool is_contradicted(std::string_view lower, Span answer, bool yes) {
  const auto before = fault_claims(lower.substr(0, answer.begin));
  const auto after = fault_claims(lower.substr(answer.end));
  const int fault_before = before.fault + before.surely_fault;
  const int clean_before = before.clean + before.surely_clean;
  const int fault_after = after.fault + after.surely_fault;
  const int clean_after = after.clean + after.surely_clean;
  if (before.asks_truth) return true;
  if (yes) return fault_before + fault_after == 0 && clean_before + clean_after > 0;
  return fault_after > 0 || after.excepts || (fault_before > 0 && clean_before + clean_after == 0);
}

// Of one text, or the text of an answer tag: what its yes or no says, or else its plain claims.
BoolReading read_fault(const Source& source, Span region, const Extraction<bool>& words) {
  const auto lower = source.lower_view(region);
  const bool inside = words.span.begin >= region.begin && words.span.end <= region.end;
  if (words.status == ReadStatus::found && inside) {
    const Span answer{words.span.begin - region.begin, words.span.end - region.begin};
    return is_contradicted(lower, answer, words.value)
               ? BoolReading::ambiguous(words.span)
               : BoolReading::found(words.value, words.span);
  }
  const auto claims = fault_claims(lower);
  region = strip_marks(source.text, region);
  if (const auto sure = claims.sure()) return BoolReading::found(*sure, region);
  return claims.any() ? BoolReading::ambiguous(region) : BoolReading{};
}

Extraction<bool> extract_fault(std::string_view reply) {
  const Source source = make_source(reply);
  const auto words = Cascade(YesNoReader(Asks::fault), source).run();
  if (words.status == ReadStatus::ambiguous) return words;
  auto regions = answer_tags(source);
  const bool tagged = !regions.empty();
  if (!tagged) regions.push_back(source.all());
  std::vector<BoolReading> readings;
  readings.reserve(regions.size());
  for (const Span region : regions) readings.push_back(read_fault(source, region, words));
  const auto merged = merge(readings);
  if (merged.status == ReadStatus::none) return {};
  const bool claimed = words.status == ReadStatus::none;
  return {merged.status, merged.value, claimed ? (tagged ? "answer_tag" : "single") : words.rule,
          merged.span};
}

}  // namespace
}  // namespace extract

Extraction<bool> extract_yes_no(std::string_view reply, Asks asks) {
  if (asks == Asks::fault) return extract::extract_fault(reply);
  return extract::run_cascade(extract::YesNoReader(asks), reply);
}

}  // namespace stareval
