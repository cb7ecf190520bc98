#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "backends/reader/ground_internal.h"
#include "backends/reader/marks_internal.h"

namespace stareval::reader {
namespace {

constexpr int kMark = 48;        // of a letter, from the colour of its panel
constexpr int kTint = 14;        // of a picture, which may be nearly as light as the panel
constexpr int kFaintTint = 6;    // of one in a panel that is all of one colour,
constexpr int kFlat = 1;         // as is a panel most of whose pixels are no farther from it
constexpr int kBorderLeft = 30;  // below that, the border of a panel has ended
constexpr int kMostBorder = 9;
constexpr double kSpan = 0.7;            // of the panel's side: a second border
constexpr double kHollow = 0.3;          // of its box, most of the area of such a border
constexpr int kThin = 5;                 // pixels
constexpr std::size_t kMostVotes = 200;  // of a panel, for the colour of letters
constexpr int kSameFill = 24;            // of two panels, in the channel that differs most

int border_width(const cv::Mat& distance) {
  const int x = distance.cols / 2;
  const int y = distance.rows / 2;
  const auto clear = [](uchar d) { return d < kBorderLeft; };
  int widest = 0;
  const auto side = [&](auto at) {
    int i = 0;
    while (i < kMostBorder && !clear(at(i))) ++i;
    // A border begins within the first pixels: what is clear from the start may be the gap before
    // it.
    if (i < kMostBorder) widest = std::max(widest, i);
  };
  side([&](int i) { return distance.at<uchar>(std::min(i, distance.rows - 1), x); });
  side([&](int i) { return distance.at<uchar>(std::max(distance.rows - 1 - i, 0), x); });
  side([&](int i) { return distance.at<uchar>(y, std::min(i, distance.cols - 1)); });
  side([&](int i) { return distance.at<uchar>(y, std::max(distance.cols - 1 - i, 0)); });
  return widest;
}

// Is it a second border, or a side of one: about as wide or high as the panel, and hollow or thin?
bool is_border(const Component& part, cv::Size panel) {
  const bool wide = part.box.width >= kSpan * panel.width;
  const bool high = part.box.height >= kSpan * panel.height;
  const bool hollow = part.area < kHollow * part.box.area();
  return (wide && high && hollow) || (wide && part.box.height <= kThin) ||
         (high && part.box.width <= kThin);
}

// Are most pixels of the panel its fill, so that there is no noise that a picture could hide in?
bool is_flat(const cv::Mat& distance, const cv::Mat& inner) {
  return 2 * cv::countNonZero((distance <= kFlat) & inner) > cv::countNonZero(inner);
}

// Letters and pictures keep away from the rim: what touches it is left of a border.
Components without_borders(const cv::Mat& mask, const cv::Mat& rim) {
  Components parts = components_of(mask, 8);
  std::erase_if(parts.all, [&](const Component& part) {
    return is_border(part, rim.size()) || cv::countNonZero(rim(part.box) & parts.mask(part)) >= 2;
  });
  return parts;
}

cv::Vec3b darkest(const cv::Mat& picture, const Marks& marks, const Component& part) {
  cv::Point at;
  cv::minMaxLoc(marks.distance(part.box), nullptr, nullptr, nullptr, &at, marks.parts.mask(part));
  return picture.at<cv::Vec3b>(at + part.box.tl());
}

int centre_y(const cv::Rect& box) { return box.y + box.height / 2; }

int distance_y(const cv::Rect& a, const cv::Rect& b) {
  return std::max({0, a.y - b.br().y, b.y - a.br().y});
}

}  // namespace

Marks marks_of(const cv::Mat& picture, const Panel& panel) {
  Marks marks;
  const cv::Mat whole = distance_from(picture(panel.box), panel.fill);
  const cv::Mat inner = eroded(panel.mask, border_width(whole) + 1);
  marks.distance = cv::Mat::zeros(whole.size(), CV_8UC1);
  whole.copyTo(marks.distance, inner);
  const cv::Mat rim = inner & ~eroded(inner, 1);
  marks.parts = without_borders(marks.distance > kMark, rim);
  marks.tinted = without_borders(marks.distance > kTint, rim);
  if (is_flat(whole, inner)) marks.faint = without_borders(marks.distance > kFaintTint, rim);
  for (const Component& part : marks.parts.all)
    marks.colours.push_back(darkest(picture(panel.box), marks, part));
  return marks;
}

std::vector<cv::Rect> lines_of(std::vector<Component> letters, int glyph) {
  std::sort(letters.begin(), letters.end(), [](const Component& a, const Component& b) {
    return centre_y(a.box) < centre_y(b.box);
  });
  const auto is_low = [glyph](const Component& c) { return 2 * c.box.height < glyph; };
  std::vector<cv::Rect> lines;
  int last = 0;
  for (const Component& c : letters) {
    if (is_low(c)) continue;
    const int y = centre_y(c.box);
    if (lines.empty() || 2 * (y - last) > glyph) lines.push_back(c.box);
    else lines.back() |= c.box;
    last = y;
  }
  const std::vector<cv::Rect> bodies = lines;
  for (const Component& c : letters) {
    if (!is_low(c) || bodies.empty()) continue;
    const auto nearest = std::min_element(bodies.begin(), bodies.end(), [&](auto& a, auto& b) {
      return distance_y(a, c.box) < distance_y(b, c.box);
    });
    lines[static_cast<std::size_t>(nearest - bodies.begin())] |= c.box;
  }
  return lines;
}

std::vector<cv::Vec3b> letter_colours(const std::vector<Panel>& panels,
                                      const std::vector<Marks>& marks, int glyph) {
  std::vector<cv::Vec3b> out;
  for (const Panel& panel : panels) {
    std::vector<cv::Vec3b> votes;
    for (std::size_t j = 0; j < panels.size(); ++j) {
      if (cv::norm(panel.fill, panels[j].fill, cv::NORM_INF) > kSameFill) continue;
      for (std::size_t k = 0; k < std::min(marks[j].colours.size(), kMostVotes); ++k) {
        const int height = marks[j].parts.all[k].box.height;
        if (2 * height > glyph && height < 2 * glyph) votes.push_back(marks[j].colours[k]);
      }
    }
    out.push_back(votes.empty()
                      ? cv::Vec3b()
                      : most_frequent_colour(cv::Mat(votes),
                                             cv::Mat(cv::Size(1, static_cast<int>(votes.size())),
                                                     CV_8UC1, cv::Scalar(255))));
  }
  return out;
}

}  // namespace stareval::reader
