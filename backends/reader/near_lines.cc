#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "backends/reader/near_lines_internal.h"

namespace stareval::reader {
namespace {

constexpr int kSectors = 24;        // around a label, in each of which the nearest ink counts
constexpr int kAngles = 36;         // that are tried for a line through a point, over half a turn
constexpr double kArm = 1.3;        // of a line, to each side of a point, in heights of letters
constexpr double kLeastLine = 0.3;  // mean ink along both arms
constexpr double kSameWay = 0.8;    // most distance between two walks along the same line

struct Seed {
  cv::Point2d at;
  double distance = 0;
  bool found = false;
};

double distance_to(const cv::Rect& box, cv::Point2d p) {
  const double x = std::max({box.x - p.x, 0.0, p.x - (box.x + box.width - 1)});
  const double y = std::max({box.y - p.y, 0.0, p.y - (box.y + box.height - 1)});
  return std::hypot(x, y);
}

// The nearest ink in each direction.
std::vector<Seed> seeds_of(const LineMap& lines, const cv::Rect& label, double reach) {
  std::vector<Seed> seeds(kSectors);
  const cv::Point2d centre(label.x + label.width / 2.0, label.y + label.height / 2.0);
  const int margin = static_cast<int>(std::ceil(reach));
  for (int y = label.y - margin; y < label.y + label.height + margin; ++y)
    for (int x = label.x - margin; x < label.x + label.width + margin; ++x) {
      const cv::Point2d p(x, y);
      if (lines.ink_at(p) < 0.5 || lines.node_at(p) >= 0) continue;
      const double distance = distance_to(label, p);
      if (distance > reach) continue;
      // Sectors of a wide box are those of a circle, so that its ends are not crowded.
      const double angle =
          std::atan2((p.y - centre.y) / label.height, (p.x - centre.x) / label.width);
      const int sector =
          static_cast<int>((angle / std::numbers::pi + 1.0) / 2.0 * kSectors) % kSectors;
      Seed& seed = seeds[static_cast<std::size_t>(sector)];
      if (!seed.found || distance < seed.distance) seed = {p, distance, true};
    }
  std::erase_if(seeds, [](const Seed& seed) { return !seed.found; });
  std::stable_sort(seeds.begin(), seeds.end(),
                   [](const Seed& a, const Seed& b) { return a.distance < b.distance; });
  return seeds;
}

double arm(const LineMap& lines, cv::Point2d from, cv::Point2d way) {
  const double length = std::max(8.0, kArm * lines.glyph());
  double sum = 0;
  for (double t = 1.0; t <= length; t += 1.0) {
    if (lines.node_at(from + way * t) >= 0) return sum + (length - t) * 0.5;
    sum += lines.ink_at(from + way * t);
  }
  return sum;
}

// The direction in which a point's line runs; of length 0 where there is none.
cv::Point2d way_at(const LineMap& lines, cv::Point2d at) {
  cv::Point2d best;
  double most = kLeastLine * 2.0 * std::max(8.0, kArm * lines.glyph());
  for (int i = 0; i < kAngles; ++i) {
    const double a = std::numbers::pi * i / kAngles;
    const cv::Point2d way(std::cos(a), std::sin(a));
    const double ink = arm(lines, at, way) + arm(lines, at, -way);
    if (ink > most) most = ink, best = way;
  }
  return best;
}

double distance_to(const Path& path, cv::Point2d p) {
  double least = 1e9;
  for (const cv::Point2d& q : path) least = std::min(least, std::hypot(p.x - q.x, p.y - q.y));
  return least;
}

Path whole_path(const NearLine& line) {
  Path path(line.back.path.rbegin(), line.back.path.rend());
  path.insert(path.end(), line.forth.path.begin(), line.forth.path.end());
  return path;
}

}  // namespace

bool are_same(const LineMap& lines, const NearLine& a, const NearLine& b) {
  const auto nodes = [](const NearLine& line) {
    return std::minmax(line.back.node, line.forth.node);
  };
  if (nodes(a) != nodes(b)) return false;
  const Path one = whole_path(a);
  const Path other = whole_path(b);
  for (const std::size_t quarter : {1U, 2U, 3U})
    if (distance_to(other, one[one.size() * quarter / 4]) > kSameWay * lines.glyph()) return false;
  return true;
}

std::vector<NearLine> lines_near(const LineMap& lines, const cv::Rect& label, double reach) {
  std::vector<NearLine> found;
  for (const Seed& seed : seeds_of(lines, label, reach * lines.glyph())) {
    const cv::Point2d way = way_at(lines, seed.at);
    if (way == cv::Point2d()) continue;
    NearLine line{lines.follow(seed.at, -way), lines.follow(seed.at, way),
                  seed.distance / lines.glyph()};
    if (line.back.node < 0 || line.forth.node < 0 || line.back.node == line.forth.node) continue;
    const bool known = std::any_of(found.begin(), found.end(), [&](const NearLine& other) {
      return are_same(lines, other, line);
    });
    if (!known) found.push_back(std::move(line));
  }
  return found;
}

}  // namespace stareval::reader
