// The outline of a node: which points lie within it, where a curve leaves it, how much room it
// needs around its content.
// Every outline is a box whose four corners are treated, each by a kind and an extent.
// Thread  pure functions.
#pragma once

#include <array>

#include "engine/draw/geometry.h"
#include "engine/draw/style.h"

namespace stareval::engine {

struct NodePlace {
  Rect box;
  NodeShape shape = NodeShape::box;
  double corner = 0.0;  // as corner_px() gives it

  friend bool operator==(const NodePlace&, const NodePlace&) = default;
};

enum class CornerKind {
  square,
  round,  // a quarter of an ellipse
  cut,    // a straight line
  scoop   // a quarter of a circle, hollow
};

struct Corner {
  CornerKind kind = CornerKind::square;
  Size extent;  // along both sides; zero for a square corner

  friend bool operator==(const Corner&, const Corner&) = default;
};

// Left top, right top, right bottom, left bottom. Extents of corners never overlap.
std::array<Corner, 4> corners_of(const NodePlace& node);

// Extent of a treated corner of a node of this shape and size at this zoom: a radius, the side of
// a cut corner, the depth of a hexagon's points, the lean of a parallelogram.
double corner_px(NodeShape shape, Size box, double zoom);

// The box that an outline needs so that content of this size lies within it.
Size box_around(NodeShape shape, Size content, double zoom);

// Is p within the outline, when the outline is grown by `margin` pixels on all sides?
bool inside_outline(const NodePlace& node, Point p, double margin);

// The piece of the curve between the two outlines, both grown by `margin`. The curve must start
// within `from` and end within `to`; where the two overlap along it, the piece is a point. Exact to
// 2^-steps of the sixteenth of the curve in which it leaves a node.
Cubic clip_to_outlines(const Cubic& curve, const NodePlace& from, const NodePlace& to,
                       double margin, int steps = 20);

}  // namespace stareval::engine
