#include "libstareval/extract/name.h"

#include <algorithm>
#include <array>
#include <vector>

#include "libstareval/base/json.h"
#include "libstareval/base/text.h"
#include "libstareval/extract/cascade_internal.h"

namespace stareval {
namespace extract {
namespace {

constexpr std::size_t kLongestName = 100;  // bytes
constexpr std::size_t kMostWords = 8;
constexpr std::size_t kMostMarks = 4;      // between a brace and what it encloses
constexpr std::size_t kLongestLine = 500;  // bytes in which a name is looked for

// A name with the form by which two are compared.
struct Name {
  std::string text;
  std::string normal;

  friend bool operator==(const Name& a, const Name& b) { return a.normal == b.normal; }
};

using NameReading = Reading<Name>;

// Words that make a text of several words a sentence.
bool is_sentence_word(std::string_view word) {
  return is_one_of(word, {"is",     "are",    "was",     "were",  "has",     "have",  "had",
                          "can",    "can't",  "could",   "does",  "do",      "don't", "did",
                          "seems",  "shows",  "appears", "think", "know",    "see",   "cannot",
                          "would",  "should", "sorry",   "looks", "am",      "i'm",   "it's",
                          "that's", "there",  "because", "which", "believe", "guess", "unable"});
}

bool is_nothing(std::string_view normal) {
  return is_one_of(normal, {"unknown",       "none",
                            "n/a",           "na",
                            "yes",           "no",
                            "unclear",       "not sure",
                            "nothing",       "null",
                            "undefined",     "it",
                            "this",          "that",
                            "?????",         "i don't know",
                            "not available", "not applicable",
                            "no answer",     "and",
                            "unidentified",  "cannot determine",
                            "uncertain",     "not visible"});
}

bool is_hedge(std::string_view word) {
  return is_one_of(word, {"not", "maybe", "perhaps", "possibly", "either", "neither", "probably",
                          "likely", "except"});
}

// "the masked entity", "A country": a kind of thing, not its name. "the hague" is a name.
bool is_description(std::string_view lower) {
  const auto words = words_of(lower);
  if (words.size() < 2 || !is_one_of(words[0], {"the", "a", "an", "some"})) return false;
  return std::any_of(words.begin() + 1, words.end(),
                     [](std::string_view word) {
                       return is_one_of(
                           word, {"masked", "missing", "hidden", "unknown", "entity", "node",
                                  "relation", "graph", "picture", "image", "answer", "name"});
                     }) ||
         is_one_of(words.back(),
                   {"country", "city", "person", "place", "film", "man", "woman", "company", "team",
                    "thing", "object", "organisation", "organization", "event", "word", "number"});
}

bool is_cue(std::string_view word) {
  return is_one_of(word, {"entity", "relation", "name", "label", "relationship", "node"});
}

bool is_mask_word(std::string_view word) {
  return is_one_of(word, {"missing", "masked", "hidden"});
}

enum class NameKind { name, unclear, nothing };

std::size_t count_of(std::string_view text, char c) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), c));
}

// Two words of four letters and more around a slash are two names; "AC/DC" is one.
bool is_pair(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == text.npos) return false;
  if (char_before(text, slash) == ' ' || char_at(text, slash + 1) == ' ') return true;
  const auto left = word_before(text, slash);
  const auto right = word_at(text, slash + 1);
  return left.size() >= 4 && right.size() >= 4;
}

NameKind judge(std::string_view text) {
  if (text.empty() || text.size() > kLongestName) return NameKind::nothing;
  if (text.find_first_of("\n{}<>|") != text.npos) return NameKind::nothing;
  if (text.starts_with("??") || text.starts_with('=')) return NameKind::nothing;
  if (!std::any_of(text.begin(), text.end(), is_word)) return NameKind::nothing;
  if (is_nothing(normalise_name(text))) return NameKind::nothing;
  const std::string lower = lower_copy(text);
  const auto words = words_of(lower);
  const auto spaces = count_of(lower, ' ') + 1;
  const bool opens_relation = !words.empty() && is_one_of(words[0], {"is", "was", "has", "are"}) &&
                              lower == text && spaces <= 4;  // "is located in"
  const auto first = words.begin() + (opens_relation ? 1 : 0);
  const bool pronoun = !words.empty() && spaces > 2 &&
                       is_one_of(words[0], {"i", "we", "it", "this", "they", "what", "which"});
  const bool sentence = spaces > 1 && std::any_of(first, words.end(), is_sentence_word);
  if (spaces > kMostWords || sentence || pronoun || is_description(lower)) return NameKind::nothing;
  const auto has = [&](bool (*test)(std::string_view)) {
    return std::any_of(words.begin(), words.end(), test);
  };
  if (spaces > 2 && has(is_mask_word) && has(is_cue)) return NameKind::nothing;  // a sentence
  const bool choice = has([](std::string_view word) { return word == "or"; });
  const bool unclear = text.ends_with('?') || choice || has(is_hedge) || is_pair(text) ||
                       count_of(text, ',') + count_of(text, ';') > 1;
  return unclear ? NameKind::unclear : NameKind::name;
}

// Whether a full stop within a name ends no sentence: "St.", "J.", "D.C.".
bool is_abbreviation(std::string_view lower, std::size_t stop) {
  std::size_t begin = stop;
  while (begin > 0 && is_letter(lower[begin - 1])) --begin;
  const auto word = lower.substr(begin, stop - begin);
  return word.size() == 1 || is_one_of(word, {"st", "mr", "mrs", "ms", "dr", "mt", "ft", "jr", "sr",
                                              "prof", "gen", "col", "vs", "no", "sgt", "rev"});
}

// Where a name that begins a line ends: before a reason or at the end of the sentence.
std::size_t name_end(const Source& source, Span span) {
  for (std::size_t at = span.begin; at < span.end; ++at) {
    const char c = source.text[at];
    const char next = char_at(source.text, at + 1);
    if (c == '\n') return at;
    const bool stop =
        (c == '.' || c == '!' || c == '?' || c == ';') && (at + 1 >= span.end || is_space(next));
    if (stop && c == '?') return at + 1;
    if (stop && !(c == '.' && at + 1 < span.end && is_abbreviation(source.lower, at))) return at;
    const std::size_t word = at + (c == ',' ? 2 : 1);
    const bool gap = c == ' ' || (c == ',' && next == ' ');
    if (gap && is_one_of(word_at(source.lower, word), {"because", "since", "which", "as", "who"}))
      return at;
    if (c == ' ' && (next == '(' || (next == '-' && char_at(source.text, at + 2) == ' ')))
      return at;
    if (c == ' ' && source.text.compare(word, 3, "\xE2\x80\x94") == 0) return at;
  }
  return span.end;
}

// Cut quotes, bold and one full stop off: not that of an abbreviation with a stop within ("D.C.").
Span trim_name(const Source& source, Span span) {
  span = strip_marks(source.text, span);
  while (span.end > span.begin && source.text[span.end - 1] == '!') --span.end;
  if (span.end > span.begin && source.text[span.end - 1] == '.') {
    const auto inside = source.view({span.begin, span.end - 1});
    const std::size_t gap = inside.find_last_of(' ');
    const auto word = gap == inside.npos ? inside : inside.substr(gap + 1);
    if (word.find('.') == word.npos) --span.end;
  }
  return strip_marks(source.text, span);
}

// Words that a name in lower case within a fixed sentence does not hold: "is connected to", "is
// red".
bool is_plain_name(std::string_view lower) {
  const auto words = words_of(lower);
  if (words.empty() || words.size() > 3 || words[0].ends_with("ed")) return false;
  if (lower.find_first_of(",;") != lower.npos) return false;
  return std::none_of(words.begin(), words.end(), [](std::string_view word) {
    return is_sentence_word(word) || is_hedge(word) || is_cue(word) || is_mask_word(word) ||
           is_one_of(
               word,
               {"to",        "by",        "in",      "on",    "at",       "with",    "from",
                "that",      "and",       "or",      "a",     "an",       "the",     "i",
                "it",        "this",      "be",      "been",  "one",      "some",    "any",
                "blue",      "green",     "black",   "white", "grey",     "yellow",  "shown",
                "hard",      "visible",   "unknown", "clear", "unclear",  "true",    "false",
                "given",     "found",     "seen",    "here",  "possible", "similar", "known",
                "correct",   "wrong",     "might",   "may",   "must",     "what",    "impossible",
                "difficult", "uncertain", "if",      "isn't", "between"});
  });
}

// The end of a fixed frame at the place where a sentence begins: "it is", "I believe it is",
// "????? ="; 0 where there is none.
std::size_t frame_end(std::string_view lower, std::size_t at) {
  const auto rest = lower.substr(at);
  for (const std::string_view frame :
       {"it is ", "it's ", "it must be ", "i believe it is ", "i believe it's ", "i think it is ",
        "i think it's ", "????? = ", "????? is ", "?????: "})
    if (rest.starts_with(frame)) return at + frame.size();
  return 0;
}

class NameReader {
 public:
  using Value = Name;
  static constexpr Denial kDenial = Denial::around;

  // A line that is a name; or a first line that is one, above an empty line and a reason.
  [[nodiscard]] NameReading whole(const Source& source, Span span) const {
    if (auto reading = in_json(source, span); reading.status != ReadStatus::none) return reading;
    const std::size_t feed = source.view(span).find('\n');
    if (feed == std::string_view::npos && with_reason(source, span)) return {};  // for single()
    if (feed == std::string_view::npos)
      return announces(source, span) ? NameReading{} : reading_of(source, span);
    const Span first{span.begin, span.begin + feed};
    if (announces(source, first)) return {};
    auto reading = reading_of(source, first);
    if (reading.status != ReadStatus::found) return {};
    for (const Span line : lines(source.text, {first.end, span.end})) {
      const Span inside = strip_marks(source.text, line);
      if (inside.begin >= inside.end) continue;
      if (is_one_of(word_at(source.lower, inside.begin), {"reason", "reasoning", "explanation"}))
        return reading;
      const bool name = judge(source.view(inside).substr(0, kLongestName + 1)) != NameKind::nothing;
      const bool prose = source.view(inside).ends_with('.') || source.view(inside).ends_with(':');
      return name || !prose ? NameReading::ambiguous(reading.span) : reading;
    }
    return reading;
  }

  [[nodiscard]] NameReading head(const Source& source, Span span) const {
    std::size_t begin = skip_marks(source.text, span.begin, span.end);
    if (char_at(source.text, begin) == '[' || char_at(source.text, begin) == '(') return {};
    const std::string_view lower = source.lower;
    if (source.text.compare(begin, 4, "the ") == 0 && begin + 4 < span.end) {
      begin += 4;
      if (is_lower(source.text[begin])) return {};  // "the country in the north"
    }
    for (const std::string_view filler : {"most likely ", "probably ", "likely ", "clearly "})
      if (lower.substr(begin).starts_with(filler)) begin += filler.size();
    if (is_cue(word_at(lower, begin)) &&
        char_at(lower, begin + word_at(lower, begin).size()) == ' ')
      return {};
    const std::size_t quoted = quoted_end(source, span, begin);
    const std::size_t end = quoted > 0 ? quoted : name_end(source, {begin, span.end});
    const auto rest = lower.substr(end, std::min(span.end - end, kLongestName));
    auto reading = reading_of(source, {begin, end});
    if (reading.status == ReadStatus::found && is_one_of(first_word(rest), {"or", "not"}))
      return NameReading::ambiguous(reading.span);
    return reading;
  }

  // "The masked entity is Paris.", "Entity: Paris": no other name within a text is an answer.
  [[nodiscard]] NameReading single(const Source& source, Span span) const {
    std::vector<NameReading> readings;
    for (const Span line : lines(source.text, span)) {
      const Span near{line.begin, std::min(line.end, line.begin + kLongestLine)};
      in_frames(source, near, readings);
      for (std::size_t at = near.begin; at < near.end;) {
        const auto word = word_at(source.lower, at);
        if (is_cue(word) && !is_word(char_before(source.lower, at)))
          if (auto reading = after_cue(source, at + word.size(), near);
              reading.status != ReadStatus::none)
            readings.push_back(is_supposed(source, near, at) ? NameReading::ambiguous(reading.span)
                                                             : std::move(reading));
        at += std::max<std::size_t>(word.size(), 1);
      }
    }
    return merge(readings);
  }

 private:
  // "cattle, since veal ..": whether a reason follows in the line.
  static bool with_reason(const Source& source, Span span) {
    const auto rest = source.lower_view({name_end(source, span), span.end});
    return rest.starts_with(", since ") || rest.starts_with(", because ") ||
           rest.starts_with(" because ");
  }

  // A name in lower case that fills the sentence from a place on, but for a reason.
  static NameReading plain(const Source& source, std::size_t at, Span line) {
    at = skip_marks(source.text, at, line.end);
    const std::size_t end = name_end(source, {at, line.end});
    const auto rest = source.lower_view({end, line.end});
    const bool closed = rest.empty() || rest.starts_with('.') || rest.starts_with('!') ||
                        with_reason(source, {at, line.end});
    const bool asked = end > at && source.text[end - 1] == '?';
    if (!closed || asked || !is_plain_name(source.lower_view({at, end}))) return {};
    return reading_of(source, {at, end});
  }

  // "It is X.", "X is the missing entity.", "X, since ..", at the begin of a sentence.
  static void in_frames(const Source& source, Span line, std::vector<NameReading>& readings) {
    const std::string_view lower = source.lower;
    for (const Span sentence : sentences(lower, line)) {
      const std::size_t at = skip_marks(lower, sentence.begin, sentence.end);
      if (const std::size_t end = frame_end(lower, at); end > 0 && end < line.end) {
        readings.push_back(plain(source, end, line));
        continue;
      }
      const std::size_t verb = source.lower_view(sentence).find(" is the ");
      if (verb != std::string_view::npos && sentence.begin + verb > at) {
        const auto words = words_of(source.lower_view(sentence).substr(verb));
        const bool mask = words.size() == 4 && is_mask_word(words[2]) && is_cue(words[3]);
        const Span name{at, sentence.begin + verb};
        if (mask && is_plain_name(source.lower_view(name)) && !source.view(sentence).ends_with('?'))
          readings.push_back(reading_of(source, name));
      }
      if (at == skip_marks(lower, line.begin, line.end) && with_reason(source, {at, line.end}))
        readings.push_back(plain(source, at, line));
    }
  }

  static NameReading reading_of(const Source& source, Span span) {
    span = trim_name(source, span);
    const auto text = source.view(span);
    switch (judge(text)) {
      case NameKind::nothing: return {};
      case NameKind::unclear: return NameReading::ambiguous(span);
      case NameKind::name: break;
    }
    return NameReading::found({std::string(text), normalise_name(text)}, span);
  }

  static std::string_view first_word(std::string_view lower) {
    std::size_t at = 0;
    while (at < lower.size() && !is_letter(lower[at])) ++at;
    return word_at(lower, at);
  }

  // The end of what stands in quotes or bold from `begin`; 0 where nothing does.
  static std::size_t quoted_end(const Source& source, Span span, std::size_t begin) {
    if (begin == 0) return 0;
    const char open = source.text[begin - 1];
    if (open != '"' && open != '*' && open != '`') return 0;
    const auto view =
        std::string_view(source.text).substr(0, std::min(span.end, begin + kLongestName));
    const std::size_t close = begin < view.size() ? view.find(open, begin) : view.npos;
    return close == view.npos ? 0 : close;
  }

  // "Entity: ..": the line is an announcement, not a name with a colon in it.
  static bool announces(const Source& source, Span span) {
    const auto lower = source.lower_view(span);
    const std::size_t colon = lower.find(':');
    if (colon > kLongestName) return false;  // npos too
    const auto words = words_of(lower.substr(0, colon));
    return std::any_of(words.begin(), words.end(), [](std::string_view word) {
      return is_cue(word) || is_one_of(word, {"answer", "guess", "reply", "response"});
    });
  }

  [[nodiscard]] NameReading after_cue(const Source& source, std::size_t at, Span line) const {
    const std::size_t cue = at;
    at = skip_marks(source.lower, at, line.end);
    if (word_at(source.lower, at) == "is") at = skip_marks(source.lower, at + 2, line.end);
    else if (char_at(source.lower, at) != ':') return {};
    if (char_at(source.lower, at) == ':') at = skip_marks(source.lower, at + 1, line.end);
    if (at >= line.end) return {};
    // Behind "is" only a proper name is one: "the entity is connected to Spain" names nothing.
    const bool proper = !is_lower(source.text[at]) || source.text.compare(at, 4, "the ") == 0;
    if (proper || char_before(source.text, at) == '"') return head(source, {at, line.end});
    const auto words = words_of(source.lower_view({line.begin, cue}));
    const bool masked = words.size() > 1 && is_mask_word(words[words.size() - 2]);
    const bool alone = words.size() == 1 && source.view({cue, at}).find(':') != std::string::npos;
    return masked || alone ? plain(source, at, line) : NameReading{};
  }

  static bool is_supposed(const Source& source, Span line, std::size_t at) {
    const auto words = words_of(source.lower_view({line.begin, at}));
    return std::any_of(words.begin(), words.end(), [](std::string_view word) {
      return is_one_of(word, {"if", "whether", "suppose", "unless", "doubt", "assuming", "not"});
    });
  }

  // An object with one name in it: {"entity": "Paris"}.
  static NameReading in_json(const Source& source, Span span) {
    const std::string_view text = source.text;
    const std::size_t from = span.begin - std::min(span.begin, kMostMarks);
    const auto before = text.substr(from, span.begin + 1 - from).rfind('{');
    const auto after = text.substr(span.end, kMostMarks).find('}');
    if (before == text.npos || after == text.npos) return {};
    const std::size_t open = from + before;
    const std::size_t close = span.end + after;
    if (close - open > 10 * kLongestName) return {};
    const Span group{open, close + 1};
    const auto object = parse_json_object(source.view(group), "reply");
    if (!object) return {};
    for (const std::string_view key : {"answer", "entity", "relation", "name", "label", "value"}) {
      const auto* value = object->if_contains(key);
      if (value == nullptr || !value->is_string()) continue;
      const std::string name(trim(value->get_string()));
      const NameKind verdict = judge(name);
      if (verdict == NameKind::nothing) return {};
      if (verdict == NameKind::unclear) return NameReading::ambiguous(group);
      return NameReading::found({name, normalise_name(name)}, group);
    }
    return {};
  }
};

}  // namespace
}  // namespace extract

Extraction<std::string> extract_name(std::string_view reply) {
  auto read = extract::run_cascade(extract::NameReader(), reply);
  return {read.status, std::move(read.value.text), std::move(read.rule), read.span};
}

}  // namespace stareval
