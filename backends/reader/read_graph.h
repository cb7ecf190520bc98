// What was read from a picture of a knowledge graph.
// Units   pixels of the picture as it was given; (0, 0) is its upper left corner.
// Thread  values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libstareval/base/json.h"

namespace stareval::reader {

struct Box {
  int left = 0;
  int top = 0;
  int right = 0;   // the first column that does not belong to it
  int bottom = 0;  // the first row that does not belong to it

  [[nodiscard]] int width() const { return right - left; }
  [[nodiscard]] int height() const { return bottom - top; }

  friend bool operator==(const Box&, const Box&) = default;
};

struct Point {
  double x = 0;
  double y = 0;

  friend bool operator==(const Point&, const Point&) = default;
};

// Confidences are in [0, 1], higher is surer; they order readings, and are no probabilities.
struct ReadNode {
  Box box;
  std::string name;            // UTF-8, lines joined by spaces; "" where nothing could be read
  double name_confidence = 0;  // of the letters
  std::optional<Box> picture;  // where the node shows one
  double confidence = 0;       // that it is a node
};

struct ReadEdge {
  int from = -1;      // the head entity, an index into nodes; -1: not found
  int to = -1;        // the tail entity, at the tip of the arrow; -1: not found
  std::string label;  // as the names
  double label_confidence = 0;
  Box label_box;
  std::vector<Point> path;  // from `from` to `to`; at least two where both are found
  double confidence = 0;    // of ends and direction together; 0 where no arrow head was seen
};

struct ReadGraph {
  int width = 0;
  int height = 0;
  std::vector<ReadNode> nodes;  // from top to bottom, then from left to right
  std::vector<ReadEdge> edges;  // the same, by their labels
};

// {"width", "height", "nodes": [{"name", "confidence", "name_confidence", "box": [left, top, right,
// bottom], "picture": [...] or null}], "edges": [{"from", "to" (indices or null), "label",
// "confidence", "label_confidence", "box", "path": [[x, y], ...]}]}; numbers to three places.
[[nodiscard]] json::object to_json_object(const ReadGraph& graph);

}  // namespace stareval::reader
