// The ground of a drawing, and what stands out from it.
// Thread  pure functions.
#pragma once

#include <array>
#include <opencv2/core.hpp>

namespace stareval::reader {

// The colour of the ground at each pixel, CV_8UC3: a quadratic surface through the most frequent
// colour, so that gradients and vignettes are followed. Cost  about 2 ms for 1024 x 768.
[[nodiscard]] cv::Mat ground_of(const cv::Mat& picture);

// CV_8UC1: the largest difference of a channel between two CV_8UC3, or from one colour.
[[nodiscard]] cv::Mat distance_between(const cv::Mat& a, const cv::Mat& b);
[[nodiscard]] cv::Mat distance_from(const cv::Mat& a, const cv::Vec3b& colour);

// How many pixels of a CV_8UC1 have each level: all, or those of `where` (CV_8UC1), if it is not
// empty.
[[nodiscard]] std::array<int, 256> counts_by_level(const cv::Mat& image, const cv::Mat& where = {});

// CV_8UC1, 255 where a pixel is ink. Lines that people can see differ by 80 or more, halves of a
// thin line's width by 45; patterns of a ground, shadows and gradients mostly stay below 40. In
// between, the limit is set where fewest pixels lie, so that no flat area is cut in two by it.
// `distance`: CV_8UC1, of each pixel from its ground.
[[nodiscard]] cv::Mat ink_in(const cv::Mat& distance);

}  // namespace stareval::reader
