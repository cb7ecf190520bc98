#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

#include "backends/reader/line_map_internal.h"

namespace stareval::reader {
namespace {

constexpr double kStep = 2.0;        // pixels
constexpr double kTurn = 4.0;        // degrees between the directions that are tried
constexpr int kTurns = 8;            // to each side
constexpr double kTurnCost = 0.045;  // of a turn, as a part of the ink
constexpr double kAhead = 1.2;       // how far is looked, in heights of letters
constexpr double kFaint = 0.12;      // mean ink of a ray that is no line
constexpr double kMostGap = 1.7;     // without ink, in heights of letters
constexpr double kHeadLong = 1.15;   // of an arrow, in heights of letters
constexpr double kHeadHalf = 0.65;   // half of its width
constexpr double kOneSide = 0.5;     // worth of ink on one side of a line alone: clutter, mostly
constexpr std::size_t kMostSteps = 4000;
constexpr double kMostLooks =
    2e8;  // pixels, by all walks: some seconds, and for hundreds of labels

cv::Point2d turned(cv::Point2d way, double degrees) {
  const double a = degrees * std::numbers::pi / 180.0;
  return {way.x * std::cos(a) - way.y * std::sin(a), way.x * std::sin(a) + way.y * std::cos(a)};
}

cv::Point2d unit(cv::Point2d p) {
  const double length = std::hypot(p.x, p.y);
  return length == 0 ? cv::Point2d(1, 0) : p / length;
}

// Of the nearest pixel; 0 outside of the map. Not by std::lround(), which is a call: this is asked
// some hundred thousand times a picture.
template <class T>
T nearest(const cv::Mat& map, cv::Point2d p) {
  const int x = cvFloor(p.x + 0.5);
  const int y = cvFloor(p.y + 0.5);
  const bool inside = x >= 0 && y >= 0 && x < map.cols && y < map.rows;
  return inside ? map.at<T>(y, x) : T{};
}

}  // namespace

LineMap::LineMap(cv::Mat ink, cv::Mat nodes, cv::Mat zones, int glyph)
    : ink_(std::move(ink)),
      nodes_(std::move(nodes)),
      zones_(std::move(zones)),
      glyph_(std::max(glyph, 6)) {}

double LineMap::ink_at(cv::Point2d p) const { return nearest<uchar>(ink_, p) / 255.0; }

bool LineMap::in_zone(cv::Point2d p) const { return nearest<uchar>(zones_, p) != 0; }

int LineMap::node_at(cv::Point2d p) const { return nearest<short>(nodes_, p) - 1; }

double LineMap::ray(cv::Point2d from, cv::Point2d way, double length) const {
  double sum = 0;
  int n = 0;
  for (; n + 1 <= length; ++n) {
    const cv::Point2d p = from + way * (n + 1.0);
    if (node_at(p) >= 0) break;
    sum += ink_at(p);
  }
  return n == 0 ? 0.0 : sum / n;
}

Trail LineMap::follow(cv::Point2d start, cv::Point2d way) const {
  Trail trail;
  trail.path.push_back(start);
  cv::Point2d at = start;
  way = unit(way);
  double gap = 0;
  int on_ink = 0;
  const double ahead = std::max(8.0, kAhead * glyph_);
  while (trail.path.size() < kMostSteps && looked_ < kMostLooks) {
    looked_ += (2 * kTurns + 1) * ahead;
    double best = 0;
    cv::Point2d to = way;
    for (int k = -kTurns; k <= kTurns; ++k) {
      const cv::Point2d tried = turned(way, k * kTurn);
      const double value = ray(at, tried, ahead) * (1.0 - kTurnCost * std::abs(k));
      if (value > best + 1e-9 || (value > best - 1e-9 && k == 0)) best = value, to = tried;
    }
    const bool lost = best < kFaint;
    if (!lost) way = unit(way * 0.5 + to * 0.5);
    at += way * kStep;
    // Back to the middle of the line.
    if (!lost) {
      const cv::Point2d across(-way.y, way.x);
      const double left = ink_at(at + across);
      const double right = ink_at(at - across);
      if (left > right + 0.1 && left >= ink_at(at)) at += across * 0.5;
      else if (right > left + 0.1 && right >= ink_at(at)) at -= across * 0.5;
    }
    trail.path.push_back(at);
    const int node = node_at(at);
    if (node >= 0) {
      trail.node = node;
      break;
    }
    const bool inked = ink_at(at) > kFaint;
    on_ink += inked ? 1 : 0;
    gap = inked || in_zone(at) ? 0.0 : gap + kStep;
    if (gap > kMostGap * glyph_) break;
    if (at.x < 0 || at.y < 0 || at.x >= ink_.cols || at.y >= ink_.rows) break;
  }
  trail.inked = static_cast<double>(on_ink) /
                static_cast<double>(std::max<std::size_t>(trail.path.size() - 1, 1));
  return trail;
}

double LineMap::ink_beside(cv::Point2d p, cv::Point2d way) const {
  const cv::Point2d across(-way.y, way.x);
  double left = 0;
  double right = 0;
  for (int o = 1; o <= kHeadHalf * glyph_; ++o) {
    left += ink_at(p + across * static_cast<double>(o));
    right += ink_at(p - across * static_cast<double>(o));
  }
  return std::min(left, right) + kOneSide * std::max(left, right);
}

double LineMap::head_at_end(const Path& path) const {
  if (path.size() < 2) return 0.0;
  const auto way_at = [&](std::size_t i) { return unit(path[i] - path[i > 5 ? i - 5 : 0]); };
  const double length = kHeadLong * glyph_;
  double sum = 0;
  double walked = 0;
  // A line that comes in at a low angle reaches the node's rim long before its tip.
  const cv::Point2d last = way_at(path.size() - 1);
  for (double t = 1.0; t <= length && ink_at(path.back() + last * t) > kFaint;
       t += 1.0, walked += 1.0)
    sum += ink_beside(path.back() + last * t, last);
  for (std::size_t i = path.size() - 1; i > 0 && walked < length; --i) {
    const double step = std::hypot(path[i].x - path[i - 1].x, path[i].y - path[i - 1].y);
    sum += ink_beside(path[i], way_at(i)) * step;
    walked += step;
  }
  return sum / (glyph_ * glyph_);
}

}  // namespace stareval::reader
