#include "engine/draw/layout.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/draw/layout_cost_internal.h"
#include "engine/draw/layout_search_internal.h"
#include "engine/draw/layout_start_internal.h"

namespace stareval::engine {
namespace {

constexpr int kStarts = 3;

// The best of some starts after a short search, so that the long search begins well.
LayoutCost best_start(const LayoutInput& input, Random& random) {
  const SearchPlan quick{60, 0.8, 0.2, 60.0};
  LayoutCost best(input, arrange(input, random));
  search(best, input, quick, random);
  double least = best.total();
  const int starts = input.anchors.empty() ? kStarts : 1;
  for (int i = 1; i < starts; ++i) {
    LayoutCost next(input, arrange(input, random));
    search(next, input, quick, random);
    const double cost = next.total();
    if (cost >= least) continue;
    least = cost;
    best = std::move(next);
  }
  return best;
}

Rect content_bounds(const LayoutCost& cost, const LayoutInput& input) {
  Rect all = Rect::around(cost.placement().centres[0], input.nodes[0]);
  for (std::size_t v = 1; v < input.nodes.size(); ++v)
    all = united(all, Rect::around(cost.placement().centres[v], input.nodes[v]));
  for (const Route& route : cost.routes())
    all = {std::min(all.left, route.bounds.left), std::min(all.top, route.bounds.top),
           std::max(all.right, route.bounds.right), std::max(all.bottom, route.bounds.bottom)};
  return all;
}

// Moves and stretches everything about the middle of what is drawn, which comes to the middle of
// the canvas.
void spread_by(LayoutCost& cost, const LayoutInput& input, Point factor) {
  const Point middle = {input.canvas.width * 0.5, input.canvas.height * 0.5};
  const Point old_middle = content_bounds(cost, input).centre();
  Placement next = cost.placement();
  for (std::vector<Point>* points : {&next.centres, &next.anchors})
    for (Point& p : *points) {
      const Point d = p - old_middle;
      p = middle + Point{d.x * factor.x, d.y * factor.y};
    }
  cost.place_all(std::move(next));
}

// Centres what is drawn, so that opposite margins are equal, and spreads it where there is room.
void balance(LayoutCost& cost, const LayoutInput& input) {
  constexpr double kMostSpread = 1.35;
  const Rect bounds = content_bounds(cost, input);
  const double margin = 52.0 * input.zoom;
  const double by_x = (input.canvas.width - 2.0 * margin) / bounds.width();
  const double by_y = (input.canvas.height - 2.0 * margin) / bounds.height();
  spread_by(cost, input, {std::clamp(by_x, 1.0, kMostSpread), std::clamp(by_y, 1.0, kMostSpread)});
}

// Boxes get whole left and top, so that pictures and frames are crisp.
void snap_to_pixels(LayoutCost& cost, const LayoutInput& input) {
  Placement next = cost.placement();
  for (std::size_t v = 0; v < next.centres.size(); ++v) {
    const Point half = {input.nodes[v].width * 0.5, input.nodes[v].height * 0.5};
    const Point corner = next.centres[v] - half;
    next.centres[v] = Point{std::round(corner.x), std::round(corner.y)} + half;
  }
  cost.place_all(std::move(next));
}

Layout finished(const LayoutCost& cost, const LayoutInput& input) {
  Layout layout;
  layout.width = static_cast<int>(input.canvas.width);
  layout.height = static_cast<int>(input.canvas.height);
  layout.zoom = input.zoom;
  layout.label_place = input.label_place;
  for (std::size_t v = 0; v < input.nodes.size(); ++v)
    layout.nodes.push_back({Rect::around(cost.placement().centres[v], input.nodes[v]), input.shape,
                            corner_px(input.shape, input.nodes[v], input.zoom)});
  const double margin = input.line_px * 0.5;
  for (std::size_t e = 0; e < input.links.size(); ++e) {
    const Link& link = input.links[e];
    const Cubic path =
        clip_to_outlines(cost.routes()[e].full, layout.nodes[static_cast<std::size_t>(link.from)],
                         layout.nodes[static_cast<std::size_t>(link.to)], margin);
    layout.edges.push_back({link.from, link.to, path, cost.routes()[e].label});
  }
  return layout;
}

}  // namespace

Layout lay_out(const LayoutInput& input, Random& random) {
  LayoutCost cost = best_start(input, random);
  const auto moves = [&](double base) { return static_cast<int>(base * input.effort); };
  search(cost, input, {moves(280.0), 1.5, 0.2, 120.0}, random);
  settle_links(cost, input);
  search(cost, input, {moves(80.0), 0.4, 0.0, 40.0}, random);
  balance(cost, input);
  search(cost, input, {moves(70.0), 0.0, 0.0, 20.0}, random);
  spread_by(cost, input, {1.0, 1.0});
  snap_to_pixels(cost, input);
  settle_links(cost, input);
  return finished(cost, input);
}

}  // namespace stareval::engine
