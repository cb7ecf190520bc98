#include "libstareval/extract/number.h"

#include <algorithm>

#include "libstareval/extract/cascade_internal.h"
#include "libstareval/extract/number_scan_internal.h"
#include "libstareval/extract/refusal.h"

namespace stareval {
namespace extract {
namespace {

using Kind = Number::Kind;

// "about 7", "exactly 7", "a total of 7", "there are 7": words that may stand before the number.
bool is_filler(std::string_view word) {
  return is_one_of(word,
                   {"about", "approximately", "around",   "roughly", "exactly", "precisely",
                    "only",  "just",          "probably", "likely",  "simply",  "therefore",
                    "a",     "total",         "of",       "the",     "number",  "there",
                    "are",   "equal",         "to",       "that",    "clearly", "definitely"});
}

// "7 different entities in total": words that may stand after it.
bool is_unit(std::string_view word) {
  return is_one_of(
      word, {"entity",  "entities",  "node",    "nodes",      "relation",  "relations", "triple",
             "triples", "fact",      "facts",   "edge",       "edges",     "arrow",     "arrows",
             "image",   "images",    "picture", "pictures",   "label",     "labels",    "type",
             "types",   "kind",      "kinds",   "distinct",   "different", "unique",    "in",
             "total",   "of",        "them",    "altogether", "overall",   "with",      "labelled",
             "labeled", "knowledge", "graph",   "names",      "name",      "flags",     "flag"});
}

// Words before a number that make it a bound or a part: "at least 7", "more than 7", "minus 3".
bool is_bound(std::string_view word) {
  return is_one_of(
      word, {"least", "most", "than", "over", "under", "nearly", "almost", "minus", "plus", "times",
             "twice", "double", "half", "maximum", "minimum", "either", "or", "another"});
}

// Amounts without a number, so that a number beside them is not the whole.
bool has_vague_amount(std::string_view lower) {
  const auto words = words_of(lower);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto before = i > 0 ? words[i - 1] : std::string_view{};
    if (is_one_of(words[i], {"dozen", "dozens", "couple", "several", "few", "numerous", "hundreds",
                             "thousands", "half"}))
      return true;
    if (words[i] == "many" && before != "how") return true;
    if (is_one_of(words[i], {"hundred", "thousand"}) && before == "a") return true;
  }
  return false;
}

// "> 7", ">= 7", "<= 7", "â¥ 7", but not the end of a tag or an arrow: "<b>7", "-> 7".
bool has_comparison_before(std::string_view lower, std::size_t at) {
  while (at > 0 && is_space(lower[at - 1])) --at;
  const auto last = lower.substr(0, at);
  if (last.ends_with("\xE2\x89\xA5") || last.ends_with("\xE2\x89\xA4")) return true;
  if (last.ends_with("\xE2\x89\xA0") || last.ends_with("\\neq") || last.ends_with("!="))
    return true;
  if (last.ends_with(">=") || last.ends_with("<=") || last.ends_with("<")) return true;
  return last.ends_with(" >") || last == ">";
}

bool is_bounded(std::string_view lower, std::size_t at) {
  const auto before = word_before(lower, at);
  if (is_bound(before) || has_comparison_before(lower, at)) return true;
  const auto place = static_cast<std::size_t>(before.data() - lower.data());
  return before == "to" && word_before(lower, place) == "up";
}

// Past marks, fillers, "~" and "≈".
std::size_t skip_fillers(std::string_view lower, std::size_t at, std::size_t end) {
  constexpr std::string_view kNearly = "\xE2\x89\x88";
  while (at < end) {
    const std::size_t next = skip_marks(lower, at, end);
    const auto word = word_at(lower, next);
    if (is_filler(word)) at = next + word.size();
    else if (char_at(lower, next) == '~' || char_at(lower, next) == ':') at = next + 1;
    else if (lower.substr(next, 3) == kNearly) at = next + 3;
    else return next;
  }
  return end;
}

bool has_number(std::string_view lower, std::size_t begin, std::size_t window, std::size_t end) {
  return !numbers(lower, {std::min(begin, end), std::min(begin + window, end)}).empty();
}

// After a comma: "5, 6", "5, or maybe 6", but not "7, as 3 and 4 make that".
bool starts_alternative(std::string_view lower, std::size_t at, std::size_t end) {
  const std::size_t next = skip_marks(lower, at, end);
  if (number_at(lower, next, end).span.end > 0) return true;
  const auto word = word_at(lower, next);
  return is_one_of(word, {"or", "maybe", "perhaps", "possibly"}) &&
         has_number(lower, next + word.size(), 16, end);
}

// "or 6", "to 7", "plus 3", "or more".
bool starts_worded_part(std::string_view lower, std::size_t at, std::size_t end) {
  const auto word = word_at(lower, at);
  const std::size_t next = at + word.size();
  const auto then = word_at(lower, skip_marks(lower, next, end));
  if (is_one_of(word, {"minus", "less", "squared", "cubed", "factorial", "divided", "multiplied"}))
    return true;
  if (word == "or" && is_one_of(then, {"more", "so", "fewer", "less"})) return true;
  return is_one_of(word, {"or", "to", "plus", "minus", "times", "and", "x"}) &&
         has_number(lower, next, 12, end);
}

// Whether what follows a number makes it part of something larger: "5-7", "5 or 6", "3 + 4", "5/6".
bool is_part_of_more(std::string_view lower, std::size_t at, std::size_t end) {
  at = skip_marks(lower, at, end);
  if (at >= end) return false;
  const auto rest = lower.substr(at, 3);
  if (rest == "\xE2\x80\x93" || rest == "\xE2\x80\x94" || rest.starts_with("\xC3\x97"))
    return has_number(lower, at + rest.size(), 8, end);
  const char sign = lower[at];
  if (is_digit(sign) || std::string_view("+/^=").find(sign) != std::string_view::npos) return true;
  if (std::string_view("-&<>").find(sign) != std::string_view::npos)
    return has_number(lower, at + 1, 8, end);
  if (sign == '\\') return is_letter(char_at(lower, at + 1));  // a LaTeX operator
  if (sign == ',') return starts_alternative(lower, at + 1, end);
  return starts_worded_part(lower, at, end);
}

std::size_t skip_units(std::string_view lower, std::size_t at, std::size_t end) {
  for (;;) {
    const std::size_t next = skip_marks(lower, at, end);
    const auto word = word_at(lower, next);
    if (next >= end || !is_unit(word)) return at;
    at = std::min(next + word.size(), end);
  }
}

// "7; or is it 8?", "6, no, 7": another number, and a word that puts it in the place of the first.
bool is_taken_back(std::string_view lower, const Number& number, std::size_t end) {
  const auto words = words_of(lower.substr(number.span.end, end - number.span.end));
  const bool hedged = std::any_of(words.begin(), words.end(), [](std::string_view word) {
    return is_one_of(word, {"or", "maybe", "perhaps", "possibly", "no"});
  });
  if (!hedged) return false;
  const auto others = numbers(lower, {number.span.end, end});
  return std::any_of(others.begin(), others.end(), [&](const Number& other) {
    return other.kind != Kind::doubtful && other.value != number.value;
  });
}

// Words that may follow a count without being what it counts: "7 of them", "7 in total".
bool follows_count(std::string_view word) {
  return is_one_of(
      word, {"of",     "in",    "here",    "there",   "on",      "and",     "or",     "to",
             "at",     "is",    "are",     "as",      "because", "since",   "that",   "which",
             "shown",  "by",    "from",    "between", "for",     "so",      "plus",   "minus",
             "times",  "more",  "less",    "with",    "but",     "then",    "if",     "while",
             "though", "gives", "makes",   "such",    "when",    "squared", "cubed",  "x",
             "were",   "was",   "exactly", "no",      "not",     "wait",    "divided"});
}

// Words before a number that make it a name: "step 7", "option 2".
bool is_numbered(std::string_view word) {
  return is_one_of(
      word, {"step",    "steps", "question", "code",   "figure",  "fig",     "option",  "page",
             "version", "line",  "row",      "column", "section", "chapter", "example", "attempt",
             "choice",  "error", "status",   "task",   "problem", "item"});
}

// Whether a number in running text counts what can be counted here, as far as its words say.
bool may_count(std::string_view lower, const Number& number, std::size_t end) {
  if (is_numbered(word_before(lower, number.span.begin))) return false;
  std::size_t at = skip_marks(lower, number.span.end, end);
  while (is_one_of(word_at(lower, at), {"visible", "separate", "directed", "semantic", "individual",
                                        "named", "relational", "other"}))
    at = skip_marks(lower, at + word_at(lower, at).size(), end);
  if (at >= end) return true;
  if (lower[at] == '%') return false;
  const auto word = word_at(lower, at);
  return word.empty() || is_unit(word) || follows_count(word);
}

// Blank "1.", "2)" ... of a numbered list: line starts that count up from 1 or are all 1.
std::string without_list_numbers(std::string_view text) {
  std::vector<Span> run;
  std::int64_t last = 0;
  std::string lower(text);
  const auto settle = [&] {
    if (run.size() >= 2)
      for (const Span marker : run)
        std::fill(lower.begin() + static_cast<std::ptrdiff_t>(marker.begin),
                  lower.begin() + static_cast<std::ptrdiff_t>(marker.end), ' ');
    run.clear();
  };
  for (const Span line : lines(lower, {0, lower.size()})) {
    const std::size_t at = skip_marks(lower, line.begin, line.end);
    const Number number = number_at(lower, at, line.end);
    const std::size_t end = number.span.end;
    const bool marker = end > at && is_digit(lower[at]) &&
                        (char_at(lower, end) == '.' || char_at(lower, end) == ')') &&
                        is_space(char_at(lower, end + 1));
    if (!marker) continue;
    const bool goes_on = !run.empty() && number.value == last + 1;
    if (!goes_on && number.value != 1) settle();
    if (goes_on || number.value == 1) run.push_back({at, end});
    last = number.value;
  }
  settle();
  return lower;
}

// What a number in running text is worth: itself, or unclear where the text doubts or bounds it.
Reading<std::int64_t> reading_of(std::string_view lower, const Number& number, Span sentence,
                                 bool doubted) {
  const bool unclear = doubted || number.kind == Kind::other ||
                       is_bounded(lower, number.span.begin) ||
                       is_part_of_more(lower, number.span.end, sentence.end);
  return unclear ? Reading<std::int64_t>::ambiguous(number.span)
                 : Reading<std::int64_t>::found(number.value, number.span);
}

class CountReader {
 public:
  using Value = std::int64_t;
  static constexpr Denial kDenial = Denial::around;

  [[nodiscard]] Reading<Value> whole(const Source& source, Span span) const {
    const Number number = leading(source, span);
    if (number.span.end == 0 || number.kind == Kind::other) return {};
    if (is_part_of_more(source.lower, number.span.end, span.end)) return {};
    const auto rest = source.lower_view({number.span.end, span.end});
    const auto words = words_of(rest);
    if (number.kind == Kind::doubtful && !words.empty()) return {};
    if (!std::all_of(words.begin(), words.end(), is_unit)) return {};
    const bool signs_only = std::none_of(rest.begin(), rest.end(), [](char c) {
      return is_digit(c) || static_cast<unsigned char>(c) >= 0x80 || c == '+' || c == '%';
    });
    return signs_only ? Reading<Value>::found(number.value, number.span) : Reading<Value>{};
  }

  [[nodiscard]] Reading<Value> head(const Source& source, Span span) const {
    const Number number = leading(source, span);
    if (number.span.end == 0 || number.kind == Kind::other) return {};
    const std::size_t next = skip_marks(source.lower, number.span.end, span.end);
    if (number.kind == Kind::doubtful && next < span.end && is_word(source.lower[next])) return {};
    const std::size_t units_end = skip_units(source.lower, number.span.end, span.end);
    if (is_part_of_more(source.lower, number.span.end, span.end) ||
        is_part_of_more(source.lower, units_end, span.end) ||
        is_taken_back(source.lower, number, span.end))
      return Reading<Value>::ambiguous(number.span);
    return Reading<Value>::found(number.value, number.span);
  }

  [[nodiscard]] Reading<Value> single(const Source& source, Span span) const {
    const std::string lower = without_list_numbers(source.lower_view(span));
    if (is_refusal(source.view(span))) return {};
    std::vector<Reading<Value>> all;
    bool any_sure = false;
    for (const Span sentence : sentences(lower, {0, lower.size()})) {
      const auto found = numbers(lower, sentence);
      if (found.empty()) continue;
      const auto text =
          std::string_view(lower).substr(sentence.begin, sentence.end - sentence.begin);
      const bool doubted =
          has_negation(text) || has_vague_amount(text) || is_denied_sentence(lower, sentence);
      for (const Number& number : found) {
        all.push_back(reading_of(lower, number, sentence, doubted));
        any_sure =
            any_sure || (number.kind == Kind::count && may_count(lower, number, sentence.end));
      }
    }
    auto merged = any_sure ? merge(all) : Reading<Value>{};
    merged.span = {merged.span.begin + span.begin, merged.span.end + span.begin};
    return merged;
  }

 private:
  static Number leading(const Source& source, Span span) {
    const std::size_t at = skip_fillers(source.lower, span.begin, span.end);
    return number_at(source.lower, at, span.end);
  }
};

}  // namespace
}  // namespace extract

Extraction<std::int64_t> extract_count(std::string_view reply) {
  return extract::run_cascade(extract::CountReader{}, reply);
}

}  // namespace stareval
