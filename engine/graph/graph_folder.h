// The format of our own: a knowledge graph in a folder, read strictly.
//     graph.json     {"schema": "stareval.graph/1", "name", "version", "description", "licence",
//                     "sources": [...], "relations": [{"label", "statement", "overlaps": [...],
//                     "transitive", "kinds"}]}
//     entities.tsv   id, name, type, image: one entity a line; type and image may be empty; image
//                    is a path within the folder
//     triples.tsv    head, relation, tail: ids of entities, and a label
//     statement      a sentence with {head} and {tail}; without one: {head} has the relation
//                    "label" to {tail}.
//     overlaps       labels of relations that may be true of the same two entities though the graph
//                    does not list them; either side may name the other
//     transitive     true where a chain of facts makes a fact: kinds of kinds, parts of parts
//     kinds          label of the transitive relation from a kind to a wider one, where facts about
//                    a kind may be true of the kinds above and below it (implied_facts.h)
// Thread  pure functions on the file system.
#pragma once

#include <filesystem>

#include "engine/graph/load_options.h"
#include "engine/graph/loaded_graph.h"
#include "libstareval/base/result.h"

namespace stareval::engine {

inline constexpr const char* kGraphSchema = "stareval.graph/1";

// A triple that stands there twice counts once, and self-loops are dropped unless asked for. A
// picture of LoadOptions::pictures serves where the table names none.
// Errors  io: a file is not there. bad_data, with file and line: a wrong header or number of cells,
//         bytes that are not UTF-8, an unknown or duplicate id, names or labels that are equal
//         after normalise_name(), a picture that is not there, a statement without {head} or
//         {tail}, `kinds` without such a relation.
// Cost    linear in the files, and one look at the file system for each picture.
[[nodiscard]] Result<LoadedGraph> load_graph_folder(const std::filesystem::path& folder,
                                                    const LoadOptions& options);

}  // namespace stareval::engine
