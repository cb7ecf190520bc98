// Local search: moves nodes, swaps them, bends links and shifts labels as long as the cost falls,
// or rises by less than a threshold that shrinks (threshold accepting, Dueck and Scheuer 1990:
// annealing without exp).
// Thread  one LayoutCost for one thread.
#pragma once

#include "engine/draw/layout_cost_internal.h"
#include "libstareval/base/random.h"

namespace stareval::engine {

struct SearchPlan {
  int moves = 600;
  double hot = 1.2;     // threshold at the first move
  double cold = 0.0;    // and at the last
  double reach = 90.0;  // longest step of a node at the first move, in pixels at zoom 1
};

// Improves the layout in place, and ends in the best state that was seen.
void search(LayoutCost& cost, const LayoutInput& input, const SearchPlan& plan, Random& random);

// Chooses place, bend and side of each link anew, one at a time, until nothing gets better.
void settle_links(LayoutCost& cost, const LayoutInput& input);

}  // namespace stareval::engine
