#include "libstareval/metrics/knowledge.h"

#include <algorithm>
#include <set>
#include <vector>

#include "libstareval/base/text.h"
#include "libstareval/metrics/triples.h"

namespace stareval {
namespace {

std::set<std::string> normal_set(std::span<const std::string> names) {
  std::set<std::string> set;
  for (const std::string& name : names) set.insert(normalise_name(name));
  return set;
}

std::optional<double> ratio(std::size_t part, std::size_t whole) {
  if (whole == 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

bool is_masked(const Triple& triple) {
  return triple.head == kMask || triple.relation == kMask || triple.tail == kMask;
}

}  // namespace

SetScore score_names(std::span<const std::string> named, std::span<const std::string> gold) {
  const auto said = normal_set(named);
  const auto truth = normal_set(gold);
  const auto hits = static_cast<std::size_t>(std::count_if(
      said.begin(), said.end(), [&](const std::string& name) { return truth.contains(name); }));
  return {ratio(hits, said.size()), ratio(hits, truth.size()),
          ratio(2 * hits, said.size() + truth.size())};
}

KnowledgeScores score_knowledge(std::span<const std::string> entities,
                                std::span<const std::string> relations,
                                std::span<const Triple> triples, const Graph& gold) {
  std::vector<std::string> gold_entities, gold_relations;
  std::vector<Triple> gold_triples;
  for (const Entity& entity : gold.entities) gold_entities.push_back(entity.name);
  for (const Triple& triple : gold.triples) {
    gold_entities.push_back(triple.head);
    gold_entities.push_back(triple.tail);
    gold_relations.push_back(triple.relation);
    if (!is_masked(triple)) gold_triples.push_back(triple);
  }
  std::erase(gold_entities, kMask);
  std::erase(gold_relations, kMask);
  const TripleScore facts = score_triples(triples, gold_triples);
  return {score_names(entities, gold_entities),
          score_names(relations, gold_relations),
          {facts.precision, facts.recall, facts.f1}};
}

}  // namespace stareval
