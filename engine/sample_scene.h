// From a sample to its picture.
// Order   Nodes and edges are shuffled by the seed of the picture, so that neither the start of the
//         sampling nor a change shows in the layout.
// Seed    meta "seed" of the sample, which gives order, style and layout: the stored record and
//         the set of styles are enough to draw the same picture again.
// Thread  pure functions on the file system; any number at once.
#pragma once

#include <filesystem>

#include "engine/draw/scene.h"
#include "engine/draw/style.h"
#include "engine/graph/knowledge_graph.h"
#include "libstareval/base/random.h"
#include "libstareval/base/result.h"
#include "libstareval/data/sample.h"

namespace stareval::engine {

// The drawn graph as nodes and edges. `graph` gives the pictures of the entities.
[[nodiscard]] Scene scene_of(const KnowledgeGraph& graph, const Sample& sample, Random& random);

// Draw the picture, write it to `file`, and note it in the sample (meta "style", and images as
// `path`, where it lies once the dataset is whole). Where a style finds no layout without defects,
// another style and layout are tried. Errors  io: a picture of the graph or the font is missing, or
// the file cannot be written.
//         bad_data: no try gave a sound picture.
// Cost    that of draw_scene, and a write that is not synchronised.
[[nodiscard]] Result<void> draw_sample(const KnowledgeGraph& graph, StyleSet styles,
                                       const std::filesystem::path& file, const std::string& path,
                                       Sample& sample);

}  // namespace stareval::engine
