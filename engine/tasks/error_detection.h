// ED: name the one wrong fact, if there is one. Half of the items are clean [D]; in the others one
// triple is corrupted in its head, relation or tail.
// A corrupted triple
//   is false in the whole graph, also with a relation that overlaps its own, and in the other
//     direction where the relation is symmetric;
//   is plausible: a new head or tail is one of some other triple of the same relation, drawn from
//     those triples, so that it is as frequent as true ones; a new relation is, where possible, one
//     that is known to leave the head and to reach the tail;
//   leaves no trace in the shape: the picture stays connected, keeps its number of entities and
//     triples, keeps the cap on parallel edges, and gives no entity a second value of a relation
//     that has only one as a rule (a second capital).
// Clean items  are made of subgraphs in which an error of this kind could have been put, by the
// same
//     rules: else clean pictures would be the poorer ones, in triples, names and bytes.
// Balance  Over the items, a kind of edge (its relation, whether it is an entity's only one, and
// whether
//     its label stands once) is
//     wrong in proportion to how often it is drawn (ledger.h): no kind is suspicious by itself.
// Symmetric relations  One direction is drawn (sample/subgraph.h), so that nothing is missing a
//     mirror. Where the options ask for both directions, they are neither corrupted nor brought in.
// All of this is [D].   Thread  pure functions.
#pragma once

#include "engine/tasks/item.h"

namespace stareval::engine {

bool make_error_detection(const ItemContext& context, Random& random, Sample& sample);

void record_edges(const Sample& sample, Ledger& ledger);

}  // namespace stareval::engine
