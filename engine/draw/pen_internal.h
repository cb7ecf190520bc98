// A thin layer over Cairo: points instead of pairs of numbers, colours of ours, strokes in several
// manners. Lives as long as the surface it draws on.
#pragma once

#include "engine/draw/cairo_internal.h"
#include "engine/draw/geometry.h"
#include "engine/draw/palette.h"
#include "engine/draw/shape.h"

namespace stareval::engine {

class Pen {
 public:
  explicit Pen(cairo_surface_t* surface) : cairo_(cairo_create(surface)) {
    cairo_set_line_join(cairo(), CAIRO_LINE_JOIN_MITER);
    cairo_set_line_cap(cairo(), CAIRO_LINE_CAP_BUTT);
  }

  [[nodiscard]] cairo_t* cairo() const { return cairo_.get(); }

  void ink(Colour c) const {
    cairo_set_source_rgb(cairo(), c.red / 255.0, c.green / 255.0, c.blue / 255.0);
  }
  void go_to(Point p) const { cairo_move_to(cairo(), p.x, p.y); }
  void line_to(Point p) const { cairo_line_to(cairo(), p.x, p.y); }
  void curve_to(Point a, Point b, Point to) const {
    cairo_curve_to(cairo(), a.x, a.y, b.x, b.y, to.x, to.y);
  }
  void close() const { cairo_close_path(cairo()); }

  void box(const Rect& b) const { cairo_rectangle(cairo(), b.left, b.top, b.width(), b.height()); }
  void fill_box(const Rect& b, Colour c) const;

  // The outline of a node as a closed path.
  void outline(const NodePlace& node) const;

  // These use up the path.
  void fill(Colour c) const;
  void stroke(double width) const;

  // Two thin strokes with `ground` between them; `width` is that of the whole.
  void stroke_twice(double width, Colour line, Colour ground) const;

  // Two strokes, each of them off the path by up to `wobble` pixels; the same for the same path.
  void stroke_by_hand(double width, double wobble) const;

 private:
  CairoPtr cairo_;
};

}  // namespace stareval::engine
