// What the tests and fuzzers of foreign formats share: a graph out of texts, and its triples as
// texts.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/graph/graph_builder.h"

namespace stareval::engine {

inline SourceText text_of(const char* path, std::string_view text) { return {path, text}; }

inline Result<LoadedGraph> finish(GraphBuilder& builder) {
  return std::move(builder).finish({}, "graph");
}

// "(head, relation, tail)", in the order of the facts.
inline std::vector<std::string> triples_of(const LoadedGraph& loaded) {
  std::vector<std::string> triples;
  for (const Fact& fact : loaded.graph.facts())
    triples.push_back(to_string(loaded.graph.to_triple(fact)));
  return triples;
}

// LoadReport's promise: every row is accounted for.
inline bool rows_add_up(const LoadedGraph& loaded) {
  const LoadReport& report = loaded.report;
  return report.rows == loaded.graph.facts().size() + report.duplicate_triples + report.self_loops +
                            report.unknown_ids + report.malformed_rows + report.attributes;
}

}  // namespace stareval::engine
