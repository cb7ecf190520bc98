#include <algorithm>
#include <array>

#include "backends/reader/decoders_internal.h"
#include "backends/reader/picture_internal.h"

namespace stareval::reader {
namespace {

using namespace std::string_view_literals;

struct Kind {
  std::string_view name;
  std::size_t at;
  std::string_view bytes;
};

// What people give in place of a picture that is read, to be named in the refusal.
constexpr std::array kOtherKinds{
    Kind{"a GIF image", 0, "GIF8"sv},           Kind{"a BMP image", 0, "BM"sv},
    Kind{"a TIFF image", 0, "II*\0"sv},         Kind{"a TIFF image", 0, "MM\0*"sv},
    Kind{"a PDF document", 0, "%PDF"sv},        Kind{"a PostScript document", 0, "%!PS"sv},
    Kind{"an AVIF image", 4, "ftypavif"sv},     Kind{"a HEIC image", 4, "ftyphei"sv},
    Kind{"a JPEG 2000 image", 4, "jP  \r\n"sv}, Kind{"a JPEG XL image", 4, "JXL \r\n"sv},
    Kind{"a JPEG XL image", 0, "\xff\x0a"sv}};

bool holds_svg(std::string_view bytes) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || bytes[first] != '<') return false;
  return bytes.substr(0, 8192).find("<svg") != std::string_view::npos;
}

std::string_view name_kind(std::string_view bytes) {
  if (bytes.empty()) return "an empty file";
  for (const Kind& kind : kOtherKinds)
    if (bytes.size() > kind.at && bytes.substr(kind.at).starts_with(kind.bytes)) return kind.name;
  return holds_svg(bytes) ? "an SVG drawing" : "another kind of file";
}

bool is_webp(std::string_view bytes) {
  return bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP");
}

}  // namespace

Error unsound(std::string_view format, std::string_view what) {
  return make_error(ErrorCode::bad_data, "expected a sound {} image: {}", format, what);
}

Error too_deep(std::string_view format, unsigned bits) {
  return make_error(ErrorCode::bad_data,
                    "expected a {} image with 8 bits a channel, found {}; store it with 8", format,
                    bits);
}

Error animated(std::string_view format) {
  return make_error(ErrorCode::bad_data,
                    "expected a {} image that stands still, found an animation; store one frame "
                    "of it",
                    format);
}

Result<void> check_size(double width, double height, std::string_view format) {
  if (!(width >= 1.0 && height >= 1.0)) return unsound(format, "it has no pixels");
  const auto refuse = [&](const std::string& expected) {
    return make_error(ErrorCode::bad_data, "{} x {} pixels; expected {}", width, height, expected);
  };
  if (std::min(width, height) < kLeastSide)
    return refuse(fmt::format("at least {} on a side", kLeastSide));
  if (std::max(width, height) > kMostSide)
    return refuse(fmt::format("at most {} on a side, store it smaller", kMostSide));
  if (width * height > kMostPixels)
    return refuse(fmt::format("at most {} million, store it smaller", kMostPixels / 1e6));
  return {};
}

cv::Mat on_white(const cv::Mat& picture) {
  cv::Mat flat(picture.rows, picture.cols, CV_8UC3);
  for (int y = 0; y < picture.rows; ++y) {
    const auto* from = picture.ptr<cv::Vec4b>(y);
    auto* to = flat.ptr<cv::Vec3b>(y);
    for (int x = 0; x < picture.cols; ++x) {
      const int opacity = from[x][3];
      for (int c = 0; c < 3; ++c)
        to[x][c] =
            static_cast<std::uint8_t>((from[x][c] * opacity + 255 * (255 - opacity) + 127) / 255);
    }
  }
  return flat;
}

Result<void> check_file_size(std::uintmax_t bytes) {
  if (bytes <= kMostBytes) return {};
  return make_error(ErrorCode::bad_data, "{} bytes; expected at most {}, store it smaller", bytes,
                    kMostBytes);
}

Result<cv::Mat> decode_picture(std::string_view bytes) {
  STAREVAL_CHECK(check_file_size(bytes.size()));
  if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return decode_png(bytes);
  if (bytes.starts_with("\xff\xd8\xff")) return decode_jpeg(bytes);
  if (is_webp(bytes)) return decode_webp(bytes);
  return make_error(ErrorCode::bad_data,
                    "expected a PNG, JPEG or WebP image, found {}; store it as PNG",
                    name_kind(bytes));
}

}  // namespace stareval::reader
