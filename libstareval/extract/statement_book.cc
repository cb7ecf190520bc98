#include <algorithm>

#include "libstareval/base/text.h"
#include "libstareval/extract/statement_book_internal.h"

namespace stareval::extract {
namespace {

constexpr std::size_t kMaxMentions = 5;         // entities of a sentence that is looked up
constexpr std::size_t kLongestSentence = 1000;  // bytes

// The sentence with the first and the second entity left open.
std::string skeleton(std::string_view sentence, const Mention& first, const Mention& second) {
  std::string text(sentence.substr(0, first.begin));
  text += '\1';
  text += sentence.substr(first.end, second.begin - first.end);
  text += '\2';
  text += sentence.substr(second.end);
  return text;
}

bool same_name(std::string_view a, std::string_view b) {
  return normalise_name(a) == normalise_name(b);
}

bool mentions(const std::vector<Mention>& mentions, const LabelClaims& names,
              const std::string& name) {
  return std::any_of(mentions.begin(), mentions.end(), [&](const Mention& mention) {
    return same_name(names.entity_name(mention.name), name);
  });
}

bool names_both(std::string_view sentence, const Triple& triple, const LabelClaims& names) {
  const auto found = names.entities(sentence);
  return found.size() >= 2 && mentions(found, names, triple.head) &&
         mentions(found, names, triple.tail);
}

}  // namespace

StatementBook::StatementBook(const std::vector<std::string>& sentences,
                             std::span<const Triple> triples, const LabelClaims& names) {
  bool in_order = sentences.size() == triples.size();
  for (std::size_t i = 0; in_order && i < triples.size(); ++i)
    in_order = names_both(sentences[i], triples[i], names);
  std::vector<bool> used(triples.size(), false);
  for (std::size_t s = 0; s < sentences.size(); ++s) {
    for (std::size_t t = in_order ? s : 0; t < triples.size(); ++t) {
      if (used[t] || !names_both(sentences[s], triples[t], names)) continue;
      used[t] = true;
      learn(sentences[s], triples[t], names);
      break;
    }
  }
}

void StatementBook::learn(std::string_view sentence, const Triple& triple,
                          const LabelClaims& names) {
  const auto found = names.entities(sentence);
  const auto place_of = [&](const std::string& name, const Mention* other) {
    return std::find_if(found.begin(), found.end(), [&](const Mention& mention) {
      return &mention != other && same_name(names.entity_name(mention.name), name);
    });
  };
  const auto head = place_of(triple.head, nullptr);
  if (head == found.end()) return;
  const auto tail = place_of(triple.tail, &*head);
  if (tail == found.end()) return;
  const bool head_first = head < tail;
  meanings_.try_emplace(skeleton(sentence, head_first ? *head : *tail, head_first ? *tail : *head),
                        Meaning{triple.relation, head_first});
}

std::optional<Triple> StatementBook::read(std::string_view sentence,
                                          const LabelClaims& names) const {
  if (meanings_.empty() || sentence.size() > kLongestSentence) return std::nullopt;
  const auto found = names.entities(sentence);
  if (found.size() > kMaxMentions) return std::nullopt;
  for (std::size_t i = 0; i < found.size(); ++i)
    for (std::size_t j = i + 1; j < found.size(); ++j) {
      const auto hit = meanings_.find(skeleton(sentence, found[i], found[j]));
      if (hit == meanings_.end()) continue;
      const std::string& first = names.entity_name(found[i].name);
      const std::string& second = names.entity_name(found[j].name);
      const Meaning& meaning = hit->second;
      return meaning.head_first ? Triple{first, meaning.relation, second}
                                : Triple{second, meaning.relation, first};
    }
  return std::nullopt;
}

}  // namespace stareval::extract
