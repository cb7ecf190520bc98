#include <array>
#include <cstddef>
#include <utility>

#include "engine/draw/layout_search_internal.h"

namespace stareval::engine {
namespace {

bool may_bend(const LayoutInput& input) { return input.may_bend || input.curvature > 0.0; }

class Search {
 public:
  Search(LayoutCost& cost, const LayoutInput& input, const SearchPlan& plan, Random& random)
      : cost_(cost), input_(input), plan_(plan), random_(random) {}

  void run() {
    now_ = cost_.total();
    remember();
    for (int i = 0; i < plan_.moves; ++i) {
      const double left = 1.0 - static_cast<double>(i) / plan_.moves;
      threshold_ = plan_.cold + (plan_.hot - plan_.cold) * left * left;
      reach_ = (4.0 + (plan_.reach - 4.0) * left * left) * input_.zoom;
      step();
    }
    if (cost_.total() > best_ + 1e-9) cost_.place_all(kept_);
  }

 private:
  void step() {
    const double kind = random_.uniform();
    if (kind < 0.72 || input_.links.empty()) {
      shift();
    } else if (kind < 0.82 && input_.nodes.size() > 1 && input_.anchors.empty()) {
      swap();
    } else {
      rechoose();
    }
  }

  // Mostly a step, sometimes a leap to anywhere.
  void shift() {
    const int node = static_cast<int>(random_.below(input_.nodes.size()));
    const double x = random_.uniform();
    const double y = random_.uniform();
    const Point old = cost_.placement().centres[static_cast<std::size_t>(node)];
    const bool leap = input_.anchors.empty() && random_.chance(0.06);
    cost_.move_node(node, leap ? Point{x * input_.canvas.width, y * input_.canvas.height}
                               : old + Point{x * 2.0 - 1.0, y * 2.0 - 1.0} * reach_);
    decide();
  }

  void swap() {
    const int a = static_cast<int>(random_.below(input_.nodes.size()));
    const int b = static_cast<int>(random_.below(input_.nodes.size()));
    if (a == b) return;
    cost_.swap_nodes(a, b);
    decide();
  }

  void rechoose() {
    const int link = static_cast<int>(random_.below(input_.links.size()));
    LinkChoice next = cost_.placement().choices[static_cast<std::size_t>(link)];
    const double kind = random_.uniform();
    if (kind < 0.5) {
      next.place = static_cast<int>(random_.below(label_places().size()));
    } else if (kind < 0.8) {
      (random_.chance(0.5) ? next.start : next.end) = random_.between(-1, 1);
    } else {
      if (may_bend(input_)) next.bend = random_.between(-1, 1);
      next.side = random_.between(0, 3);
    }
    cost_.choose(link, next);
    decide();
  }

  // Keeps the change, or takes it back.
  void decide() {
    const double now = cost_.total();
    // At threshold 0, what makes no difference is not done either.
    if (now - now_ >= threshold_ * random_.uniform()) return cost_.undo();
    cost_.keep();
    now_ = now;
    if (now_ < best_ - 1e-9) remember();
  }

  void remember() {
    best_ = now_;
    kept_ = cost_.placement();
  }

  LayoutCost& cost_;
  const LayoutInput& input_;
  const SearchPlan& plan_;
  Random& random_;
  double threshold_ = 0.0;
  double reach_ = 0.0;
  double now_ = 0.0;  // cost
  double best_ = 0.0;
  Placement kept_;
};

// The choices next to `now` that make a difference for a link; `alone` means without parallels.
std::vector<LinkChoice> choices_for(const LayoutInput& input, const Link& link,
                                    const LinkChoice& now, bool alone) {
  std::vector<LinkChoice> out;
  const auto add = [&](int LinkChoice::*part, int value) {
    out.push_back(now);
    out.back().*part = value;
  };
  if (link.from == link.to) {
    for (int side = 0; side < 4; ++side) add(&LinkChoice::side, side);
    return out;
  }
  const int places = static_cast<int>(label_places().size());
  for (int place = 0; place < places; ++place) add(&LinkChoice::place, place);
  for (const int step : {-1, 0, 1}) {
    add(&LinkChoice::start, step);
    add(&LinkChoice::end, step);
    if (alone && may_bend(input)) add(&LinkChoice::bend, step);
  }
  if (input.label_place == LabelPlace::beside) add(&LinkChoice::side, 1 - now.side % 2);
  return out;
}

bool settle(LayoutCost& cost, int link, const std::vector<LinkChoice>& choices) {
  const LinkChoice old = cost.placement().choices[static_cast<std::size_t>(link)];
  const double before = cost.total() - 1e-9;
  LinkChoice best = old;
  double least = before;
  for (const LinkChoice& choice : choices) {
    cost.choose(link, choice);
    const double now = cost.total();
    cost.undo();
    if (now >= least) continue;
    least = now;
    best = choice;
  }
  if (least >= before) return false;
  cost.choose(link, best);
  cost.keep();
  return true;
}

}  // namespace

void search(LayoutCost& cost, const LayoutInput& input, const SearchPlan& plan, Random& random) {
  Search(cost, input, plan, random).run();
}

void settle_links(LayoutCost& cost, const LayoutInput& input) {
  constexpr int kSweeps = 3;
  const std::vector<Fan> fans = fans_of(input.links);
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    bool better = false;
    for (std::size_t e = 0; e < input.links.size(); ++e) {
      const auto choices =
          choices_for(input, input.links[e], cost.placement().choices[e], fans[e].count == 1);
      better |= settle(cost, static_cast<int>(e), choices);
    }
    if (!better) return;
  }
}

}  // namespace stareval::engine
