// Making a dataset from a knowledge graph: samples, pictures, records and digest.
//     <out>/dataset.json, <split>.jsonl, images/<split>/<id>.png
// Same bytes  The same graph, options and build give the same files, with any number of threads:
//             samples are made in order, pictures are drawn each from its own seed.
// Splits      A split is made beside those that are there. Its subgraphs are none of theirs. One
// that
//             is there already is replaced, with all its pictures, once the new ones are drawn.
// No leak     Ids and file names hold task and number only; meta holds graph, seed and style.
// Thread      synthesise starts `threads` threads and joins them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "engine/graph/knowledge_graph.h"
#include "engine/tasks/item.h"
#include "libstareval/base/result.h"
#include "libstareval/data/dataset.h"

namespace stareval::engine {

struct SynthOptions {
  std::vector<std::string> tasks;  // ids of star_tasks()
  std::size_t count = 50;          // samples of each task
  std::uint64_t seed = 0;
  std::string split = "test";  // letters, digits, '-' and '_'
  std::string name;            // of the dataset; empty: that of the graph
  std::filesystem::path out;   // folder; made where it is missing
  int threads = 1;             // for drawing
  TaskOptions task;
};

struct SynthProgress {
  std::size_t done = 0;  // pictures drawn
  std::size_t total = 0;
};

// Called after each picture, from one thread at a time, not always the caller's.
using SynthObserver = std::function<void(const SynthProgress&)>;

// Errors  usage: options out of range, a graph too small for them. io: a file cannot be read or
//         written. bad_data: a picture cannot be drawn, or another split of `out` cannot be read.
//         bad_data, too, where dataset.json of `out` is of another schema. An error before or
//         while drawing leaves what `out` holds as it was.
[[nodiscard]] Result<Dataset> synthesise(const KnowledgeGraph& graph, const SynthOptions& options,
                                         const SynthObserver& observer = {});

}  // namespace stareval::engine
