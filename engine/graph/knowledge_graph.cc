#include "engine/graph/knowledge_graph.h"

#include <algorithm>
#include <utility>

#include "engine/graph/implied_facts.h"

namespace stareval::engine {
namespace {

// Share of facts from which a property of a relation is taken as its rule [D]. Below 1, because
// collected graphs have gaps.
constexpr double kRuleShare = 0.95;

bool is_rule(std::size_t part, std::size_t whole) {
  return whole > 0 && static_cast<double>(part) >= kRuleShare * static_cast<double>(whole);
}

void sort_unique(auto& items) {
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

template <class Value>
std::optional<std::uint32_t> find_in(const Value& map, std::string_view key) {
  const auto entry = map.find(key);
  if (entry == map.end()) return std::nullopt;
  return entry->second;
}

}  // namespace

KnowledgeGraph::KnowledgeGraph(GraphInfo info, std::vector<GraphEntity> entities,
                               std::vector<Relation> relations, std::vector<Fact> facts)
    : info_(std::move(info)),
      entities_(std::move(entities)),
      relations_(std::move(relations)),
      facts_(std::move(facts)) {
  sort_unique(facts_);
  for (EntityId id = 0; id < entities_.size(); ++id)
    entity_of_name_.emplace(entities_[id].name, id);
  for (RelationId id = 0; id < relations_.size(); ++id)
    relation_of_label_.emplace(relations_[id].label, id);
  close_overlaps();
  index_facts();
  implied_ = implied_facts(entities_.size(), relations_, facts_);
  for (RelationId id = 0; id < relations_.size(); ++id) profiles_.push_back(profile(id));
}

void KnowledgeGraph::close_overlaps() {
  for (RelationId id = 0; id < relations_.size(); ++id) {
    for (const RelationId other : std::vector<RelationId>(relations_[id].overlaps))
      relations_[other].overlaps.push_back(id);
  }
  for (Relation& relation : relations_) sort_unique(relation.overlaps);
}

void KnowledgeGraph::index_facts() {
  using Pair = std::pair<std::uint32_t, std::uint32_t>;
  std::vector<Pair> by_entity;
  std::vector<Pair> by_relation;
  for (std::uint32_t i = 0; i < facts_.size(); ++i) {
    by_relation.emplace_back(facts_[i].relation, i);
    by_entity.emplace_back(facts_[i].head, i);
    if (facts_[i].tail != facts_[i].head) by_entity.emplace_back(facts_[i].tail, i);
  }
  facts_of_entity_ = Groups(entities_.size(), by_entity);
  facts_of_relation_ = Groups(relations_.size(), by_relation);
}

KnowledgeGraph::Profile KnowledgeGraph::profile(RelationId id) const {
  Profile result;
  std::size_t mirrored = 0;
  for (const std::uint32_t index : facts_with(id)) {
    const Fact& fact = facts_[index];
    result.heads.push_back(fact.head);
    result.tails.push_back(fact.tail);
    mirrored += contains({fact.tail, id, fact.head}) ? 1 : 0;
  }
  sort_unique(result.heads);
  sort_unique(result.tails);
  const std::size_t all = facts_with(id).size();
  result.symmetric = is_rule(mirrored, all);
  result.one_tail = is_rule(result.heads.size(), all);
  result.one_head = is_rule(result.tails.size(), all);
  return result;
}

std::optional<EntityId> KnowledgeGraph::find_entity(std::string_view name) const {
  return find_in(entity_of_name_, name);
}

std::optional<RelationId> KnowledgeGraph::find_relation(std::string_view label) const {
  return find_in(relation_of_label_, label);
}

bool KnowledgeGraph::contains(const Fact& fact) const {
  return std::binary_search(facts_.begin(), facts_.end(), fact);
}

bool KnowledgeGraph::holds(const Fact& fact) const {
  return contains(fact) ||
         (is_symmetric(fact.relation) && contains({fact.tail, fact.relation, fact.head}));
}

bool KnowledgeGraph::holds_or_follows(const Fact& fact) const {
  return holds(fact) || std::binary_search(implied_.begin(), implied_.end(), fact);
}

bool KnowledgeGraph::may_hold(const Fact& fact) const {
  const std::vector<RelationId>& overlaps = relations_[fact.relation].overlaps;
  return holds_or_follows(fact) ||
         std::any_of(overlaps.begin(), overlaps.end(), [&](RelationId other) {
           return holds_or_follows({fact.head, other, fact.tail});
         });
}

std::span<const std::uint32_t> KnowledgeGraph::facts_about(EntityId id) const {
  return facts_of_entity_.of(id);
}

std::span<const std::uint32_t> KnowledgeGraph::facts_with(RelationId id) const {
  return facts_of_relation_.of(id);
}

std::span<const EntityId> KnowledgeGraph::heads(RelationId id) const { return profiles_[id].heads; }

std::span<const EntityId> KnowledgeGraph::tails(RelationId id) const { return profiles_[id].tails; }

bool KnowledgeGraph::is_head(EntityId entity, RelationId relation) const {
  return std::binary_search(heads(relation).begin(), heads(relation).end(), entity);
}

bool KnowledgeGraph::is_tail(EntityId entity, RelationId relation) const {
  return std::binary_search(tails(relation).begin(), tails(relation).end(), entity);
}

Triple KnowledgeGraph::to_triple(const Fact& fact) const {
  return {entities_[fact.head].name, relations_[fact.relation].label, entities_[fact.tail].name};
}

}  // namespace stareval::engine
