#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "backends/reader/components_internal.h"

namespace stareval::reader {

// OpenCV's own statistics take three times as long as the labels.
Components components_of(const cv::Mat& mask, int neighbours) {
  Components out;
  const int count = cv::connectedComponents(mask, out.labels, neighbours, CV_32S);
  out.all.resize(static_cast<std::size_t>(std::max(count - 1, 0)));
  for (int y = 0; y < out.labels.rows; ++y) {
    const int* row = out.labels.ptr<int>(y);
    for (int x = 0; x < out.labels.cols; ++x) {
      if (row[x] == 0) continue;
      Component& part = out.all[static_cast<std::size_t>(row[x] - 1)];
      if (part.area++ == 0) part = {cv::Rect(x, y, 1, 1), 1, row[x]};
      part.box.width = std::max(part.box.width, x + 1 - part.box.x);
      if (x < part.box.x) part.box.width += part.box.x - x, part.box.x = x;
      part.box.height = y + 1 - part.box.y;
    }
  }
  return out;
}

int median_of(std::vector<int> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

cv::Rect grown(const cv::Rect& box, int by, cv::Size size) {
  return cv::Rect(box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by) &
         cv::Rect(cv::Point(), size);
}

cv::Mat grown_mask(const cv::Mat& mask, const cv::Rect& box, int by, cv::Size size) {
  const cv::Rect wide = grown(box, by, size);
  cv::Mat out = cv::Mat::zeros(wide.size(), CV_8UC1);
  mask.copyTo(out(box - wide.tl()));
  cv::dilate(out, out, cv::Mat::ones(2 * by + 1, 2 * by + 1, CV_8UC1));
  return out;
}

cv::Mat eroded(const cv::Mat& mask, int by) {
  cv::Mat out;
  cv::erode(mask, out, cv::Mat::ones(2 * by + 1, 2 * by + 1, CV_8UC1), cv::Point(-1, -1), 1,
            cv::BORDER_CONSTANT, 0);
  return out;
}

}  // namespace stareval::reader
