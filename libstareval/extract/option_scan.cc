#include <algorithm>
#include <array>
#include <numeric>

#include "libstareval/base/text.h"
#include "libstareval/extract/option_scan_internal.h"

namespace stareval::extract {
namespace {

constexpr std::size_t kMaxOptions = 26;

// Words after which a letter or a lower-case name is a choice: "it is C", "I choose C".
bool is_cue(std::string_view word) {
  return is_one_of(
      word, {"is",   "be",     "choose",    "chose",  "pick",   "picked", "select", "selected",
             "with", "answer", "option",    "choice", "letter", "it's",   "say",    "so",
             "thus", "hence",  "therefore", "ist",    "est",    "es",     "ans",    "answer's"});
}

bool is_label(std::string_view word) {
  return is_one_of(word, {"option", "choice", "letter", "answer"});
}

bool is_end_sign(char c) {
  return c == '\0' || c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?' ||
         c == ')' || c == ']' || c == '\n';
}

bool encloses(char open, char close) {
  return (open == '(' && close == ')') || (open == '[' && close == ']') ||
         (open == '*' && close == '*') || (open == '`' && close == '`') ||
         (open == '"' && close == '"') || (open == '\'' && close == '\'') ||
         (open == '{' && close == '}');
}

bool is_line_start(std::string_view text, std::size_t at) {
  while (at > 0 && text[at - 1] != '\n' && mark_length(text, at - 1) == 1) --at;
  return at == 0 || text[at - 1] == '\n';
}

// Whether a character of Chinese or Japanese, or a sign of theirs, starts at a place. Such a one
// ends a word of Latin letters.
bool is_chinese(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(char_at(text, at));
  return (lead >= 0xE3 && lead <= 0xE9) || lead == 0xEF;
}

// "答案是C", "选C", "答案：C"; not "答案不是C".
bool has_chinese_cue(std::string_view text, std::size_t at) {
  constexpr std::array<std::string_view, 6> kCues{
      "\xE6\x98\xAF", "\xE9\x80\x89", "\xE9\xA1\xB9",   // 是 选 项
      "\xE4\xB8\xBA", "\xE3\x81\xAF", "\xEF\xBC\x9A"};  // 为 は ：
  while (at > 0 && mark_length(text, at - 1) == 1 && text[at - 1] != '\n') --at;
  const auto before = text.substr(0, at);
  if (before.ends_with("\xE4\xB8\x8D\xE6\x98\xAF")) return false;  // 不是
  return std::any_of(kCues.begin(), kCues.end(),
                     [&](std::string_view cue) { return before.ends_with(cue); });
}

// "So, C", "Antwort: C".
bool is_announced(std::string_view lower, std::size_t at) {
  while (at > 0 && mark_length(lower, at - 1) == 1 && lower[at - 1] != '\n') --at;
  const char sign = char_before(lower, at);
  if (sign != ',' && sign != ':') return false;
  const auto word = word_before(lower, at - 1);
  if (sign == ',') return is_one_of(word, {"so", "thus", "hence", "therefore"});
  return is_one_of(word, {"antwort", "ans", "ponse", "respuesta", "choice", "is", "therefore"});
}

// A letter that stands alone: no letter, digit, hyphen or apostrophe ties it to a word.
bool stands_alone(std::string_view text, std::size_t at) {
  const char before = char_before(text, at);
  const char next = char_at(text, at + 1);
  const char far = at >= 2 ? text[at - 2] : '\0';
  if (is_word(before) && before != '_' && !has_chinese_cue(text, at)) return false;
  if ((before == '-' || before == '\'' || before == '.' || before == '&') && is_word(far))
    return false;
  if (next == '\'' || next == '&' || next == '+' || next == '#') return encloses(before, next);
  if (next == '-' || next == '.') return !is_word(char_at(text, at + 2));
  return !is_word(next) || next == '_' || is_chinese(text, at + 1);
}

bool is_marked_letter(const Source& source, std::size_t at) {
  const std::string_view text = source.text;
  const char next = char_at(text, at + 1);
  if (encloses(char_before(text, at), next)) return true;
  if (has_chinese_cue(text, at)) return true;
  const auto before = word_before(source.lower, at);
  const std::size_t after = skip_marks(text, at + 1, text.size());
  const auto word = word_at(source.lower, after);
  const bool ends = is_end_sign(next) || is_end_sign(char_at(text, after));
  if (ends && (is_cue(before) || is_announced(source.lower, at))) return true;
  if (is_label(before)) return goes_on_after_choice(word) || is_one_of(word, {"is", "fits"});
  if (is_cue(before)) return goes_on_after_choice(word);
  if (next == ')' && char_before(text, at) != '(') return true;  // "B) Rome"
  const bool listed = next == '.' || (next == ':' && text[at] != 'A');
  return listed && is_line_start(text, at) && (at + 2 >= text.size() || is_space(text[at + 2]));
}

// The word beside a name begins with a capital: the name may be part of a longer one.
bool is_part_of_name(std::string_view text, std::size_t begin, std::size_t end) {
  if (char_at(text, end) == ' ' && is_upper(char_at(text, end + 1))) return true;
  const auto before = word_before(text, begin);
  const auto place = static_cast<std::size_t>(before.data() - text.data());
  if (begin == 0 || text[begin - 1] != ' ' || before.empty()) return false;
  if (before == "of") return is_upper(char_at(word_before(text, place), 0));
  const bool opening = is_one_of(before, {"The", "So", "Thus", "Hence", "Therefore", "Clearly",
                                          "Is", "Option", "Answer", "Choice"});
  return is_upper(before[0]) && !opening;
}

// "B. Rome": a letter and its own text, as in a list of the options.
bool has_own_text(const Source& source, const Option& option, std::size_t at) {
  std::size_t next = at + 1;
  while (std::string_view(".):- ").find(char_at(source.lower, next)) != std::string_view::npos)
    ++next;
  return !option.lower.empty() &&
         std::string_view(source.lower).substr(next).starts_with(option.lower);
}

bool is_marked_text(const Source& source, const Option& option, std::size_t begin) {
  const std::size_t end = begin + option.text.size();
  const std::string_view text = source.text;
  if (encloses(char_before(text, begin), char_at(text, end))) return true;
  const std::size_t after = skip_marks(text, end, text.size());
  const bool ends = is_end_sign(char_at(text, end)) || is_end_sign(char_at(text, after));
  if (is_cue(word_before(source.lower, begin)) && ends) return true;
  const bool proper = std::any_of(option.text.begin(), option.text.end(), is_upper);
  return proper && text.substr(begin, option.text.size()) == option.text &&
         !is_part_of_name(text, begin, end);
}

}  // namespace

Options::Options(std::span<const std::string> choices) {
  for (const std::string& choice : choices.first(std::min(choices.size(), kMaxOptions)))
    options_.push_back({choice, lower_copy(choice), normalise_name(choice)});
  for (const Option& option : options_) window_ = std::max(window_, 2 * option.text.size() + 64);
  by_length_.resize(options_.size());
  std::iota(by_length_.begin(), by_length_.end(), std::size_t{0});
  std::stable_sort(by_length_.begin(), by_length_.end(), [&](std::size_t a, std::size_t b) {
    return options_[a].normal.size() > options_[b].normal.size();
  });
}

std::vector<std::size_t> Options::equal_to(std::string_view text) const {
  const std::string normal = normalise_name(text);
  std::vector<std::size_t> equal;
  for (std::size_t i = 0; i < options_.size(); ++i)
    if (!normal.empty() && options_[i].normal == normal) equal.push_back(i);
  return equal;
}

std::optional<Options::Prefix> Options::prefix_of(std::string_view text) const {
  const std::string normal = normalise_name(text.substr(0, window_));
  for (const std::size_t i : by_length_) {
    const std::string& option = options_[i].normal;
    if (option.empty() || !normal.starts_with(option) || !is_name_end(normal, option.size()))
      continue;
    return Prefix{i, normal.substr(option.size())};
  }
  return std::nullopt;
}

bool Options::names_other(std::string_view rest, std::size_t index) const {
  std::size_t at = 0;
  bool joined = false;
  while (at < rest.size()) {
    const auto word = word_at(rest, at);
    if (is_one_of(word, {"or", "and", "maybe", "possibly", "option", "choice"})) {
      joined = joined || is_one_of(word, {"or", "maybe", "possibly"});
      at += word.size();
    } else if (is_word(rest[at])) {
      break;
    } else {
      ++at;
    }
  }
  const std::string_view tail = rest.substr(at);
  for (const std::size_t i : by_length_) {
    const Option& option = options_[i];
    if ((option.normal.size() > 1 || is_digit(tail.empty() ? '\0' : tail[0])) &&
        tail.starts_with(option.normal) && is_name_end(tail, option.normal.size()))
      return option.normal != options_[index].normal;
  }
  const auto letter = tail.empty() ? std::nullopt : index_of(static_cast<char>(tail[0] - 32));
  const char next = char_at(tail, 1);
  const bool article = next == ' ' && (tail.starts_with('a') || tail.starts_with('i'));
  const bool alone = letter && !is_word(next) && next != '\'' && (!article || joined);
  return alone && *letter != index;
}

std::optional<std::size_t> Options::index_of(char letter) const {
  if (letter < 'A' || static_cast<std::size_t>(letter - 'A') >= options_.size())
    return std::nullopt;
  return static_cast<std::size_t>(letter - 'A');
}

std::vector<Candidate> Options::candidates(const Source& source, Span span) const {
  std::vector<Candidate> found;
  add_letters(source, span, found);
  add_texts(source, span, found);
  return found;
}

void Options::add_letters(const Source& source, Span span, std::vector<Candidate>& found) const {
  for (std::size_t at = span.begin; at < span.end; ++at) {
    const auto index = index_of(source.text[at]);
    if (!index || !stands_alone(source.text, at)) continue;
    const bool marked = is_marked_letter(source, at) || has_own_text(source, options_[*index], at);
    const bool article = source.text[at] == 'A' || source.text[at] == 'I';
    if (marked || !article) found.push_back({*index, marked, {at, at + 1}});
  }
}

void Options::add_texts(const Source& source, Span span, std::vector<Candidate>& found) const {
  std::vector<bool> taken(span.end - span.begin, false);
  const std::string_view text = source.lower_view(span);
  for (const std::size_t i : by_length_) {
    const Option& option = options_[i];
    if (option.lower.size() < 2) continue;  // a single letter is read as a letter
    for (std::size_t at = text.find(option.lower); at != std::string_view::npos;
         at = text.find(option.lower, at + 1)) {
      const std::size_t end = at + option.lower.size();
      const bool whole = is_name_begin(source.lower, span.begin + at) &&
                         is_name_end(source.lower, span.begin + end);
      if (!whole || taken[at] || taken[end - 1]) continue;
      std::fill(taken.begin() + static_cast<std::ptrdiff_t>(at),
                taken.begin() + static_cast<std::ptrdiff_t>(end), true);
      found.push_back({i,
                       is_marked_text(source, option, span.begin + at),
                       {span.begin + at, span.begin + end}});
    }
  }
}

}  // namespace stareval::extract
