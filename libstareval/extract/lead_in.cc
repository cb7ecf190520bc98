#include <algorithm>
#include <string>

#include "libstareval/base/text.h"
#include "libstareval/extract/lead_in_internal.h"
#include "libstareval/extract/scan_internal.h"

namespace stareval::extract {
namespace {

bool is_lead(std::string_view word) {
  return is_one_of(word, {"the",    "wrong",   "false",  "incorrect", "corrupted", "erroneous",
                          "untrue", "fact",    "triple", "one",       "is",        "error",
                          "answer", "a",       "that",   "this",      "mistake",   "mistaken",
                          "yes",    "triples", "facts",  "statement", "following", "head"});
}

bool is_verdict(std::string_view word) {
  return is_lead(word) || is_one_of(word, {"not", "isn't", "no", "correct", "true", "right",
                                           "valid", "accurate", "fine", "nothing", "be", "may",
                                           "might", "could", "maybe", "looks", "seems"});
}

// Nothing but words that pass a test, numbers, signs and bullets.
bool holds_only(std::string_view text, bool (*test)(std::string_view)) {
  constexpr std::string_view kBullet = "\xE2\x80\xA2";
  for (std::size_t at = 0; at < text.size();) {
    if (text.substr(at).starts_with(kBullet)) {
      at += kBullet.size();
      continue;
    }
    const auto word = word_at(text, at);
    if (static_cast<unsigned char>(text[at]) >= 0x80 || (!word.empty() && !test(word)))
      return false;
    at += std::max<std::size_t>(word.size(), 1);
  }
  return true;
}

// The longest entity with which a name in normal form ends or begins; nothing where none does.
const std::string* entity_at(std::string_view normal, bool at_end, const Vocabulary& names,
                             std::size_t& length) {
  const std::string* best = nullptr;
  length = 0;
  for (const auto& [name, spelling] : names.entities()) {
    const bool fits =
        at_end ? normal.ends_with(name) && is_name_begin(normal, normal.size() - name.size())
               : normal.starts_with(name) && is_name_end(normal, name.size());
    if (!fits || name.size() <= length) continue;
    best = &spelling;
    length = name.size();
  }
  return best;
}

// "1. France", "2) France", "- France"
std::size_t after_number(std::string_view name) {
  std::size_t at = 0;
  while (is_digit(char_at(name, at))) ++at;
  const bool numbered =
      at > 0 && at < 3 && (name.substr(at, 2) == ". " || name.substr(at, 2) == ") ");
  return numbered ? at + 2 : 0;
}

// A head that the picture does not show: only what a colon or a number sets apart.
void cut_unknown_head(NotedTriple& noted) {
  std::string& head = noted.triple.head;
  head.erase(0, after_number(head));
  const std::size_t colon = head.find(": ");
  const auto before = std::string_view(head).substr(0, colon == head.npos ? 0 : colon);
  const std::string lower = lower_copy(before);
  if (words_of(lower).empty() || !holds_only(lower, is_verdict)) return;
  if (!holds_only(lower, is_lead)) noted.unclear = true;
  const Span rest = strip_marks(head, {colon + 1, head.size()});
  head = head.substr(rest.begin, rest.end - rest.begin);
}

void cut_head(NotedTriple& noted, const Vocabulary& names) {
  if (names.entity(noted.triple.head) != nullptr) return;
  const std::string normal = normalise_name(noted.triple.head);
  std::size_t length = 0;
  const auto* entity = entity_at(normal, true, names, length);
  const auto before = std::string_view(normal).substr(0, normal.size() - length);
  if (entity == nullptr || !holds_only(before, is_verdict)) return cut_unknown_head(noted);
  if (!holds_only(before, is_lead)) noted.unclear = true;
  noted.triple.head = *entity;
}

void cut_tail(NotedTriple& noted, const Vocabulary& names) {
  if (names.entity(noted.triple.tail) != nullptr) return;
  const std::string normal = normalise_name(noted.triple.tail);
  std::size_t length = 0;
  const auto* entity = entity_at(normal, false, names, length);
  if (entity == nullptr) return;
  const auto after = std::string_view(normal).substr(length);
  if (!holds_only(after, is_verdict) || words_of(after).empty()) return;
  if (!holds_only(after, is_lead)) noted.unclear = true;
  noted.triple.tail = *entity;
}

}  // namespace

void cut_lead_in(NotedTriple& noted, const Vocabulary& names) {
  cut_head(noted, names);
  cut_tail(noted, names);
}

}  // namespace stareval::extract
