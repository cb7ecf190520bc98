#include "engine/draw/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace stareval::engine {
namespace {

// Smallest gaps in pixels, whatever the zoom.
constexpr double kBoxGap = 2.0;       // between labels, and between label and node
constexpr double kNodeGap = 8.0;      // between two nodes
constexpr double kLineGap = 1.5;      // between a line and a box it does not belong to
constexpr double kSeen = 7.0;         // of a line on each side of its label, head not counted
constexpr double kTipGap = 7.0;       // between the tips of two arrows
constexpr double kMergedGap = 4.0;    // two lines closer than this ...
constexpr double kMergedLength = 40;  // ... for so long look like one
constexpr double kAside = 16.0;       // of a label that stands beside its line from that
constexpr double kNearer = 3.0;       // its own line is nearer than any other by this
constexpr double kStep = 2.0;

using Trace = std::vector<Point>;

// Adds points along the curve, about kStep apart.
void follow(const Cubic& path, Trace& points) {
  const double rough =
      length(path.p[1] - path.p[0]) + length(path.p[2] - path.p[1]) + length(path.p[3] - path.p[2]);
  const int steps = std::clamp(static_cast<int>(rough / kStep), 2, 2000);
  points.reserve(points.size() + static_cast<std::size_t>(steps) + 1);
  for (int i = 0; i <= steps; ++i) points.push_back(path.at(static_cast<double>(i) / steps));
}

Trace trace(const EdgePlace& edge) {
  Trace points;
  for (const Cubic& piece : edge.lead) follow(piece, points);
  follow(edge.path, points);
  return points;
}

bool any_inside(const Trace& points, const Rect& bounds, const Rect& box) {
  if (!overlap(bounds.grown(0.5), box)) return false;
  return std::any_of(points.begin(), points.end(), [&](Point p) { return box.contains(p); });
}

double nearest(const Trace& points, Point to) {
  double least = 1e18;
  for (std::size_t i = 1; i < points.size(); ++i)
    least = std::min(least, distance_to_segment(to, points[i - 1], points[i]));
  return least;
}

double gap_between(Point p, const Rect& box) {
  const double x = std::max({box.left - p.x, p.x - box.right, 0.0});
  const double y = std::max({box.top - p.y, p.y - box.bottom, 0.0});
  return length({x, y});
}

// 0 where a point lies within the box.
double gap_between(const Trace& points, const Rect& box) {
  double least = 1e18;
  for (const Point p : points) least = std::min(least, gap_between(p, box));
  return least;
}

// Every eighth point, and the last one: enough to measure distances between lines.
Trace thinned(const Trace& points) {
  Trace out;
  for (std::size_t i = 0; i + 1 < points.size(); i += 8) out.push_back(points[i]);
  out.push_back(points.back());
  return out;
}

Rect bounds_of(const Trace& points) {
  Rect r{1e18, 1e18, -1e18, -1e18};
  for (const Point p : points)
    r = {std::min(r.left, p.x), std::min(r.top, p.y), std::max(r.right, p.x),
         std::max(r.bottom, p.y)};
  return r;
}

class Check {
 public:
  explicit Check(const Layout& layout)
      : layout_(layout),
        canvas_{0.0, 0.0, static_cast<double>(layout.width), static_cast<double>(layout.height)} {
    for (const EdgePlace& edge : layout.edges) {
      traces_.push_back(trace(edge));
      thin_.push_back(thinned(traces_.back()));
      bounds_.push_back(bounds_of(traces_.back()));
    }
  }

  std::vector<Defect> run() {
    check_nodes();
    for (std::size_t e = 0; e < layout_.edges.size(); ++e) {
      check_label(e);
      check_path(e);
      check_visible(e);
      check_nearness(e);
      for (std::size_t f = e + 1; f < layout_.edges.size(); ++f) check_pair(e, f);
    }
    std::stable_sort(defects_.begin(), defects_.end(),
                     [](const Defect& a, const Defect& b) { return a.kind < b.kind; });
    return std::move(defects_);
  }

 private:
  void add(DefectKind kind, std::size_t first, std::ptrdiff_t second = -1) {
    defects_.push_back({kind, static_cast<int>(first), static_cast<int>(second)});
  }

  void check_nodes() {
    const auto& nodes = layout_.nodes;
    for (std::size_t a = 0; a < nodes.size(); ++a) {
      if (!canvas_.contains(nodes[a].box)) add(DefectKind::node_off_canvas, a);
      for (std::size_t b = a + 1; b < nodes.size(); ++b)
        if (overlap(nodes[a].box.grown(kNodeGap), nodes[b].box))
          add(DefectKind::node_on_node, a, static_cast<std::ptrdiff_t>(b));
    }
  }

  void check_label(std::size_t e) {
    const Rect& label = layout_.edges[e].label;
    if (label.empty()) return;
    if (!canvas_.contains(label)) add(DefectKind::label_off_canvas, e);
    for (std::size_t v = 0; v < layout_.nodes.size(); ++v)
      if (overlap(label.grown(kBoxGap), layout_.nodes[v].box))
        add(DefectKind::label_on_node, e, static_cast<std::ptrdiff_t>(v));
  }

  void check_path(std::size_t e) {
    const EdgePlace& edge = layout_.edges[e];
    for (const Point p : traces_[e]) {
      if (canvas_.contains(p)) continue;
      add(DefectKind::edge_off_canvas, e);
      break;
    }
    for (std::size_t v = 0; v < layout_.nodes.size(); ++v) {
      const int node = static_cast<int>(v);
      if (node == edge.from || node == edge.to) continue;
      if (any_inside(traces_[e], bounds_[e], layout_.nodes[v].box.grown(kLineGap)))
        add(DefectKind::edge_through_node, e, node);
    }
  }

  // Length of the line on both sides of its label, and the label on its own head.
  void check_visible(std::size_t e) {
    const Rect& label = layout_.edges[e].label;
    const Trace& points = traces_[e];
    const double head = arrow_length_px(layout_.zoom);
    double before = 0.0;
    double after = 0.0;
    bool passed = false;
    for (std::size_t i = 1; i < points.size(); ++i) {
      const bool hidden = label.contains(points[i]);
      passed |= hidden;
      if (!hidden) (passed ? after : before) += length(points[i] - points[i - 1]);
    }
    if (label.empty() || layout_.label_place == LabelPlace::beside) after = before;
    if (before < kSeen || after < kSeen + head) add(DefectKind::edge_hidden, e);
  }

  // A label on its line touches that; one beside it does not, but no other line is as near.
  void check_nearness(std::size_t e) {
    const Rect& label = layout_.edges[e].label;
    if (label.empty()) return;
    const double own = gap_between(traces_[e], label);
    if (layout_.label_place == LabelPlace::on_line) {
      if (own > 0.0) add(DefectKind::label_strays, e);
      return;
    }
    if (own <= 0.0) add(DefectKind::edge_through_label, e, static_cast<std::ptrdiff_t>(e));
    if (own > kAside * layout_.zoom) add(DefectKind::label_strays, e);
    for (std::size_t f = 0; f < traces_.size(); ++f) {
      if (f == e || !overlap(bounds_[f].grown(own + kNearer), label)) continue;
      if (gap_between(traces_[f], label) < own + kNearer)
        add(DefectKind::label_strays, e, static_cast<std::ptrdiff_t>(f));
    }
  }

  // Is the head of `e` under the label of `f`?
  void check_tip(std::size_t e, std::size_t f) {
    const Rect& label = layout_.edges[f].label;
    if (label.empty()) return;
    const Point tip = layout_.edges[e].path.p[3];
    const Point back = unit(layout_.edges[e].path.tangent(1.0));
    for (const double part : {0.0, 0.5, 1.0}) {
      const Point p = tip - back * (arrow_length_px(layout_.zoom) * part);
      if (!label.grown(3.0).contains(p)) continue;
      add(DefectKind::tip_hidden, e, static_cast<std::ptrdiff_t>(f));
      return;
    }
  }

  void check_pair(std::size_t e, std::size_t f) {
    const EdgePlace& one = layout_.edges[e];
    const EdgePlace& two = layout_.edges[f];
    const auto second = static_cast<std::ptrdiff_t>(f);
    const bool labelled = !one.label.empty() && !two.label.empty();
    if (labelled && overlap(one.label.grown(kBoxGap), two.label))
      add(DefectKind::label_on_label, e, second);
    check_line_on_label(e, f);
    check_line_on_label(f, e);
    if (length(one.path.p[3] - two.path.p[3]) < kTipGap) add(DefectKind::tip_hidden, e, second);
    check_tip(e, f);
    check_tip(f, e);
    check_merged(e, f);
  }

  void check_line_on_label(std::size_t line, std::size_t label) {
    const Rect& box = layout_.edges[label].label;
    if (!box.empty() && any_inside(traces_[line], bounds_[line], box.grown(kLineGap)))
      add(DefectKind::edge_through_label, line, static_cast<std::ptrdiff_t>(label));
  }

  void check_merged(std::size_t e, std::size_t f) {
    const Rect near_f = bounds_[f].grown(kMergedGap);
    if (!overlap(bounds_[e].grown(kMergedGap), near_f)) return;
    double along = 0.0;
    for (std::size_t i = 1; i < thin_[e].size(); ++i)
      if (near_f.contains(thin_[e][i]) && nearest(thin_[f], thin_[e][i]) < kMergedGap)
        along += length(thin_[e][i] - thin_[e][i - 1]);
    if (along > kMergedLength) add(DefectKind::edge_merged, e, static_cast<std::ptrdiff_t>(f));
  }

  const Layout& layout_;
  Rect canvas_;
  std::vector<Trace> traces_;
  std::vector<Trace> thin_;
  std::vector<Rect> bounds_;
  std::vector<Defect> defects_;
};

}  // namespace

std::vector<Defect> find_defects(const Layout& layout) { return Check(layout).run(); }

std::string to_string(const Defect& defect) {
  const int a = defect.first;
  const int b = defect.second;
  switch (defect.kind) {
    case DefectKind::node_off_canvas: return fmt::format("node {} off the canvas", a);
    case DefectKind::node_on_node: return fmt::format("node {} on node {}", a, b);
    case DefectKind::label_off_canvas: return fmt::format("label of edge {} off the canvas", a);
    case DefectKind::label_on_node: return fmt::format("label of edge {} on node {}", a, b);
    case DefectKind::label_on_label:
      return fmt::format("label of edge {} on that of edge {}", a, b);
    case DefectKind::edge_off_canvas: return fmt::format("edge {} off the canvas", a);
    case DefectKind::edge_through_node: return fmt::format("edge {} through node {}", a, b);
    case DefectKind::edge_through_label:
      return fmt::format("edge {} through the label of edge {}", a, b);
    case DefectKind::label_strays:
      return b < 0 ? fmt::format("label of edge {} away from its line", a)
                   : fmt::format("label of edge {} as near to edge {}", a, b);
    case DefectKind::edge_merged: return fmt::format("edge {} along edge {}", a, b);
    case DefectKind::edge_hidden: return fmt::format("edge {} hidden by its label", a);
    case DefectKind::tip_hidden: return fmt::format("head of edge {} hidden by edge {}", a, b);
  }
  return "unknown defect";
}

}  // namespace stareval::engine
