// SD: put the graph into words. The gold is the triples, and a reference description with one
// sentence for each, from the statements of the relations.   Thread  pure functions.
#pragma once

#include "engine/tasks/item.h"

namespace stareval::engine {

bool make_description(const ItemContext& context, Random& random, Sample& sample);

}  // namespace stareval::engine
