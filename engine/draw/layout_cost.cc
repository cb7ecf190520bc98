#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/draw/layout_cost_internal.h"

namespace stareval::engine {
namespace {

// Cosines of the angles below which two lines at one node count as merged, or as close.
constexpr double kCosMerged = 0.9848;  // 10 degrees
constexpr double kCosClose = 0.9063;   // 25 degrees

// Gaps in pixels at zoom 1.
constexpr double kNodeGap = 34.0;
constexpr double kLineToNode = 12.0;
constexpr double kLabelToNode = 9.0;
constexpr double kLabelToLabel = 7.0;
constexpr double kLineToLabel = 6.0;
constexpr double kLineToLabelBeside = 12.0;  // more, to be nearer to its own line
constexpr double kTipToTip = 18.0;
constexpr double kNearEnd = 45.0;       // where lines from one node should have parted
constexpr double kLineEachSide = 17.0;  // to be seen of a line beside its label
constexpr double kCanvasMargin = 14.0;

// Does a segment lie all to one side of the box?
bool beside(Point a, Point b, const Rect& box) {
  return (a.x < box.left && b.x < box.left) || (a.x > box.right && b.x > box.right) ||
         (a.y < box.top && b.y < box.top) || (a.y > box.bottom && b.y > box.bottom);
}

double chain_inside(const Route& route, const Rect& box) {
  if (!overlap(route.path_bounds.grown(0.5), box)) return 0.0;
  double inside = 0.0;
  const auto chain = route.chain();
  for (std::size_t i = 1; i < chain.size(); ++i) {
    if (!beside(chain[i - 1], chain[i], box)) inside += length_inside(chain[i - 1], chain[i], box);
  }
  return inside;
}

double anchor_weight(const LayoutInput& input, const CostWeights& weights) {
  if (!input.anchors.empty()) return weights.given_anchor;
  const bool free =
      input.arrangement == Arrangement::force || input.arrangement == Arrangement::random;
  return free ? 0.0 : weights.anchor;
}

}  // namespace

LayoutCost::LayoutCost(const LayoutInput& input, Start start)
    : input_(&input),
      anchor_weight_(anchor_weight(input, weights_)),
      fans_(fans_of(input.links)),
      links_of_(input.nodes.size()),
      wanted_(std::move(start.distances)),
      boxes_(input.nodes.size()),
      routes_(input.links.size()),
      node_cost_(input.nodes.size()),
      link_cost_(input.links.size()),
      node_pair_cost_(input.nodes.size() * input.nodes.size()),
      link_node_cost_(input.links.size() * input.nodes.size()),
      link_pair_cost_(input.links.size() * input.links.size()) {
  for (std::size_t e = 0; e < input.links.size(); ++e) {
    const Link& link = input.links[e];
    links_of_[index(link.from)].push_back(e);
    if (link.from != link.to) links_of_[index(link.to)].push_back(e);
  }
  place_all({start.centres, start.centres, std::vector<LinkChoice>(input.links.size())});
}

void LayoutCost::place_all(Placement placement) {
  now_ = std::move(placement);
  for (std::size_t v = 0; v < boxes_.size(); ++v) put_node(v, now_.centres[v]);
  for (std::size_t e = 0; e < routes_.size(); ++e) reroute(e);
  for (std::size_t v = 0; v < boxes_.size(); ++v) update_node(v);
  for (std::size_t e = 0; e < routes_.size(); ++e) update_link(e);
  keep();
}

void LayoutCost::put_node(std::size_t v, Point centre) {
  const Rect room = room_for(*input_, input_->nodes[v]);
  now_.centres[v] = {std::clamp(centre.x, room.left, room.right),
                     std::clamp(centre.y, room.top, room.bottom)};
  boxes_[v] = Rect::around(now_.centres[v], input_->nodes[v]);
}

void LayoutCost::reroute(std::size_t e) {
  routes_[e] = route_link(*input_, input_->links[e], fans_[e], now_.choices[e], now_.centres);
}

void LayoutCost::set(double& cost, double value) {
  if (cost == value) return;
  old_costs_.push_back({&cost, cost});
  total_ += value - cost;
  cost = value;
}

void LayoutCost::update_node(std::size_t v) {
  const std::size_t n = boxes_.size();
  set(node_cost_[v], node_alone(v));
  for (std::size_t u = 0; u < n; ++u) {
    if (u == v) continue;
    const auto [low, high] = std::minmax(u, v);
    set(node_pair_cost_[low * n + high], node_pair(low, high));
  }
  const int node = static_cast<int>(v);
  for (std::size_t e = 0; e < routes_.size(); ++e) {
    const Link& link = input_->links[e];
    if (link.from == node || link.to == node) continue;  // update_link() follows for these
    set(link_node_cost_[e * n + v], link_node(e, v));
  }
}

void LayoutCost::update_link(std::size_t e) {
  const std::size_t n = boxes_.size();
  const std::size_t m = routes_.size();
  set(link_cost_[e], link_alone(e));
  for (std::size_t v = 0; v < n; ++v) set(link_node_cost_[e * n + v], link_node(e, v));
  for (std::size_t f = 0; f < m; ++f) {
    if (f == e) continue;
    const auto [low, high] = std::minmax(e, f);
    set(link_pair_cost_[low * m + high], link_pair(low, high));
  }
}

void LayoutCost::move_node(int node, Point centre) {
  const std::size_t v = index(node);
  old_nodes_.push_back({v, now_.centres[v], now_.anchors[v]});
  put_node(v, centre);
  for (const std::size_t e : links_of_[v]) {
    old_links_.push_back({e, now_.choices[e], routes_[e]});
    reroute(e);
  }
  update_node(v);
  for (const std::size_t e : links_of_[v]) update_link(e);
}

void LayoutCost::swap_nodes(int a, int b) {
  const Point at_a = now_.centres[index(a)];
  const Point at_b = now_.centres[index(b)];
  old_nodes_.push_back({index(a), at_a, now_.anchors[index(a)]});
  old_nodes_.push_back({index(b), at_b, now_.anchors[index(b)]});
  std::swap(now_.anchors[index(a)], now_.anchors[index(b)]);
  move_node(a, at_b);
  move_node(b, at_a);
}

void LayoutCost::choose(int link, LinkChoice choice) {
  const std::size_t e = index(link);
  old_links_.push_back({e, now_.choices[e], routes_[e]});
  now_.choices[e] = choice;
  reroute(e);
  update_link(e);
}

void LayoutCost::keep() {
  kept_total_ = total_;
  old_costs_.clear();
  old_nodes_.clear();
  old_links_.clear();
}

void LayoutCost::undo() {
  // Backwards, so that what was changed twice gets its first value.
  for (auto old = old_costs_.rbegin(); old != old_costs_.rend(); ++old) *old->at = old->value;
  for (auto old = old_nodes_.rbegin(); old != old_nodes_.rend(); ++old) {
    now_.centres[old->node] = old->centre;
    now_.anchors[old->node] = old->anchor;
    boxes_[old->node] = Rect::around(old->centre, input_->nodes[old->node]);
  }
  for (auto old = old_links_.rbegin(); old != old_links_.rend(); ++old) {
    now_.choices[old->link] = old->choice;
    routes_[old->link] = old->route;
  }
  total_ = kept_total_;
  keep();
}

double LayoutCost::box_on_box(const Rect& a, const Rect& b, double gap) const {
  const Rect grown = a.grown(gap * input_->zoom);
  if (!overlap(grown, b)) return 0.0;
  const double depth = std::min(
      {grown.right - b.left, b.right - grown.left, grown.bottom - b.top, b.bottom - grown.top});
  const double close = weights_.closeness * std::min(2.0, depth / (gap * input_->zoom));
  if (!overlap(a.grown(1.5), b)) return close;
  return close + weights_.defect * (1.0 + depth / (40.0 * input_->zoom));
}

double LayoutCost::line_through(const Route& route, const Rect& box, double gap) const {
  const double near = chain_inside(route, box.grown(gap * input_->zoom));
  if (near <= 0.0) return 0.0;
  const double scale = 1.0 / (60.0 * input_->zoom);
  const double close = weights_.closeness * (0.5 + std::min(1.0, near * scale));
  const double within = chain_inside(route, box.grown(2.0));
  return within <= 0.0 ? close : close + weights_.defect * (1.0 + within * scale);
}

double LayoutCost::node_alone(std::size_t v) const {
  if (anchor_weight_ == 0.0) return 0.0;
  const Point d = (now_.centres[v] - now_.anchors[v]) * (1.0 / (60.0 * input_->zoom));
  return anchor_weight_ * dot(d, d);
}

double LayoutCost::node_pair(std::size_t a, std::size_t b) const {
  double cost = box_on_box(boxes_[a], boxes_[b], kNodeGap);
  if (wanted_.empty()) return cost;
  const double want = wanted_[a * input_->nodes.size() + b];
  const double off =
      stretched_distance(input_->canvas, now_.centres[a], now_.centres[b]) / want - 1.0;
  // Far pairs may come closer than wanted, and near pairs may not: all weigh the same in parts.
  return cost + weights_.stress * 2.0 * off * off;
}

double LayoutCost::off_canvas(const Route& route) const {
  const double margin = kCanvasMargin * input_->zoom;
  const Rect canvas = {margin, margin, input_->canvas.width - margin,
                       input_->canvas.height - margin};
  const double out =
      std::max({canvas.left - route.bounds.left, canvas.top - route.bounds.top,
                route.bounds.right - canvas.right, route.bounds.bottom - canvas.bottom, 0.0});
  return out == 0.0 ? 0.0 : weights_.defect + out * 0.1;
}

double LayoutCost::link_alone(std::size_t e) const {
  const Link& link = input_->links[e];
  const Route& route = routes_[e];
  double cost = off_canvas(route);
  if (input_->label_place == LabelPlace::beside && !route.label.empty())
    cost += line_through(route, route.label, 1.0);
  if (link.from == link.to) return cost;
  cost += weights_.label_place * now_.choices[e].place;
  if (now_.choices[e].bend != 0) cost += weights_.bend;
  cost += weights_.shift *
          ((now_.choices[e].start != 0 ? 1.0 : 0.0) + (now_.choices[e].end != 0 ? 1.0 : 0.0));
  const Point along = unit(route.path.p[3] - route.path.p[0]);
  // The part of the line that its label hides, or would hide on it: beside it, it needs as much.
  const double hidden = std::min(link.label.width / std::max(std::abs(along.x), 1e-6),
                                 link.label.height / std::max(std::abs(along.y), 1e-6));
  const double need = hidden + 2.0 * kLineEachSide * input_->zoom + arrow_length_px(input_->zoom);
  // A label away from the middle needs more.
  const double place = label_places()[index(now_.choices[e].place)];
  const double shorter = 2.0 * std::min(place, 1.0 - place) * route.length;
  if (shorter < need) cost += weights_.short_link * (0.2 + (need - shorter) / need);
  if (wanted_.empty() && route.length > 2.2 * need)
    cost += weights_.long_link * (route.length / need - 2.2);
  return cost;
}

double LayoutCost::link_node(std::size_t e, std::size_t v) const {
  const Link& link = input_->links[e];
  const Route& route = routes_[e];
  const double reach = (kLineToNode + 1.0) * input_->zoom;
  if (!overlap(route.bounds.grown(reach), boxes_[v])) return 0.0;
  double cost = 0.0;
  if (!route.label.empty()) cost += box_on_box(route.label, boxes_[v], kLabelToNode);
  const bool foreign = index(link.from) != v && index(link.to) != v;
  return foreign ? cost + line_through(route, boxes_[v], kLineToNode) : cost;
}

// Two lines that meet at a node: neither their ends nor their first pieces may be close together.
double LayoutCost::close_ends(const Route& one, bool one_start, const Route& two,
                              bool two_start) const {
  const Point way_one = one_start ? one.leaves_from : one.leaves_to;
  const Point way_two = two_start ? two.leaves_from : two.leaves_to;
  const Point apart = one.path.p[one_start ? 0 : 3] - two.path.p[two_start ? 0 : 3];
  const Point later = apart + (way_one - way_two) * (kNearEnd * input_->zoom);
  double cost = 0.0;
  const double cosine = dot(way_one, way_two);
  if (cosine > kCosClose) cost += weights_.closeness * (cosine > kCosMerged ? 1.0 : 0.3);
  const double gap = length(apart) / (kTipToTip * input_->zoom);
  if (gap < 1.0) cost += weights_.merge * (1.0 - gap);
  const double later_gap = length(later) / (kTipToTip * input_->zoom);
  if (later_gap < 1.0) cost += weights_.merge * (1.0 - later_gap);
  return cost;
}

double LayoutCost::ends_at_one_node(std::size_t e, std::size_t f) const {
  const Link& a = input_->links[e];
  const Link& b = input_->links[f];
  if (std::minmax({a.from, a.to}) == std::minmax({b.from, b.to})) return 0.0;
  double cost = 0.0;
  for (const bool a_start : {true, false})
    for (const bool b_start : {true, false})
      if ((a_start ? a.from : a.to) == (b_start ? b.from : b.to))
        cost += close_ends(routes_[e], a_start, routes_[f], b_start);
  return cost;
}

double LayoutCost::lines_crossing(std::size_t e, std::size_t f) const {
  const auto one = routes_[e].chain();
  const auto two = routes_[f].chain();
  const Rect near_two = routes_[f].path_bounds.grown(0.5);
  if (!overlap(routes_[e].path_bounds.grown(0.5), near_two)) return 0.0;
  double cost = 0.0;
  for (std::size_t i = 1; i < one.size(); ++i) {
    if (beside(one[i - 1], one[i], near_two)) continue;
    for (std::size_t j = 1; j < two.size(); ++j) {
      if (!segments_cross(one[i - 1], one[i], two[j - 1], two[j])) continue;
      const double cosine = dot(unit(one[i] - one[i - 1]), unit(two[j] - two[j - 1]));
      cost += weights_.crossing;
      if (std::abs(cosine) > kCosClose) cost += weights_.flat_crossing;
      if (std::abs(cosine) > kCosMerged) cost += weights_.merge;
    }
  }
  return cost;
}

double LayoutCost::link_pair(std::size_t e, std::size_t f) const {
  const Route& one = routes_[e];
  const Route& two = routes_[f];
  if (!overlap(one.bounds.grown(13.0 * input_->zoom), two.bounds)) return 0.0;
  double cost = ends_at_one_node(e, f) + lines_crossing(e, f);
  if (!one.label.empty() && !two.label.empty())
    cost += box_on_box(one.label, two.label, kLabelToLabel);
  const double gap = input_->label_place == LabelPlace::beside ? kLineToLabelBeside : kLineToLabel;
  if (!one.label.empty()) cost += line_through(two, one.label, gap);
  if (!two.label.empty()) cost += line_through(one, two.label, gap);
  return cost;
}

}  // namespace stareval::engine
