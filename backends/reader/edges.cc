#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>

#include "backends/reader/assignment_internal.h"
#include "backends/reader/edges_internal.h"
#include "backends/reader/near_lines_internal.h"

namespace stareval::reader {
namespace {

constexpr int kRays = 180;        // from the middle of a label
constexpr double kReach = 1.9;    // beyond the label's box, in heights of letters
constexpr double kStretch = 0.9;  // of a line, to tell it from specks, in heights of letters
constexpr int kLeastStretch = 3;  // pixels
constexpr int kSameExit = 5;      // rays that may meet the same line
constexpr double kOffCost = 0.3;  // of a line beside the middle
constexpr int kMostTries = 6;
constexpr double kOnLine = 0.6;  // of the labels of a picture, where labels stand on their lines
constexpr double kLeastAhead = 0.8;  // cosine of a turn where a line leaves its label
constexpr double kBeside = 2.2;      // from a label to its line, in heights of letters
constexpr double kNoLine = 100.0;    // cost of a label without a line
constexpr double kLeastHead =
    0.05;  // ink of a head, as head_at_end() counts it; a filled one has 0.3
constexpr double kLeastExit = 0.25;  // mean ink of a ray that is a line
constexpr double kMostBend = 50.0;   // degrees between the two sides of a label

// A line that leaves a label.
struct Exit {
  cv::Point2d at;  // where it comes out of the box
  cv::Point2d way;
  double degrees = 0;
  double ink = 0;
};

cv::Point2d centre_of(const cv::Rect& box) {
  return {box.x + (box.width - 1) / 2.0, box.y + (box.height - 1) / 2.0};
}

// Distance from the middle of a box to its border.
double way_out(const cv::Rect& box, cv::Point2d way) {
  const double x = way.x == 0 ? 1e9 : box.width / 2.0 / std::abs(way.x);
  const double y = way.y == 0 ? 1e9 : box.height / 2.0 / std::abs(way.y);
  return std::min(x, y);
}

// The fullest stretch of a ray soon after it leaves the label; 0 where a node begins at once.
double ink_of(const LineMap& lines, cv::Point2d out, cv::Point2d way) {
  const int wanted = std::max(6, static_cast<int>(kStretch * lines.glyph()));
  const int most = std::max(10, static_cast<int>(kReach * lines.glyph()));
  std::vector<double> sums{0.0};
  for (int t = 1; t <= most && lines.node_at(out + way * t) < 0; ++t)
    sums.push_back(sums.back() + lines.ink_at(out + way * t));
  const int n = static_cast<int>(sums.size()) - 1;
  const int length = std::min(n, wanted);
  if (length < kLeastStretch) return 0.0;
  double best = 0;
  for (int t = length; t <= n; ++t)
    best = std::max(
        best,
        (sums[static_cast<std::size_t>(t)] - sums[static_cast<std::size_t>(t - length)]) / length);
  return best;
}

std::vector<Exit> exits_of(const LineMap& lines, const cv::Rect& label, cv::Point2d centre) {
  std::vector<Exit> rays;
  for (int i = 0; i < kRays; ++i) {
    const double degrees = 360.0 * i / kRays;
    const double a = degrees * std::numbers::pi / 180.0;
    const cv::Point2d way(std::cos(a), std::sin(a));
    const cv::Point2d out = centre + way * way_out(label, way);
    rays.push_back({out, way, degrees, ink_of(lines, out, way)});
  }
  std::vector<Exit> exits;
  for (int i = 0; i < kRays; ++i) {
    const Exit& ray = rays[static_cast<std::size_t>(i)];
    bool best = ray.ink >= kLeastExit;
    for (int k = -kSameExit; k <= kSameExit && best; ++k) {
      const Exit& other = rays[static_cast<std::size_t>((i + k + kRays) % kRays)];
      best = other.ink < ray.ink || (other.ink == ray.ink && k >= 0);
    }
    if (best) exits.push_back(ray);
  }
  return exits;
}

double bend_between(const Exit& a, const Exit& b) {
  const double between = std::abs(a.degrees - b.degrees);
  return std::abs(180.0 - std::min(between, 360.0 - between));
}

struct Pair {
  Exit back;
  Exit forth;
  double value = 0;
};

// Lines through the label, the likeliest first. The middle of the letters is not quite that of the
// label, so that the line may pass a little above or below.
std::vector<Pair> pairs_of(const LineMap& lines, const cv::Rect& label) {
  std::vector<Pair> pairs;
  for (const double off : {0.0, 0.15, -0.15, 0.3, -0.3}) {
    const cv::Point2d centre = centre_of(label) + cv::Point2d(0, off * lines.glyph());
    const std::vector<Exit> exits = exits_of(lines, label, centre);
    for (std::size_t i = 0; i < exits.size(); ++i)
      for (std::size_t j = i + 1; j < exits.size(); ++j) {
        const double bend = bend_between(exits[i], exits[j]);
        if (bend > kMostBend) continue;
        const double value = exits[i].ink + exits[j].ink - bend / 90.0 - kOffCost * std::abs(off);
        pairs.push_back({exits[i], exits[j], value});
      }
  }
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const Pair& a, const Pair& b) { return a.value > b.value; });
  return pairs;
}

bool is_whole(const NearLine& c) {
  return c.back.node >= 0 && c.forth.node >= 0 && c.back.node != c.forth.node;
}

std::optional<NearLine> through(const LineMap& lines, const cv::Rect& label) {
  std::optional<NearLine> best;
  int tried = 0;
  for (const Pair& pair : pairs_of(lines, label)) {
    if (++tried > kMostTries) break;
    NearLine c{lines.follow(pair.back.at, pair.back.way),
               lines.follow(pair.forth.at, pair.forth.way), 0.0};
    if (is_whole(c)) return c;
    if (!best) best = std::move(c);
  }
  return best;
}

// A walk from the rim of a label that stands on its line goes on in its direction. One that turns
// has met a line beside the label.
bool goes_on(const Trail& trail, cv::Point2d centre, int glyph) {
  const std::size_t soon = std::min(trail.path.size() - 1, static_cast<std::size_t>(glyph * 3 / 2));
  const cv::Point2d out = trail.path.front() - centre;
  const cv::Point2d walked = trail.path[soon] - trail.path[soon / 2];
  return out.dot(walked) >= kLeastAhead * std::sqrt(out.dot(out) * walked.dot(walked));
}

// A line both of whose ends are lost in one node is no edge that could be told from a misread one.
FoundEdge directed(const LineMap& lines, const NearLine& c) {
  FoundEdge edge;
  if (c.back.node == c.forth.node) return edge;
  const double back = lines.head_at_end(c.back.path);
  const double forth = lines.head_at_end(c.forth.path);
  const bool forwards = forth >= back;
  const Trail& tail = forwards ? c.back : c.forth;
  const Trail& head = forwards ? c.forth : c.back;
  edge.from = tail.node;
  edge.to = head.node;
  edge.path.assign(tail.path.rbegin(), tail.path.rend());
  edge.path.insert(edge.path.end(), head.path.begin(), head.path.end());
  // Sure where one end has much more of a head; half a line of ink is a dashed one.
  const double most = std::max(back, forth);
  const double ratio = most < kLeastHead ? 1.0 : std::min(back, forth) / most;
  edge.confidence = (1.0 - ratio * ratio) * std::min(1.0, 2.0 * std::min(tail.inked, head.inked));
  return edge;
}

// Give each label a line of its own among those near it, so that all are as near as can be.
std::vector<std::optional<NearLine>> beside(const LineMap& lines,
                                            const std::vector<cv::Rect>& labels) {
  std::vector<NearLine> all;
  std::vector<std::vector<double>> costs(labels.size());
  for (std::size_t i = 0; i < labels.size(); ++i) {
    costs[i].resize(all.size(), kNoLine);
    for (NearLine& line : lines_near(lines, labels[i], kBeside)) {
      const auto known = std::find_if(all.begin(), all.end(), [&](const NearLine& other) {
        return are_same(lines, other, line);
      });
      const auto column = static_cast<std::size_t>(known - all.begin());
      if (known == all.end()) {
        for (std::size_t k = 0; k <= i; ++k) costs[k].push_back(kNoLine);
        costs[i][column] = line.distance;
        all.push_back(std::move(line));
      } else {
        costs[i][column] = std::min(costs[i][column], line.distance);
      }
    }
  }
  // A column each for labels that get no line.
  for (std::vector<double>& row : costs) row.resize(all.size() + labels.size(), kNoLine);
  const std::vector<int> columns = cheapest_assignment(costs);
  std::vector<std::optional<NearLine>> given(labels.size());
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto column = static_cast<std::size_t>(columns[i]);
    if (column < all.size() && costs[i][column] < kNoLine) given[i] = all[column];
  }
  return given;
}

}  // namespace

std::vector<FoundEdge> find_edges(const LineMap& lines, const std::vector<cv::Rect>& labels) {
  std::vector<std::optional<NearLine>> found;
  int whole = 0;
  for (const cv::Rect& label : labels) {
    found.push_back(through(lines, label));
    whole += found.back() && is_whole(*found.back()) &&
                     goes_on(found.back()->back, centre_of(label), lines.glyph()) &&
                     goes_on(found.back()->forth, centre_of(label), lines.glyph())
                 ? 1
                 : 0;
  }
  if (whole < kOnLine * static_cast<double>(labels.size())) found = beside(lines, labels);
  std::vector<FoundEdge> edges;
  edges.reserve(found.size());
  for (const std::optional<NearLine>& line : found)
    edges.push_back(line ? directed(lines, *line) : FoundEdge{});
  return edges;
}

}  // namespace stareval::reader
