// Labels, the lines they stand on or beside, and the nodes at the ends of these.
// Thread  pure functions.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "backends/reader/line_map_internal.h"

namespace stareval::reader {

struct FoundEdge {
  int from = -1;          // the node at the tail of the arrow's line; -1: not found
  int to = -1;            // the node at the arrow's head
  Path path;              // from `from` to `to`
  double confidence = 0;  // of both, in [0, 1]
};

// One edge for each label, in their order. `labels`: boxes that cover the lines.
[[nodiscard]] std::vector<FoundEdge> find_edges(const LineMap& lines,
                                                const std::vector<cv::Rect>& labels);

}  // namespace stareval::reader
