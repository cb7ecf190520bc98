// Triples of names: "head tab relation tab tail" a line. The name of an entity is its id, so that
// equal names are one entity.
// Header     A first line of names of columns (head relation tail, subject predicate object ...) is
//            passed over.
// Cells      no quoting; white space is cut from both ends. A row with more or fewer cells than
// three,
//            as where a tab stands in a name, or with an empty one, is dropped.
// Thread  pure functions.
#pragma once

#include "engine/graph/graph_builder.h"
#include "engine/graph/source_text.h"

namespace stareval::engine {

void read_name_triples(const SourceText& file, GraphBuilder& builder);

}  // namespace stareval::engine
