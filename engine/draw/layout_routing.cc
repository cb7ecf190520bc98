#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "engine/draw/layout_routing_internal.h"

namespace stareval::engine {
namespace {

constexpr std::array<double, 9> kPlaces = {0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74};

// Rise of a bent single link over its chord: enough to be seen as a curve, not as a mistake.
constexpr double kBendRise = 0.14;

// Rise at curvature 1.
constexpr double kMostCurve = 0.2;

// Parallels rise at most by this part of their chord.
constexpr double kMostFanRise = 0.45;

// Between a label and the line that it stands beside, and between it and other lines.
constexpr double kBesideGap = 3.5;
constexpr double kForeignGap = 15.0;

// Parallels begin and end apart, too: by this part of their distance in the middle, and of the
// extent of the node.
constexpr double kFanShift = 0.4;
constexpr double kMostShift = 0.24;

// Where ends would touch, they may be moved by this many pixels at zoom 1.
constexpr double kShift = 14.0;

// Halvings in the search for where a curve leaves a box: about a pixel.
constexpr int kClipSteps = 8;

// Extent of a box when it is looked at along a unit direction.
double extent(Size size, Point direction) {
  return size.width * std::abs(direction.x) + size.height * std::abs(direction.y);
}

// Distance between the middles of two parallel links, so that their labels stand side by side.
double fan_spacing(const LayoutInput& input, const Link& link, Point normal) {
  const double gap = input.label_place == LabelPlace::beside ? kBesideGap + kForeignGap : 8.0;
  return std::max(extent(link.label, normal) + gap * input.zoom, 34.0 * input.zoom);
}

// How far a link keeps from the straight line between the centres of its nodes, to the left.
struct Deviation {
  double middle = 0.0;
  double start = 0.0;
  double end = 0.0;
};

Deviation deviation(const LayoutInput& input, const Link& link, const Fan& fan,
                    const LinkChoice& choice, Point chord) {
  const double size = length(chord);
  const Point normal = perpendicular(unit(chord));
  double side = 0.0;  // by which a link with parallels keeps away from the middle of the fan
  if (fan.count > 1) {
    // The rank is counted in the direction from the lower node to the higher one.
    side = fan.rank * fan_spacing(input, link, normal) * (link.from < link.to ? 1.0 : -1.0);
  }
  const auto at_node = [&](int node, int shift) {
    const double room = kMostShift * extent(input.nodes[static_cast<std::size_t>(node)], normal);
    return std::clamp(side * kFanShift + shift * kShift * input.zoom, -room, room);
  };
  const Deviation off = {0.0, at_node(link.from, choice.start), at_node(link.to, choice.end)};
  const double most = kMostFanRise * size;
  const double middle =
      fan.count > 1 ? std::clamp(side, -most, most) : bend_of(input, choice.bend) * size;
  // What is straight stays straight when its ends move.
  return {middle == 0.0 ? (off.start + off.end) * 0.5 : middle, off.start, off.end};
}

// Part of the way at which a straight line from inside a box leaves it.
double exit_part(const Rect& box, Point from, Point way) {
  const double by_x = way.x == 0.0 ? 1e9 : ((way.x > 0.0 ? box.right : box.left) - from.x) / way.x;
  const double by_y = way.y == 0.0 ? 1e9 : ((way.y > 0.0 ? box.bottom : box.top) - from.y) / way.y;
  return std::min({by_x, by_y, 0.499});
}

NodePlace boxed(Point centre, Size size) { return {Rect::around(centre, size)}; }

// Set points, length and bounds from the path.
void flatten(Route& route, bool straight) {
  route.point_count = straight ? 2 : Route::kMaxPoints;
  const double step = 1.0 / (route.point_count - 1);
  Rect bounds{1e9, 1e9, -1e9, -1e9};
  for (int i = 0; i < route.point_count; ++i) {
    const Point p = route.path.at(i * step);
    bounds = {std::min(bounds.left, p.x), std::min(bounds.top, p.y), std::max(bounds.right, p.x),
              std::max(bounds.bottom, p.y)};
    if (i > 0) route.length += length(p - route.points[static_cast<std::size_t>(i - 1)]);
    route.points[static_cast<std::size_t>(i)] = p;
  }
  route.path_bounds = route.bounds = bounds;
  const auto chain = route.chain();
  route.leaves_from = unit(chain[1] - chain[0]);
  route.leaves_to =
      straight ? Point{} - route.leaves_from : unit(chain[chain.size() - 2] - chain.back());
}

// The part of the path between the tail and the base of the arrow head: half of it looks like the
// middle of the line.
double shaft_part(const Route& route, double zoom) {
  return 1.0 - std::min(0.5, arrow_length_px(zoom) / std::max(route.length, 1.0));
}

// How far the box reaches from its centre along the direction, where its corners count; a long flat
// label beside a slanting line stands off by this.
double reach(Size box, Point direction) { return extent(box, direction) * 0.5; }

void put_label(Route& route, const LayoutInput& input, const Link& link, double t, bool right) {
  if (link.label.width <= 0.0) return;
  Point centre = route.path.at(t);
  if (input.label_place == LabelPlace::beside) {
    const Point out = perpendicular(unit(route.path.tangent(t))) * (right ? 1.0 : -1.0);
    centre = centre + out * (reach(link.label, out) + kBesideGap * input.zoom);
  }
  route.label = Rect::around({std::round(centre.x), std::round(centre.y)}, link.label);
  // Not united(): a straight path may have bounds without area.
  route.bounds = {std::min(route.bounds.left, route.label.left),
                  std::min(route.bounds.top, route.label.top),
                  std::max(route.bounds.right, route.label.right),
                  std::max(route.bounds.bottom, route.label.bottom)};
}

Route straight_route(const NodePlace& from, const NodePlace& to, Point a, Point b) {
  Route route;
  route.full = Cubic::line(a, b);
  const double start = exit_part(from.box, a, b - a);
  const double end = exit_part(to.box, b, a - b);
  route.path = Cubic::line(lerp(a, b, start), lerp(b, a, end));
  flatten(route, true);
  return route;
}

Route route_between(const LayoutInput& input, const Link& link, const Deviation& off, Point a,
                    Point b) {
  const NodePlace from = boxed(a, input.nodes[static_cast<std::size_t>(link.from)]);
  const NodePlace to = boxed(b, input.nodes[static_cast<std::size_t>(link.to)]);
  const Point normal = perpendicular(unit(b - a));
  const Point start = a + normal * off.start;
  const Point end = b + normal * off.end;
  // The middle of the curve lies half way between chord and control point.
  const double up = 2.0 * (off.middle - (off.start + off.end) * 0.5);
  if (up == 0.0) return straight_route(from, to, start, end);
  Route route;
  route.full = Cubic::quadratic(start, lerp(start, end, 0.5) + normal * up, end);
  route.path = clip_to_outlines(route.full, from, to, 0.0, kClipSteps);
  flatten(route, false);
  return route;
}

// A loop rises from one side of its box, far enough for its label to leave both legs to be seen.
Route route_loop(const LayoutInput& input, const Link& link, int side, Point centre) {
  constexpr std::array<Point, 4> kOutward = {{{0, -1}, {1, 0}, {0, 1}, {-1, 0}}};
  const Point out = kOutward[static_cast<std::size_t>(side % 4)];
  const Point along = perpendicular(out);
  const Size box = input.nodes[static_cast<std::size_t>(link.from)];
  const double depth = extent(box, out) * 0.5;
  const double foot = std::min(16.0 * input.zoom, extent(box, along) * 0.3);
  const double inside =
      input.label_place == LabelPlace::on_line ? extent(link.label, out) * 0.5 : 8.0;
  const double apex = depth + inside + 32.0 * input.zoom;
  // The middle of a cubic lies three quarters of the way to its control points; the feet lie half
  // way into the box, so that every outline cuts both legs.
  const double reach = (apex - depth * 0.125) / 0.75;
  const double spread = foot + 26.0 * input.zoom;
  Route route;
  route.full = {{centre + out * (depth * 0.5) + along * -foot,
                 centre + out * reach + along * -spread, centre + out * reach + along * spread,
                 centre + out * (depth * 0.5) + along * foot}};
  const NodePlace node = boxed(centre, box);
  route.path = clip_to_outlines(route.full, node, node, 0.0, kClipSteps);
  flatten(route, false);
  return route;
}

}  // namespace

std::span<const double> label_places() { return kPlaces; }

double bend_of(const LayoutInput& input, int bend) {
  const double rise = kMostCurve * input.curvature;
  if (rise == 0.0) return bend * kBendRise;
  constexpr std::array<double, 3> kParts = {-1.0, 1.0, 1.6};  // for -1, 0, 1
  return kParts[static_cast<std::size_t>(bend + 1)] * rise;
}

std::vector<Fan> fans_of(const std::vector<Link>& links) {
  std::map<std::pair<int, int>, int> counts;
  std::vector<Fan> fans(links.size());
  for (std::size_t i = 0; i < links.size(); ++i)
    fans[i].index = counts[std::minmax({links[i].from, links[i].to})]++;
  for (std::size_t i = 0; i < links.size(); ++i) {
    fans[i].count = counts[std::minmax({links[i].from, links[i].to})];
    fans[i].rank = fans[i].index - (fans[i].count - 1) * 0.5;
  }
  return fans;
}

Route route_link(const LayoutInput& input, const Link& link, const Fan& fan,
                 const LinkChoice& choice, std::span<const Point> centres) {
  const Point a = centres[static_cast<std::size_t>(link.from)];
  const Point b = centres[static_cast<std::size_t>(link.to)];
  const bool loop = link.from == link.to;
  Route route = loop ? route_loop(input, link, choice.side + fan.index, a)
                     : route_between(input, link, deviation(input, link, fan, choice, b - a), a, b);
  // A loop's label stays at its top.
  const double t =
      loop ? 0.5 : kPlaces[static_cast<std::size_t>(choice.place)] * shaft_part(route, input.zoom);
  // And outside of it, where labels stand beside their lines.
  put_label(route, input, link, t, !loop && choice.side % 2 != 0);
  return route;
}

}  // namespace stareval::engine
