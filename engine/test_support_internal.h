// What the tests of the engine share: the shipped atlas, and a small graph written by hand.
#pragma once

#include <filesystem>
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

}  // namespace stareval::engine
