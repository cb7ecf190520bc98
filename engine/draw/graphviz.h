// Positions and routes from Graphviz (libgvc), in process: it lays out, and does not draw.
// Input   boxes of nodes and labels in pixels, as they were measured; no text goes to Graphviz.
// Output  pixels, y downwards, with an origin of its own; the same for the same input and seed with
//         the same libraries, whatever was laid out before and in any thread.
// Thread  any number may call; they wait for each other, since Graphviz is not thread-safe.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/draw/geometry.h"
#include "engine/draw/layout.h"
#include "libstareval/base/result.h"

namespace stareval::engine {

struct GraphvizRoute {
  std::vector<Cubic> path;  // from the centre of the first node to that of the second
  Point label;              // centre of the label; no meaning where the edge has none
};

struct GraphvizLayout {
  std::vector<Point> nodes;           // centres
  std::vector<GraphvizRoute> routes;  // of dot, one for each link; empty paths of self-loops
};

// Lays out with dot: ranks in input.direction, curves around nodes, and room for all labels. A
// label on its line is a stop on the way of its edge; one beside it stands where dot puts it.
// Errors  io where Graphviz or its plug-ins fail.
// Cost    about 1 ms for 8 nodes, one thread at a time.
Result<GraphvizLayout> graphviz_dot(const LayoutInput& input);

// Positions of nodes by neato (stress) or circo (circles around blocks); no routes.
Result<GraphvizLayout> graphviz_nodes(const LayoutInput& input, LayoutEngine engine,
                                      std::uint64_t seed);

}  // namespace stareval::engine
