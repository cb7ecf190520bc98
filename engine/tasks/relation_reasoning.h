// RR: the label of one edge is drawn as ?????, and is to be chosen from k options.
// Distractors  Relations that do not hold between the two entities in the whole graph, and do not
//              overlap one that does. Those that are known to leave the head or to reach the tail
//              come first, and among them the owed ones (ledger.h).
// Balance      A relation is masked only while it is due, and relations take turns as far as that
//              allows (make_samples.cc): each is the gold in one of k of its appearances.
//              A label that is masked on one edge often stands on another, a random distractor
//              seldom. So the number m of options that stand on other edges is chosen such that the
//              gold, over the items, is one of these m in m of k cases (ledger.h): the other labels
//              of the picture tell nothing about the gold.
// Thread       pure functions.
#pragma once

#include "engine/tasks/item.h"

namespace stareval::engine {

bool make_relation_reasoning(const ItemContext& context, Random& random, Sample& sample);

void record_drawn_options(const Sample& sample, Ledger& ledger);

}  // namespace stareval::engine
