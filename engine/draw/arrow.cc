#include <algorithm>

#include "engine/draw/arrow_internal.h"

namespace stareval::engine {
namespace {

// Sine of the angle between a side of an open head and its axis.
constexpr double kOpenSine = 0.355;

// Proportions, as parts of HeadPaint::length.
struct Proportions {
  double length;      // from tip to base
  double half_width;  // of the base
  double notch;       // from the tip to where the base is hollowed out
  double line_gap;    // from the tip to the end of the line
};

Proportions proportions(ArrowHead kind) {
  switch (kind) {
    case ArrowHead::filled: return {1.0, 0.38, 0.78, 0.7};
    case ArrowHead::open: return {1.0, 0.38, 0.0, 0.1};
    case ArrowHead::vee: return {1.15, 0.44, 0.6, 0.55};
    case ArrowHead::triangle: return {0.95, 0.42, 0.95, 0.85};
    case ArrowHead::slim: return {1.3, 0.27, 1.15, 1.0};
    case ArrowHead::hollow: return {1.1, 0.44, 1.1, 1.1};
    case ArrowHead::twin: return {0.68, 0.36, 0.68, 1.1};
    case ArrowHead::barb: return {1.2, 0.48, 0.85, 0.8};
  }
  return {1.0, 0.38, 0.78, 0.7};
}

struct Frame {
  Point tip;
  Point along;  // unit vector of the head
  double length;
  double half_width;
  double notch;
};

Frame frame_of(const HeadPaint& paint, const Cubic& path) {
  const Proportions p = proportions(paint.kind);
  const Point tip = path.p[3];
  const double length = p.length * paint.length;
  const Point along = unit(tip - path.at(before_tip(path, length * 0.8)));
  // A thick line must not hide its head.
  const double half = std::max(p.half_width * paint.length, paint.line_px * 1.5);
  return {tip, along, length, half, p.notch * paint.length};
}

void solid(const Pen& pen, const HeadPaint& paint, const Frame& f) {
  const Point base = f.tip - f.along * f.length;
  const Point side = perpendicular(f.along) * f.half_width;
  pen.go_to(base + side);
  pen.line_to(f.tip);
  pen.line_to(base - side);
  pen.line_to(f.tip - f.along * f.notch);
  pen.close();
  pen.fill(paint.line);
}

void barb(const Pen& pen, const HeadPaint& paint, const Frame& f) {
  const Point base = f.tip - f.along * f.length;
  const Point side = perpendicular(f.along) * f.half_width;
  const Point axis = f.tip - f.along * (f.length * 0.55);
  pen.go_to(base + side);
  pen.curve_to(lerp(base + side, axis, 0.6), axis, f.tip);
  pen.curve_to(axis, lerp(base - side, axis, 0.6), base - side);
  pen.line_to(f.tip - f.along * f.notch);
  pen.close();
  pen.fill(paint.line);
}

// The miter of a stroke reaches out by more than its line, so that the point lies within the tip.
Point inner_tip(const Frame& f, double line_px) {
  return f.tip - f.along * (line_px * 0.5 / kOpenSine);
}

void open(const Pen& pen, const HeadPaint& paint, const Frame& f) {
  const Point base = f.tip - f.along * f.length;
  const Point side = perpendicular(f.along) * f.half_width;
  pen.go_to(base + side);
  pen.line_to(inner_tip(f, paint.line_px));
  pen.line_to(base - side);
  pen.ink(paint.line);
  pen.stroke(paint.line_px);
}

void hollow(const Pen& pen, const HeadPaint& paint, const Frame& f) {
  solid(pen, paint, f);
  const double inner = paint.line_px * 0.9;
  const Point tip = f.tip - f.along * (inner / kOpenSine);
  const Point base = f.tip - f.along * (f.length - inner);
  const double length_left = f.length - inner - inner / kOpenSine;
  if (length_left <= 0.0) return;
  const Point side = perpendicular(f.along) * (f.half_width * length_left / f.length);
  pen.go_to(base + side);
  pen.line_to(tip);
  pen.line_to(base - side);
  pen.close();
  pen.fill(paint.ground);
}

}  // namespace

double before_tip(const Cubic& path, double distance) {
  double near = 1.0;
  double far = 0.5;
  for (int step = 0; step < 16; ++step) {
    const double middle = (near + far) * 0.5;
    (length(path.p[3] - path.at(middle)) < distance ? near : far) = middle;
  }
  return far;
}

double line_gap_px(const HeadPaint& paint) {
  return proportions(paint.kind).line_gap * paint.length;
}

void draw_head(const Pen& pen, const HeadPaint& paint, const Cubic& path) {
  Frame frame = frame_of(paint, path);
  switch (paint.kind) {
    case ArrowHead::open: return open(pen, paint, frame);
    case ArrowHead::hollow: return hollow(pen, paint, frame);
    case ArrowHead::barb: return barb(pen, paint, frame);
    case ArrowHead::twin:
      solid(pen, paint, frame);
      frame.tip = frame.tip - frame.along * (frame.length * 0.8);
      return solid(pen, paint, frame);
    case ArrowHead::filled:
    case ArrowHead::vee:
    case ArrowHead::triangle:
    case ArrowHead::slim: return solid(pen, paint, frame);
  }
}

}  // namespace stareval::engine
