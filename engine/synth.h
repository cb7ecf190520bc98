// Making a dataset from a knowledge graph: samples, pictures, records and digest.
//     <out>/dataset.json, <split>.jsonl, images/<split>/<id>.png
// Same bytes  The same graph, options and build give the same files, with any number of threads:
//             each task draws from a stream of its own, each picture from its own seed.
// Splits      One call may make several. Between any two splits of a dataset, those that are there
//             already included, no start entity and no set of entities occurs in both; audit
//             proves it from the files. One that is there already is replaced, with all its
//             pictures, once the new ones are drawn.
// Memory      That of some tasks of the largest split, not of the dataset.
// No leak     Ids and file names hold task and number only; meta holds graph, seed and style.
// Thread      synthesise starts `threads` threads and joins them.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "engine/draw/style.h"
#include "engine/graph/knowledge_graph.h"
#include "engine/tasks/source.h"
#include "libstareval/base/result.h"
#include "libstareval/data/dataset.h"

namespace stareval::engine {

struct SplitRequest {
  std::string name = "test";  // letters, digits, '-' and '_'
  std::size_t count = 50;     // samples of each task
};

struct SynthOptions {
  std::vector<std::string> tasks;  // of known_task_ids()
  std::vector<SplitRequest> splits{SplitRequest{}};
  std::uint64_t seed = 0;
  std::string name;           // of the dataset; empty: that of the graph
  std::filesystem::path out;  // folder; made where it is missing
  StyleSet styles = StyleSet::varied;
  int threads = 1;
  TaskOptions task;
};

struct SynthProgress {
  std::size_t done = 0;  // pictures drawn
  std::size_t total = 0;
};

// Called after each picture, from one thread at a time, not always the caller's.
using SynthObserver = std::function<void(const SynthProgress&)>;

struct SynthReport {
  std::string name;
  std::vector<SplitInfo> splits;  // in the order of the request
  std::size_t relaxed = 0;        // samples of which not all of the plan could be kept
  std::chrono::duration<double> sampling{}, drawing{};  // wall time; drawing with files written
};

// Errors  usage: options out of range, a graph too small for them. io: a file cannot be read or
//         written. bad_data: a picture cannot be drawn, or another split of `out` cannot be read.
//         bad_data, too, where dataset.json of `out` is of another schema. An error before or
//         while drawing leaves what `out` holds as it was.
[[nodiscard]] Result<SynthReport> synthesise(const KnowledgeGraph& graph,
                                             const SynthOptions& options,
                                             const SynthObserver& observer = {});

}  // namespace stareval::engine
