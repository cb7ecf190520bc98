// From positions to paths: each link becomes a straight line or a curve between the borders of two
// boxes, with its label on it. Parallel links fan out; self-loops stand on a side of their node.
// Thread  pure functions.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "engine/draw/layout.h"

namespace stareval::engine {

// What the search may choose about one link.
struct LinkChoice {
  int place = 0;  // index into label_places()
  int bend = 0;   // -1, 0, 1: how a link without parallels curves; see bend_of()
  int side = 0;   // 0 ... 3: top, right, bottom, left; where a self-loop stands. Of another link
                  // whose label stands beside it: on the left where even, on the right where odd
  int start = 0;  // -1, 0, 1: to which side of the centre it leaves its first node
  int end = 0;    // -1, 0, 1: and where it enters its second one
};

struct Fan {
  double rank = 0.0;  // of a link among its parallels: ... -1, 0, 1 ... or ... -0.5, 0.5 ...
  int index = 0;      // the same, counted from 0
  int count = 1;      // parallels in all, this one with them
};

struct Route {
  static constexpr int kMaxPoints = 7;

  Cubic full;                              // from centre to centre
  Cubic path;                              // between the borders of the boxes
  std::array<Point, kMaxPoints> points{};  // the path as a chain of segments
  int point_count = 0;
  double length = 0.0;
  Point leaves_from;  // unit directions in which the path leaves its two nodes
  Point leaves_to;
  Rect label;
  Rect path_bounds;
  Rect bounds;  // of path and label

  [[nodiscard]] std::span<const Point> chain() const {
    return {points.data(), static_cast<std::size_t>(point_count)};
  }
};

// Places of a label along its edge, as parts of its length, the best first.
std::span<const double> label_places();

// Rise of a link without parallels over its chord, to the right of its way, as a part of the chord.
// Straight links rise only where they must; curved ones may rise to the other side.
double bend_of(const LayoutInput& input, int bend);

// The fan of each link.
std::vector<Fan> fans_of(const std::vector<Link>& links);

// The route of one link; `centres` are those of all nodes.
Route route_link(const LayoutInput& input, const Link& link, const Fan& fan,
                 const LinkChoice& choice, std::span<const Point> centres);

}  // namespace stareval::engine
