// What the tests of the engine share: the shipped atlas, and a small graph written by hand.
#pragma once

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/graph/load_graph.h"
#include "libstareval/base/file.h"

namespace stareval::engine {

inline const KnowledgeGraph& atlas() {
  static const KnowledgeGraph graph =
      load_graph(std::filesystem::path(STAREVAL_TEST_SOURCE_DIR) / "share/graphs/atlas")
          .value()
          .graph;
  return graph;
}

// Two families of three. parent: Ann-Bob, Ann-Cid, Dan-Eve, Dan-Fay; married (symmetric): Ann-Dan.
inline KnowledgeGraph family() {
  const auto person = [](const char* name) { return GraphEntity{name, name, "person", {}}; };
  return KnowledgeGraph(
      {"family", "1", "", "", {}, "sha256:0"},
      {person("Ann"), person("Bob"), person("Cid"), person("Dan"), person("Eve"), person("Fay")},
      {{"parent", "{head} is a parent of {tail}.", {}},
       {"married", "{head} is married to {tail}.", {}}},
      {{0, 0, 1}, {0, 0, 2}, {3, 0, 4}, {3, 0, 5}, {0, 1, 3}, {3, 1, 0}});
}

// Whether every entity can be reached from every other, arrows taken both ways.
inline bool is_connected(const Graph& graph) {
  std::map<std::string, int> group;
  for (const Entity& entity : graph.entities) {
    const int number = static_cast<int>(group.size());
    group[entity.name] = number;
  }
  for (const Triple& triple : graph.triples) {
    const int from = group.at(triple.head), to = group.at(triple.tail);
    for (auto& entry : group)
      if (entry.second == from) entry.second = to;
  }
  return std::all_of(group.begin(), group.end(),
                     [&](auto& entry) { return entry.second == group.begin()->second; });
}

}  // namespace stareval::engine
