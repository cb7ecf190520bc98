// VisualSem, as it is distributed:
//     nodes.v2.json   {"bn:00073045n": {"ms": "WN:EN:space_heater", "se": ["Spaceheater", ...],
//                     "ims": ["e525636a...", ...], "gl": [...], ...}, ...}
//     tuples.v2.json  {"bn:00046576n": [{"s": "bn:03760212n", "r": "RelatedTo", "r_id": 133}, ...]}
// The file of tuples is keyed by the TAIL; "s" is the head, and "r" the relation.
// Assumed    That is what the readers in the distribution's own repository expect, and what a
// public
//            description of the files shows; the files themselves were not at hand.
// Names      "ms", the main sense "SOURCE:LANGUAGE:lemma": the lemma, underscores as spaces. Where
//            it is empty, the first usable one of "se". Glosses ("gl" and nodes.glosses.json) are
//            passed over: a graph has no place for them.
// Pictures   "ims" are hashes of pictures; the first that `find` knows is taken.
// Memory     the text of one file, besides what the graph keeps: no document tree is made.
// Thread  pure functions, as far as `find` is.
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

#include "engine/graph/graph_builder.h"
#include "engine/graph/source_text.h"
#include "libstareval/base/result.h"

namespace stareval::engine {

// The picture of a hash, or empty.
using FindPicture = std::function<std::filesystem::path(std::string_view hash)>;

// Errors: bad_data with file, line and byte, where the text is not JSON. Fields of other names and
// kinds are passed over. A node that is not an object counts as malformed_entries.
[[nodiscard]] Result<void> read_visualsem_nodes(const SourceText& file, const FindPicture& find,
                                                GraphBuilder& builder);

// Errors: as above. A tuple without a head or a relation counts as malformed; one with a node that
// was not listed as unknown_ids.
[[nodiscard]] Result<void> read_visualsem_tuples(const SourceText& file, GraphBuilder& builder);

}  // namespace stareval::engine
