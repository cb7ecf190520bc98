// Facts that are true though no row of the graph says them, as a relation's `transitive` and
// `kinds` declare: from (dog, kind of, canine) and (canine, kind of, mammal) comes (dog, kind of,
// mammal); from (wheel, part of, car) and (car, kind of, vehicle) comes (wheel, part of, vehicle).
// Use     They may not be asked, because they are not drawn; but they are not false either.
// Rule    Of a fact of a relation with `kinds`, either end may be replaced by what lies above or
//         below it by that relation. That allows too much now and then (cartwheel, part of, car)
//         rather than too little, so that what remains is false [D].
// Output  sorted, each once; no fact from an entity to itself; those of the graph may be among
// them. Cost    time and memory linear in the result, which for a deep hierarchy is its entities
// times
//         their depth; nothing where no relation declares anything.
// Thread  pure function.
#pragma once

#include <span>
#include <vector>

#include "engine/graph/knowledge_graph.h"

namespace stareval::engine {

// `facts` must be sorted; their ids and those in `kinds` must be in range.
[[nodiscard]] std::vector<Fact> implied_facts(std::size_t entities,
                                              std::span<const Relation> relations,
                                              std::span<const Fact> facts);

}  // namespace stareval::engine
