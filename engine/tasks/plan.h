// The plan of a task: what each item must be like, so that sizes, counts, corrupted parts and gold
// positions are balanced by construction and not by luck.
// Balance  Over n items each of m kinds occurs floor(n/m) or ceil(n/m) times, in shuffled order.
//          ED: every second item is clean; in either half head, relation and tail take turns [D].
//          Counting tasks: the counts that the graph offers take turns (count_targets.h).
//          RR: which relation is masked, is chosen while the items are made (make_samples.cc).
// Thread   pure functions.
#pragma once

#include <string_view>
#include <vector>

#include "engine/tasks/item.h"

namespace stareval::engine {

[[nodiscard]] std::vector<ItemPlan> plan_items(const Source& source, std::string_view task,
                                               std::size_t count, const Random& random);

}  // namespace stareval::engine
