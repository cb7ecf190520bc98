#include "engine/draw/layout_dot.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "engine/draw/graphviz.h"
#include "engine/draw/layout_routing_internal.h"
#include "engine/draw/layout_start_internal.h"

namespace stareval::engine {
namespace {

constexpr double kMargin = 26.0;  // at zoom 1, between what is drawn and the border

Rect including(const Rect& r, Point p) {
  return {std::min(r.left, p.x), std::min(r.top, p.y), std::max(r.right, p.x),
          std::max(r.bottom, p.y)};
}

// Cuts the beginning of the chain off where it leaves the node for the first time.
void cut_beginning(std::vector<Cubic>& chain, const NodePlace& node, double margin) {
  constexpr int kHalvings = 20;
  const auto leaves = std::find_if(chain.begin(), chain.end(), [&](const Cubic& piece) {
    return !inside_outline(node, piece.p[3], margin);
  });
  chain.erase(chain.begin(), leaves);
  if (chain.empty()) return;
  double in = 0.0;
  double out = 1.0;
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = (in + out) * 0.5;
    (inside_outline(node, chain.front().at(middle), margin) ? in : out) = middle;
  }
  chain.front() = chain.front().part(out, 1.0);
}

void reverse(std::vector<Cubic>& chain) {
  std::reverse(chain.begin(), chain.end());
  for (Cubic& piece : chain) std::reverse(piece.p.begin(), piece.p.end());
}

// The last curve carries the head of the arrow, and must be longer than that.
void lengthen_last(std::vector<Cubic>& chain, double least) {
  while (chain.size() > 1 && length(chain.back().p[3] - chain.back().p[0]) < least) {
    const Cubic last = chain.back();
    chain.pop_back();
    const Cubic before = chain.back();
    const bool split = length(before.p[3] - before.p[0]) > 2.0 * least;
    const Cubic tail = split ? before.part(0.5, 1.0) : before;
    const double reach = length(last.p[3] - tail.p[0]) / 3.0;
    const Cubic joined = {{tail.p[0], tail.p[0] + unit(tail.tangent(0.0)) * reach,
                           last.p[3] - unit(last.tangent(1.0)) * reach, last.p[3]}};
    if (!split) {
      chain.back() = joined;
      continue;
    }
    chain.back() = before.part(0.0, 0.5);
    chain.push_back(joined);
  }
}

class DotBuilder {
 public:
  DotBuilder(const LayoutInput& input, const GraphvizLayout& from) : input_(input), from_(from) {
    out_.layout.width = static_cast<int>(input.canvas.width);
    out_.layout.height = static_cast<int>(input.canvas.height);
    out_.layout.zoom = input.zoom;
    out_.layout.label_place = input.label_place;
  }

  DotLayout build() {
    const Rect bounds = bounds_of_all();
    shift_ = Point{input_.canvas.width * 0.5, input_.canvas.height * 0.5} - bounds.centre();
    const double margin = 2.0 * kMargin * input_.zoom;
    out_.overflow = std::max(bounds.width() / std::max(input_.canvas.width - margin, 1.0),
                             bounds.height() / std::max(input_.canvas.height - margin, 1.0));
    for (std::size_t v = 0; v < input_.nodes.size(); ++v) add_node(v);
    for (std::size_t e = 0; e < input_.links.size(); ++e) add_edge(e);
    add_loops();
    return std::move(out_);
  }

 private:
  [[nodiscard]] Rect bounds_of_all() const {
    Rect r{1e18, 1e18, -1e18, -1e18};
    const auto add_box = [&r](const Rect& box) {
      r = including(including(r, {box.left, box.top}), {box.right, box.bottom});
    };
    for (std::size_t v = 0; v < input_.nodes.size(); ++v)
      add_box(Rect::around(from_.nodes[v], input_.nodes[v]));
    for (std::size_t e = 0; e < input_.links.size(); ++e) {
      if (!from_.routes[e].path.empty() && input_.links[e].label.width > 0.0)
        add_box(Rect::around(from_.routes[e].label, input_.links[e].label));
      for (const Cubic& piece : from_.routes[e].path)
        for (int i = 0; i <= 4; ++i) r = including(r, piece.at(i * 0.25));
    }
    return r;
  }

  void add_node(std::size_t v) {
    const Size size = input_.nodes[v];
    const Point corner = from_.nodes[v] + shift_ - Point{size.width * 0.5, size.height * 0.5};
    const Rect box =
        Rect{0.0, 0.0, size.width, size.height}.moved({std::round(corner.x), std::round(corner.y)});
    out_.layout.nodes.push_back({box, input_.shape, corner_px(input_.shape, size, input_.zoom)});
    centres_.push_back(box.centre());
  }

  void add_edge(std::size_t e) {
    const Link& link = input_.links[e];
    EdgePlace edge{link.from, link.to, {}, {}};
    std::vector<Cubic> chain = from_.routes[e].path;
    for (Cubic& piece : chain) piece = piece.moved(shift_);
    chain =
        clip_chain(std::move(chain), place_of(link.from), place_of(link.to), input_.line_px * 0.5);
    lengthen_last(chain, 2.0 * arrow_length_px(input_.zoom));
    if (!chain.empty()) {
      edge.path = chain.back();
      chain.pop_back();
      if (link.label.width > 0.0) edge.label = label_at(e);
    }
    edge.lead = std::move(chain);
    out_.layout.edges.push_back(std::move(edge));
  }

  [[nodiscard]] Rect label_at(std::size_t e) const {
    const Point at = from_.routes[e].label + shift_;
    return Rect::around({std::round(at.x), std::round(at.y)}, input_.links[e].label);
  }

  // The side of least overlap with what is drawn already.
  void add_loops() {
    const auto fans = fans_of(input_.links);
    for (std::size_t e = 0; e < input_.links.size(); ++e) {
      const Link& link = input_.links[e];
      if (link.from != link.to) continue;
      double least = 1e18;
      for (const int side : {1, 3, 0, 2}) {
        LinkChoice choice;
        choice.side = side;
        const Route route = route_link(input_, link, fans[e], choice, centres_);
        const double cost = clutter(e, route);
        if (cost >= least) continue;
        least = cost;
        const NodePlace& node = place_of(link.from);
        out_.layout.edges[e].path = clip_to_outlines(route.full, node, node, input_.line_px * 0.5);
        out_.layout.edges[e].label = route.label;
      }
    }
  }

  [[nodiscard]] double clutter(std::size_t loop, const Route& route) const {
    const Rect canvas = {0.0, 0.0, input_.canvas.width, input_.canvas.height};
    double cost = canvas.contains(route.bounds.grown(4.0)) ? 0.0 : 1e6;
    for (std::size_t v = 0; v < out_.layout.nodes.size(); ++v)
      if (static_cast<int>(v) != input_.links[loop].from)
        cost += overlap_area(route.bounds, out_.layout.nodes[v].box);
    for (std::size_t e = 0; e < out_.layout.edges.size(); ++e)
      if (e != loop) cost += edge_clutter(out_.layout.edges[e], route.bounds);
    return cost;
  }

  static double edge_clutter(const EdgePlace& edge, const Rect& box) {
    double cost = overlap_area(box, edge.label);
    const auto along = [&](const Cubic& piece) {
      for (int i = 1; i <= 8; ++i)
        cost += 20.0 * length_inside(piece.at((i - 1) / 8.0), piece.at(i / 8.0), box);
    };
    for (const Cubic& piece : edge.lead) along(piece);
    along(edge.path);
    return cost;
  }

  [[nodiscard]] const NodePlace& place_of(int node) const {
    return out_.layout.nodes[static_cast<std::size_t>(node)];
  }

  const LayoutInput& input_;
  const GraphvizLayout& from_;
  Point shift_;
  std::vector<Point> centres_;
  DotLayout out_;
};

// Stretches the points so that they fill the room, one axis at most twice as much as the other.
std::vector<Point> fitted(std::vector<Point> points, const Rect& room, double most, bool may_turn) {
  constexpr double kMostUnequal = 2.0;
  Rect bounds{1e18, 1e18, -1e18, -1e18};
  for (const Point p : points) bounds = including(bounds, p);
  if (may_turn && (bounds.width() > bounds.height()) != (room.width() > room.height())) {
    for (Point& p : points) std::swap(p.x, p.y);
    bounds = {bounds.top, bounds.left, bounds.bottom, bounds.right};
  }
  double by_x = std::min(most, room.width() / std::max(bounds.width(), 1.0));
  double by_y = std::min(most, room.height() / std::max(bounds.height(), 1.0));
  const double least = std::min(by_x, by_y);
  by_x = std::min(by_x, least * kMostUnequal);
  by_y = std::min(by_y, least * kMostUnequal);
  for (Point& p : points) {
    const Point d = p - bounds.centre();
    p = room.centre() + Point{d.x * by_x, d.y * by_y};
  }
  return points;
}

}  // namespace

std::vector<Cubic> clip_chain(std::vector<Cubic> chain, const NodePlace& from, const NodePlace& to,
                              double margin) {
  cut_beginning(chain, from, margin);
  reverse(chain);
  cut_beginning(chain, to, margin);
  reverse(chain);
  return chain;
}

Result<DotLayout> lay_out_dot(const LayoutInput& input) {
  STAREVAL_TRY(const GraphvizLayout from, graphviz_dot(input));
  return DotBuilder(input, from).build();
}

Result<std::vector<Point>> graphviz_anchors(const LayoutInput& input, LayoutEngine engine,
                                            std::uint64_t seed) {
  constexpr double kMostScale = 2.2;
  const bool is_dot = engine == LayoutEngine::dot;
  STAREVAL_TRY(GraphvizLayout from,
               is_dot ? graphviz_dot(input) : graphviz_nodes(input, engine, seed));
  return fitted(std::move(from.nodes), inner_canvas(input), kMostScale, !is_dot);
}

}  // namespace stareval::engine
