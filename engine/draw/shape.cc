#include "engine/draw/shape.h"

#include <algorithm>
#include <cmath>

namespace stareval::engine {
namespace {

// The first of some t, from `end` (0 or 1) on, at which the curve is outside of the node; its other
// end where there is none. A large node may take more than half of a short curve.
double first_outside(const Cubic& curve, const NodePlace& node, double margin, double end) {
  constexpr int kSteps = 16;
  for (int i = 1; i < kSteps; ++i) {
    const double t = static_cast<double>(i) / kSteps;
    const double at = end == 0.0 ? t : 1.0 - t;
    if (!inside_outline(node, curve.at(at), margin)) return at;
  }
  return 1.0 - end;
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

// Within the line from (0, extent.height) to (extent.width, 0), grown by the margin? `p` is
// counted inwards from the corner.
bool within_cut(Size extent, Point p, double margin) {
  const double reach = p.x * extent.height + p.y * extent.width - extent.width * extent.height;
  const double norm = std::sqrt(extent.width * extent.width + extent.height * extent.height);
  return reach > -margin * norm;
}

bool within_round(Size extent, Point p, double margin) {
  const double x = extent.width - p.x;
  const double y = extent.height - p.y;
  if (x <= 0.0 || y <= 0.0) return true;
  const double by_x = x / (extent.width + margin);
  const double by_y = y / (extent.height + margin);
  return by_x * by_x + by_y * by_y < 1.0;
}

bool within_scoop(Size extent, Point p, double margin) {
  const double radius = std::max(0.0, extent.width - margin);
  return dot(p, p) > radius * radius;
}

bool within_corner(const Corner& corner, Point p, double margin) {
  switch (corner.kind) {
    case CornerKind::square: return true;
    case CornerKind::round: return within_round(corner.extent, p, margin);
    case CornerKind::cut: return within_cut(corner.extent, p, margin);
    case CornerKind::scoop: return within_scoop(corner.extent, p, margin);
  }
  return true;
}

}  // namespace

std::array<Corner, 4> corners_of(const NodePlace& node) {
  const double c = node.corner;
  const double half = node.box.height() * 0.5;
  const auto all = [](Corner corner) {
    return std::array<Corner, 4>{corner, corner, corner, corner};
  };
  const Corner square;
  const Corner round = {CornerKind::round, {c, c}};
  const Corner lean = {CornerKind::cut, {c, node.box.height()}};
  switch (node.shape) {
    case NodeShape::box: return all(square);
    case NodeShape::rounded:
    case NodeShape::pill: return all(round);
    case NodeShape::cut_corner: return all({CornerKind::cut, {c, c}});
    case NodeShape::ellipse: return all({CornerKind::round, {node.box.width() * 0.5, half}});
    case NodeShape::hexagon: return all({CornerKind::cut, {c, half}});
    case NodeShape::leaf: return {round, square, round, square};
    case NodeShape::parallelogram: return {lean, square, lean, square};
    case NodeShape::ticket: return all({CornerKind::scoop, {c, c}});
    case NodeShape::folded: return {square, {CornerKind::cut, {c, c}}, square, square};
  }
  return all(square);
}

double corner_px(NodeShape shape, Size box, double zoom) {
  const double half = std::min(box.width, box.height) * 0.5;
  switch (shape) {
    case NodeShape::box:
    case NodeShape::ellipse: return 0.0;
    case NodeShape::rounded: return std::min(half, 8.0 * zoom);
    case NodeShape::pill:
    case NodeShape::leaf: return std::min(half, 22.0 * zoom);
    case NodeShape::cut_corner:
    case NodeShape::ticket: return std::min(half, 9.0 * zoom);
    case NodeShape::hexagon: return std::min(half, 18.0 * zoom);
    case NodeShape::parallelogram: return std::min(half, 14.0 * zoom);
    case NodeShape::folded: return std::min(half, 13.0 * zoom);
  }
  return 0.0;
}

Size box_around(NodeShape shape, Size content, double zoom) {
  switch (shape) {
    // The smallest ellipse around a box touches its corners, which content mostly leaves free.
    case NodeShape::ellipse: return {content.width * 1.3, content.height * 1.36};
    case NodeShape::pill: return {content.width + 8.0 * zoom, content.height};
    // What these lose at the height of the content's corners.
    case NodeShape::hexagon: return {content.width + 20.0 * zoom, content.height};
    case NodeShape::parallelogram: return {content.width + 18.0 * zoom, content.height};
    case NodeShape::leaf: return {content.width + 4.0 * zoom, content.height + 2.0 * zoom};
    case NodeShape::ticket: return {content.width + 6.0 * zoom, content.height + 4.0 * zoom};
    case NodeShape::folded: return {content.width + 8.0 * zoom, content.height + 4.0 * zoom};
    case NodeShape::box:
    case NodeShape::rounded:
    case NodeShape::cut_corner: return content;
  }
  return content;
}

bool inside_outline(const NodePlace& node, Point p, double margin) {
  if (!node.box.grown(margin).contains(p)) return false;
  if (node.shape == NodeShape::box) return true;
  const auto corners = corners_of(node);
  const Rect& b = node.box;
  return within_corner(corners[0], {p.x - b.left, p.y - b.top}, margin) &&
         within_corner(corners[1], {b.right - p.x, p.y - b.top}, margin) &&
         within_corner(corners[2], {b.right - p.x, b.bottom - p.y}, margin) &&
         within_corner(corners[3], {p.x - b.left, b.bottom - p.y}, margin);
}

Cubic clip_to_outlines(const Cubic& curve, const NodePlace& from, const NodePlace& to,
                       double margin, int steps) {
  const double start =
      crossing(curve, from, margin, 0.0, first_outside(curve, from, margin, 0.0), steps);
  const double end = crossing(curve, to, margin, 1.0, first_outside(curve, to, margin, 1.0), steps);
  return start < end ? curve.part(start, end) : curve.part(0.5, 0.5);
}

}  // namespace stareval::engine
