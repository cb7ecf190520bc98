// One decoder a format, for decode_picture(), which has recognised the format.
// Leptonica, which the text recogniser brings along, would read all three. It is not used here: it
// lets libpng and libjpeg write their complaints to stderr, and bounds no progressive JPEG.
#pragma once

#include <cstdint>
#include <opencv2/core.hpp>
#include <string_view>

#include "libstareval/base/result.h"

namespace stareval::reader {

// Each gives CV_8UC3 in blue, green, red, what is transparent on white.
[[nodiscard]] Result<cv::Mat> decode_png(std::string_view bytes);
[[nodiscard]] Result<cv::Mat> decode_jpeg(std::string_view bytes);
[[nodiscard]] Result<cv::Mat> decode_webp(std::string_view bytes);

// "expected a sound FORMAT image: WHAT"
[[nodiscard]] Error unsound(std::string_view format, std::string_view what);

// "expected a FORMAT image with 8 bits a channel, found BITS; ..."
[[nodiscard]] Error too_deep(std::string_view format, unsigned bits);

// "expected a FORMAT image that stands still, found an animation; ..."
[[nodiscard]] Error animated(std::string_view format);

// Error where a stated size is empty or beyond the bounds of picture_internal.h.
[[nodiscard]] Result<void> check_size(double width, double height, std::string_view format);

// CV_8UC4 in blue, green, red, opacity (not premultiplied), laid on white.
[[nodiscard]] cv::Mat on_white(const cv::Mat& picture);

// Bytes of a file, from `at`, which must lie within it.
[[nodiscard]] inline unsigned byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}
[[nodiscard]] inline std::uint32_t big_endian_32(std::string_view bytes, std::size_t at) {
  return byte_at(bytes, at) << 24U | byte_at(bytes, at + 1) << 16U | byte_at(bytes, at + 2) << 8U |
         byte_at(bytes, at + 3);
}

}  // namespace stareval::reader
