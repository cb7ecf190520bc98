// Precision, recall and F1 of the entities, relations and triples that a reasoning names, against
// those of a graph. Names are equal by normalise_name; what is named twice counts once.
// Thread  pure functions.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "libstareval/data/graph.h"

namespace stareval {

struct SetScore {
  std::optional<double> precision;  // nothing where none is named
  std::optional<double> recall;     // nothing where there is no gold
  std::optional<double> f1;         // 2 * hits / (named + gold); nothing where both are empty
};

// Cost: n log n.
[[nodiscard]] SetScore score_names(std::span<const std::string> named,
                                   std::span<const std::string> gold);

struct KnowledgeScores {
  SetScore entities;
  SetScore relations;
  SetScore triples;
};

// Gold: the names and triples of the graph, less the mask and the triples that hold it. For a
// picture with a mask take the whole graph, or the right completion counts as invented.
[[nodiscard]] KnowledgeScores score_knowledge(std::span<const std::string> entities,
                                              std::span<const std::string> relations,
                                              std::span<const Triple> triples, const Graph& gold);

}  // namespace stareval
