#include <algorithm>
#include <array>

#include "libstareval/extract/lexicon_internal.h"
#include "libstareval/extract/negation_internal.h"

namespace stareval::extract {
namespace {

constexpr std::size_t kReach = 300;  // bytes before an answer
constexpr auto kNone = std::string_view::npos;

constexpr std::array<std::string_view, 5> kCrosses{"\xE2\x9C\x97", "\xE2\x9C\x98", "\xE2\x9C\x96",
                                                   "\xE2\x9D\x8C", "\xE2\x9D\x8E"};
constexpr std::array<std::string_view, 3> kChecks{"\xE2\x9C\x93", "\xE2\x9C\x94", "\xE2\x9C\x85"};

void blank(std::string& text, std::size_t begin, std::size_t end) {
  std::fill(text.begin() + static_cast<std::ptrdiff_t>(begin),
            text.begin() + static_cast<std::ptrdiff_t>(end), ' ');
}

// The next "~~" that is no part of a longer run (a fence of code).
std::size_t find_strike(std::string_view text, std::size_t at) {
  for (at = text.find("~~", at); at != kNone; at = text.find("~~", at)) {
    std::size_t end = at;
    while (char_at(text, end) == '~') ++end;
    if (end - at == 2) return at;
    at = end;
  }
  return kNone;
}

void blank_tildes(std::string& text) {
  std::size_t open = find_strike(text, 0);
  while (open != kNone) {
    const std::size_t close = find_strike(text, open + 2);
    if (close == kNone) return;
    const auto inside = std::string_view(text).substr(open, close - open);
    if (inside.find("\n\n") != kNone) {
      open = close;
      continue;
    }
    blank(text, open, close + 2);
    open = find_strike(text, close + 2);
  }
}

void blank_tag(std::string& text, std::string_view open, std::string_view close) {
  for (std::size_t at = text.find(open); at != kNone; at = text.find(open, at)) {
    const std::size_t end = text.find(close, at);
    if (end == kNone) return;
    blank(text, at, end + close.size());
    at = end + close.size();
  }
}

bool is_denial(std::string_view word) {
  return is_one_of(word, {"wrong", "incorrect", "false", "untrue", "impossible", "excluded",
                          "eliminated", "mistaken", "erroneous", "nope"});
}

bool is_praise(std::string_view word) {
  return is_one_of(
      word, {"right", "correct", "true", "it", "the", "my", "possible", "shown", "what", "valid"});
}

bool is_copula(std::string_view word) {
  return is_one_of(word, {"is", "are", "was", "were", "be", "been"});
}

bool starts_clause(std::string_view word) {
  return is_one_of(word, {"because", "since", "as", "and", "or", "but", "so", "while", "if",
                          "whereas", "though", "although", "given", "for", "not", "no"});
}

std::size_t next_word(std::string_view text, std::size_t at) {
  return skip_marks(text, at, text.size());
}

// "wrong", "ruled out", "not right", "is wrong", "isn't the answer", "which is false".
bool starts_denial(std::string_view text, std::size_t at) {
  bool negated = false;
  bool verb = false;
  for (int i = 0; i < 6; ++i) {
    at = next_word(text, at);
    const auto word = word_at(text, at);
    if (word.empty()) return false;
    at += word.size();
    if (is_denial(word)) return !negated;
    if (word == "ruled") return !negated && word_at(text, next_word(text, at)) == "out";
    if (word == "not" || word == "cannot" || word.ends_with("n't")) negated = true;
    else if (negated) return is_praise(word) || (word == "be" && starts_denial(text, at));
    else if (is_copula(word)) verb = true;
    else if (verb && !is_one_of(word, {"clearly", "obviously", "also", "simply", "surely"}))
      return false;
    else if (starts_clause(word)) return false;
  }
  return false;
}

template <std::size_t N>
std::size_t length_of(const std::array<std::string_view, N>& signs, std::string_view rest) {
  for (const std::string_view sign : signs)
    if (rest.starts_with(sign)) return sign.size();
  return 0;
}

// Past marks, closing brackets and tags.
std::size_t skip_closing(std::string_view text, std::size_t at) {
  for (;;) {
    at = skip_marks(text, at, text.size());
    const char c = char_at(text, at);
    if (c == ')' || c == ']' || c == '|' || (c == '\\' && char_at(text, at + 1) == ')')) {
      at += c == '\\' ? 2 : 1;
      continue;
    }
    const std::size_t tag = c == '<' ? text.substr(at, 24).find('>') : kNone;
    if (tag == kNone) return at;
    at += tag + 1;
  }
}

std::size_t sentence_begin(std::string_view text, std::size_t at) {
  const std::size_t limit = at > kReach ? at - kReach : 0;
  while (at > limit) {
    const char c = text[at - 1];
    const bool sign = c == '.' || c == '!' || c == '?' || c == ';';
    if (c == '\n' || (sign && is_space(char_at(text, at)))) break;
    --at;
  }
  return at;
}

bool has_any(std::string_view text, std::initializer_list<std::string_view> phrases) {
  return std::any_of(phrases.begin(), phrases.end(),
                     [&](std::string_view phrase) { return text.find(phrase) != kNone; });
}

}  // namespace

void blank_struck_out(std::string& text) {
  blank_tildes(text);
  blank_tag(text, "<s>", "</s>");
  blank_tag(text, "<del>", "</del>");
  blank_tag(text, "<strike>", "</strike>");
}

bool has_cross(std::string_view text) {
  return std::any_of(kCrosses.begin(), kCrosses.end(),
                     [&](std::string_view cross) { return text.find(cross) != kNone; });
}

std::size_t check_at(std::string_view text, std::size_t at) {
  return at < text.size() ? length_of(kChecks, text.substr(at)) : 0;
}

bool is_denied_after(std::string_view lower, std::size_t at) {
  lower = lower.substr(0, std::min(lower.size(), at + kReach));
  const auto line = lower.find('\n', std::min(at, lower.size()));
  const std::size_t start = skip_closing(lower, at);
  at = start;
  bool question = false;
  bool sign = false;
  for (; at < lower.size(); at = skip_closing(lower, at)) {
    if (length_of(kCrosses, lower.substr(at)) > 0) return line == kNone || at < line;
    const char c = lower[at];
    const std::size_t dash =
        lower.substr(at).starts_with("\xE2\x80\x93") || lower.substr(at).starts_with("\xE2\x80\x94")
            ? 3
            : 0;
    if (dash == 0 && std::string_view(".,:;-!?(").find(c) == kNone) break;
    question = question || c == '?';
    sign = sign || c == '.' || c == '!' || c == '?' || c == ';';
    at += std::max<std::size_t>(dash, 1);
  }
  if (line != kNone && at > line && !question) return false;
  const auto word = word_at(lower, at);
  if (question && is_one_of(word, {"no", "not", "nope", "never"})) return true;
  if (!sign || question) return starts_denial(lower, at);
  return is_denial(word);  // "7. Wrong."
}

bool is_asked(std::string_view lower, std::size_t at) {
  return char_at(lower, skip_closing(lower, at)) == '?';
}

bool is_denied_before(std::string_view lower, std::size_t at) {
  static constexpr Lexicon<32> kTriggers{{1, "that not isn isn't aren't but than out"}};
  const std::size_t begin = sentence_begin(lower, at);
  const auto sentence = lower.substr(begin, at - begin);
  if (sentence.find_first_of("\\!\xE2") == kNone &&
      !any_word(sentence, [](std::string_view word) { return kTriggers.has(word); }))
    return false;  // none of the phrases below can stand there
  if (has_any(sentence, {"not true that", "not the case that", "false that", "untrue that",
                         "wrong that", "not correct that", "n't true that"}))
    return true;
  std::size_t clause = sentence.find_last_of(",:");
  // "the answer is not: 7"
  if (clause != kNone && words_of(sentence.substr(clause)).empty())
    clause = clause == 0 ? kNone : sentence.find_last_of(",:", clause - 1);
  auto near = clause == kNone ? sentence : sentence.substr(clause);
  for (const std::string_view joint : {" but ", " so ", " hence ", " therefore "})
    if (const std::size_t place = near.rfind(joint);
        place != kNone && !near.substr(0, place + joint.size()).ends_with("anything but "))
      near = near.substr(place);
  return has_any(near,
                 {"is not ", "isn't", "isn\xE2\x80\x99t", "are not ", "aren't", "anything but",
                  "other than", "ruled out", "rule out", "\xE2\x89\xA0", "\\neq", "\\ne ", "!="});
}

bool is_denied_sentence(std::string_view lower, Span sentence) {
  const auto text = lower.substr(sentence.begin, sentence.end - sentence.begin);
  if (has_cross(text) || has_any(text, {"anything but", "other than", "ruled out", "rule out"}))
    return true;
  const auto words = words_of(text);
  if (std::any_of(words.begin(), words.end(), is_denial)) return true;
  const std::size_t end = strip_marks(lower, sentence).end;
  if (end == 0 || lower[end - 1] != '?') return false;
  return is_one_of(word_at(lower, next_word(lower, end)), {"no", "nope", "not", "never"});
}

bool has_replacement(std::string_view lower) {
  for (std::size_t at = lower.find("no"); at != kNone; at = lower.find("no", at + 1)) {
    if (is_word(char_before(lower, at)) || is_word(char_at(lower, at + 2))) continue;
    const std::size_t next = next_word(lower, at + 2);
    const char sign = char_at(lower, next);
    if (sign == ',' || sign == ':' || sign == '-' || sign == '!') return true;
    if (is_one_of(word_at(lower, next), {"it's", "its", "that's", "make", "rather", "wait"}))
      return true;
    if (is_digit(sign)) return true;
    if (lower.substr(next).starts_with("it is ") ||
        lower.substr(next).starts_with("it\xE2\x80\x99s"))
      return true;
  }
  return false;
}

bool claims_nothing(std::string_view lower) {
  if (has_negation(lower) || has_cross(lower)) return true;
  const auto words = words_of(lower);
  return std::any_of(words.begin(), words.end(), [](std::string_view word) {
    return is_one_of(word,
                     {"hardly",   "doubt",      "doubts",  "doubtful", "might",     "may",
                      "perhaps",  "maybe",      "if",      "whether",  "nothing",   "unlike",
                      "either",   "or",         "false",   "wrong",    "untrue",    "missing",
                      "none",     "no",         "without", "nobody",   "incorrect", "absent",
                      "possibly", "supposedly", "unclear", "unsure",   "could",     "impossible",
                      "nowhere",  "scarcely",   "barely",  "lacks",    "except",    "rather"});
  });
}

}  // namespace stareval::extract
