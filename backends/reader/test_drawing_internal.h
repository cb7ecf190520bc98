// Drawings for tests, by OpenCV alone: boxes, letters, lines with heads of arrows, and PNG files.
// Units   pixels; colours in blue, green, red.
#pragma once

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "backends/reader/ground_internal.h"
#include "tests/support/make_png.h"

namespace stareval::reader::testing {

inline const cv::Scalar kWhite(255, 255, 255);
inline const cv::Scalar kBlack(0, 0, 0);
inline const cv::Scalar kInk(40, 40, 40);
inline const cv::Scalar kPaleBlue(245, 225, 205);

inline cv::Mat paper(int width, int height, const cv::Scalar& colour = kWhite) {
  return {height, width, CV_8UC3, colour};
}

inline cv::Rect around(cv::Point centre, int width, int height) {
  return {centre.x - width / 2, centre.y - height / 2, width, height};
}

inline cv::Point middle_of(const cv::Rect& box) {
  return {box.x + box.width / 2, box.y + box.height / 2};
}

inline void draw_box(cv::Mat& onto, const cv::Rect& box, const cv::Scalar& fill,
                     const cv::Scalar& border = kInk, int thickness = 2) {
  cv::rectangle(onto, box, fill, cv::FILLED);
  if (thickness > 0) cv::rectangle(onto, box, border, thickness);
}

inline void draw_polygon(cv::Mat& onto, const std::vector<cv::Point>& corners,
                         const cv::Scalar& fill, const cv::Scalar& border = kInk,
                         int thickness = 2) {
  cv::fillPoly(onto, std::vector{corners}, fill, cv::LINE_AA);
  cv::polylines(onto, std::vector{corners}, true, border, thickness, cv::LINE_AA);
}

// Letters around a place; returns about where they stand. At scale 0.6 capitals are 13 pixels high.
inline cv::Rect draw_text(cv::Mat& onto, const std::string& text, cv::Point centre,
                          const cv::Scalar& colour = kBlack, double scale = 0.6) {
  constexpr int kFont = cv::FONT_HERSHEY_COMPLEX;
  int below = 0;
  const cv::Size size = cv::getTextSize(text, kFont, scale, 1, &below);
  const cv::Point start(centre.x - size.width / 2, centre.y + size.height / 2);
  cv::putText(onto, text, start, kFont, scale, colour, 1, cv::LINE_AA);
  return {start.x, start.y - size.height, size.width, size.height + below};
}

inline void draw_node(cv::Mat& onto, const cv::Rect& box, const std::string& name,
                      const cv::Scalar& fill = kPaleBlue) {
  draw_box(onto, box, fill);
  draw_text(onto, name, middle_of(box));
}

inline void draw_line(cv::Mat& onto, cv::Point from, cv::Point to, const cv::Scalar& colour = kInk,
                      int thickness = 2) {
  cv::line(onto, from, to, colour, thickness, cv::LINE_AA);
}

enum class Head { filled, open, slim };

// The tip at `to`.
inline void draw_head(cv::Mat& onto, cv::Point from, cv::Point to, Head head,
                      const cv::Scalar& colour = kInk) {
  const cv::Point2d along(to - from);
  const cv::Point2d way = along / std::hypot(along.x, along.y);
  const double half = head == Head::slim ? 4.0 : 6.0;
  const cv::Point2d back = cv::Point2d(to) - way * 13.0;
  const cv::Point2d across(-way.y * half, way.x * half);
  const std::vector<cv::Point> corners{back + across, to, back - across};
  if (head == Head::open) cv::polylines(onto, corners, false, colour, 2, cv::LINE_AA);
  else cv::fillPoly(onto, std::vector{corners}, colour, cv::LINE_AA);
}

inline void draw_arrow(cv::Mat& onto, cv::Point from, cv::Point to, Head head = Head::filled,
                       const cv::Scalar& colour = kInk) {
  draw_line(onto, from, to, colour);
  draw_head(onto, from, to, head, colour);
}

// What PictureReader looks at: CV_8UC1, how far each pixel is from the ground, and where that is
// ink.
inline cv::Mat distance_of(const cv::Mat& picture) {
  return distance_between(picture, ground_of(picture));
}
inline cv::Mat ink_of(const cv::Mat& picture) { return ink_in(distance_of(picture)); }

// A PNG of 8-bit red, green, blue.
inline std::string png_of(const cv::Mat& picture) {
  using stareval::testing::big_endian_bytes;
  using stareval::testing::png_chunk;
  std::string raw;
  raw.reserve(picture.total() * 3 + static_cast<std::size_t>(picture.rows));
  for (int y = 0; y < picture.rows; ++y) {
    raw += '\0';
    for (int x = 0; x < picture.cols; ++x)
      for (const int c : {2, 1, 0}) raw += static_cast<char>(picture.at<cv::Vec3b>(y, x)[c]);
  }
  uLongf size = compressBound(static_cast<uLong>(raw.size()));
  std::string packed(size, '\0');
  compress2(reinterpret_cast<Bytef*>(packed.data()), &size,
            reinterpret_cast<const Bytef*>(raw.data()), static_cast<uLong>(raw.size()), 1);
  packed.resize(size);
  return stareval::testing::png_signature() +
         png_chunk("IHDR", big_endian_bytes(static_cast<std::uint32_t>(picture.cols)) +
                               big_endian_bytes(static_cast<std::uint32_t>(picture.rows)) +
                               std::string("\x08\x02\x00\x00\x00", 5)) +
         png_chunk("IDAT", packed) + png_chunk("IEND", "");
}

}  // namespace stareval::reader::testing
