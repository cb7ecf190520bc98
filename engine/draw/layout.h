// Where everything stands: boxes of nodes, paths of edges, boxes of labels. Pure geometry; knows
// sizes, not text. Starts from an arrangement (force, circle, grid, random) and goes on with a
// local search on a cost that sees the exact boxes.
// Input   sizes in pixels, canvas in pixels. Nodes are never resized; the caller zooms.
// Output  the same for the same input and random stream, on every machine (geometry.h).
// Cost    about 1 ms for 8 nodes and 10 edges; grows with nodes x edges.
// Thread  pure functions.
#pragma once

#include <vector>

#include "engine/draw/geometry.h"
#include "engine/draw/shape.h"
#include "engine/draw/style.h"
#include "libstareval/base/random.h"

namespace stareval::engine {

struct Link {
  int from = 0;
  int to = 0;
  Size label;  // with its padding; zero where the edge has no label
};

struct LayoutInput {
  Size canvas;
  double zoom = 1.0;     // by which gaps and arrow heads are multiplied
  double line_px = 1.6;  // width of strokes, already zoomed
  double effort = 1.0;   // by which the length of the search is multiplied
  Arrangement arrangement = Arrangement::force;
  Direction direction = Direction::down;  // of dot's ranks
  LabelPlace label_place = LabelPlace::on_line;
  double curvature = 0.0;  // of edges without parallels, as in Style
  bool may_bend = false;   // straight edges may be bent where a line would be a defect
  NodeShape shape = NodeShape::box;
  std::vector<Size> nodes;
  std::vector<Link> links;
  std::vector<Point> anchors;  // where the nodes should stand; empty: as the arrangement says
};

struct EdgePlace {
  int from = 0;
  int to = 0;
  Cubic path;  // to the border of the second node, where the tip is; mostly from that of the first
  Rect label;  // empty where the edge has no label
  std::vector<Cubic> lead = {};  // what comes before `path`, where one curve is not enough

  friend bool operator==(const EdgePlace&, const EdgePlace&) = default;
};

struct Layout {
  int width = 0;
  int height = 0;
  double zoom = 1.0;
  LabelPlace label_place = LabelPlace::on_line;
  std::vector<NodePlace> nodes;
  std::vector<EdgePlace> edges;

  friend bool operator==(const Layout&, const Layout&) = default;
};

// Length of an arrow head from tip to base.
inline double arrow_length_px(double zoom) { return 12.0 * zoom; }

// Lays the graph out. Links must index into nodes.
Layout lay_out(const LayoutInput& input, Random& random);

}  // namespace stareval::engine
