// Precision, recall and F1 of a set of triples against the gold set. Triples are equal where their
// three parts are by normalise_name; what is named twice counts once.
// Thread  pure functions.
#pragma once

#include <optional>
#include <span>

#include "libstareval/data/graph.h"

namespace stareval {

struct TripleScore {
  std::optional<double> precision;  // nothing where none is named
  std::optional<double> recall;     // nothing where there is no gold
  std::optional<double> f1;         // 2 * hits / (named + gold); nothing where both are empty
};

// Cost: n log n.
[[nodiscard]] TripleScore score_triples(std::span<const Triple> named,
                                        std::span<const Triple> gold);

}  // namespace stareval
