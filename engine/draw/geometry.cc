#include "engine/draw/geometry.h"

#include <algorithm>

namespace stareval::engine {
namespace {

// The left part of the curve, from 0 to t. (de Casteljau)
Cubic head_of(const Cubic& c, double t) {
  const Point ab = lerp(c.p[0], c.p[1], t);
  const Point bc = lerp(c.p[1], c.p[2], t);
  const Point cd = lerp(c.p[2], c.p[3], t);
  const Point abc = lerp(ab, bc, t);
  const Point bcd = lerp(bc, cd, t);
  return {{c.p[0], ab, abc, lerp(abc, bcd, t)}};
}

Cubic reversed(const Cubic& c) { return {{c.p[3], c.p[2], c.p[1], c.p[0]}}; }

}  // namespace

Rect united(const Rect& a, const Rect& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right),
          std::max(a.bottom, b.bottom)};
}

double overlap_area(const Rect& a, const Rect& b) {
  if (!overlap(a, b)) return 0.0;
  return (std::min(a.right, b.right) - std::max(a.left, b.left)) *
         (std::min(a.bottom, b.bottom) - std::max(a.top, b.top));
}

double distance_to_segment(Point p, Point a, Point b) {
  const Point along = b - a;
  const double size = dot(along, along);
  if (size == 0.0) return length(p - a);
  const double t = std::clamp(dot(p - a, along) / size, 0.0, 1.0);
  return length(p - lerp(a, b, t));
}

Point Cubic::tangent(double t) const {
  const double s = 1.0 - t;
  return (p[1] - p[0]) * (3.0 * s * s) + (p[2] - p[1]) * (6.0 * s * t) +
         (p[3] - p[2]) * (3.0 * t * t);
}

Cubic Cubic::part(double t0, double t1) const {
  const Cubic left = head_of(*this, t1);
  if (t1 <= 0.0) return left;
  return reversed(head_of(reversed(left), 1.0 - t0 / t1));
}

Cubic Cubic::moved(Point by) const { return {{p[0] + by, p[1] + by, p[2] + by, p[3] + by}}; }

}  // namespace stareval::engine
