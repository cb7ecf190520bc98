#include "engine/draw/shape.h"

#include <algorithm>
#include <cmath>

namespace stareval::engine {
namespace {

// How far p lies beyond the straight part of the side next to a corner, on both axes; a negative
// number means: not beyond it.
Point beyond_corner(const Rect& box, double corner, Point p) {
  const Point centre = box.centre();
  return {std::abs(p.x - centre.x) - (box.width() * 0.5 - corner),
          std::abs(p.y - centre.y) - (box.height() * 0.5 - corner)};
}

// The t at which the curve crosses the outline, between `in` (inside) and `out` (outside).
double crossing(const Cubic& curve, const NodePlace& node, double margin, double in, double out,
                int steps) {
  for (int step = 0; step < steps; ++step) {
    const double middle = (in + out) * 0.5;
    (inside_outline(node, curve.at(middle), margin) ? in : out) = middle;
  }
  return out;
}

}  // namespace

double corner_px(NodeShape shape, Size box, double zoom) {
  const double half = std::min(box.width, box.height) * 0.5;
  switch (shape) {
    case NodeShape::box: return 0.0;
    case NodeShape::rounded: return std::min(half, 8.0 * zoom);
    case NodeShape::pill: return std::min(half, 22.0 * zoom);
    case NodeShape::cut_corner: return std::min(half, 9.0 * zoom);
  }
  return 0.0;
}

bool inside_outline(const NodePlace& node, Point p, double margin) {
  const Rect box = node.box.grown(margin);
  if (!box.contains(p)) return false;
  if (node.shape == NodeShape::box) return true;
  // A parallel curve of a cut corner is shorter than the margin says: its ends move by
  // (2 - sqrt 2) margins along the sides.
  const bool cut = node.shape == NodeShape::cut_corner;
  const double corner = node.corner + margin * (cut ? 2.0 - std::sqrt(2.0) : 1.0);
  const Point beyond = beyond_corner(box, corner, p);
  if (beyond.x <= 0.0 || beyond.y <= 0.0) return true;
  return cut ? beyond.x + beyond.y < corner : dot(beyond, beyond) < corner * corner;
}

Cubic clip_to_outlines(const Cubic& curve, const NodePlace& from, const NodePlace& to,
                       double margin, int steps) {
  const double start = crossing(curve, from, margin, 0.0, 0.5, steps);
  const double end = crossing(curve, to, margin, 1.0, 0.5, steps);
  return curve.part(start, end);
}

}  // namespace stareval::engine
