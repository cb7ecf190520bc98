#include "engine/graph/knowledge_graph.h"

#include <algorithm>
#include <numeric>
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

// Numbers of items, sorted by a text of theirs; of equal texts the first comes first.
template <class Text>
std::vector<std::uint32_t> sort_by(std::size_t size, const Text& text) {
  std::vector<std::uint32_t> ids(size);
  std::iota(ids.begin(), ids.end(), 0U);
  std::stable_sort(ids.begin(), ids.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return text(a) < text(b); });
  return ids;
}

template <class Text>
std::optional<std::uint32_t> find_in(const std::vector<std::uint32_t>& sorted,
                                     std::string_view wanted, const Text& text) {
  const auto at =
      std::lower_bound(sorted.begin(), sorted.end(), wanted,
                       [&](std::uint32_t id, std::string_view key) { return text(id) < key; });
  if (at == sorted.end() || text(*at) != wanted) return std::nullopt;
  return *at;
}

}  // namespace

KnowledgeGraph::KnowledgeGraph(GraphInfo info, std::vector<GraphEntity> entities,
                               std::vector<Relation> relations, std::vector<Fact> facts)
    : info_(std::move(info)),
      entities_(std::move(entities)),
      relations_(std::move(relations)),
      facts_(std::move(facts)) {
  sort_unique(facts_);
  facts_.shrink_to_fit();
  by_name_ = sort_by(entities_.size(),
                     [this](EntityId id) { return std::string_view(entities_[id].name); });
  by_label_ = sort_by(relations_.size(),
                      [this](RelationId id) { return std::string_view(relations_[id].label); });
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
  head_starts_.assign(entities_.size() + 1, 0);
  for (const Fact& fact : facts_) ++head_starts_[fact.head + 1];
  std::partial_sum(head_starts_.begin(), head_starts_.end(), head_starts_.begin());
  facts_of_entity_ = Groups(entities_.size(), [this](const auto& emit) {
    for (std::uint32_t i = 0; i < facts_.size(); ++i) {
      emit(facts_[i].head, i);
      if (facts_[i].tail != facts_[i].head) emit(facts_[i].tail, i);
    }
  });
  facts_of_relation_ = Groups(relations_.size(), [this](const auto& emit) {
    for (std::uint32_t i = 0; i < facts_.size(); ++i) emit(facts_[i].relation, i);
  });
}

KnowledgeGraph::Profile KnowledgeGraph::profile(RelationId id) const {
  Profile result;
  result.tails.reserve(facts_with(id).size());
  for (const std::uint32_t index : facts_with(id)) {  // sorted by head
    const Fact& fact = facts_[index];
    if (result.heads.empty() || result.heads.back() != fact.head) result.heads.push_back(fact.head);
    result.tails.push_back(fact.tail);
  }
  sort_unique(result.tails);
  result.heads.shrink_to_fit();
  result.tails.shrink_to_fit();
  const std::size_t all = facts_with(id).size();
  result.symmetric = is_mirrored(id);
  result.one_tail = is_rule(result.heads.size(), all);
  result.one_head = is_rule(result.tails.size(), all);
  return result;
}

// Whether the facts of a relation are, as a rule, there both ways. Self-loops say nothing of it.
// Ends as soon as it is refuted, which for most relations is soon.
bool KnowledgeGraph::is_mirrored(RelationId id) const {
  const auto is_loop = [&](std::uint32_t i) { return facts_[i].head == facts_[i].tail; };
  const auto facts = facts_with(id);
  const auto loops = std::count_if(facts.begin(), facts.end(), is_loop);
  const std::size_t all = facts.size() - static_cast<std::size_t>(loops);
  std::size_t alone = 0;
  for (const std::uint32_t index : facts) {
    const Fact& fact = facts_[index];
    if (is_loop(index) || contains({fact.tail, id, fact.head})) continue;
    if (!is_rule(all - ++alone, all)) return false;
  }
  return all > 0;
}

std::optional<EntityId> KnowledgeGraph::find_entity(std::string_view name) const {
  return find_in(by_name_, name,
                 [this](EntityId id) { return std::string_view(entities_[id].name); });
}

std::optional<RelationId> KnowledgeGraph::find_relation(std::string_view label) const {
  return find_in(by_label_, label,
                 [this](RelationId id) { return std::string_view(relations_[id].label); });
}

bool KnowledgeGraph::contains(const Fact& fact) const {
  if (fact.head >= entities_.size()) return false;
  const Fact* first = facts_.data() + head_starts_[fact.head];
  const Fact* last = facts_.data() + head_starts_[fact.head + 1];
  const auto key = [](const Fact& of) { return std::uint64_t{of.relation} << 32U | of.tail; };
  first = std::lower_bound(first, last, key(fact),
                           [&](const Fact& of, std::uint64_t wanted) { return key(of) < wanted; });
  return first != last && *first == fact;
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
