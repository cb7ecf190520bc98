// Which option stands behind the masked node or label: by what is drawn around it, by patterns of
// the picture, and by the letters of names. No facts are known here.
// Thread  pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "backends/reader/question_internal.h"
#include "backends/reader/read_graph.h"

namespace stareval::reader {

struct Ranked {
  std::vector<std::size_t> order;  // all options: the likeliest first, excluded ones last
  bool known = false;              // whether the first stands out
};

// The masked node or edge: of question marks; else of signs that look like them; else the only one
// that could not be read. Nothing where there is none, or several.
[[nodiscard]] std::optional<std::size_t> masked_node(const ReadGraph& graph);
[[nodiscard]] std::optional<std::size_t> masked_edge(const ReadGraph& graph);

// An option that is drawn as another node is excluded: entities occur once. Of the others one
// stands out by a stem that it shares with a neighbour of the masked node, or as the only one left.
[[nodiscard]] Ranked rank_entities(const std::vector<Option>& options, const ReadGraph& graph);

// An option that is drawn between the same nodes is excluded. For one speaks that other edges with
// its label end at the same node, or join nodes of these kinds; against it, that they end at nodes
// of another kind, or that the head has it already.
[[nodiscard]] Ranked rank_relations(const std::vector<Option>& options, const ReadGraph& graph);

}  // namespace stareval::reader
