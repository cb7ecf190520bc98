// A picture from the bytes of its file: PNG, JPEG or WebP, recognised by content.
// Bounds   a file states its size before a pixel is decoded; more than kMostPixels, more than
//          kMostSide on a side, less than kLeastSide, or a file of more than kMostBytes is refused.
//          They bound the time as well: the slowest found, a progressive JPEG of noise at both
//          bounds, takes 1.4 s, and a PNG 0.7 s.
// Refused  animations (APNG, WebP), more than 8 bits a channel, files that are cut short, and all
//          that is no picture of these formats.
// Not in   colour profiles, gamma, and the orientation of photographs.
// Thread   pure functions; nothing is printed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <opencv2/core.hpp>
#include <string_view>

#include "libstareval/base/result.h"

namespace stareval::reader {

constexpr double kMostPixels = 40e6;
constexpr int kMostSide = 20000;
constexpr int kLeastSide = 16;
constexpr std::size_t kMostBytes = std::size_t{32} << 20U;

// Errors  bad_data: more than kMostBytes.
[[nodiscard]] Result<void> check_file_size(std::uintmax_t bytes);

// Rows x columns, CV_8UC3, blue, green, red; what is transparent lies on white.
// Errors  bad_data: what is wrong, what was expected. No error names a file: the caller knows it.
// Cost    about 5 ms for a drawing of 1024 x 768; memory: the file, and 9 bytes a pixel at most.
[[nodiscard]] Result<cv::Mat> decode_picture(std::string_view bytes);

}  // namespace stareval::reader
