#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <tuple>
#include <utility>

#include "backends/reader/components_internal.h"
#include "backends/reader/ground_internal.h"
#include "backends/reader/line_map_internal.h"
#include "backends/reader/panel_kinds_internal.h"
#include "backends/reader/sight_internal.h"

namespace stareval::reader {
namespace {

constexpr int kClear = 2;            // pixels around a panel that are still its border
constexpr int kRim = 4;              // around a node, within which a line has reached it
constexpr double kZone = 0.3;        // around the letters of a label, in heights of letters
constexpr double kStrengthen = 2.0;  // of lines: 128 levels from the ground are full ink

// What is beyond is no drawing of a graph that could be read, and would take long.
constexpr std::size_t kMostPanels =
    4000;  // boxes and all that looks like one, before it is looked into
constexpr std::size_t kMostBoxes = 200;
constexpr std::size_t kMostLabels = 200;
constexpr std::size_t kMostLetters = 5000;  // to be read, in boxes and labels
constexpr std::size_t kMostMarks = 10000;   // letters, and pieces of lines, beside boxes
constexpr double kMostTangle = 2e9;         // pieces times pixels of their borders: to trace them

Result<void> check_count(std::size_t count, std::size_t most, const char* what) {
  if (count <= most) return {};
  return make_error(ErrorCode::bad_data,
                    "expected a drawing of a graph with at most {} {}, found {}; give a smaller "
                    "graph, or a part of the picture",
                    most, what, count);
}

void paint(cv::Mat& onto, const Panel& panel, int margin, double value) {
  onto(grown(panel.box, margin, onto.size()))
      .setTo(value, grown_mask(panel.mask, panel.box, margin, onto.size()));
}

void drop_empty(std::vector<Panel>& panels, std::vector<Contents>& contents) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < panels.size(); ++i) {
    if (contents[i].lines.empty() && !contents[i].picture) continue;
    std::swap(panels[kept], panels[i]);
    std::swap(contents[kept], contents[i]);
    ++kept;
  }
  panels.resize(kept);
  contents.resize(kept);
}

// About: one is half as wide as its line is high.
std::size_t letters_of(const Sight& sight) {
  double sum = 0;
  const auto add = [&sum](const TextBox& text) { sum += 2.0 * text.box.width / text.box.height; };
  for (const Contents& inside : sight.contents)
    for (const TextBox& line : inside.lines) add(line);
  for (const Label& label : sight.labels) add(label.text);
  return static_cast<std::size_t>(sum);
}

// Of connected components, and of what is around them.
int count_labels(const cv::Mat& mask, int neighbours) {
  cv::Mat labels;
  return cv::connectedComponents(mask, labels, neighbours, CV_32S);
}

// Contours are traced in a time that grows with the pieces of ink and paper, and with how long all
// their borders are: 1e7 for a usual drawing, 1e10 and more for hatching or noise of many
// megapixels.
Result<void> check_tangle(const cv::Mat& ink) {
  cv::Mat inner;
  cv::erode(ink, inner, cv::Mat::ones(3, 3, CV_8UC1));
  const double border = cv::countNonZero(ink) - cv::countNonZero(inner);
  const double pieces = count_labels(ink, 8) + count_labels(~ink, 4);
  if (pieces * border <= kMostTangle) return {};
  return make_error(
      ErrorCode::bad_data,
      "expected a drawing of a graph, found {} pieces of ink and paper with borders of "
      "{} pixels, as noise and hatching have; give a cleaner or smaller picture",
      pieces, border);
}

bool stands_before(const cv::Rect& a, const cv::Rect& b) {
  return std::tie(a.y, a.x) < std::tie(b.y, b.x);
}

// What is drawn, before lines are followed.
struct Parts {
  cv::Mat distance;  // of each pixel from the ground
  cv::Mat ink;       // beside panels
  cv::Mat rims;      // of panels
  std::vector<Panel> panels;
  std::vector<Contents> contents;
  int glyph = 0;
};

Result<Parts> parts_of(const cv::Mat& picture) {
  Parts parts;
  parts.distance = distance_between(picture, ground_of(picture));
  parts.ink = ink_in(parts.distance);
  STAREVAL_CHECK(check_tangle(parts.ink));
  parts.panels = find_panels(picture, parts.ink);
  STAREVAL_CHECK(check_count(parts.panels.size(), kMostPanels, "boxes"));
  std::stable_sort(parts.panels.begin(), parts.panels.end(),
                   [](const Panel& a, const Panel& b) { return stands_before(a.box, b.box); });
  parts.contents = contents_of(picture, parts.panels, parts.glyph);
  drop_empty(parts.panels, parts.contents);
  STAREVAL_CHECK(check_count(parts.panels.size(), kMostBoxes, "boxes"));
  parts.rims = cv::Mat::zeros(parts.ink.size(), CV_8UC1);
  for (const Panel& panel : parts.panels) {
    paint(parts.rims, panel, kRim, 255);
    paint(parts.ink, panel, kClear, 0);
  }
  const auto marks = static_cast<std::size_t>(count_labels(parts.ink, 8) - 1);
  STAREVAL_CHECK(check_count(marks, kMostMarks, "marks beside boxes"));
  return parts;
}

// Panels become nodes or labels; free text becomes labels.
void sort_out(const cv::Mat& picture, Parts& parts, Sight& sight) {
  std::vector<TextBox> free = free_lines(parts.ink, parts.rims, parts.distance, parts.glyph);
  const std::vector<bool> is_label = find_label_panels(
      parts.panels, parts.contents, most_frequent_colour(picture, parts.ink), free.size());
  for (std::size_t i = 0; i < parts.panels.size(); ++i) {
    if (is_label[i] && !parts.contents[i].lines.empty()) {
      sight.labels.push_back({parts.contents[i].lines.front(), parts.panels[i].box});
    } else {
      sight.nodes.push_back(std::move(parts.panels[i]));
      sight.contents.push_back(std::move(parts.contents[i]));
    }
  }
  const int pad = std::max(2, static_cast<int>(kZone * parts.glyph));
  for (TextBox& line : free) {
    const cv::Rect zone = grown(line.box, pad, picture.size());
    sight.labels.push_back({std::move(line), zone});
  }
  std::stable_sort(sight.labels.begin(), sight.labels.end(),
                   [](const Label& a, const Label& b) { return stands_before(a.zone, b.zone); });
}

std::vector<FoundEdge> edges_of(const Parts& parts, const Sight& sight) {
  cv::Mat line_ink = cv::Mat::zeros(parts.ink.size(), CV_8UC1);
  cv::Mat strong;
  parts.distance.convertTo(strong, CV_8UC1, kStrengthen);
  strong.copyTo(line_ink, parts.ink);
  cv::Mat zones = cv::Mat::zeros(parts.ink.size(), CV_8UC1);
  std::vector<cv::Rect> boxes;
  for (const Label& label : sight.labels) {
    line_ink(label.zone).setTo(0);
    zones(label.zone).setTo(255);
    boxes.push_back(label.zone);
  }
  cv::Mat nodes = cv::Mat::zeros(parts.ink.size(), CV_16SC1);
  for (std::size_t i = 0; i < sight.nodes.size(); ++i)
    paint(nodes, sight.nodes[i], kRim, static_cast<double>(i + 1));
  return find_edges(LineMap(line_ink, nodes, zones, parts.glyph), boxes);
}

}  // namespace

Result<Sight> look(const cv::Mat& picture) {
  Sight sight;
  STAREVAL_TRY(Parts parts, parts_of(picture));
  sort_out(picture, parts, sight);
  STAREVAL_CHECK(check_count(sight.labels.size(), kMostLabels, "labels"));
  STAREVAL_CHECK(check_count(letters_of(sight), kMostLetters, "letters"));
  sight.edges = edges_of(parts, sight);
  return sight;
}

}  // namespace stareval::reader
