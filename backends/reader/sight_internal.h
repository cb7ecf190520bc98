// All that is seen in a picture but the letters: nodes, labels, and lines between them.
// Thread  pure functions.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "backends/reader/edges_internal.h"
#include "backends/reader/lettering_internal.h"
#include "backends/reader/panels_internal.h"
#include "libstareval/base/result.h"

namespace stareval::reader {

// A label: its letters, and what it covers of the lines.
struct Label {
  TextBox text;
  cv::Rect zone;
};

struct Sight {
  std::vector<Panel> nodes;
  std::vector<Contents> contents;  // of the nodes
  std::vector<Label> labels;
  std::vector<FoundEdge> edges;  // of the labels
};

// Nodes and labels from top to bottom, then from left to right. `picture`: CV_8UC3.
// Errors  bad_data: more boxes, labels, letters or marks than a drawing of a graph has.
[[nodiscard]] Result<Sight> look(const cv::Mat& picture);

}  // namespace stareval::reader
