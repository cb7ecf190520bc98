#include "libstareval/extract/vocabulary.h"

#include "libstareval/base/text.h"

namespace stareval {
namespace {

void add(Vocabulary::Names& names, const std::string& name) {
  if (name != kMask) names.emplace(normalise_name(name), name);
}

const std::string* find(const Vocabulary::Names& names, std::string_view name) {
  const auto hit = names.find(normalise_name(name));
  return hit == names.end() ? nullptr : &hit->second;
}

std::string spelling(const std::string* known, const std::string& name) {
  return known == nullptr ? std::string(trim(name)) : *known;
}

}  // namespace

Vocabulary::Vocabulary(const Graph& graph) {
  for (const Entity& entity : graph.entities) add(entities_, entity.name);
  for (const Triple& triple : graph.triples) {
    add(entities_, triple.head);
    add(entities_, triple.tail);
    add(relations_, triple.relation);
  }
}

const std::string* Vocabulary::entity(std::string_view name) const { return find(entities_, name); }

const std::string* Vocabulary::relation(std::string_view name) const {
  return find(relations_, name);
}

Triple Vocabulary::spell(const Triple& triple) const {
  return {spelling(entity(triple.head), triple.head),
          spelling(relation(triple.relation), triple.relation),
          spelling(entity(triple.tail), triple.tail)};
}

int Vocabulary::known_parts(const Triple& triple) const {
  return (entity(triple.head) != nullptr ? 1 : 0) + (relation(triple.relation) != nullptr ? 1 : 0) +
         (entity(triple.tail) != nullptr ? 1 : 0);
}

bool same_triple(const Triple& a, const Triple& b) {
  return normalise_triple(a) == normalise_triple(b);
}

Triple normalise_triple(const Triple& triple) {
  return {normalise_name(triple.head), normalise_name(triple.relation),
          normalise_name(triple.tail)};
}

}  // namespace stareval
