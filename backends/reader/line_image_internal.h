// The picture of one line of text, as the network wants it, and what its pieces tell without it.
// Thread  pure functions.
#pragma once

#include <opencv2/core.hpp>
#include <string_view>

namespace stareval::reader {

// Contrast stretched to 0..255, cut to the letters, and scaled; an empty matrix where there is no
// ink, or more columns than a name has. `line`: CV_8UC1, dark on light.
[[nodiscard]] cv::Mat line_image(const cv::Mat& line);

// How many question marks the line is, where it is a row of three or more; otherwise 0.
[[nodiscard]] int count_question_marks(const cv::Mat& image);

// Do more small pieces stand above others than the letters that were read have dots, or is one of
// them too wide for a dot?
[[nodiscard]] bool has_accents(const cv::Mat& image, std::string_view read);

}  // namespace stareval::reader
