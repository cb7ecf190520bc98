// Connected components of a mask, with their boxes.
// Thread  values and pure functions.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace stareval::reader {

struct Component {
  cv::Rect box;
  int area = 0;
  int label = 0;  // in Components::labels
};

struct Components {
  cv::Mat labels;              // CV_32SC1
  std::vector<Component> all;  // in the order of their first pixels

  [[nodiscard]] cv::Mat mask(const Component& c) const { return labels(c.box) == c.label; }
};

// Boxes of components lie within one another, so that to look at each may take much longer than the
// picture is large. This bounds it: drawings of graphs need a few million pixels.
class Effort {
 public:
  // Whether there is still enough left to look at a box.
  [[nodiscard]] bool spend(const cv::Rect& box) { return (left_ -= box.area() + kEach) >= 0; }

 private:
  static constexpr double kEach = 2000;  // what it takes to look at any box, in pixels
  double left_ = 250e6;
};

// `mask`: CV_8UC1. `neighbours`: 4 or 8.
[[nodiscard]] Components components_of(const cv::Mat& mask, int neighbours);

// Of integers, the lower one of an even number; 0 of none.
[[nodiscard]] int median_of(std::vector<int> values);

// The part of `box` grown by `by` on each side that lies within `size`.
[[nodiscard]] cv::Rect grown(const cv::Rect& box, int by, cv::Size size);

// The mask of `box`, grown by `by`, in the box that grown() gives.
[[nodiscard]] cv::Mat grown_mask(const cv::Mat& mask, const cv::Rect& box, int by, cv::Size size);

// Less `by` pixels all around; what is outside of the mask counts as empty.
[[nodiscard]] cv::Mat eroded(const cv::Mat& mask, int by);

}  // namespace stareval::reader
