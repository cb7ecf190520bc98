// Which fact of a picture does not go with the others. There are no types in a picture and no
// knowledge here: only places that nodes fill, directions, and the way names are written.
// Thread  pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "backends/reader/read_graph.h"

namespace stareval::reader {

struct Suspicion {
  std::size_t edge = 0;  // index into ReadGraph::edges
  double weight = 0;     // 0: nothing against it
};

// From these weights on a fact is named, something is called wrong, and an entity is called wrong.
// Chosen on one made-up set of graphs, half of which hold an error, and confirmed on others. To
// name the fact takes more than to see that there is one. What weighs little is most often a wrong
// relation, hence the last.
inline constexpr double kNamedFrom = 3.0;
inline constexpr double kWrongFrom = 2.0;
inline constexpr double kWrongEntityFrom = 3.5;

// Of each edge with ends and label, in their order. Cost: the square of the edges, times nodes.
[[nodiscard]] std::vector<Suspicion> suspicions(const ReadGraph& graph);

// The edge with the most weight, where it has `from` or more and no other has as much.
[[nodiscard]] std::optional<std::size_t> inconsistent_edge(const ReadGraph& graph,
                                                           double from = kNamedFrom);

// Whether any edge has `from` or more.
[[nodiscard]] bool is_inconsistent(const ReadGraph& graph, double from = kWrongFrom);

}  // namespace stareval::reader
