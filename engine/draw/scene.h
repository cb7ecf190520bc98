// An abstract picture: nodes with a name and perhaps an image, and labelled directed edges.
// Range   edges index into nodes; self-loops and parallel edges are allowed; a label may be empty.
// Thread  values.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace stareval::engine {

struct SceneNode {
  std::string label;                      // UTF-8
  std::optional<std::string> image_path;  // a PNG on disk, shown in the node
};

struct SceneEdge {
  int from = 0;
  int to = 0;
  std::string label;  // UTF-8
};

struct Scene {
  std::vector<SceneNode> nodes;
  std::vector<SceneEdge> edges;
};

}  // namespace stareval::engine
