// Points, boxes and cubic curves in the plane, in pixels, y downwards.
// Only + - * / and sqrt are used, which IEEE 754 rounds exactly, so that results are the same on
// every machine; sin, cos, exp and their kin are not.
// Thread  pure functions.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

namespace stareval::engine {

struct Point {
  double x = 0.0;
  double y = 0.0;

  friend bool operator==(const Point&, const Point&) = default;
};

inline Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
inline Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
inline Point operator*(Point a, double k) { return {a.x * k, a.y * k}; }
inline double dot(Point a, Point b) { return a.x * b.x + a.y * b.y; }
inline double cross(Point a, Point b) { return a.x * b.y - a.y * b.x; }
inline double length(Point a) { return std::sqrt(dot(a, a)); }
inline Point lerp(Point a, Point b, double t) { return a + (b - a) * t; }
inline Point perpendicular(Point a) { return {-a.y, a.x}; }

// The unit vector along a; (1, 0) where a has no direction.
inline Point unit(Point a) {
  const double size = length(a);
  if (size == 0.0) return {1.0, 0.0};
  return a * (1.0 / size);
}

struct Size {
  double width = 0.0;
  double height = 0.0;

  friend bool operator==(const Size&, const Size&) = default;
};

// Half open in spirit: two boxes that only touch do not overlap.
struct Rect {
  double left = 0.0;
  double top = 0.0;
  double right = 0.0;
  double bottom = 0.0;

  static Rect around(Point centre, Size size) {
    const double w = size.width * 0.5;
    const double h = size.height * 0.5;
    return {centre.x - w, centre.y - h, centre.x + w, centre.y + h};
  }

  [[nodiscard]] double width() const { return right - left; }
  [[nodiscard]] double height() const { return bottom - top; }
  [[nodiscard]] double area() const { return width() * height(); }
  [[nodiscard]] bool empty() const { return right <= left || bottom <= top; }
  [[nodiscard]] Point centre() const { return {(left + right) * 0.5, (top + bottom) * 0.5}; }
  [[nodiscard]] Rect grown(double by) const {
    return {left - by, top - by, right + by, bottom + by};
  }
  [[nodiscard]] Rect moved(Point by) const {
    return {left + by.x, top + by.y, right + by.x, bottom + by.y};
  }
  [[nodiscard]] bool contains(Point p) const {
    return p.x > left && p.x < right && p.y > top && p.y < bottom;
  }
  [[nodiscard]] bool contains(const Rect& r) const {
    return r.left >= left && r.right <= right && r.top >= top && r.bottom <= bottom;
  }

  friend bool operator==(const Rect&, const Rect&) = default;
};

inline bool overlap(const Rect& a, const Rect& b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

// The smallest box around both; an empty box adds nothing.
Rect united(const Rect& a, const Rect& b);

// Area that both cover; 0 where they do not overlap.
double overlap_area(const Rect& a, const Rect& b);

// Narrow [enter, leave] to where a point that moves by `delta` from `start` stays within
// [low, high]. False where nothing is left.
inline bool clip_axis(double start, double delta, double low, double high, double& enter,
                      double& leave) {
  if (delta == 0.0) return start > low && start < high;
  const double a = (low - start) / delta;
  const double b = (high - start) / delta;
  enter = std::max(enter, std::min(a, b));
  leave = std::min(leave, std::max(a, b));
  return enter < leave;
}

// Length of the part of the segment that lies inside the box. (Liang and Barsky 1984.)
inline double length_inside(Point from, Point to, const Rect& box) {
  double enter = 0.0;
  double leave = 1.0;
  const Point delta = to - from;
  if (!clip_axis(from.x, delta.x, box.left, box.right, enter, leave)) return 0.0;
  if (!clip_axis(from.y, delta.y, box.top, box.bottom, enter, leave)) return 0.0;
  return (leave - enter) * length(delta);
}

// Do the open segments cross in one point? Collinear ones do not.
inline bool segments_cross(Point a, Point b, Point c, Point d) {
  const double c_side = cross(b - a, c - a);
  const double d_side = cross(b - a, d - a);
  if (c_side * d_side >= 0.0) return false;
  const double a_side = cross(d - c, a - c);
  const double b_side = cross(d - c, b - c);
  return a_side * b_side < 0.0;
}

// Distance of p from the closed segment.
double distance_to_segment(Point p, Point a, Point b);

// A cubic Bezier curve.
struct Cubic {
  std::array<Point, 4> p{};

  static Cubic line(Point from, Point to) {
    return {{from, lerp(from, to, 1.0 / 3.0), lerp(from, to, 2.0 / 3.0), to}};
  }
  // The quadratic curve with one control point, raised to a cubic one.
  static Cubic quadratic(Point from, Point control, Point to) {
    return {{from, lerp(from, control, 2.0 / 3.0), lerp(to, control, 2.0 / 3.0), to}};
  }

  [[nodiscard]] Point at(double t) const {
    const double s = 1.0 - t;
    return p[0] * (s * s * s) + p[1] * (3.0 * s * s * t) + p[2] * (3.0 * s * t * t) +
           p[3] * (t * t * t);
  }
  [[nodiscard]] Point tangent(double t) const;           // not normalised
  [[nodiscard]] Cubic part(double t0, double t1) const;  // the piece from t0 to t1
  [[nodiscard]] Cubic moved(Point by) const;

  friend bool operator==(const Cubic&, const Cubic&) = default;
};

}  // namespace stareval::engine
