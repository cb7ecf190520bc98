#include <cmath>
#include <cstdint>
#include <memory>

#include "engine/draw/pen_internal.h"

namespace stareval::engine {
namespace {

// Distance of control points from the ends of a quarter circle of radius 1.
constexpr double kQuarter = 0.5522847498307936;

// A corner of a box, with the directions of the sides that the outline comes from and goes to.
struct Turn {
  Point at;
  Point from;  // unit vector along the side by which the outline arrives, pointing away from `at`
  Point to;    // the same for the side by which it leaves
  double arriving;  // extent of the corner on these sides
  double leaving;
};

void draw_turn(const Pen& pen, CornerKind kind, const Turn& turn) {
  const Point start = turn.at + turn.from * turn.arriving;
  const Point end = turn.at + turn.to * turn.leaving;
  switch (kind) {
    case CornerKind::square: return pen.line_to(turn.at);
    case CornerKind::cut: pen.line_to(start); return pen.line_to(end);
    case CornerKind::round:
      pen.line_to(start);
      return pen.curve_to(lerp(start, turn.at, kQuarter), lerp(end, turn.at, kQuarter), end);
    case CornerKind::scoop: {
      const Point inner = turn.at + turn.from * turn.arriving + turn.to * turn.leaving;
      pen.line_to(start);
      return pen.curve_to(lerp(start, inner, kQuarter), lerp(end, inner, kQuarter), end);
    }
  }
}

// Offsets that look random and are the same for the same start. (Numerical Recipes' generator.)
class Wobble {
 public:
  Wobble(Point start, std::uint32_t pass, double most)
      : state_(static_cast<std::uint32_t>(std::lround(start.x * 8.0)) * 2654435761U +
               static_cast<std::uint32_t>(std::lround(start.y * 8.0)) * 40503U + pass * 977U),
        most_(most) {}

  Point next() { return {one(), one()}; }

 private:
  double one() {
    state_ = state_ * 1664525U + 1013904223U;
    return (static_cast<double>(state_ >> 16U) / 32767.5 - 1.0) * most_;
  }

  std::uint32_t state_;
  double most_;
};

struct FreePath {
  void operator()(cairo_path_t* path) const { cairo_path_destroy(path); }
};
using PathPtr = std::unique_ptr<cairo_path_t, FreePath>;

Point point_of(const cairo_path_data_t& data) { return {data.point.x, data.point.y}; }

// Traces the path anew, off by up to `wobble`.
class HandTracer {
 public:
  HandTracer(const Pen& pen, Wobble wobble) : pen_(pen), wobble_(wobble) {}

  void trace(const cairo_path_t& path) {
    for (int i = 0; i < path.num_data; i += path.data[i].header.length) step(&path.data[i]);
  }

 private:
  void step(const cairo_path_data_t* data) {
    switch (data->header.type) {
      case CAIRO_PATH_MOVE_TO:
        first_ = point_of(data[1]);
        here_ = first_ + wobble_.next();
        return pen_.go_to(here_);
      case CAIRO_PATH_LINE_TO: return line(point_of(data[1]));
      case CAIRO_PATH_CURVE_TO:
        here_ = point_of(data[3]) + wobble_.next();
        return pen_.curve_to(point_of(data[1]) + wobble_.next(), point_of(data[2]), here_);
      case CAIRO_PATH_CLOSE_PATH: return line(first_);
    }
  }

  // A straight line becomes a slight bow.
  void line(Point to) {
    const Point from = here_;
    here_ = to + wobble_.next();
    pen_.curve_to(lerp(from, here_, 0.3) + wobble_.next(), lerp(from, here_, 0.7) + wobble_.next(),
                  here_);
  }

  const Pen& pen_;
  Wobble wobble_;
  Point first_;
  Point here_;
};

}  // namespace

void Pen::fill_box(const Rect& b, Colour c) const {
  box(b);
  fill(c);
}

void Pen::outline(const NodePlace& node) const {
  const Rect& b = node.box;
  if (node.shape == NodeShape::box) return box(b);
  const auto corners = corners_of(node);
  const auto [lt, rt, rb, lb] = corners;
  const Point left = {-1, 0};
  const Point right = {1, 0};
  const Point up = {0, -1};
  const Point down = {0, 1};
  go_to({b.left + lt.extent.width, b.top});
  draw_turn(*this, rt.kind, {{b.right, b.top}, left, down, rt.extent.width, rt.extent.height});
  draw_turn(*this, rb.kind, {{b.right, b.bottom}, up, left, rb.extent.height, rb.extent.width});
  draw_turn(*this, lb.kind, {{b.left, b.bottom}, right, up, lb.extent.width, lb.extent.height});
  draw_turn(*this, lt.kind, {{b.left, b.top}, down, right, lt.extent.height, lt.extent.width});
  close();
}

void Pen::fill(Colour c) const {
  ink(c);
  cairo_fill(cairo());
}

void Pen::stroke(double width) const {
  cairo_set_line_width(cairo(), width);
  cairo_stroke(cairo());
}

void Pen::stroke_twice(double width, Colour line, Colour ground) const {
  ink(line);
  cairo_set_line_width(cairo(), width);
  cairo_stroke_preserve(cairo());
  ink(ground);
  stroke(width * 0.4);
}

void Pen::stroke_by_hand(double width, double wobble) const {
  const PathPtr path(cairo_copy_path(cairo()));
  cairo_new_path(cairo());
  if (path->num_data < 2) return;
  const Point start = point_of(path->data[1]);
  for (const std::uint32_t pass : {1U, 2U})
    HandTracer(*this, Wobble(start, pass, wobble)).trace(*path);
  stroke(width * 0.75);
}

}  // namespace stareval::engine
