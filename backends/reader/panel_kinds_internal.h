// Which panels are nodes, and which are labels on a ground of their own.
// Thread  pure functions.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "backends/reader/lettering_internal.h"
#include "backends/reader/panels_internal.h"

namespace stareval::reader {

// For each panel: is it the ground of a label? Labels show no picture and hold one line; they are
// equally high and lower than any node, or have the colour of the lines. `line`: that colour;
// `free_lines`: of text, which labels without a ground are.
[[nodiscard]] std::vector<bool> find_label_panels(const std::vector<Panel>& panels,
                                                  const std::vector<Contents>& contents,
                                                  const cv::Vec3b& line, std::size_t free_lines);

}  // namespace stareval::reader
