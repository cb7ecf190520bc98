#include "libstareval/extract/triple.h"

#include <algorithm>

#include "libstareval/base/text.h"
#include "libstareval/extract/cascade_internal.h"
#include "libstareval/extract/fault_claims_internal.h"
#include "libstareval/extract/lead_in_internal.h"
#include "libstareval/extract/none_phrase_internal.h"
#include "libstareval/extract/notation.h"
#include "libstareval/extract/notation_internal.h"

namespace stareval {
namespace extract {
namespace {

using MaybeTriple = std::optional<Triple>;
using TripleReading = Reading<MaybeTriple>;

// Words that may stand beside a triple that is the whole answer: "The wrong fact is: (..)".
bool is_filler(std::string_view word) {
  return is_one_of(
      word, {"the",    "wrong", "false",    "incorrect", "corrupted", "erroneous", "untrue", "fact",
             "triple", "one",   "is",       "error",     "answer",    "a",         "that",   "yes",
             "json",   "head",  "relation", "tail",      "subject",   "predicate", "object"});
}

bool is_accusation(std::string_view word) {
  return is_one_of(
      word, {"wrong", "false", "incorrect", "error", "erroneous", "mistake", "mistaken",
             "corrupted", "untrue", "inaccurate", "incorrectly", "wrongly", "falsch", "falsche"});
}

// "if (..) were wrong", "I doubt that (..) is wrong", "(..) could be wrong"
bool is_doubt(std::string_view word) {
  return is_one_of(word, {"if", "whether", "doubt", "unless", "suppose", "assuming", "possibly",
                          "maybe", "perhaps", "could", "might", "would", "may"});
}

bool is_acquittal(std::string_view word) {
  return is_one_of(word, {"correct", "true", "right", "accurate", "valid", "fine"});
}

bool has_word(std::string_view lower, bool (*test)(std::string_view)) {
  const auto words = words_of(lower);
  return std::any_of(words.begin(), words.end(), test);
}

class TripleReader {
 public:
  using Value = MaybeTriple;
  static constexpr Denial kDenial = Denial::nowhere;

  explicit TripleReader(const Vocabulary& names) : names_(names) {}

  [[nodiscard]] TripleReading whole(const Source& source, Span span) const {
    if (says_none(source.view(span))) return none_found(source, span);
    auto noted = noted_in(source, span);
    if (noted.empty()) noted = bare_in(source, span);
    if (noted.empty() || !only_fillers(source, span, noted)) return {};
    if (source.view(span).ends_with('?') && noted.back().span.end < span.end)
      return TripleReading::ambiguous(noted.back().span);  // "Is (..) wrong?"
    return merge(readings_of(noted));
  }

  [[nodiscard]] TripleReading head(const Source& source, Span span) const {
    for (const Span sentence : sentences(source.text, span)) {
      if (says_none(source.view(sentence))) return none_found(source, sentence);
      break;  // only the first may answer
    }
    const auto noted = noted_in(source, span);
    if (noted.empty()) {
      return merge(readings_of(bare_in(source, span)));
    }
    auto merged = merge(readings_of(noted));
    const Span before{span.begin, noted.front().span.begin};
    const Span after{std::min(noted.back().span.end, span.end), span.end};
    const bool stated = only_words(source.lower_view(before), is_filler);
    if (!stated) return {};
    const auto rest = source.lower_view(after);
    const auto first = sentences(rest, {0, rest.size()});
    const bool cleared = !first.empty() && has_negation(rest.substr(0, first.front().end)) &&
                         has_word(rest.substr(0, first.front().end), is_accusation);
    if (cleared || has_word(rest, is_acquittal)) return TripleReading::ambiguous(noted.back().span);
    return merged;
  }

  // A triple within other text must stand in a sentence that calls it wrong.
  [[nodiscard]] TripleReading single(const Source& source, Span span) const {
    std::vector<TripleReading> all;
    const auto noted = noted_in(source, span);
    for (const Span none : empty_accusations(source.view(span)))
      all.push_back(
          TripleReading::found(std::nullopt, {none.begin + span.begin, none.end + span.begin}));
    auto next = noted.begin();
    const auto parts = sentences(source.text, span);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      Span context = parts[i];
      if (next == noted.end() || next->span.begin >= context.end) {
        if (says_none(source.view(context))) all.push_back(none_found(source, context));
        continue;
      }
      const auto first = next;
      for (; next != noted.end() && next->span.begin < context.end; ++next)
        while (context.end < next->span.end && i + 1 < parts.size()) context.end = parts[++i].end;
      const Span before{context.begin, std::max(context.begin, first->span.begin)};
      if (source.view(before).find(':') != std::string_view::npos &&
          says_none(source.view(before))) {  // "No error: (..)"
        const Span after{std::min(first->span.end, context.end), context.end};
        all.push_back(has_word(source.lower_view(after), is_accusation)
                          ? TripleReading::ambiguous(context)
                          : TripleReading::found(std::nullopt, before));
        continue;
      }
      const bool clear = is_accused(source.lower_view(context));
      for (auto it = first; it != next; ++it)
        all.push_back(clear ? reading_of(*it) : TripleReading::ambiguous(it->span));
    }
    return merge(all);
  }

 private:
  // The triples of a span that name something that the picture shows.
  [[nodiscard]] std::vector<NotedTriple> noted_in(const Source& source, Span span) const {
    auto noted = noted_triples(source.view(span), names_);
    std::erase_if(noted, [&](const NotedTriple& n) {
      return names_.known_parts(n.triple) == 0 || n.verdict == Verdict::approved;
    });
    for (NotedTriple& n : noted) {
      n.span.begin += span.begin;
      n.span.end += span.begin;
    }
    return unchecked(source, std::move(noted));
  }

  // "Is every fact true? No." denies that none is wrong, where it follows the question directly.
  static TripleReading none_found(const Source& source, Span span) {
    const std::size_t begin = span.begin - std::min(span.begin, kTripleWindow);
    const auto before = source.lower_view({begin, span.begin});
    const std::size_t asked = before.rfind('?');
    const bool answers =
        asked != before.npos &&
        strip_marks(source.text, {begin + asked + 1, span.begin}).begin >= span.begin;
    const bool denied = answers && fault_claims(before).asks_truth;
    return denied ? TripleReading::ambiguous(span) : TripleReading::found(std::nullopt, span);
  }

  // The triple that a span is, without brackets.
  [[nodiscard]] std::vector<NotedTriple> bare_in(const Source& source, Span span) const {
    return unchecked(source, bare_triple(source.text, span, names_));
  }

  // Less those with a check mark, within what was taken for the triple or directly after it.
  static std::vector<NotedTriple> unchecked(const Source& source, std::vector<NotedTriple> noted) {
    std::erase_if(noted, [&](const NotedTriple& n) {
      std::size_t at = n.span.end;
      while (std::string_view(" )]*_`|:-").find(char_at(source.text, at)) !=
                 std::string_view::npos &&
             at < source.text.size() && at < n.span.end + kTripleWindow)
        ++at;
      if (check_at(source.text, at) > 0) return true;
      if (source.text[n.span.begin] == '{' || n.span.end - n.span.begin > 3 * kTripleWindow)
        return false;
      for (std::size_t i = n.span.begin; i < n.span.end; ++i)
        if (check_at(source.text, i) > 0) return true;
      return false;
    });
    return noted;
  }

  [[nodiscard]] TripleReading reading_of(NotedTriple noted) const {
    cut_lead_in(noted, names_);
    return noted.unclear ? TripleReading::ambiguous(noted.span)
                         : TripleReading::found(noted.triple, noted.span);
  }

  [[nodiscard]] std::vector<TripleReading> readings_of(
      const std::vector<NotedTriple>& noted) const {
    std::vector<TripleReading> readings;
    readings.reserve(noted.size());
    for (const NotedTriple& n : noted) readings.push_back(reading_of(n));
    return readings;
  }

  // "no error", "without any mistake", "nothing wrong", "nothing is wrong"
  static bool denies_error(std::string_view lower) {
    const auto words = words_of(lower);
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
      if (is_one_of(words[i], {"no", "without", "any", "nothing", "hardly"}) &&
          is_accusation(words[i + 1]))
        return true;
      const bool nothing = is_one_of(words[i], {"nothing", "none"}) && words[i + 1] != "else";
      if (nothing && i + 2 < words.size() && is_accusation(words[i + 2])) return true;
    }
    return false;
  }

  static bool is_accused(std::string_view lower) {
    return (has_word(lower, is_accusation) || has_cross(lower)) && !has_word(lower, is_doubt) &&
           !has_negation(lower) && !trim(lower).ends_with('?') && !denies_error(lower);
  }

  static bool only_words(std::string_view lower, bool (*allowed)(std::string_view)) {
    const auto words = words_of(lower);
    return std::all_of(words.begin(), words.end(), allowed);
  }

  // Whether nothing but fillers stands outside of the triples.
  static bool only_fillers(const Source& source, Span span, const std::vector<NotedTriple>& noted) {
    std::size_t at = span.begin;
    for (const NotedTriple& n : noted) {
      if (n.span.begin > at && !only_words(source.lower_view({at, n.span.begin}), is_filler))
        return false;
      at = std::max(at, n.span.end);
    }
    return at >= span.end || only_words(source.lower_view({at, span.end}), is_filler);
  }

  const Vocabulary& names_;
};

}  // namespace
}  // namespace extract

Extraction<std::optional<Triple>> extract_triple_or_none(std::string_view reply,
                                                         const Vocabulary& vocabulary) {
  return extract::run_cascade(extract::TripleReader(vocabulary), reply);
}

}  // namespace stareval
