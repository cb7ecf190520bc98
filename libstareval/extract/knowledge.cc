#include "libstareval/extract/knowledge.h"

#include <algorithm>
#include <map>

#include "libstareval/base/text.h"
#include "libstareval/extract/claims.h"
#include "libstareval/extract/label_claims_internal.h"
#include "libstareval/extract/negation_internal.h"
#include "libstareval/extract/notation.h"
#include "libstareval/extract/thinking.h"

namespace stareval {
namespace {

using Names = std::map<std::string, std::string>;  // normal form -> spelling

void add(Names& names, const std::string& name) {
  if (name != kMask) names.emplace(normalise_name(name), name);
}

std::vector<std::string> spellings(const Names& names) {
  std::vector<std::string> all;
  for (const auto& [normal, spelling] : names) all.push_back(spelling);
  return all;
}

// Triples in a notation of which one part alone is known: claims.h does not read them, as they may
// be no facts about the picture; here they are names that the picture does not show.
std::vector<Triple> strange_triples(std::string_view text, const Vocabulary& vocabulary) {
  const std::string lower = extract::lower_copy(text);
  std::vector<Triple> strange;
  for (const NotedTriple& noted : noted_triples(text, vocabulary)) {
    const bool denied = noted.verdict == Verdict::denied ||
                        extract::is_denied_before(lower, noted.span.begin) ||
                        extract::is_denied_after(lower, noted.span.end);
    const bool relation = vocabulary.relation(noted.triple.relation) != nullptr;
    if (!denied && !noted.unclear && !relation && vocabulary.known_parts(noted.triple) == 1)
      strange.push_back(noted.triple);
  }
  return strange;
}

}  // namespace

NamedKnowledge read_knowledge(std::string_view text, const Graph& drawn) {
  const std::string plain = extract::without_reply_tags(text);
  const Vocabulary vocabulary(drawn);
  const extract::LabelClaims labels(vocabulary);
  Names entities, relations;
  for (const auto sentence : sentences_of(plain, vocabulary)) {
    std::string bare(sentence);
    std::erase_if(bare, [](char c) { return c == '*' || c == '`'; });
    for (const auto& named : labels.named(normalise_name(bare)))
      add(named.relation ? relations : entities, named.spelling);
  }
  NamedKnowledge knowledge;
  knowledge.triples = ClaimReader(drawn, {}, {}).extract(plain).value;
  for (Triple& triple : strange_triples(plain, vocabulary))
    knowledge.triples.push_back(std::move(triple));
  std::erase_if(knowledge.triples, [&](const Triple& triple) {
    return extract::is_list_of_entities(triple, vocabulary, labels);
  });
  std::sort(knowledge.triples.begin(), knowledge.triples.end());
  knowledge.triples.erase(
      std::unique(knowledge.triples.begin(), knowledge.triples.end(), same_triple),
      knowledge.triples.end());
  for (const Triple& triple : knowledge.triples) {
    add(entities, triple.head);
    add(relations, triple.relation);
    add(entities, triple.tail);
  }
  knowledge.entities = spellings(entities);
  knowledge.relations = spellings(relations);
  return knowledge;
}

}  // namespace stareval
