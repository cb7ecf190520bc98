#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/draw/annotator_internal.h"
#include "engine/draw/caption_places_internal.h"

namespace stareval::engine {
namespace {

constexpr double kVeil = 0.55;  // how much of the picture fades
constexpr double kTint = 0.13;  // of the colour in a box
constexpr double kOff = 2.5;    // of an outline from its box, which may end where letters do
constexpr double kPi = 3.14159265358979323846;

// Between caption and note, and around both.
struct ChipGaps {
  double side, ends, between;
};
ChipGaps chip_gaps(const Measures& m) { return {4 * m.unit, 1 * m.unit, 5 * m.unit}; }

}  // namespace

double length_of(const std::vector<Point>& path) {
  double sum = 0.0;
  for (std::size_t i = 1; i < path.size(); ++i) sum += length(path[i] - path[i - 1]);
  return sum;
}

Point point_along(const std::vector<Point>& path, double way) {
  for (std::size_t i = 1; i < path.size(); ++i) {
    const double step = length(path[i] - path[i - 1]);
    if (way <= step && step > 0.0) return lerp(path[i - 1], path[i], way / step);
    way -= step;
  }
  return path.back();
}

Rect anchor_of(const Sign& sign) {
  if (!sign.box.empty()) return sign.box;
  if (!sign.has_path()) return {};
  return Rect::around(point_along(sign.path, length_of(sign.path) / 2), {2.0, 2.0});
}

Size chip_size(const Sign& sign, const Measures& m) {
  if (sign.caption.empty() && sign.note.empty()) return {};
  const ChipGaps gaps = chip_gaps(m);
  const bool both = !sign.caption.empty() && !sign.note.empty();
  return {std::ceil(sign.caption.size().width + sign.note.size().width +
                    (both ? gaps.between : 0.0) + 2 * gaps.side),
          std::ceil(std::max(sign.caption.size().height, sign.note.size().height) + 2 * gaps.ends)};
}

Rect whole(const Bitmap& picture) {
  return {0.0, 0.0, static_cast<double>(picture.width), static_cast<double>(picture.height)};
}

void Annotator::cased(Colour hue, double width, bool dashed) const {
  cairo_t* const cairo = pen_.cairo();
  translucent(colours_.casing, 0.85);
  cairo_set_line_width(cairo, (width + 2.4) * m_.unit);
  cairo_stroke_preserve(cairo);
  dash(dashed, 5.0);
  pen_.ink(hue);
  pen_.stroke(width * m_.unit);
  dash(false, 0.0);
}

void Annotator::ground(const Bitmap& picture, std::span<const Sign> signs) const {
  cairo_t* const cairo = pen_.cairo();
  const Rect all = whole(picture);
  const SurfacePtr source =
      surface_over(picture.pixels.data(), picture.width, picture.height, CAIRO_FORMAT_ARGB32);
  const auto paint = [&] {
    pen_.fill_box(all, colour(0xFFFFFF));
    cairo_set_source_surface(cairo, source.get(), 0.0, 0.0);
    pen_.box(all);
    cairo_fill(cairo);
  };
  paint();
  translucent(colours_.veil, kVeil);
  pen_.box(all);
  cairo_fill(cairo);
  cairo_save(cairo);
  cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_WINDING);
  for (const Sign& sign : signs)
    if (!sign.box.empty()) pen_.box(sign.box.grown(kOff * m_.unit));
  cairo_clip(cairo);
  paint();
  cairo_restore(cairo);
  pen_.ink(colours_.ink);  // lets go of the source's pixels
}

void Annotator::box(const Rect& box, Colour hue, bool dashed) const {
  if (box.empty()) return;
  translucent(hue, kTint);
  pen_.box(box);
  cairo_fill(pen_.cairo());
  rounded(box.grown(kOff * m_.unit), 2.0 * m_.unit);
  cased(hue, 2.0, dashed);
}

void Annotator::corners(const Rect& box, Colour hue) const {
  if (box.empty()) return;
  const double side = std::min({box.width() / 3, box.height() / 3, 12.0 * m_.unit});
  for (const double x : {box.left, box.right})
    for (const double y : {box.top, box.bottom}) {
      pen_.go_to({x == box.left ? x + side : x - side, y});
      pen_.line_to({x, y});
      pen_.line_to({x, y == box.top ? y + side : y - side});
    }
  cased(hue, 2.6, false);
}

void Annotator::head(Point from, Point tip, double size, Colour hue) const {
  const Point along = unit(tip - from);
  const Point base = tip - along * size;
  const Point aside = perpendicular(along) * (size * 0.45);
  pen_.go_to(tip);
  pen_.line_to(base + aside);
  pen_.line_to(base - aside);
  pen_.close();
  cased(hue, 1.0, false);
  pen_.go_to(tip);
  pen_.line_to(base + aside);
  pen_.line_to(base - aside);
  pen_.close();
  pen_.fill(hue);
}

void Annotator::path(const std::vector<Point>& path, Colour hue, bool dashed) const {
  if (path.size() < 2) return;
  const double way = length_of(path);
  const double size = std::min(15.0 * m_.unit, way * 0.6);
  pen_.go_to(path.front());
  for (std::size_t i = 1; i + 1 < path.size(); ++i) pen_.line_to(path[i]);
  pen_.line_to(path.back());
  cased(hue, 2.6, dashed);
  const double dot = std::min(4.2 * m_.unit, way * 0.2);
  cairo_new_sub_path(pen_.cairo());
  cairo_arc(pen_.cairo(), path.front().x, path.front().y, dot, 0.0, 2 * kPi);
  translucent(colours_.casing, 1.0);
  cairo_fill_preserve(pen_.cairo());
  pen_.ink(hue);
  pen_.stroke(2.2 * m_.unit);
  head(point_along(path, way - size), path.back(), size, hue);
}

// Not over what stands in the sign's own box.
void Annotator::path_of(const Sign& sign) const {
  cairo_t* const cairo = pen_.cairo();
  cairo_save(cairo);
  if (!sign.box.empty()) {
    cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_EVEN_ODD);
    pen_.box(bounds_);
    pen_.box(sign.box.grown(kOff * m_.unit));
    cairo_clip(cairo);
  }
  path(sign.path, hue_of(sign), sign.mark->dashed);
  cairo_restore(cairo);
}

void Annotator::tie(Point from, Point to, Colour hue) const {
  pen_.go_to(from);
  pen_.line_to(to);
  translucent(colours_.casing, 0.85);
  cairo_set_line_width(pen_.cairo(), 3.0 * m_.unit);
  cairo_stroke_preserve(pen_.cairo());
  pen_.ink(hue);
  dash(true, 2.0);
  pen_.stroke(1.2 * m_.unit);
  dash(false, 0.0);
}

// From the box to its path, and from a caption that stands far off to its anchor.
void Annotator::ties(const Sign& sign) const {
  if (sign.has_path() && !sign.box.empty()) {
    Point nearest;
    double least = std::numeric_limits<double>::max();
    const double way = length_of(sign.path);
    for (int i = 0; i <= 100; ++i) {
      const Point at = point_along(sign.path, way * i / 100.0);
      const double distance = length(at - nearest_point(sign.box, at));
      if (distance < least) {
        least = distance;
        nearest = at;
      }
    }
    if (least > 4 * m_.unit) tie(nearest_point(sign.box, nearest), nearest, hue_of(sign));
  }
  const Rect anchor = anchor_of(sign);
  if (sign.chip.empty() || distance_between(sign.chip, anchor) <= 6 * m_.unit) return;
  const Point near = nearest_point(anchor, sign.chip.centre());
  tie(near, nearest_point(sign.chip, near), hue_of(sign));
}

void Annotator::rounded(const Rect& box, double radius) const {
  cairo_t* const cairo = pen_.cairo();
  const double r = std::min({radius, box.width() / 2, box.height() / 2});
  cairo_new_sub_path(cairo);
  cairo_arc(cairo, box.right - r, box.top + r, r, -kPi / 2, 0.0);
  cairo_arc(cairo, box.right - r, box.bottom - r, r, 0.0, kPi / 2);
  cairo_arc(cairo, box.left + r, box.bottom - r, r, kPi / 2, kPi);
  cairo_arc(cairo, box.left + r, box.top + r, r, kPi, 1.5 * kPi);
  cairo_close_path(cairo);
}

void Annotator::chip(const Sign& sign) const {
  if (sign.chip.empty()) return;
  const Colour hue = hue_of(sign);
  const bool filled = !sign.mark->framed;
  const Colour ground = filled ? hue : colours_.chip;
  const Colour ink = !filled ? colours_.ink : luma(hue) < 140 ? colour(0xFFFFFF) : colour(0x101418);
  rounded(sign.chip.grown(1.0 * m_.unit), 4.0 * m_.unit);
  pen_.fill(colours_.casing);
  rounded(sign.chip, 3.0 * m_.unit);
  pen_.fill(ground);
  if (!filled) {
    rounded(sign.chip.grown(-0.5 * m_.unit), 3.0 * m_.unit);
    pen_.ink(hue);
    pen_.stroke(1.3 * m_.unit);
  }
  const ChipGaps gaps = chip_gaps(m_);
  const Size text = sign.caption.size();
  const Point at = {sign.chip.left + gaps.side, std::round(sign.chip.centre().y - text.height / 2)};
  sign.caption.draw(pen_.cairo(), at, ink);
  const double note_left = sign.chip.right - gaps.side - sign.note.size().width;
  sign.note.draw(pen_.cairo(),
                 {note_left, std::round(sign.chip.centre().y - sign.note.size().height / 2)},
                 mixed(ink, ground, 0.15));
}

}  // namespace stareval::engine
