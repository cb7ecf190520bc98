#include <algorithm>
#include <array>

#include "libstareval/extract/lexicon_internal.h"
#include "libstareval/extract/negation_internal.h"
#include "libstareval/extract/scan_internal.h"
#include "libstareval/extract/thinking.h"

namespace stareval::extract {
namespace {

// Tags of HTML that only dress it.
constexpr std::array<std::string_view, 8> kTags{"b", "strong", "i", "em", "u", "p", "br", "code"};

// LaTeX commands that only dress the answer: "\boxed{\text{B}}". Blanked, so that spans stay.
constexpr std::array<std::string_view, 7> kDressing{"\\text",   "\\textbf", "\\mathrm", "\\mathbf",
                                                    "\\textit", "\\left",   "\\right"};

void blank_dressing(std::string& text) {
  for (std::size_t at = text.find('\\'); at != std::string::npos; at = text.find('\\', at + 1)) {
    std::size_t end = at + 1;
    while (end < text.size() && (is_upper(text[end]) || is_lower(text[end]))) ++end;
    const auto command = std::string_view(text).substr(at, end - at);
    const bool fence = end == at + 1 && end < text.size() &&
                       std::string_view("()[]").find(text[end]) != std::string_view::npos;
    if (fence) ++end;  // "\\( 7 \\)"
    if (fence || std::find(kDressing.begin(), kDressing.end(), command) != kDressing.end())
      std::fill(text.begin() + static_cast<std::ptrdiff_t>(at),
                text.begin() + static_cast<std::ptrdiff_t>(end), ' ');
  }
}

void blank_tags(std::string& text) {
  for (std::size_t at = text.find('<'); at != std::string::npos; at = text.find('<', at + 1)) {
    const std::size_t begin = at + (char_at(text, at + 1) == '/' ? 2 : 1);
    std::size_t end = begin;
    while (end < text.size() && (is_lower(text[end]) || is_upper(text[end]))) ++end;
    if (char_at(text, end) != '>') continue;
    const auto name = std::string_view(text).substr(begin, end - begin);
    if (std::find(kTags.begin(), kTags.end(), name) != kTags.end())
      std::fill(text.begin() + static_cast<std::ptrdiff_t>(at),
                text.begin() + static_cast<std::ptrdiff_t>(end + 1), ' ');
  }
}

// "<|begin_of_box|>": a token of a model's own.
void blank_special_tokens(std::string& text) {
  for (std::size_t at = text.find("<|"); at != std::string::npos; at = text.find("<|", at + 1)) {
    std::size_t end = at + 2;
    while (end < text.size() && (is_letter(text[end]) || text[end] == '_')) ++end;
    if (end > at + 2 && std::string_view(text).substr(end, 2) == "|>")
      std::fill(text.begin() + static_cast<std::ptrdiff_t>(at),
                text.begin() + static_cast<std::ptrdiff_t>(end + 2), ' ');
  }
}

constexpr bool is_word_letter(char c) { return is_lower(c) || is_upper(c) || c == '\''; }

}  // namespace

std::string readable_text(std::string_view reply) {
  std::string text = without_thinking(reply);
  blank_struck_out(text);
  blank_dressing(text);
  blank_special_tokens(text);
  blank_tags(text);
  return text;
}

Source::Source(std::string_view reply) : text(reply) {
  const auto has = [&](char c) { return reply.find(c) != std::string_view::npos; };
  if (has('<') || has('~') || has('\\')) {  // what is blanked has one of them
    own_text_ = readable_text(reply);
    text = own_text_;
  }
  own_lower_ = lower_copy(text);
  lower = own_lower_;
}

std::string lower_copy(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), to_lower);
  return out;
}

bool is_name_begin(std::string_view text, std::size_t at) {
  const char before = char_before(text, at);
  if (is_word(before) && before != '_') return false;
  if (before != '-' && before != '\'') return true;
  return at < 2 || !is_word(text[at - 2]);
}

bool is_name_end(std::string_view text, std::size_t at) {
  const char next = char_at(text, at);
  if (is_word(next) && next != '_') return false;
  const char then = char_at(text, at + 1);
  if (next == '-') return !is_word(then);
  if (next == '\'') return !is_word(then) || (then == 's' && !is_word(char_at(text, at + 2)));
  return true;
}

Span strip_marks(std::string_view text, Span span) {
  span.begin = skip_marks(text, span.begin, span.end);
  while (span.end > span.begin) {
    if (is_mark(text[span.end - 1])) --span.end;
    else if (span.end - span.begin >= 3 && mark_length(text, span.end - 3) == 3) span.end -= 3;
    else break;
  }
  return span;
}

std::string_view word_before(std::string_view text, std::size_t at) {
  while (at > 0 && is_mark(text[at - 1])) --at;
  std::size_t begin = at;
  while (begin > 0 && is_word_letter(text[begin - 1])) --begin;
  return text.substr(begin, at - begin);
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size();) {
    const auto word = word_at(text, at);
    if (!word.empty()) words.push_back(word);
    at += std::max<std::size_t>(word.size(), 1);
  }
  return words;
}

std::vector<Span> lines(std::string_view text, Span span) {
  std::vector<Span> out;
  for (std::size_t begin = span.begin; begin < span.end;) {
    const std::size_t end = std::min(text.find('\n', begin), span.end);
    if (end > begin) out.push_back({begin, end});
    begin = end + 1;
  }
  return out;
}

std::vector<Span> sentences(std::string_view text, Span span) {
  std::vector<Span> out;
  for_each_sentence(text, span, [&](Span sentence) { out.push_back(sentence); });
  return out;
}

bool has_negation(std::string_view lower) {
  static constexpr Lexicon<32> kNegations{{1, "not never cannot neither nor"}};
  if (any_word(lower, [](std::string_view word) {
        return kNegations.has(word) || word.find("n't") != std::string_view::npos;
      }))
    return true;
  return lower.find("n\xE2\x80\x99t") != std::string_view::npos;
}

bool has_revision(std::string_view lower) {
  static constexpr Lexicon<64> kRevisions{
      {1,
       "wait actually correction recount oops hmm scratch sorry "
       "reconsider revised"}};
  return any_word(lower, [](std::string_view word) { return kRevisions.has(word); });
}

}  // namespace stareval::extract
