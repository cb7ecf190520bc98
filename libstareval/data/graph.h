// The vocabulary of a drawn knowledge graph: entities as nodes, triples as labelled arrows.
#pragma once

#include <compare>
#include <string>
#include <vector>

namespace stareval {

// What a masked entity or relation is drawn as.
inline constexpr const char* kMask = "?????";

struct Triple {
  std::string head;      // name of an entity
  std::string relation;  // label
  std::string tail;      // name of an entity

  friend auto operator<=>(const Triple&, const Triple&) = default;
};

struct Entity {
  std::string name;      // unique within a graph
  bool picture = false;  // drawn with a picture

  friend bool operator==(const Entity&, const Entity&) = default;
};

struct Graph {
  std::vector<Entity> entities;
  std::vector<Triple> triples;

  friend bool operator==(const Graph&, const Graph&) = default;
};

// Number of different relation labels.
[[nodiscard]] int count_relations(const Graph& graph);

// Number of entities drawn with a picture.
[[nodiscard]] int count_pictures(const Graph& graph);

// "(head, relation, tail)", the notation of questions and answers.
[[nodiscard]] std::string to_string(const Triple& triple);

// "sha256:..." of what a graph states: its triples and the names of entities that no triple names,
// each normalised (base/text.h), sorted, and counted once. The order of the lists, the pictures,
// and the way names are written do not count. Two graphs of one hash state the same facts: splits
// that share none share no graph.
[[nodiscard]] std::string graph_hash(const Graph& graph);

}  // namespace stareval
