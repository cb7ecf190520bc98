// Read graphs for tests, out of triples: all surely read, none with a picture.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "backends/reader/read_graph.h"
#include "libstareval/data/graph.h"

namespace stareval::reader::testing {

inline int node_of(ReadGraph& graph, const std::string& name) {
  const auto hit = std::find_if(graph.nodes.begin(), graph.nodes.end(),
                                [&](const ReadNode& node) { return node.name == name; });
  const auto index = static_cast<int>(hit - graph.nodes.begin());
  if (hit == graph.nodes.end()) graph.nodes.push_back({{}, name, 1.0, std::nullopt, 1.0});
  return index;
}

inline ReadGraph graph_of(const std::vector<Triple>& triples) {
  ReadGraph graph;
  for (const Triple& triple : triples) {
    const int from = node_of(graph, triple.head);
    const int to = node_of(graph, triple.tail);
    graph.edges.push_back({from, to, triple.relation, 1.0, {}, {}, 1.0});
  }
  return graph;
}

}  // namespace stareval::reader::testing
