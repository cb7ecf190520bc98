#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "backends/reader/line_image_internal.h"

namespace stareval::reader {
namespace {

// The network's input is 36 rows high. Letters of 24 rows with 6 on either side hit that exactly,
// so that Tesseract scales nothing; measured, no other height reads more lines right.
constexpr int kInkRows = 24;
constexpr int kMargin = 6;
constexpr int kSideMargin = 4;

// What is wider after scaling holds some 170 letters, and is no name. OpenCV scales less than 65536
// pixels on the calling thread.
constexpr int kMostColumns = 2700;

// Below this difference of darkest and lightest pixel there are no letters, only noise.
constexpr double kLeastContrast = 24;

// Share of the contrast, counted from the light end, from which a pixel belongs to a letter.
constexpr double kInkLevel = 192;

// Levels of darkness at which letters fall into pieces: the lower, the fewer neighbours run
// together.
constexpr std::array<int, 3> kLevels{160, 112, 72};

// Highest filled share, and least width, of what stands above a letter and is an accent, not a dot.
constexpr double kAccentFill = 0.8;
constexpr int kAccentColumns = 5;

// Boxes of the connected pieces that are darker than `level`, in the framed image.
// By filling, for connectedComponents() starts threads of OpenCV.
std::vector<cv::Rect> pieces(const cv::Mat& image, int level) {
  cv::Mat ink = image < level;
  std::vector<cv::Rect> boxes;
  for (int y = 0; y < ink.rows; ++y) {
    for (int x = 0; x < ink.cols; ++x) {
      if (ink.at<std::uint8_t>(y, x) != 255) continue;
      cv::Rect box;
      const int area = cv::floodFill(ink, {x, y}, cv::Scalar(1), &box, {}, {}, 8);
      if (area > 2) boxes.push_back(box);
    }
  }
  return boxes;
}

bool share_columns(const cv::Rect& a, const cv::Rect& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width;
}

// "?????": equal pieces in a row, each with a dot below, narrower than what stands above it, and
// none with a dot above. The network reads them as 2s and 7s. 0 where it is anything else.
int question_marks(const cv::Mat& image, int level) {
  std::vector<cv::Rect> hooks;
  std::vector<cv::Rect> dots;
  for (const cv::Rect& box : pieces(image, level))
    (box.height * 2 > kInkRows ? hooks : dots).push_back(box);
  if (hooks.size() < 3 || hooks.size() != dots.size()) return 0;
  const auto left_first = [](const cv::Rect& a, const cv::Rect& b) { return a.x < b.x; };
  std::sort(hooks.begin(), hooks.end(), left_first);
  std::sort(dots.begin(), dots.end(), left_first);
  for (std::size_t i = 0; i < hooks.size(); ++i) {
    const cv::Rect& hook = hooks[i];
    const cv::Rect& dot = dots[i];
    const bool stands = share_columns(hook, dot) && dot.y >= hook.y + hook.height;
    const bool bent = hook.width >= dot.width + 2 && hook.width * 4 > hook.height;
    const bool same = std::abs(hook.width - hooks[0].width) <= 2 &&
                      std::abs(hook.height - hooks[0].height) <= 2 &&
                      std::abs(dot.width - dots[0].width) <= 2;
    if (!stands || !bent || !same) return 0;
  }
  return static_cast<int>(hooks.size());
}

}  // namespace

cv::Mat line_image(const cv::Mat& line) {
  double darkest = 0;
  double lightest = 0;
  cv::minMaxLoc(line, &darkest, &lightest);
  if (lightest - darkest < kLeastContrast) return {};
  const double gain = 255.0 / (lightest - darkest);
  cv::Mat grey;
  line.convertTo(grey, CV_8U, gain, -gain * darkest);

  std::vector<cv::Point> ink;
  cv::findNonZero(grey < kInkLevel, ink);
  const cv::Mat letters = grey(cv::boundingRect(ink));
  const double scale = static_cast<double>(kInkRows) / letters.rows;
  const int columns = std::max(1, static_cast<int>(std::lround(letters.cols * scale)));
  if (columns > kMostColumns) return {};
  cv::Mat scaled;
  cv::resize(letters, scaled, {columns, kInkRows}, 0, 0,
             scale < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
  cv::Mat framed;
  cv::copyMakeBorder(scaled, framed, kMargin, kMargin, kSideMargin, kSideMargin,
                     cv::BORDER_CONSTANT, cv::Scalar(255));
  return framed;
}

int count_question_marks(const cv::Mat& image) {
  for (const int level : kLevels)
    if (const int marks = question_marks(image, level); marks > 0) return marks;
  return 0;
}

bool has_accents(const cv::Mat& image, std::string_view read) {
  const std::vector<cv::Rect> boxes = pieces(image, kLevels[0]);
  std::vector<cv::Rect> above;
  for (const cv::Rect& box : boxes)
    if (box.height * 2 < kInkRows &&
        std::any_of(boxes.begin(), boxes.end(), [&](const cv::Rect& other) {
          return box.y + box.height <= other.y + 1 && other.height > box.height &&
                 share_columns(box, other);
        }))
      above.push_back(box);
  const auto dots = std::count_if(read.begin(), read.end(), [](char c) {
    return std::string_view("ij:;%").find(c) != std::string_view::npos;
  });
  if (static_cast<std::ptrdiff_t>(above.size()) > dots) return true;
  return std::any_of(above.begin(), above.end(), [&](const cv::Rect& box) {
    if (box.width < kAccentColumns) return false;
    const int ink = cv::countNonZero(image(box) < kLevels[0]);
    return ink < kAccentFill * box.area();
  });
}

}  // namespace stareval::reader
