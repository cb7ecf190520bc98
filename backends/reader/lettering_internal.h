// Where letters stand: lines of text within panels, and free ones beside lines.
// Thread  pure functions.
#pragma once

#include <opencv2/core.hpp>
#include <optional>
#include <vector>

#include "backends/reader/panels_internal.h"

namespace stareval::reader {

struct TextBox {
  cv::Rect box;  // tight around the letters, in the picture
  cv::Mat crop;  // CV_8UC1, dark letters on white, with a margin of kCropMargin
};

constexpr int kCropMargin = 3;

struct Contents {
  std::optional<cv::Rect> picture;  // in the picture as a whole
  std::vector<TextBox> lines;       // from top to bottom
};

// Letters dark on white, of a CV_8UC1 that says how far each pixel is from its ground.
[[nodiscard]] cv::Mat crop_of(const cv::Mat& distance, const cv::Rect& box);

// Do two crops show the same letters, perhaps some parts of a pixel apart?
[[nodiscard]] bool look_alike(const cv::Mat& a, const cv::Mat& b);

// What stands in each panel. `glyph`: set to the median height of letters, 0 where there are none.
[[nodiscard]] std::vector<Contents> contents_of(const cv::Mat& picture,
                                                const std::vector<Panel>& panels, int& glyph);

// Lines of text outside of the panels. `free_ink`: CV_8UC1, ink without the panels; `rims`:
// CV_8UC1, 255 on and closely around panels; `distance`: how far each pixel is from the ground;
// `glyph`: as above.
[[nodiscard]] std::vector<TextBox> free_lines(const cv::Mat& free_ink, const cv::Mat& rims,
                                              const cv::Mat& distance, int glyph);

}  // namespace stareval::reader
