// Draws marks: what each consists of, and one function for each part of it.
// Lengths grow with the picture, in units of Measures::unit.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <vector>

#include "engine/draw/annotate_internal.h"
#include "engine/draw/pen_internal.h"

namespace stareval::engine {

// All lengths, in pixels, for a picture of this size.
struct Measures {
  explicit Measures(const Bitmap& picture) {
    const double side = std::sqrt(static_cast<double>(picture.width) * picture.height);
    px = static_cast<int>(std::clamp(std::round(side / 75.0), 11.0, 60.0));
    unit = px / 12.0;
  }
  int px = 12;        // of captions
  double unit = 1.0;  // a thin line
};

// A mark with its caption set.
struct Sign {
  const Mark* mark = nullptr;
  Rect box;    // within the picture; empty: none
  Rect inner;  // likewise
  std::vector<Point> path;
  TextBlock caption;
  TextBlock note;
  Rect chip;  // of the caption; empty: none

  [[nodiscard]] bool has_path() const { return path.size() >= 2; }
};

double length_of(const std::vector<Point>& path);

// The point so far along the path, at most its end.
Point point_along(const std::vector<Point>& path, double way);

// What a caption stands beside: the box, or else the middle of the path; empty where there is none.
Rect anchor_of(const Sign& sign);

// Of the box of a caption; zero where there is nothing to say.
Size chip_size(const Sign& sign, const Measures& measures);

// 0, 0, width, height.
Rect whole(const Bitmap& picture);

// Draws signs with one pen.
class Annotator {
 public:
  Annotator(const Pen& pen, const Rect& bounds, const Measures& measures,
            const AnnotationColours& colours)
      : pen_(pen), bounds_(bounds), m_(measures), colours_(colours) {}

  void ground(const Bitmap& picture, std::span<const Sign> signs) const;
  void box(const Rect& box, Colour hue, bool dashed) const;
  void corners(const Rect& box, Colour hue) const;
  void path(const std::vector<Point>& path, Colour hue, bool dashed) const;
  void path_of(const Sign& sign) const;
  void ties(const Sign& sign) const;
  void chip(const Sign& sign) const;

  [[nodiscard]] Colour hue_of(const Sign& sign) const {
    return colours_.hues[sign.mark->hue % kMarkHues];
  }

 private:
  void translucent(Colour c, double part) const {
    cairo_set_source_rgba(pen_.cairo(), c.red / 255.0, c.green / 255.0, c.blue / 255.0, part);
  }
  void dash(bool dashed, double length) const {
    const std::array<double, 2> pattern = {length * m_.unit, length * 0.75 * m_.unit};
    cairo_set_dash(pen_.cairo(), pattern.data(), dashed ? 2 : 0, 0.0);
  }
  // A solid line below, so that the line itself stands out from whatever is drawn.
  void cased(Colour hue, double width, bool dashed) const;
  void head(Point from, Point tip, double size, Colour hue) const;
  void rounded(const Rect& box, double radius) const;
  void tie(Point from, Point to, Colour hue) const;

  const Pen& pen_;
  const Rect bounds_;  // of the picture
  const Measures& m_;
  const AnnotationColours& colours_;
};

}  // namespace stareval::engine
