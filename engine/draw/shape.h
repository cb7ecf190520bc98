// The outline of a node: which points lie within it, and where a curve leaves it.
// Thread  pure functions.
#pragma once

#include "engine/draw/geometry.h"
#include "engine/draw/style.h"

namespace stareval::engine {

struct NodePlace {
  Rect box;
  NodeShape shape = NodeShape::box;
  double corner = 0.0;  // radius of a round corner, or side of a cut one, in pixels

  friend bool operator==(const NodePlace&, const NodePlace&) = default;
};

// Corner of a node of this shape and size at this zoom.
double corner_px(NodeShape shape, Size box, double zoom);

// Is p within the outline, when the outline is grown by `margin` pixels on all sides?
bool inside_outline(const NodePlace& node, Point p, double margin);

// The piece of the curve between the two outlines, both grown by `margin`. The curve must start
// within `from` and end within `to`, and be outside of both at t = 0.5; where it is not, the piece
// shrinks towards a point. Exact to 2^-steps of half the curve.
Cubic clip_to_outlines(const Cubic& curve, const NodePlace& from, const NodePlace& to,
                       double margin, int steps = 20);

}  // namespace stareval::engine
