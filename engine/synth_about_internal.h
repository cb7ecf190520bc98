// What dataset.json says about a synthesised dataset: where it comes from, and how to make it
// again.
// Thread  pure functions.
#pragma once

#include "engine/synth.h"
#include "libstareval/base/json.h"

namespace stareval::engine {

// "description", "licence", "attribution" (the graph's sources) and "generator" {name, version,
// graph, splits: {<split>: {seed, options}}}. Splits of `old`, the manifest that is there, stay.
[[nodiscard]] json::object about_dataset(const KnowledgeGraph& graph, const SynthOptions& options,
                                         const json::object& old);

}  // namespace stareval::engine
