// Graphs as OpenKE distributes them (FB15K-237, MKG-Y, WN18RR ...):
//     entity2id.txt, relation2id.txt   a count, then "name number" a line, tab or spaces between
//     train2id.txt, valid2id.txt, test2id.txt   a count, then "head tail relation" a line: numbers,
//                                      and the relation stands last
//     entity2text.txt                  optional: "id tab name" a line
// All splits together are the graph: what is false must be false in each of them.
// Numbers    need not be dense. A triple with a number that no list has is dropped.
// Count      A count line that is missing or wrong is passed over, and counted.
// Thread  pure functions.
#pragma once

#include <optional>
#include <vector>

#include "engine/graph/graph_builder.h"
#include "engine/graph/source_text.h"

namespace stareval::engine {

struct OpenKeTexts {
  SourceText entities, relations;
  std::vector<SourceText> triples;
  std::optional<SourceText> names;
};

void read_openke(const OpenKeTexts& texts, GraphBuilder& builder);

// Lines "id tab name" for entities that the builder knows; others are passed over.
void read_names(const SourceText& file, GraphBuilder& builder);

}  // namespace stareval::engine
