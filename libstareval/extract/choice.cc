#include "libstareval/extract/choice.h"

#include <algorithm>
#include <optional>

#include "libstareval/base/text.h"
#include "libstareval/extract/cascade_internal.h"
#include "libstareval/extract/option_scan_internal.h"

namespace stareval {
namespace extract {
namespace {

using ChoiceReading = Reading<std::size_t>;

// Words between the announcement and the choice: "the answer is most likely option C".
bool is_filler(std::string_view word) {
  return is_one_of(word, {"the", "option", "choice", "letter", "clearly", "definitely", "likely",
                          "most", "probably", "therefore", "entity", "relation", "indeed", "thus",
                          "simply", "obviously"});
}

// Words that make it unclear whether a sentence chooses the option it names.
bool is_doubt(std::string_view word) {
  return is_one_of(word, {"wrong",    "incorrect", "false",    "eliminate", "eliminated", "exclude",
                          "excluded", "except",    "unlikely", "either",    "or",         "maybe",
                          "perhaps",  "can",       "could",    "might",     "may",        "example",
                          "such",     "if",        "unless",   "instead"});
}

bool is_doubted(std::string_view lower) {
  const auto words = words_of(lower);
  return has_negation(lower) || std::any_of(words.begin(), words.end(), is_doubt);
}

// "C. Berlin is wrong", "C, which is not correct": the first sentence after a choice takes it back.
bool is_dismissed(std::string_view lower) {
  const auto parts = sentences(lower, {0, lower.size()});
  std::size_t first = 0;  // a sign alone is no sentence
  while (first < parts.size() && words_of(lower.substr(0, parts[first].end)).empty()) ++first;
  if (first >= parts.size()) return false;
  const auto words = words_of(lower.substr(0, parts[first].end));
  const auto any = [&](std::initializer_list<std::string_view> list) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return is_one_of(word, list); });
  };
  return any({"wrong", "incorrect", "false", "unlikely", "impossible", "eliminated", "excluded",
              "also", "alternatively"}) ||
         (has_negation(lower.substr(0, parts[first].end)) &&
          any({"correct", "right", "it", "true"}));
}

// "the least likely option is", "second best is", "the wrong answer is", "I doubt it is": words at
// a place that put what follows down.
bool puts_down(const std::vector<std::string_view>& words, std::size_t at) {
  const auto next = at + 1 < words.size() ? words[at + 1] : std::string_view{};
  const auto last = at > 0 ? words[at - 1] : std::string_view{};
  if (words[at] == "least") return last != "at" && last != "not";
  if (words[at] == "doubt")
    return !is_one_of(last, {"no", "without"}) &&
           !(at > 1 && is_one_of(words[at - 2], {"without", "beyond"}));
  if (words[at] == "odd") return next == "one";
  if (words[at] == "second") return is_one_of(next, {"best", "most", "choice", "likely"});
  if (is_one_of(words[at], {"wrong", "incorrect", "false"}))
    return is_one_of(next, {"answer", "option", "choice", "one"});
  return is_one_of(words[at], {"worst", "weakest", "poorest", "distractor", "distractors", "runner",
                               "doubtful"});
}

// The clause before a choice puts it down, or a lone "not" after it takes it back.
bool is_demoted(std::string_view lower, Span choice) {
  constexpr std::size_t kReach = 300;
  const std::size_t from = choice.begin - std::min(choice.begin, kReach);
  auto before = lower.substr(from, choice.begin - from);
  if (const auto sign = before.find_last_of("\n,;!?"); sign != before.npos)
    before = before.substr(sign + 1);
  if (const auto stop = before.rfind(". "); stop != before.npos) before = before.substr(stop);
  const auto words = words_of(before);
  for (std::size_t at = 0; at < words.size(); ++at)
    if (puts_down(words, at)) return true;
  std::size_t at = choice.end;
  while (at < lower.size() && at < choice.end + kReach && !is_word(lower[at])) ++at;
  if (word_at(lower, at) != "not") return false;
  const std::size_t end = skip_marks(lower, at + 3, lower.size());
  return end >= lower.size() || lower[end] == '.' || lower[end] == '!';
}

ChoiceReading unless_demoted(const Source& source, ChoiceReading reading) {
  const bool demoted =
      reading.status == ReadStatus::found && is_demoted(source.lower, reading.span);
  return demoted ? ChoiceReading::ambiguous(reading.span) : reading;
}

std::size_t skip_fillers(const Source& source, Span span) {
  std::size_t at = span.begin;
  for (;;) {
    at = skip_marks(source.lower, at, span.end);
    const auto word = word_at(source.lower, at);
    if (at + word.size() >= span.end || !is_filler(word)) return at;
    at += word.size();
    if (char_at(source.lower, at) == ':') ++at;
  }
}

// Whether a word follows a name that could belong to it: "Guinea Bissau", "Paris metro".
bool runs_on(std::string_view rest) {
  if (rest.empty() || rest.front() != ' ') return false;
  const std::size_t at = rest.find_first_not_of(' ');
  return at != rest.npos && is_word(rest[at]) && !goes_on_after_choice(word_at(rest, at));
}

bool is_letter_only(const Candidate& candidate) {
  return candidate.span.end - candidate.span.begin == 1;
}

class ChoiceReader {
 public:
  using Value = std::size_t;
  static constexpr Denial kDenial = Denial::around;

  explicit ChoiceReader(std::span<const std::string> choices) : options_(choices) {}

  [[nodiscard]] ChoiceReading whole(const Source& source, Span span) const {
    const auto equal = options_.equal_to(source.view(span));
    const auto letter = leading_letter(options_, source, span);
    const bool alone =
        letter && strip_marks(source.text, {letter->end, span.end}).begin >= span.end;
    const bool differs = alone && !equal.empty() && letter->index != equal.front();
    if (equal.size() > 1 || differs) return ChoiceReading::ambiguous(span);
    if (equal.size() == 1) return ChoiceReading::found(equal.front(), span);
    if (!letter) return {};
    if (const auto last = last_paragraph(source, span)) return *last;
    // "A) First, ... B) Then, ...": a list of something else.
    for (const Candidate& other : options_.candidates(source, {letter->end, span.end}))
      if (other.marked && is_letter_only(other) && other.index != letter->index)
        return ChoiceReading::ambiguous(other.span);
    return with_rest(source, *letter, span.end);
  }

  [[nodiscard]] ChoiceReading head(const Source& source, Span span) const {
    return unless_demoted(source, announced(source, span));
  }

  [[nodiscard]] ChoiceReading single(const Source& source, Span span) const {
    std::vector<ChoiceReading> all;
    bool any_marked = false;
    for (const Span line : lines(source.text, span)) add_line(source, line, all, any_marked);
    if (!any_marked) return {};
    const auto merged = merge(all);
    const bool unclear = merged.status == ReadStatus::found &&
                         merged.span.end - merged.span.begin > 1 && is_duplicate(merged.value);
    return unclear ? ChoiceReading::ambiguous(merged.span) : merged;
  }

 private:
  [[nodiscard]] ChoiceReading announced(const Source& source, Span span) const {
    span.begin = skip_fillers(source, span);
    if (const auto letter = leading_letter(options_, source, span))
      return with_rest(source, *letter, span.end);
    const auto prefix = options_.prefix_of(source.view(span));
    if (!prefix || runs_on(prefix->rest)) return {};
    const Span place{span.begin,
                     std::min(span.begin + options_[prefix->index].text.size(), span.end)};
    const bool unclear =
        is_duplicate(prefix->index) || options_.names_other(prefix->rest, prefix->index);
    return unclear ? ChoiceReading::ambiguous(place) : ChoiceReading::found(prefix->index, place);
  }

  // The candidates of a line; those in a sentence that doubts are ambiguous.
  void add_line(const Source& source, Span line, std::vector<ChoiceReading>& all,
                bool& any_marked) const {
    auto found = options_.candidates(source, line);
    if (found.empty()) return;
    std::sort(found.begin(), found.end(),
              [](const Candidate& a, const Candidate& b) { return a.span.begin < b.span.begin; });
    auto next = found.begin();
    for (const Span sentence : sentences(source.text, line)) {
      if (next == found.end() || next->span.begin >= sentence.end) continue;
      const bool unclear = is_doubted(source.lower_view(sentence)) ||
                           is_denied_sentence(source.lower, sentence) ||
                           trim(source.view(sentence)).ends_with('?');
      for (; next != found.end() && next->span.begin < sentence.end; ++next) {
        any_marked = any_marked || next->marked;
        all.push_back(unclear
                          ? ChoiceReading::ambiguous(next->span)
                          : unless_demoted(source, ChoiceReading::found(next->index, next->span)));
      }
    }
  }

  // A choice that stands alone after a blank line, as the last of the text.
  [[nodiscard]] std::optional<ChoiceReading> last_paragraph(const Source& source, Span span) const {
    const std::size_t blank = source.view(span).rfind("\n\n");
    if (blank == std::string_view::npos) return std::nullopt;
    const Span last = strip_marks(source.text, {span.begin + blank, span.end});
    const auto equal = options_.equal_to(source.view(last));
    const auto letter = leading_letter(options_, source, last);
    if (letter && strip_marks(source.text, {letter->end, last.end}).begin >= last.end)
      return ChoiceReading::found(letter->index, {letter->at, letter->at + 1});
    if (equal.size() != 1) return std::nullopt;
    return ChoiceReading::found(equal.front(), last);
  }

  // A letter and what follows it: an explanation, its text, or something that contradicts it.
  [[nodiscard]] ChoiceReading with_rest(const Source& source, const Letter& letter,
                                        std::size_t end) const {
    const Span place{letter.at, letter.at + 1};
    const Span rest{letter.end, std::min(end, letter.end + options_.window())};
    const bool contradicted = options_.names_other(normalise_name(source.view(rest)), letter.index);
    const auto next = word_at(source.lower, skip_marks(source.lower, rest.begin, rest.end));
    const bool unclear = contradicted || next == "or" || is_dismissed(source.lower_view(rest));
    return unclear ? ChoiceReading::ambiguous(place)
                   : unless_demoted(source, ChoiceReading::found(letter.index, place));
  }

  [[nodiscard]] bool is_duplicate(std::size_t index) const {
    return options_.equal_to(options_[index].text).size() > 1;
  }

  Options options_;
};

}  // namespace
}  // namespace extract

Extraction<std::size_t> extract_choice(std::string_view reply,
                                       std::span<const std::string> choices) {
  return extract::run_cascade(extract::ChoiceReader(choices), reply);
}

}  // namespace stareval
