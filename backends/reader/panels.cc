#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <unordered_map>

#include "backends/reader/components_internal.h"
#include "backends/reader/panels_internal.h"

namespace stareval::reader {
namespace {

constexpr int kLeastSide = 9;            // of a panel: wider than lines and heads of arrows
constexpr int kHoleArea = 330;           // of what letters enclose, and gaps between strokes
constexpr double kLeastSolidity = 0.93;  // area by area of the convex hull
constexpr double kLeastSymmetry = 0.88;  // overlap with itself after half a turn
constexpr int kLeastContent = 10;        // pixels of ink
constexpr double kFramePart = 0.8;       // of both sides of the picture: more is a frame around it
constexpr std::size_t kMostCompared = 4000;  // panels, each with each
constexpr double kThickPart = 0.7;  // of a hole's rim, which is then a hole of something solid
constexpr double kLeastHeightPart = 0.25;  // of the mean panel, large ones weighing more

using Contour = std::vector<cv::Point>;

// The inside of a contour, as a mask of its box.
cv::Mat filled(const Contour& contour, const cv::Rect& box) {
  cv::Mat mask = cv::Mat::zeros(box.size(), CV_8UC1);
  const std::vector<Contour> one{contour};
  cv::drawContours(mask, one, 0, 255, cv::FILLED, cv::LINE_8, cv::noArray(), 0, -box.tl());
  return mask;
}

double symmetry(const cv::Mat& mask) {
  cv::Mat turned;
  cv::flip(mask, turned, -1);
  const double both = cv::countNonZero(mask & turned);
  const double any = cv::countNonZero(mask | turned);
  return any == 0 ? 0.0 : both / any;
}

// A shape with something in it: faces between lines may look like one, but are empty.
bool is_shape(const Contour& contour, const cv::Mat& mask, const cv::Mat& ink) {
  Contour hull;
  cv::convexHull(contour, hull);
  return std::min(mask.cols, mask.rows) >= kLeastSide &&
         cv::contourArea(contour) >= kLeastSolidity * cv::contourArea(hull) &&
         symmetry(mask) >= kLeastSymmetry &&
         cv::countNonZero(eroded(mask, 3) & ink) >= kLeastContent;
}

// Is what encloses the hole wider than a line?
bool is_in_something_solid(const cv::Mat& hole, const cv::Rect& box, const cv::Mat& thick) {
  constexpr int kRim = 3;
  const cv::Rect wide = grown(box, kRim, thick.size());
  cv::Mat rim = grown_mask(hole, box, kRim, thick.size());
  rim(box - wide.tl()).setTo(0, hole);
  const double length = cv::countNonZero(rim);
  return length > 0 && cv::countNonZero(rim & thick(wide)) >= kThickPart * length;
}

// A frame around the whole drawing is no part of it.
bool is_frame(const cv::Rect& box, cv::Size picture) {
  return box.width > kFramePart * picture.width && box.height > kFramePart * picture.height;
}

// Fill what ink encloses, where it is a shape or a hole in something solid: in a letter, or a light
// part of a picture. `thick`: ink that is wider than lines; none: only shapes are filled.
void fill_enclosed(cv::Mat& solid, const cv::Mat& ink, const cv::Mat& thick) {
  std::vector<Contour> contours;
  std::vector<cv::Vec4i> order;  // the last: the contour around a hole, -1 where there is none
  cv::findContours(ink, contours, order, cv::RETR_CCOMP, cv::CHAIN_APPROX_NONE);
  Effort effort;
  for (std::size_t i = 0; i < contours.size(); ++i) {
    if (order[i][3] < 0) continue;
    const cv::Rect box = cv::boundingRect(contours[i]);
    if (!effort.spend(box)) break;
    if (is_frame(box, ink.size())) continue;
    const cv::Mat hole = filled(contours[i], box);
    const bool small = cv::contourArea(contours[i]) <= kHoleArea;
    if (small ? !thick.empty()
              : is_shape(contours[i], hole, ink(box)) ||
                    (!thick.empty() && is_in_something_solid(hole, box, thick)))
      solid(box).setTo(255, hole);
  }
}

cv::Mat with_enclosed(const cv::Mat& ink) {
  cv::Mat thick;
  cv::morphologyEx(ink, thick, cv::MORPH_OPEN, cv::Mat::ones(5, 5, CV_8UC1));
  cv::Mat solid = ink.clone();
  fill_enclosed(solid, ink, thick);
  // Borders that are faint where they lean are whole only where gaps of a pixel are closed.
  cv::Mat closed;
  cv::morphologyEx(ink, closed, cv::MORPH_CLOSE, cv::Mat::ones(3, 3, CV_8UC1));
  fill_enclosed(solid, closed, {});
  return solid;
}

Panel panel_of(const cv::Mat& picture, const cv::Rect& box, const cv::Mat& mask) {
  Panel panel;
  panel.box = box;
  panel.mask = mask;
  panel.symmetry = symmetry(mask);
  const cv::Mat inner = eroded(mask, 2);
  const cv::Mat deeper = eroded(inner, std::clamp(box.height / 8, 2, 6));
  panel.fill = most_frequent_colour(picture(box), inner & ~deeper);
  return panel;
}

// Those within another. Not looked for among more than a drawing of a graph may have.
void drop_inner(std::vector<Panel>& panels) {
  if (panels.size() > kMostCompared) return;
  std::vector<cv::Rect> boxes;
  boxes.reserve(panels.size());
  for (const Panel& panel : panels) boxes.push_back(panel.box);
  std::erase_if(panels, [&boxes](const Panel& panel) {
    return std::any_of(boxes.begin(), boxes.end(), [&panel](const cv::Rect& other) {
      return other != panel.box && (other & panel.box) == panel.box;
    });
  });
}

void drop_small(std::vector<Panel>& panels) {
  if (panels.empty()) return;
  double weighted = 0;
  double weights = 0;
  for (const Panel& panel : panels) {
    weighted += static_cast<double>(panel.box.area()) * panel.box.height;
    weights += panel.box.area();
  }
  const double least = kLeastHeightPart * weighted / weights;
  std::erase_if(panels, [least](const Panel& panel) {
    return panel.box.height < least || panel.box.width < least;
  });
}

}  // namespace

// The mean of the fullest cell of colours, eight levels wide.
cv::Vec3b most_frequent_colour(const cv::Mat& picture, const cv::Mat& where) {
  struct Cell {
    int count = 0;
    cv::Vec3d sum;
  };
  std::unordered_map<int, Cell> cells;
  Cell best;
  for (int y = 0; y < picture.rows; ++y)
    for (int x = 0; x < picture.cols; ++x) {
      if (where.at<uchar>(y, x) == 0) continue;
      const auto& p = picture.at<cv::Vec3b>(y, x);
      Cell& cell = cells[(p[0] >> 3) << 10 | (p[1] >> 3) << 5 | p[2] >> 3];
      ++cell.count;
      cell.sum += cv::Vec3d(p);
      if (cell.count > best.count) best = cell;
    }
  cv::Vec3b out;
  for (int c = 0; c < 3; ++c) out[c] = static_cast<uchar>(best.sum[c] / std::max(best.count, 1));
  return out;
}

std::vector<Panel> find_panels(const cv::Mat& picture, const cv::Mat& ink) {
  cv::Mat cores;
  cv::morphologyEx(with_enclosed(ink), cores, cv::MORPH_OPEN,
                   cv::Mat::ones(kLeastSide, kLeastSide, CV_8UC1));
  std::vector<Contour> contours;
  std::vector<cv::Vec4i> order;
  cv::findContours(cores, contours, order, cv::RETR_CCOMP, cv::CHAIN_APPROX_NONE);
  std::vector<Panel> panels;
  for (std::size_t i = 0; i < contours.size(); ++i) {
    const cv::Rect box = cv::boundingRect(contours[i]);
    if (order[i][3] >= 0 || is_frame(box, ink.size())) continue;
    panels.push_back(panel_of(picture, box, filled(contours[i], box)));
  }
  drop_inner(panels);
  drop_small(panels);
  return panels;
}

}  // namespace stareval::reader
