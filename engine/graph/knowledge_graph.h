// A whole knowledge graph in memory, with dense numbers for entities and relations, and the
// questions that the engine asks of it. What a sample stores is a small Graph of names
// (libstareval/data/graph.h); to_triple() leads from here to there.
// Symmetric  A relation is symmetric where at least 95 % of its facts are there both ways [D]. Then
//            a fact holds where either direction is in the graph.
// Size       Made for millions of facts: besides its texts, about 28 bytes a fact.
// Cost       contains() is a binary search among the facts of one head; find_...() are binary
//            searches over all names; lists are spans into the graph.
// Thread     immutable once built; may be shared.
#pragma once

#include <compare>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/graph/groups.h"
#include "libstareval/base/json.h"
#include "libstareval/data/graph.h"

namespace stareval::engine {

using EntityId = std::uint32_t;    // index into entities()
using RelationId = std::uint32_t;  // index into relations()

struct GraphEntity {
  std::string id;
  std::string name;             // unique, also after normalise_name()
  std::string type;             // may be empty
  std::filesystem::path image;  // of a picture on disk; empty where there is none
  unsigned fonts = ~0U;         // that can set the name: fonts_with() in engine/draw/text.h
};

struct Relation {
  std::string label;                 // unique, also after normalise_name()
  std::string statement;             // a sentence with {head} and {tail}
  std::vector<RelationId> overlaps;  // that may be true of the same two entities, though the graph
                                     // does not say so ("located in" and "part of"); the graph
                                     // makes the list mutual
  bool transitive = false;  // a chain of its facts makes a fact ("kind of"); see implied_facts.h
  std::optional<RelationId> kinds = std::nullopt;  // what is said of a kind may be true of the
                                                   // kinds above and below it by this relation
  unsigned fonts = ~0U;                            // that can set the label
};

// A triple by numbers.
struct Fact {
  EntityId head = 0;
  RelationId relation = 0;
  EntityId tail = 0;

  friend auto operator<=>(const Fact&, const Fact&) = default;
};

struct GraphInfo {
  std::string name;
  std::string version;
  std::string description;
  std::string licence;
  json::array sources;  // whom to name: as in graph.json
  std::string digest;   // of the files that the graph was read from
};

class KnowledgeGraph {
 public:
  // Ids in `facts`, `overlaps` and `kinds` must be in range. Facts are sorted, and kept once. Cost:
  // that of sorting the facts, and of what they imply (implied_facts.h).
  KnowledgeGraph(GraphInfo info, std::vector<GraphEntity> entities, std::vector<Relation> relations,
                 std::vector<Fact> facts);

  [[nodiscard]] const GraphInfo& info() const { return info_; }
  [[nodiscard]] std::span<const GraphEntity> entities() const { return entities_; }
  [[nodiscard]] std::span<const Relation> relations() const { return relations_; }
  [[nodiscard]] std::span<const Fact> facts() const { return facts_; }
  [[nodiscard]] const GraphEntity& entity(EntityId id) const { return entities_[id]; }
  [[nodiscard]] const Relation& relation(RelationId id) const { return relations_[id]; }

  [[nodiscard]] std::optional<EntityId> find_entity(std::string_view name) const;
  [[nodiscard]] std::optional<RelationId> find_relation(std::string_view label) const;

  [[nodiscard]] bool contains(const Fact& fact) const;

  // contains(), or the other way round where the relation is symmetric.
  [[nodiscard]] bool holds(const Fact& fact) const;

  // holds() or implied, or the same with a relation that overlaps. What is wrong must not even be
  // possible: a corrupted triple and a distractor are facts that may_hold() denies.
  [[nodiscard]] bool may_hold(const Fact& fact) const;

  // Indices into facts(): with the entity at either end; of the relation.
  [[nodiscard]] std::span<const std::uint32_t> facts_about(EntityId id) const;
  [[nodiscard]] std::span<const std::uint32_t> facts_with(RelationId id) const;
  [[nodiscard]] std::size_t degree(EntityId id) const { return facts_about(id).size(); }

  // What stands at an end of a relation somewhere in the graph, sorted.
  [[nodiscard]] std::span<const EntityId> heads(RelationId id) const;
  [[nodiscard]] std::span<const EntityId> tails(RelationId id) const;
  [[nodiscard]] bool is_head(EntityId entity, RelationId relation) const;
  [[nodiscard]] bool is_tail(EntityId entity, RelationId relation) const;

  [[nodiscard]] bool is_symmetric(RelationId id) const { return profiles_[id].symmetric; }
  // Whether a head has, as a rule (95 % [D]), one tail only; and a tail one head.
  [[nodiscard]] bool has_one_tail(RelationId id) const { return profiles_[id].one_tail; }
  [[nodiscard]] bool has_one_head(RelationId id) const { return profiles_[id].one_head; }
  [[nodiscard]] Triple to_triple(const Fact& fact) const;

 private:
  struct Profile {
    std::vector<EntityId> heads, tails;
    bool symmetric = false, one_tail = false, one_head = false;
  };
  void close_overlaps();
  [[nodiscard]] bool holds_or_follows(const Fact& fact) const;
  void index_facts();
  [[nodiscard]] Profile profile(RelationId id) const;
  [[nodiscard]] bool is_mirrored(RelationId id) const;

  GraphInfo info_;
  std::vector<GraphEntity> entities_;
  std::vector<Relation> relations_;
  std::vector<Fact> facts_;                 // sorted
  std::vector<Fact> implied_;               // sorted
  std::vector<std::uint32_t> head_starts_;  // where the facts of a head start, and the end
  std::vector<EntityId> by_name_;           // sorted by name
  std::vector<RelationId> by_label_;        // sorted by label
  Groups facts_of_entity_;
  Groups facts_of_relation_;
  std::vector<Profile> profiles_;
};

}  // namespace stareval::engine
