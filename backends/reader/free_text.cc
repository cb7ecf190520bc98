#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <opencv2/imgproc.hpp>

#include "backends/reader/components_internal.h"
#include "backends/reader/ground_internal.h"
#include "backends/reader/lettering_internal.h"

namespace stareval::reader {
namespace {

// In heights of letters of the panels.
constexpr double kMostLetter = 2.3;    // height of one, descender and accent included
constexpr double kMostWidth = 5.0;     // of several that touch
constexpr double kLeastLetter = 0.45;  // height of one that begins a line
constexpr double kWordGap = 1.5;       // most between two of a line
constexpr double kStemGap = 0.6;       // most between a line and a thin stroke that belongs to it
constexpr double kAccent = 0.5;        // longer side of a dot or accent, or of a hyphen
constexpr double kAccentGap = 0.2;     // from it to the letters
constexpr double kOpenGap = 0.45;      // between two letters
constexpr double kStrong = 0.45;       // of the darkest ink: a letter's body, not its blurred edge
constexpr int kOtherInk = 14;       // between the darkness of letters and lines, to tell them apart
constexpr double kLeastLine = 0.9;  // width of a whole line

struct Mark {
  cv::Rect box;
  int label = 0;      // of its component
  bool thin = false;  // a straight stroke: the letter l, or a dash of a line
};

// Dashes, and stems of letters: much longer than wide, by the second moments of a bar.
bool is_thin(const cv::Mat& mask, int glyph) {
  const cv::Moments m = cv::moments(mask, true);
  if (m.m00 < 1) return true;
  const double xx = m.mu20 / m.m00 + 1.0 / 12.0;
  const double yy = m.mu02 / m.m00 + 1.0 / 12.0;
  const double xy = m.mu11 / m.m00;
  const double middle = (xx + yy) / 2.0;
  const double apart = std::hypot((xx - yy) / 2.0, xy);
  const double wide = std::sqrt(12.0 * std::max(middle - apart, 0.0));
  const double high = std::sqrt(12.0 * (middle + apart));
  return wide < 0.34 * glyph && high > 1.8 * wide;
}

// Of each component, by its label: what begins at a panel is the end of a line.
std::vector<bool> attached_ones(const Components& parts, const cv::Mat& rims) {
  std::vector<bool> attached(parts.all.size() + 1, false);
  for (int y = 0; y < rims.rows; ++y) {
    const int* label = parts.labels.ptr<int>(y);
    const uchar* rim = rims.ptr<uchar>(y);
    for (int x = 0; x < rims.cols; ++x)
      if (rim[x] != 0) attached[static_cast<std::size_t>(label[x])] = true;
  }
  return attached;
}

std::vector<Mark> marks_in(const Components& parts, const std::vector<bool>& attached, int glyph) {
  std::vector<Mark> marks;
  for (const Component& part : parts.all)
    if (part.box.height <= kMostLetter * glyph && part.box.width <= kMostWidth * glyph &&
        !attached[static_cast<std::size_t>(part.label)])
      marks.push_back({part.box, part.label, is_thin(parts.mask(part), glyph)});
  return marks;
}

int gap_x(const cv::Rect& a, const cv::Rect& b) {
  return std::max(a.x, b.x) - std::min(a.br().x, b.br().x);
}

int overlap_y(const cv::Rect& a, const cv::Rect& b) {
  return std::min(a.br().y, b.br().y) - std::max(a.y, b.y);
}

// Do two stand on one line of text?
bool are_level(const cv::Rect& a, const cv::Rect& b) {
  return 2 * overlap_y(a, b) >= std::min(a.height, b.height);
}

struct Line {
  cv::Rect box;
  int letters = 0;
  std::vector<Mark> marks;

  void take(const Mark& mark) {
    box = marks.empty() ? mark.box : box | mark.box;
    marks.push_back(mark);
  }
};

bool may_join(const cv::Rect& a, const cv::Rect& b, int glyph) {
  return are_level(a, b) && gap_x(a, b) <= kWordGap * glyph &&
         (a | b).height <= kMostLetter * glyph;
}

// Letters that are no thin strokes, joined from left to right.
std::vector<Line> lines_of(std::vector<Mark> letters, int glyph) {
  std::sort(letters.begin(), letters.end(),
            [](const Mark& a, const Mark& b) { return a.box.x < b.box.x; });
  std::vector<Line> lines;
  for (const Mark& mark : letters) {
    Line* best = nullptr;
    for (Line& line : lines)
      if (may_join(line.box, mark.box, glyph) &&
          (best == nullptr || gap_x(line.box, mark.box) < gap_x(best->box, mark.box)))
        best = &line;
    if (best == nullptr) best = &lines.emplace_back();
    best->take(mark);
    ++best->letters;
  }
  return lines;
}

// The letter l, and others with a stem.
bool is_upright(const cv::Rect& box, int glyph) {
  return 2 * box.height > 3 * box.width && box.height >= kLeastLetter * glyph;
}

// Stems and hyphens between letters; dots and accents above them. Dashes of a line that comes near
// are longer than accents, and lean or lie.
bool belongs(const Mark& mark, const Line& line, int glyph) {
  const cv::Rect& a = line.box;
  const cv::Rect& b = mark.box;
  const bool small = std::max(b.width, b.height) <= kAccent * glyph;
  const bool upright = is_upright(b, glyph);
  const bool above = small && b.br().y <= a.y + a.height / 2 &&
                     a.y - b.br().y <= kAccentGap * glyph + 1 && b.x >= a.x - 2 &&
                     b.br().x <= a.br().x + 2;
  const bool inside = (small || upright) && gap_x(a, b) <= 0 && 3 * overlap_y(a, b) >= 2 * b.height;
  const bool beside = upright && gap_x(a, b) <= kStemGap * glyph && 2 * overlap_y(a, b) >= b.height;
  return above || inside || (beside && (a | b).height <= kMostLetter * glyph);
}

void join(std::vector<Line>& lines, int glyph) {
  for (std::size_t i = 0; i < lines.size(); ++i)
    for (std::size_t j = i + 1; j < lines.size();) {
      if (!may_join(lines[i].box, lines[j].box, glyph)) {
        ++j;
        continue;
      }
      lines[i].box |= lines[j].box;
      lines[i].letters += lines[j].letters;
      lines[i].marks.insert(lines[i].marks.end(), lines[j].marks.begin(), lines[j].marks.end());
      lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(j));
      j = i + 1;
    }
}

void add_strokes(std::vector<Line>& lines, std::vector<Mark> strokes, int glyph) {
  for (int round = 0; round < 2; ++round)
    std::erase_if(strokes, [&](const Mark& mark) {
      const auto line = std::find_if(lines.begin(), lines.end(),
                                     [&](const Line& l) { return belongs(mark, l, glyph); });
      if (line == lines.end()) return false;
      line->take(mark);
      return true;
    });
}

// Between letters far apart may stand one that touches a line, and is no mark of its own; its dot
// may be one.
void open_gaps(cv::Mat& mask, const Line& line, cv::Point corner, int glyph) {
  std::vector<Mark> marks = line.marks;
  std::sort(marks.begin(), marks.end(),
            [](const Mark& a, const Mark& b) { return a.box.x < b.box.x; });
  int end = line.box.x;
  for (const Mark& mark : marks) {
    if (mark.box.height < kLeastLetter * glyph) continue;
    if (mark.box.x - end > kOpenGap * glyph)
      mask(cv::Rect(end, line.box.y, mark.box.x - end, line.box.height) - corner).setTo(255);
    end = std::max(end, mark.box.br().x);
  }
}

// How dark nearly the darkest ink is.
int dark_end(const cv::Mat& distance, const cv::Mat& ink) {
  const std::array<int, 256> counts = counts_by_level(distance, ink);
  const int all = std::accumulate(counts.begin(), counts.end(), 0);
  int above = 0;
  int level = 255;
  while (level > 0 && (above += counts[static_cast<std::size_t>(level)]) * 20 < all) --level;
  return level;
}

// The darkest pixel of each component, by its label.
std::vector<int> peaks_of(const Components& parts, const cv::Mat& distance) {
  std::vector<int> peaks(parts.all.size() + 1, 0);
  for (int y = 0; y < distance.rows; ++y) {
    const int* label = parts.labels.ptr<int>(y);
    const uchar* value = distance.ptr<uchar>(y);
    for (int x = 0; x < distance.cols; ++x)
      if (label[x] != 0) {
        int& peak = peaks[static_cast<std::size_t>(label[x])];
        peak = std::max<int>(peak, value[x]);
      }
  }
  return peaks;
}

int peak_of_lines(const Components& parts, const std::vector<bool>& attached,
                  const std::vector<int>& peaks) {
  std::vector<int> of_lines;
  for (const Component& part : parts.all)
    if (part.area > 4 && attached[static_cast<std::size_t>(part.label)])
      of_lines.push_back(peaks[static_cast<std::size_t>(part.label)]);
  return median_of(of_lines);
}

// The letters alone: what else comes near is left white.
TextBox text_box(const Line& line, const Components& parts, const cv::Mat& distance, int glyph) {
  const cv::Rect wide = grown(line.box, kCropMargin, distance.size());
  cv::Mat mask = cv::Mat::zeros(wide.size(), CV_8UC1);
  for (const Mark& mark : line.marks) mask.setTo(255, parts.labels(wide) == mark.label);
  open_gaps(mask, line, wide.tl(), glyph);
  cv::dilate(mask, mask, cv::Mat::ones(3, 3, CV_8UC1));
  cv::Mat letters = cv::Mat::zeros(wide.size(), CV_8UC1);
  distance(wide).copyTo(letters, mask);
  return {line.box, crop_of(letters, cv::Rect(cv::Point(), wide.size()))};
}

}  // namespace

std::vector<TextBox> free_lines(const cv::Mat& free_ink, const cv::Mat& rims,
                                const cv::Mat& distance, int glyph) {
  if (glyph == 0) return {};
  // Lines come close to letters: their blurred edges may touch.
  const Components parts =
      components_of(free_ink & (distance > kStrong * dark_end(distance, free_ink)), 8);
  const std::vector<int> peaks = peaks_of(parts, distance);
  const std::vector<bool> attached = attached_ones(parts, rims);
  const int line_peak = peak_of_lines(parts, attached, peaks);
  std::vector<Mark> letters;
  std::vector<Mark> strokes;
  std::vector<int> letter_peaks;
  for (const Mark& mark : marks_in(parts, attached, glyph)) {
    const bool letter = !mark.thin && mark.box.height >= kLeastLetter * glyph;
    if (letter) letter_peaks.push_back(peaks[static_cast<std::size_t>(mark.label)]);
    (letter ? letters : strokes).push_back(mark);
  }
  const int letter_peak = median_of(letter_peaks);
  if (std::abs(letter_peak - line_peak) >= kOtherInk)
    std::erase_if(strokes, [&](const Mark& mark) {
      const int peak = peaks[static_cast<std::size_t>(mark.label)];
      return !is_upright(mark.box, glyph) &&
             std::abs(peak - line_peak) < std::abs(peak - letter_peak);
    });
  std::vector<Line> lines = lines_of(std::move(letters), glyph);
  add_strokes(lines, std::move(strokes), glyph);
  join(lines, glyph);
  std::vector<TextBox> out;
  for (const Line& line : lines)
    if (line.letters >= 2 && line.box.width >= kLeastLine * glyph)
      out.push_back(text_box(line, parts, distance, glyph));
  return out;
}

}  // namespace stareval::reader
