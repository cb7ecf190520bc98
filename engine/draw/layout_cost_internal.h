// Cost of a layout, and the part of it that changes when some nodes or links move.
// The cost is a sum over nodes, links and pairs of them; weights are in CostWeights.
// Thread  one LayoutCost for one thread.
#pragma once

#include <span>
#include <vector>

#include "engine/draw/layout.h"
#include "engine/draw/layout_routing_internal.h"
#include "engine/draw/layout_start_internal.h"

namespace stareval::engine {

// A cost of about 1 is an ugliness; from 5 on, it is a defect that the check would report.
// Chosen by the defect rate over some thousand random scenes, and by eye.
struct CostWeights {
  double defect = 6.0;         // boxes that overlap, lines through boxes
  double closeness = 1.6;      // the same, but only nearly so
  double crossing = 1.1;       // of two lines
  double flat_crossing = 0.9;  // more, where they cross at less than about 25 degrees
  double merge = 5.0;          // two lines at one node that begin or go on too close
  double short_link = 5.0;     // no room for label and arrow head
  double bend = 0.7;           // a curve where a line would do
  double shift = 0.15;         // an end that does not point to the centre of its node
  double label_place = 0.09;   // for each step away from the middle
  double stress = 1.0;         // difference from wanted distances
  double anchor = 0.3;         // distance from the place that the arrangement gave
  double given_anchor = 2.0;   // the same, from a place that the input gave
  double long_link = 0.25;     // lines longer than they need be, where there is no stress
};

// All that the search may change.
struct Placement {
  std::vector<Point> centres;
  std::vector<Point> anchors;  // where the arrangement would have the nodes
  std::vector<LinkChoice> choices;
};

// A layout under search. Each change is made at once, and can be taken back as long as keep() was
// not called; the costs of all pairs are stored, so that a change costs only what it touches.
class LayoutCost {
 public:
  // `input` must outlive this.
  LayoutCost(const LayoutInput& input, Start start);

  [[nodiscard]] const Placement& placement() const { return now_; }
  [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }
  [[nodiscard]] double total() const { return total_; }

  // Moves a node, within its room on the canvas, and its links with it.
  void move_node(int node, Point centre);
  // Exchanges the places of two nodes, and what they are anchored to.
  void swap_nodes(int a, int b);
  void choose(int link, LinkChoice choice);
  // Replaces everything, which can't be taken back.
  void place_all(Placement placement);

  void keep();  // all changes so far
  void undo();  // all changes since the last keep()

 private:
  static std::size_t index(int i) { return static_cast<std::size_t>(i); }

  // An old value and where it stood.
  struct OldCost {
    double* at;
    double value;
  };
  struct OldNode {
    std::size_t node;
    Point centre;
    Point anchor;
  };
  struct OldLink {
    std::size_t link;
    LinkChoice choice;
    Route route;
  };

  void set(double& cost, double value);
  void put_node(std::size_t v, Point centre);
  void reroute(std::size_t e);
  void update_node(std::size_t v);  // and then update_link() for all links of it
  void update_link(std::size_t e);
  [[nodiscard]] double node_alone(std::size_t v) const;
  [[nodiscard]] double node_pair(std::size_t a, std::size_t b) const;
  [[nodiscard]] double link_alone(std::size_t e) const;
  [[nodiscard]] double link_node(std::size_t e, std::size_t v) const;
  [[nodiscard]] double link_pair(std::size_t e, std::size_t f) const;
  [[nodiscard]] double close_ends(const Route& one, bool one_start, const Route& two,
                                  bool two_start) const;
  [[nodiscard]] double ends_at_one_node(std::size_t e, std::size_t f) const;
  [[nodiscard]] double lines_crossing(std::size_t e, std::size_t f) const;
  [[nodiscard]] double off_canvas(const Route& route) const;
  [[nodiscard]] double line_through(const Route& route, const Rect& box, double gap) const;
  [[nodiscard]] double box_on_box(const Rect& a, const Rect& b, double gap) const;

  const LayoutInput* input_;
  CostWeights weights_;
  double anchor_weight_;
  std::vector<Fan> fans_;
  std::vector<std::vector<std::size_t>> links_of_;
  std::vector<double> wanted_;  // distances; empty where the arrangement has none

  Placement now_;
  std::vector<Rect> boxes_;
  std::vector<Route> routes_;

  // Costs by node, link, and pair; of a pair of equals, the lower number comes first.
  std::vector<double> node_cost_;
  std::vector<double> link_cost_;
  std::vector<double> node_pair_cost_;  // nodes x nodes
  std::vector<double> link_node_cost_;  // links x nodes
  std::vector<double> link_pair_cost_;  // links x links
  double total_ = 0.0;

  double kept_total_ = 0.0;
  std::vector<OldCost> old_costs_;
  std::vector<OldNode> old_nodes_;
  std::vector<OldLink> old_links_;
};

}  // namespace stareval::engine
