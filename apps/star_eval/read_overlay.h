// What was read from a picture, as marks to be drawn on top of it, and in a line.
// Nodes   blue boxes; edges in turns of the other colours, so that those of one node differ.
// Thread  pure functions.
#pragma once

#include <string>
#include <vector>

#include "backends/reader/read_graph.h"
#include "engine/draw/annotate.h"

namespace stareval::app {

// Below it a node or an edge is dashed.
constexpr double kSureEdge = 0.5;
// Below it the confidence of the letters stands beside them.
constexpr double kSureLetters = 0.9;

// A mark for each node, then for each edge, in their order. The caption is what was read, "?" where
// nothing could be; the note is the confidence of its letters, and which ends were not found.
[[nodiscard]] std::vector<engine::Mark> overlay_marks(const reader::ReadGraph& graph);

// What the marks of this graph mean; nothing of what does not occur in it.
[[nodiscard]] std::vector<engine::LegendEntry> overlay_legend(const reader::ReadGraph& graph);

// "7 nodes, 2 with a picture, 9 edges, 1 of them without both ends".
[[nodiscard]] std::string read_summary(const reader::ReadGraph& graph);

}  // namespace stareval::app
