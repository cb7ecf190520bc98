// What the tests of the engine share: the shipped atlas, a small graph written by hand, and a
// folder that goes away.
#pragma once

#include <unistd.h>

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

// A folder of its own below the system's, removed with all in it.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(const std::string& name)
      : path_(std::filesystem::temp_directory_path() /
              ("stareval-" + name + "-" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace stareval::engine
