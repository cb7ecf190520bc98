// Starting positions of a layout, one function an arrangement.
// Thread  pure functions.
#pragma once

#include <vector>

#include "engine/draw/layout.h"

namespace stareval::engine {

struct Start {
  std::vector<Point> centres;
  // Wanted distance of each two nodes, row-major, in pixels measured by stretched_distance(); empty
  // where the arrangement has none.
  std::vector<double> distances;
};

// Distance that counts height more than width on a wide canvas, so that what is round by this
// measure fills the canvas.
double stretched_distance(Size canvas, Point a, Point b);

// The part of the canvas that the centre of a node may take.
Rect room_for(const LayoutInput& input, Size node);

// The same for the largest of the nodes.
Rect inner_canvas(const LayoutInput& input);

// Starts at the anchors where the input gives some.
Start arrange(const LayoutInput& input, Random& random);

}  // namespace stareval::engine
