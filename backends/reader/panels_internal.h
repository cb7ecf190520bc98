// Closed areas of a drawing that may hold text: nodes, and labels on a box of their own.
// Thread  pure functions.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace stareval::reader {

struct Panel {
  cv::Rect box;
  cv::Mat mask;         // CV_8UC1 of the box's size: 255 where the panel is
  cv::Vec3b fill;       // the colour just inside of its border
  double symmetry = 0;  // overlap with itself after half a turn, from 0 to 1, which a shape has
};

// `ink`: CV_8UC1, 255 where `picture` (CV_8UC3) differs from its ground. Found are areas of ink
// that are wider than lines and arrow heads, and areas enclosed by ink that look like a shape:
// equal to themselves when turned by half a turn. Faces between lines do not.
// Cost  about 5 ms for 1024 x 768.
[[nodiscard]] std::vector<Panel> find_panels(const cv::Mat& picture, const cv::Mat& ink);

// The colour that most pixels of `where` (CV_8UC1) have, of the size of `picture`; black where
// there is none.
[[nodiscard]] cv::Vec3b most_frequent_colour(const cv::Mat& picture, const cv::Mat& where);

}  // namespace stareval::reader
