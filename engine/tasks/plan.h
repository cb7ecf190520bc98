// The plan of a task: what each item must be like, so that sizes, corrupted parts, gold positions
// and masked relations are balanced by construction and not by luck.
// Balance  Over n items each of m kinds occurs floor(n/m) or ceil(n/m) times, in shuffled order.
//          ED: every second item is clean, the others take head, relation and tail in turn [D].
//          RR: the relations of the graph take turns as the gold [D], so that the frequency of an
//          option predicts nothing. Counting tasks: the counts that the graph offers take turns
//          (count_targets.h).
// Thread   pure functions.
#pragma once

#include <string_view>
#include <vector>

#include "engine/tasks/item.h"

namespace stareval::engine {

[[nodiscard]] std::vector<ItemPlan> plan_items(const Source& source, std::string_view task,
                                               std::size_t count, const Random& random);

}  // namespace stareval::engine
