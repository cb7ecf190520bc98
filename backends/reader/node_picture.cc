#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "backends/reader/marks_internal.h"

namespace stareval::reader {
namespace {

// In heights of letters.
constexpr double kPictureSide = 2.2;  // both sides of a picture at least that,
constexpr double kPictureLong = 2.6;  // and its longer side that
constexpr double kThick = 0.4;        // half of the side of a square that fits into no stroke,
constexpr double kThickFaint = 0.8;   // and of one that fits into no line of blurred letters
constexpr double kMostLine = 2.4;     // height of a line of text, accents and descenders included
constexpr double kPieceGap = 0.13;    // half of the gap between pieces of one picture
constexpr double kOddLong = 1.3;      // longer side of a picture that is told by its colours,
constexpr double kOddArea = 0.5;      // and its area in heights squared

constexpr double kOtherColour = 30;  // from the blends of the panel's colour and the letters'

bool is_picture(const cv::Rect& box, int glyph) {
  const double least = std::min(box.width, box.height);
  const double most = std::max(box.width, box.height);
  return least >= kPictureSide * glyph && most >= kPictureLong * glyph;
}

// Do pieces stand in lines, as letters do?
bool stand_in_lines(const std::vector<Component>& pieces, int glyph) {
  const std::vector<cv::Rect> lines = lines_of(pieces, glyph);
  return std::all_of(lines.begin(), lines.end(),
                     [glyph](const cv::Rect& line) { return line.height <= kMostLine * glyph; });
}

void add(std::optional<cv::Rect>& found, const cv::Rect& box) {
  found = found ? *found | box : box;
}

// Marks that are long, and hold a square of `half` pixels to each side of its centre.
void add_thick(std::optional<cv::Rect>& found, const Components& marks, int half, double least) {
  if (marks.all.empty()) return;
  const cv::Mat cores = eroded(marks.labels != 0, half);
  for (const Component& part : marks.all)
    if (std::max(part.box.width, part.box.height) >= least &&
        cv::countNonZero(cores(part.box) & marks.mask(part)) > 0)
      add(found, part.box);
}

std::optional<cv::Rect> large_mark(const Marks& marks, int glyph) {
  const auto heights = [glyph](double of) { return std::max(3, cvRound(of * glyph)); };
  std::optional<cv::Rect> found;
  for (const Component& part : marks.tinted.all)
    if (is_picture(part.box, glyph)) add(found, part.box);
  add_thick(found, marks.parts, heights(kThick), kOddLong * glyph);
  add_thick(found, marks.faint, heights(kThickFaint), kOddLong * glyph);
  return found;
}

// The label of the group that holds a part, which lies below each of its pixels.
int group_at(const Components& groups, const Components& parts, const Component& part) {
  int x = part.box.x;
  while (parts.labels.at<int>(part.box.y, x) != part.label) ++x;
  return groups.labels.at<int>(part.box.y, x);
}

// Close marks, joined, that are large together and do not stand in lines.
std::optional<cv::Rect> pieces_in(const Marks& marks, int glyph) {
  std::optional<cv::Rect> found;
  if (stand_in_lines(marks.parts.all, glyph)) return found;
  const int join = std::max(1, static_cast<int>(std::lround(kPieceGap * glyph)));
  cv::Mat wide;
  cv::dilate(marks.parts.labels != 0, wide, cv::Mat::ones(2 * join + 1, 2 * join + 1, CV_8UC1));
  const Components groups = components_of(wide, 8);
  std::vector<std::vector<Component>> pieces(groups.all.size());
  for (const Component& part : marks.parts.all)
    pieces[static_cast<std::size_t>(group_at(groups, marks.parts, part) - 1)].push_back(part);
  for (std::size_t i = 0; i < groups.all.size(); ++i) {
    const cv::Rect& wide_box = groups.all[i].box;
    const cv::Rect box(wide_box.x + join, wide_box.y + join, wide_box.width - 2 * join,
                       wide_box.height - 2 * join);
    if (is_picture(box, glyph) && !stand_in_lines(pieces[i], glyph)) add(found, box);
  }
  return found;
}

// Is a colour no blend of the panel's and the letters', as it is at their edges?
bool is_odd(const cv::Vec3d& colour, const cv::Vec3d& fill, const cv::Vec3d& letters) {
  const cv::Vec3d axis = letters - fill;
  const cv::Vec3d off = colour - fill;
  const double square = std::max(axis.dot(axis), 1.0);
  return cv::norm(off - axis * std::clamp(off.dot(axis) / square, 0.0, 1.0)) > kOtherColour;
}

std::optional<cv::Rect> odd_marks(const Panel& panel, const Marks& marks, const cv::Vec3b& letters,
                                  int glyph) {
  std::optional<cv::Rect> found;
  double area = 0;
  std::size_t odd = 0;
  for (std::size_t i = 0; i < marks.colours.size(); ++i) {
    if (!is_odd(marks.colours[i], panel.fill, letters)) continue;
    ++odd;
    add(found, marks.parts.all[i].box);
    area += marks.parts.all[i].area;
  }
  // Where all are odd, these are letters of a colour of their own.
  const bool large = found && odd < marks.colours.size() &&
                     std::max(found->width, found->height) >= kOddLong * glyph &&
                     area >= kOddArea * glyph * glyph;
  return large ? found : std::nullopt;
}

}  // namespace

std::optional<cv::Rect> picture_in(const Panel& panel, const Marks& marks, const cv::Vec3b& letters,
                                   int glyph) {
  if (const auto large = large_mark(marks, glyph)) return large;
  if (const auto pieces = pieces_in(marks, glyph)) return pieces;
  return odd_marks(panel, marks, letters, glyph);
}

}  // namespace stareval::reader
