// Where captions stand: beside their anchors, off each other and off what is drawn.
// Method  each caption takes the cheapest of some hundred places around its anchor, given those of
//         the others, in turns; what a place hides is the sum over a coarse grid.
// Thread  values; place_captions() is a pure function.
#pragma once

#include <span>
#include <vector>

#include "engine/draw/bitmap.h"
#include "engine/draw/geometry.h"

namespace stareval::engine {

// What it costs to hide a part of a picture, per pixel, summed up in cells of some pixels.
class CoverCost {
 public:
  // Drawn lines and letters cost by their edges.
  explicit CoverCost(const Bitmap& picture);

  // So much more for each pixel of the box. Not after sum_up().
  void add(const Rect& box, double cost);
  void add_line(Point from, Point to, double cost);

  void sum_up();

  // Cost of hiding the box. Only after sum_up().
  [[nodiscard]] double of(const Rect& box) const;

  [[nodiscard]] Rect bounds() const { return bounds_; }

 private:
  [[nodiscard]] std::size_t index(int column, int row) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_ + 1) +
           static_cast<std::size_t>(column);
  }
  [[nodiscard]] double sum_before(double x, double y) const;

  Rect bounds_;
  double cell_ = 2.0;  // pixels
  int columns_ = 0;
  int rows_ = 0;
  std::vector<double> cells_;  // (rows + 1) x (columns + 1); the first row and column are zero
};

struct Caption {
  Rect anchor;
  Size size;  // zero: none
};

// A box for each caption, within the bounds where it fits them; empty for one without a size.
// `gap`: pixels between a caption and its anchor.
// Cost    about 5 ms for 30 captions; grows with the square of their number up to kMostPlaced, and
//         linearly beyond, where the rest stands above its anchors whatever is there.
std::vector<Rect> place_captions(const CoverCost& cover, std::span<const Caption> captions,
                                 double gap);

constexpr std::size_t kMostPlaced = 300;

// Distance between the boxes; 0 where they overlap.
double distance_between(const Rect& a, const Rect& b);

// The point of the box that is nearest to p.
Point nearest_point(const Rect& box, Point p);

}  // namespace stareval::engine
