#include "engine/draw/annotate.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "engine/draw/annotator_internal.h"
#include "engine/draw/caption_places_internal.h"

namespace stareval::engine {
namespace {

constexpr int kMostSide = 32'000;         // of the page; Cairo ends at 32,767
constexpr std::size_t kMostLetters = 90;  // of a caption
constexpr double kLineWidth = 15.0;       // letters of a caption's line, in units of its font
constexpr double kBoxCost = 3.0;          // of hiding a pixel of a box, beside what it shows
constexpr double kPathCost = 2.5;         // of hiding a pixel near a path

bool is_finite(const Rect& box) {
  return std::isfinite(box.left) && std::isfinite(box.top) && std::isfinite(box.right) &&
         std::isfinite(box.bottom);
}

Result<void> check(const Bitmap& picture, std::span<const Mark> marks) {
  if (picture.width < 1 || picture.height < 1 || picture.width > kMostSide ||
      picture.height > kMostSide)
    return make_error(ErrorCode::bad_data,
                      "picture of {} x {} pixels: expected 1 to {} on a side to draw upon",
                      picture.width, picture.height, kMostSide);
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const bool sound = is_finite(marks[i].box) && is_finite(marks[i].inner) &&
                       std::all_of(marks[i].path.begin(), marks[i].path.end(), [](Point p) {
                         return std::isfinite(p.x) && std::isfinite(p.y);
                       });
    if (!sound)
      return make_error(ErrorCode::bad_data, "mark {}: expected places in finite numbers of pixels",
                        i);
  }
  return {};
}

Rect common(const Rect& a, const Rect& b) {
  const Rect both = {std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right),
                     std::min(a.bottom, b.bottom)};
  return both.empty() ? Rect{} : both;
}

// Empty where all points are one.
std::vector<Point> sound_path(const Mark& mark, const Rect& bounds) {
  const Rect reach = bounds.grown(1000.0);  // Cairo's numbers end at 2^23
  std::vector<Point> path;
  for (const Point p : mark.path) path.push_back(nearest_point(reach, p));
  if (length_of(path) <= 0.0) path.clear();
  return path;
}

Result<std::vector<Sign>> make_signs(const Bitmap& picture, std::span<const Mark> marks,
                                     const Measures& m) {
  std::vector<Sign> signs;
  for (const Mark& mark : marks) {
    Sign sign;
    sign.mark = &mark;
    sign.box = common(mark.box, whole(picture));
    sign.inner = common(mark.inner, whole(picture));
    sign.path = sound_path(mark, whole(picture));
    const std::string caption = showable(mark.caption, kMostLetters);
    const std::string note = showable(mark.note, kMostLetters);
    STAREVAL_TRY(sign.caption, set_caption(caption, m.px, kLineWidth * m.px));
    STAREVAL_TRY(sign.note, set_caption(note, std::max(9, m.px * 3 / 4), kLineWidth * m.px));
    signs.push_back(std::move(sign));
  }
  return signs;
}

void place_chips(const Bitmap& picture, std::vector<Sign>& signs, const Measures& m) {
  CoverCost cover(picture);
  std::vector<Caption> captions;
  for (const Sign& sign : signs) {
    cover.add(sign.box, kBoxCost);
    for (std::size_t i = 1; i < sign.path.size(); ++i)
      cover.add_line(sign.path[i - 1], sign.path[i], kPathCost);
    const Rect anchor = anchor_of(sign);
    captions.push_back({anchor, anchor.empty() ? Size{} : chip_size(sign, m)});
  }
  cover.sum_up();
  const std::vector<Rect> places = place_captions(cover, captions, 2.5 * m.unit);
  for (std::size_t i = 0; i < signs.size(); ++i) {
    const Point at = {std::round(places[i].left), std::round(places[i].top)};
    signs[i].chip = places[i].moved(at - Point{places[i].left, places[i].top});
  }
}

// A sample of each sign with its text, in rows.
struct LegendPlace {
  Point at;
  TextBlock text;
};
struct LegendLayout {
  std::vector<LegendPlace> places;
  double height = 0.0;
};
constexpr double kSample = 30.0;  // units: width of a sample

// With the gap to its text.
double sample_width(const LegendEntry& entry, const Measures& m) {
  return entry.sign == MarkSign::none ? 0.0 : (kSample + 8) * m.unit;
}

Result<LegendLayout> lay_out_legend(std::span<const LegendEntry> legend, double width,
                                    const Measures& m) {
  LegendLayout out;
  if (legend.empty()) return out;
  const double row = std::ceil(1.9 * m.px);
  const double margin = 10 * m.unit;
  Point at = {margin, margin * 0.6};
  for (const LegendEntry& entry : legend) {
    LegendPlace place;
    STAREVAL_TRY(place.text, set_caption(showable(entry.text, kMostLetters), m.px, 1e9));
    const double wide = sample_width(entry, m) + place.text.size().width;
    if (at.x > margin && at.x + wide > width - margin) at = {margin, at.y + row};
    place.at = at;
    at.x += wide + 18 * m.unit;
    out.places.push_back(std::move(place));
  }
  out.height = std::ceil(at.y + row + margin * 0.6);
  return out;
}

void draw_legend(const Pen& pen, const Annotator& annotator, std::span<const LegendEntry> legend,
                 const LegendLayout& layout, const Rect& strip, const Measures& m,
                 const AnnotationColours& colours) {
  if (legend.empty()) return;
  pen.fill_box(strip, colours.chip);
  pen.fill_box({strip.left, strip.top, strip.right, strip.top + m.unit},
               mixed(colours.chip, colours.ink, 0.25));
  const double row = std::ceil(1.9 * m.px);
  for (std::size_t i = 0; i < legend.size(); ++i) {
    const Point at = layout.places[i].at + Point{strip.left, strip.top};
    const double middle = at.y + row / 2;
    const Rect sample = {at.x, middle - 6 * m.unit, at.x + kSample * m.unit, middle + 6 * m.unit};
    const Colour hue = colours.hues[legend[i].hue % kMarkHues];
    const std::vector<Point> line = {{sample.left + 4 * m.unit, middle}, {sample.right, middle}};
    switch (legend[i].sign) {
      case MarkSign::none: break;
      case MarkSign::box: annotator.box(sample, hue, false); break;
      case MarkSign::inner: annotator.corners(sample, hue); break;
      case MarkSign::path: annotator.path(line, hue, false); break;
      case MarkSign::dashed: annotator.box(sample, hue, true); break;
    }
    const TextBlock& text = layout.places[i].text;
    text.draw(pen.cairo(),
              {at.x + sample_width(legend[i], m), std::round(middle - text.size().height / 2)},
              colours.ink);
  }
}

Bitmap copied(cairo_surface_t* surface) {
  cairo_surface_flush(surface);
  Bitmap out{cairo_image_surface_get_width(surface), cairo_image_surface_get_height(surface), {}};
  const int stride = cairo_image_surface_get_stride(surface);
  const unsigned char* data = cairo_image_surface_get_data(surface);
  for (int y = 0; y < out.height; ++y) {
    const auto* row =
        reinterpret_cast<const std::uint32_t*>(data + static_cast<std::ptrdiff_t>(y) * stride);
    out.pixels.insert(out.pixels.end(), row, row + out.width);
  }
  return out;
}

}  // namespace

Result<Bitmap> annotated(const Bitmap& picture, std::span<const Mark> marks,
                         std::span<const LegendEntry> legend) {
  STAREVAL_CHECK(check(picture, marks));
  const Measures m(picture);
  const AnnotationColours& colours = annotation_colours(is_dark(picture));
  STAREVAL_TRY(std::vector<Sign> signs, make_signs(picture, marks, m));
  STAREVAL_TRY(const LegendLayout layout, lay_out_legend(legend, picture.width, m));
  place_chips(picture, signs, m);

  const double page = picture.height + layout.height;
  if (page > kMostSide)
    return make_error(ErrorCode::bad_data, "picture of {} x {} pixels: no room for a legend",
                      picture.width, picture.height);
  const SurfacePtr surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, picture.width, static_cast<int>(page)));
  const Pen pen(surface.get());
  cairo_set_line_join(pen.cairo(), CAIRO_LINE_JOIN_ROUND);
  const Annotator annotator(pen, whole(picture), m, colours);
  cairo_save(pen.cairo());
  pen.box(whole(picture));
  cairo_clip(pen.cairo());
  annotator.ground(picture, signs);
  for (const Sign& sign : signs) annotator.box(sign.box, annotator.hue_of(sign), sign.mark->dashed);
  for (const Sign& sign : signs) annotator.corners(sign.inner, annotator.hue_of(sign));
  for (const Sign& sign : signs) annotator.path_of(sign);
  for (const Sign& sign : signs) annotator.ties(sign);
  for (const Sign& sign : signs) annotator.chip(sign);
  cairo_restore(pen.cairo());
  draw_legend(pen, annotator, legend, layout,
              {0.0, static_cast<double>(picture.height), static_cast<double>(picture.width), page},
              m, colours);
  if (const auto status = cairo_status(pen.cairo()); status != CAIRO_STATUS_SUCCESS)
    return make_error(ErrorCode::bad_data, "picture of {} x {} pixels: {}", picture.width,
                      picture.height, cairo_status_to_string(status));
  return copied(surface.get());
}

}  // namespace stareval::engine
