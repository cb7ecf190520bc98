// What a text names of a drawn graph: its entities, its relation labels, its triples, and names
// that the graph does not hold, as far as they can be seen.
// Entities and labels: wherever they stand as whole words, also in a denial ("France is not a
//     neighbour of Spain" names both). Labels with or without s, as in claims.h.
// Triples: those that the text states by the rules of claims.h, so that a denied one is none.
// Invented names: the parts of a stated triple that the graph does not hold. A triple in a notation
//     (notation.h) counts too where one part alone is known, unless the text denies it. A list of
//     entities, which looks like a triple, is none.
// Limits: an invented name in prose is not seen, nor is a triple of invented names only, which a
//     list in brackets may look like: precision is an upper bound there. A remark in brackets with
//     two commas beside an entity ("(France, top left, in red)") is taken for a triple. A name that
//     is a common word
//     ("part", "of") is taken as named wherever that word stands.
// Thread  pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libstareval/data/graph.h"

namespace stareval {

// Each name once by normalise_name, sorted; in the spelling of the graph, invented ones as written.
struct NamedKnowledge {
  std::vector<std::string> entities;
  std::vector<std::string> relations;
  std::vector<Triple> triples;
};

// `text` is reasoning, with or without the tags around it; tags are passed over, whatever stands
// between them is read. Names of the graph less the mask. Cost: linear in the text.
[[nodiscard]] NamedKnowledge read_knowledge(std::string_view text, const Graph& drawn);

}  // namespace stareval
