#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "backends/reader/components_internal.h"
#include "backends/reader/lettering_internal.h"
#include "backends/reader/marks_internal.h"

namespace stareval::reader {
namespace {

// Of 255, between two drawings of the same letters, slightly blurred.
constexpr double kSameLetters = 80;

Contents contents_in(const Panel& panel, const Marks& marks, const cv::Vec3b& letter_colour,
                     int glyph) {
  Contents contents;
  const std::optional<cv::Rect> shown = picture_in(panel, marks, letter_colour, glyph);
  std::vector<Component> letters;
  for (const Component& part : marks.parts.all) {
    const bool within = shown && (grown(*shown, 2, marks.distance.size()) & part.box).area() > 0;
    const bool speck = std::max(part.box.width, part.box.height) < std::max(2, glyph / 6);
    if (!within && !speck) letters.push_back(part);
  }
  for (const cv::Rect& line : lines_of(letters, glyph))
    contents.lines.push_back({line + panel.box.tl(), crop_of(marks.distance, line)});
  if (shown) contents.picture = *shown + panel.box.tl();
  return contents;
}

}  // namespace

cv::Mat crop_of(const cv::Mat& distance, const cv::Rect& box) {
  const cv::Rect wide = grown(box, kCropMargin, distance.size());
  cv::Mat part = distance(wide).clone();
  double most = 0;
  cv::minMaxLoc(part, nullptr, &most);
  cv::Mat crop;
  part.convertTo(crop, CV_8UC1, -255.0 / std::max(most, 1.0), 255.0);
  return crop;
}

bool look_alike(const cv::Mat& a, const cv::Mat& b) {
  if (std::abs(a.cols - b.cols) > 1 || std::abs(a.rows - b.rows) > 1) return false;
  cv::Mat first;
  cv::Mat second;
  cv::blur(a, first, {3, 3});
  cv::blur(b, second, {3, 3});
  // At the best of some shifts, no place may differ by more than the edge of a letter.
  for (int dy = -1; dy <= 1; ++dy)
    for (int dx = -1; dx <= 1; ++dx) {
      const cv::Rect in_a(std::max(dx, 0), std::max(dy, 0), std::min(a.cols, b.cols) - 1,
                          std::min(a.rows, b.rows) - 1);
      const cv::Rect in_b(std::max(-dx, 0), std::max(-dy, 0), in_a.width, in_a.height);
      const cv::Rect all_a(cv::Point(), a.size());
      const cv::Rect all_b(cv::Point(), b.size());
      if ((in_a & all_a) != in_a || (in_b & all_b) != in_b) continue;
      if (cv::norm(first(in_a), second(in_b), cv::NORM_INF) <= kSameLetters) return true;
    }
  return false;
}

std::vector<Contents> contents_of(const cv::Mat& picture, const std::vector<Panel>& panels,
                                  int& glyph) {
  std::vector<Marks> marks;
  std::vector<int> heights;
  for (const Panel& panel : panels) {
    marks.push_back(marks_of(picture, panel));
    for (const Component& part : marks.back().parts.all)
      if (part.box.height > 3) heights.push_back(part.box.height);
  }
  glyph = median_of(heights);
  const std::vector<cv::Vec3b> colours = letter_colours(panels, marks, glyph);
  std::vector<Contents> contents;
  for (std::size_t i = 0; i < panels.size(); ++i)
    contents.push_back(contents_in(panels[i], marks[i], colours[i], glyph));
  return contents;
}

}  // namespace stareval::reader
