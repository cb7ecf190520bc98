#include <algorithm>

#include "backends/reader/components_internal.h"
#include "backends/reader/panel_kinds_internal.h"

namespace stareval::reader {
namespace {

constexpr int kSameHeight = 2;     // pixels, of labels: one line of the same letters each
constexpr double kLower = 0.86;    // height of a label, against the lowest node
constexpr double kFreePart = 0.4;  // of the number of panels: where there are as many free lines of
                                   // text as that, these are the labels
constexpr int kSameColour = 24;    // in the channel that differs most
constexpr int kNoHeight = 1 << 20;

bool may_be_label(const Contents& contents) {
  return !contents.picture && contents.lines.size() == 1;
}

// Of the middle column, so that the end of a line that clings to a panel does not count.
int height_of(const Panel& panel) {
  cv::Mat columns;
  cv::reduce(panel.mask, columns, 0, cv::REDUCE_SUM, CV_32S);
  return median_of(std::vector<int>(columns.begin<int>(), columns.end<int>())) / 255;
}

// Of the low panels of one height, those that are lower than all others.
std::vector<bool> lower_ones(const std::vector<Panel>& panels,
                             const std::vector<Contents>& contents) {
  std::vector<bool> low(panels.size(), false);
  std::vector<int> heights;
  heights.reserve(panels.size());
  for (const Panel& panel : panels) heights.push_back(height_of(panel));
  int lowest = kNoHeight;
  for (std::size_t i = 0; i < panels.size(); ++i)
    if (may_be_label(contents[i])) lowest = std::min(lowest, heights[i]);
  int next = kNoHeight;  // the lowest panel that is none of them and has no picture
  for (std::size_t i = 0; i < panels.size(); ++i) {
    low[i] = may_be_label(contents[i]) && heights[i] <= lowest + kSameHeight;
    if (!low[i] && !contents[i].picture) next = std::min(next, heights[i]);
  }
  if (lowest > kLower * next) low.assign(panels.size(), false);
  return low;
}

// Those filled with the colour of the lines.
std::vector<bool> line_coloured_ones(const std::vector<Panel>& panels,
                                     const std::vector<Contents>& contents, const cv::Vec3b& line) {
  std::vector<bool> coloured(panels.size(), false);
  for (std::size_t i = 0; i < panels.size(); ++i)
    coloured[i] =
        may_be_label(contents[i]) && cv::norm(panels[i].fill, line, cv::NORM_INF) <= kSameColour;
  return coloured;
}

// Are there labels and nodes, and too little text beside the panels for other labels?
bool are_labels(const std::vector<bool>& members, std::size_t free_lines) {
  const auto n = std::count(members.begin(), members.end(), true);
  return n > 0 && n < static_cast<std::ptrdiff_t>(members.size()) &&
         static_cast<double>(free_lines) < kFreePart * static_cast<double>(n);
}

}  // namespace

std::vector<bool> find_label_panels(const std::vector<Panel>& panels,
                                    const std::vector<Contents>& contents, const cv::Vec3b& line,
                                    std::size_t free_lines) {
  for (std::vector<bool> members :
       {lower_ones(panels, contents), line_coloured_ones(panels, contents, line)})
    if (are_labels(members, free_lines)) return members;
  return std::vector<bool>(panels.size(), false);
}

}  // namespace stareval::reader
