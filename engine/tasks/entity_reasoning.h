// ER: one entity is drawn as ?????, and is to be chosen from k options.
// Distractors  Are not in the picture; each makes at least one drawn fact about ????? false in the
//              whole graph (also with a relation that overlaps), so that only the gold fits all;
//              have stood where the gold stands (head or tail of the same relations), and are of
//              its type; are near to it in rank by the number of facts about them. Where too few
//              have stood in all its places, one place suffices; the type is let go only where the
//              plan is relaxed. Entities that never stood in any of its places are never taken.
// Balance      An entity is masked only while it is due (ledger.h), and owed entities come first as
//              distractors: each is the gold in one of k of its appearances.
// Source       type and frequency matching: [D], after the audits of KG completion sets.
// Thread       pure functions.
#pragma once

#include "engine/tasks/item.h"

namespace stareval::engine {

bool make_entity_reasoning(const ItemContext& context, Random& random, Sample& sample);

void record_options(const Sample& sample, Ledger& ledger);

}  // namespace stareval::engine
