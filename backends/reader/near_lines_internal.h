// Lines that pass by a label.
// Thread  pure functions.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "backends/reader/line_map_internal.h"

namespace stareval::reader {

// A line between two nodes, found from a point on it.
struct NearLine {
  Trail back;
  Trail forth;          // the other way from the same point
  double distance = 0;  // from the label's box, in heights of letters
};

// The lines that pass within `reach` heights of letters of a label, each once, the nearest first.
[[nodiscard]] std::vector<NearLine> lines_near(const LineMap& lines, const cv::Rect& label,
                                               double reach);

// Do two join the same nodes on nearly the same way?
[[nodiscard]] bool are_same(const LineMap& lines, const NearLine& a, const NearLine& b);

}  // namespace stareval::reader
