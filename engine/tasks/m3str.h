// The seven variants of M3STR (arXiv 2506.01293), made like the STAR tasks that they resemble.
// Counts      entities; edges (M3STR asks for relations and counts edges: here the question says
//             edges).
// Detection   is there a wrong entity, a wrong relation, or either? Choices "yes" and "no", each
//             right in half of the items [D]; where only one kind of error is asked for, half of
//             the "no" items hold the other kind [D]. (M3STR's own are clean in half, and unequal
//             by kind.)
// Completion  a masked entity or relation, as ER and RR.
// Thread      pure functions.
#pragma once

#include <string_view>

#include "engine/tasks/item.h"

namespace stareval::engine {

// Detection, of whichever kind the task of the sample is. "yes" and "no" stand in an order drawn by
// chance.
bool make_detection(const ItemContext& context, Random& random, Sample& sample);

// Whether an error in this part is one that the detection task asks for.
[[nodiscard]] bool asks_for(std::string_view task, TriplePart part);

}  // namespace stareval::engine
