#include "engine/graph/implied_facts.h"

#include <algorithm>
#include <utility>

#include "engine/graph/groups.h"

namespace stareval::engine {
namespace {

// The facts of one relation as lists: of an entity's tails, or (`reversed`) of its heads.
Groups neighbours(std::size_t entities, std::span<const Fact> facts, RelationId relation,
                  bool reversed) {
  return Groups(entities, [&](const auto& emit) {
    for (const Fact& fact : facts) {
      if (fact.relation != relation) continue;
      if (reversed) emit(fact.tail, fact.head);
      else emit(fact.head, fact.tail);
    }
  });
}

// Entities met so far, cleared in the time that they took to meet.
class Visited {
 public:
  explicit Visited(std::size_t entities) : seen_(entities, false) {}

  bool add(EntityId id) {
    if (seen_[id]) return false;
    seen_[id] = true;
    list_.push_back(id);
    return true;
  }
  void clear() {
    for (const EntityId id : list_) seen_[id] = false;
    list_.clear();
  }
  [[nodiscard]] const std::vector<EntityId>& list() const { return list_; }

 private:
  std::vector<bool> seen_;
  std::vector<EntityId> list_;
};

// The entity itself, and what lies above and below it by the relation of kinds.
class Kin {
 public:
  Kin(std::size_t entities, std::span<const Fact> facts, RelationId kinds)
      : up_(neighbours(entities, facts, kinds, false)),
        down_(neighbours(entities, facts, kinds, true)),
        visited_(entities) {}

  void append(EntityId id, std::vector<EntityId>& out) {
    out.push_back(id);
    for (const Groups* way : {&up_, &down_}) {
      visited_.clear();
      visited_.add(id);
      for (std::size_t i = 0; i < visited_.list().size(); ++i)
        for (const EntityId next : way->of(visited_.list()[i]))
          if (visited_.add(next)) out.push_back(next);
    }
  }

 private:
  Groups up_, down_;
  Visited visited_;
};

// All that one relation implies, found from one head after the other.
class Search {
 public:
  Search(std::size_t entities, std::span<const Relation> relations, std::span<const Fact> facts,
         RelationId id)
      : id_(id),
        transitive_(relations[id].transitive),
        tails_(neighbours(entities, facts, id, false)),
        reached_(entities) {
    if (const auto kinds = relations[id].kinds) kin_.emplace(entities, facts, *kinds);
  }

  void from(EntityId head, std::vector<Fact>& result) {
    reached_.clear();
    for (const EntityId start : kin_of(head)) step(start);
    for (std::size_t i = 0; transitive_ && i < reached_.list().size(); ++i)
      step(reached_.list()[i]);
    for (const EntityId tail : reached_.list())
      if (tail != head) result.push_back({head, id_, tail});
  }

 private:
  std::vector<EntityId> kin_of(EntityId id) {
    std::vector<EntityId> list;
    if (kin_) kin_->append(id, list);
    else list.push_back(id);
    return list;
  }

  void step(EntityId head) {
    for (const EntityId tail : tails_.of(head))
      for (const EntityId other : kin_of(tail)) reached_.add(other);
  }

  RelationId id_;
  bool transitive_;
  Groups tails_;
  Visited reached_;
  std::optional<Kin> kin_;
};

}  // namespace

std::vector<Fact> implied_facts(std::size_t entities, std::span<const Relation> relations,
                                std::span<const Fact> facts) {
  std::vector<Fact> result;
  for (RelationId id = 0; id < relations.size(); ++id) {
    if (!relations[id].transitive && !relations[id].kinds) continue;
    Search search(entities, relations, facts, id);
    for (EntityId head = 0; head < entities; ++head) search.from(head, result);
  }
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace stareval::engine
