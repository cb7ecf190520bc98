// Reading a knowledge graph, whatever it is stored as:
//     folder     our own format, read strictly (graph_folder.h)
//     openke     entity2id.txt, relation2id.txt, train2id.txt ... (openke.h)
//     names      tab-separated triples of names: a file, or a folder with train, valid, test .txt
//     or
//                .tsv, and entity2text.txt where the names are ids (name_triples.h)
//     visualsem  nodes.v2.json and tuples.v2.json (visualsem.h)
//     ntriples   an .nt file, or a folder of them (ntriples.h)
// Foreign formats are repaired rather than refused: what became of what was met is counted in
// LoadReport (load_report.h).
// Thread  pure functions on the file system.
#pragma once

#include <filesystem>
#include <string>

#include "engine/graph/graph_folder.h"
#include "engine/graph/load_options.h"
#include "engine/graph/loaded_graph.h"
#include "libstareval/base/result.h"

namespace stareval::engine {

// `name_or_path` is a folder or a file, or the name of a graph that is shipped ("atlas"). Without a
// format in the options it is recognised by the files that are there.
// Errors  usage: there is nothing of that name. io: a file that the format needs is not there.
//         bad_data: see graph_folder.h; of a foreign format, no triple at all, or more rows that
//         are unusable than rows that are.
// Cost    linear in the files. 1.5 million triples take 1 to 2 s (bench/README.md), and the memory
//         of the largest file besides that of the graph.
[[nodiscard]] Result<LoadedGraph> load_graph(const std::filesystem::path& name_or_path,
                                             const LoadOptions& options = {});

// The folder or file of a graph that the user names: one that is shipped ("atlas"), or a path.
// Errors: as find_data() in libstareval/data/locations.h.
[[nodiscard]] Result<std::filesystem::path> find_graph(const std::string& name_or_path);

}  // namespace stareval::engine
