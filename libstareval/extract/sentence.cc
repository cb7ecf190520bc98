#include "libstareval/extract/sentence.h"

#include <algorithm>

#include "libstareval/base/text.h"
#include "libstareval/extract/scan_internal.h"

namespace stareval {
namespace {

using extract::char_at;
using extract::is_lower;
using extract::is_name_begin;
using extract::is_name_end;
using extract::is_space;
using extract::is_word;

// A name cut at a full stop within it: "St." and "Peter Port".
struct Broken {
  std::string left, right;  // normal forms
  std::size_t size = 0;     // bytes of the name
};

std::vector<Broken> broken_names(const Vocabulary& vocabulary) {
  std::vector<Broken> broken;
  for (const auto* names : {&vocabulary.entities(), &vocabulary.relations()})
    for (const auto& [normal, name] : *names)
      for (std::size_t at = name.find(". "); at != std::string::npos; at = name.find(". ", at + 1))
        broken.push_back(
            {normalise_name(name.substr(0, at)), normalise_name(name.substr(at + 2)), name.size()});
  return broken;
}

bool ends_with_name(std::string_view text, std::string_view name) {
  return text.ends_with(name) && is_name_begin(text, text.size() - name.size());
}

// Whether a name goes on over the sign at a place.
bool is_within_name(std::string_view text, std::size_t sign, const std::vector<Broken>& broken) {
  return std::any_of(broken.begin(), broken.end(), [&](const Broken& name) {
    const std::size_t window = 2 * name.size;
    const std::size_t from = sign > window ? sign - window : 0;
    return ends_with_name(normalise_name(text.substr(from, sign - from)), name.left) &&
           normalise_name(text.substr(sign + 1, window)).starts_with(name.right);
  });
}

bool ends_sentence(std::string_view text, std::size_t at, const std::vector<Broken>& broken) {
  const char c = text[at];
  if (c == '\n') return true;
  if (c != '.' && c != '!' && c != '?' && c != ';') return false;
  if (at + 1 < text.size() && !is_space(text[at + 1])) return false;
  std::size_t next = at + 1;
  while (next < text.size() && is_space(text[next]) && text[next] != '\n') ++next;
  if (c == '.' && is_lower(char_at(text, next))) return false;
  return c != '.' || !is_within_name(text, at, broken);
}

std::string_view first_word(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && is_word(text[end])) ++end;
  return text.substr(0, end);
}

}  // namespace

std::vector<std::string_view> sentences_of(std::string_view text, const Vocabulary& vocabulary) {
  const auto broken = broken_names(vocabulary);
  std::vector<std::string_view> sentences;
  std::size_t begin = 0;
  const auto close = [&](std::size_t end) {
    const auto sentence = trim(text.substr(begin, end - begin));
    if (!sentence.empty()) sentences.push_back(sentence);
    begin = end;
  };
  for (std::size_t at = 0; at < text.size(); ++at)
    if (ends_sentence(text, at, broken)) close(at + 1);
  close(text.size());
  return sentences;
}

NameFinder::NameFinder(std::vector<std::string> normal_names) : names_(std::move(normal_names)) {
  for (std::size_t i = 0; i < names_.size(); ++i)
    if (!names_[i].empty()) by_first_word_[std::string(first_word(names_[i]))].push_back(i);
}

std::vector<Mention> NameFinder::find(std::string_view text) const {
  std::vector<Mention> all;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_word(text[at]) || !is_name_begin(text, at)) continue;
    const auto hit = by_first_word_.find(first_word(text.substr(at)));
    if (hit == by_first_word_.end()) continue;
    for (const std::size_t i : hit->second)
      if (text.substr(at).starts_with(names_[i]) && is_name_end(text, at + names_[i].size()))
        all.push_back({i, at, at + names_[i].size()});
  }
  std::stable_sort(all.begin(), all.end(), [](const Mention& a, const Mention& b) {
    return a.end - a.begin > b.end - b.begin;
  });
  std::vector<bool> taken(text.size(), false);
  std::vector<Mention> kept;
  for (const Mention& mention : all) {
    if (taken[mention.begin] || taken[mention.end - 1]) continue;
    std::fill(taken.begin() + static_cast<std::ptrdiff_t>(mention.begin),
              taken.begin() + static_cast<std::ptrdiff_t>(mention.end), true);
    kept.push_back(mention);
  }
  std::sort(kept.begin(), kept.end(),
            [](const Mention& a, const Mention& b) { return a.begin < b.begin; });
  return kept;
}

}  // namespace stareval
