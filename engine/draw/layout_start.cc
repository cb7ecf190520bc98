#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "engine/draw/layout_start_internal.h"

namespace stareval::engine {
namespace {

// Centres stay this far, with half of their node, from the border of the canvas.
constexpr double kMargin = 26.0;

// Gap of neighbours in circle and grid grows to this many pixels at zoom 1, and no more.
constexpr double kMostPitch = 310.0;

// (cos, sin) of an angle given in turns; a Taylor series on an eighth of the circle, so that the
// result does not depend on the C library.
Point direction(double turns) {
  const double whole = turns - std::floor(turns);
  const int quarter = static_cast<int>(whole * 4.0);
  const double angle = (whole - quarter * 0.25) * 6.283185307179586 - 0.7853981633974483;
  double cosine = 0.0;
  double sine = 0.0;
  double term = 1.0;
  for (int k = 0; k < 16; ++k) {
    (k % 2 == 0 ? cosine : sine) += k % 4 < 2 ? term : -term;
    term *= angle / (k + 1);
  }
  const double half = std::sqrt(0.5);  // turn by an eighth, then by quarters
  Point p = {(cosine - sine) * half, (cosine + sine) * half};
  for (int i = 0; i < quarter; ++i) p = perpendicular(p);
  return p;
}

double half_extent(Size size) { return (size.width + size.height) * 0.25; }

// Length at which a link shows its label, its arrow head and some line.
double wanted_length(const LayoutInput& input, const Link& link) {
  const double ends = half_extent(input.nodes[static_cast<std::size_t>(link.from)]) +
                      half_extent(input.nodes[static_cast<std::size_t>(link.to)]);
  return ends + link.label.width * 0.8 + 56.0 * input.zoom;
}

// Shortest ways over wanted lengths (Floyd and Warshall); nodes of different components are put
// one and a half mean links apart.
std::vector<double> graph_distances(const LayoutInput& input) {
  constexpr double kFar = 1e9;
  const std::size_t n = input.nodes.size();
  std::vector<double> d(n * n, kFar);
  double total = 0.0;
  for (const Link& link : input.links) {
    const auto a = static_cast<std::size_t>(link.from);
    const auto b = static_cast<std::size_t>(link.to);
    const double want = wanted_length(input, link);
    total += want;
    d[a * n + b] = d[b * n + a] = std::min(d[a * n + b], want);
  }
  for (std::size_t k = 0; k < n; ++k)
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        d[i * n + j] = std::min(d[i * n + j], d[i * n + k] + d[k * n + j]);
  const double apart = input.links.empty() ? 200.0 * input.zoom
                                           : 1.5 * total / static_cast<double>(input.links.size());
  for (double& value : d)
    if (value >= kFar) value = apart;
  return d;
}

// One sweep of localised stress majorisation (Gansner, Koren, North 2004), weights 1 / d^2.
void majorise(std::vector<Point>& p, const std::vector<double>& d) {
  const std::size_t n = p.size();
  for (std::size_t i = 0; i < n; ++i) {
    Point sum;
    double weights = 0.0;
    for (std::size_t j = 0; j < n; ++j) {
      if (i == j) continue;
      const double want = d[i * n + j];
      const double weight = 1.0 / (want * want);
      const Point away = p[i] - p[j];
      sum = sum + (p[j] + unit(away) * want) * weight;
      weights += weight;
    }
    if (weights > 0.0) p[i] = sum * (1.0 / weights);
  }
}

Rect bounds_of(const std::vector<Point>& points) {
  Rect r{1e9, 1e9, -1e9, -1e9};
  for (const Point p : points)
    r = {std::min(r.left, p.x), std::min(r.top, p.y), std::max(r.right, p.x),
         std::max(r.bottom, p.y)};
  return r;
}

// How well points fill a room: the scale that fits them, and the area they cover then.
struct Fit {
  double scale = 1.0;
  double area = 0.0;
};

Fit fit_into(const std::vector<Point>& points, const Rect& room, double most) {
  const Rect b = bounds_of(points);
  const double by_x = room.width() / std::max(b.width(), 1.0);
  const double by_y = room.height() / std::max(b.height(), 1.0);
  const double scale = std::min({by_x, by_y, most});
  return {scale, (b.width() * scale + 40.0) * (b.height() * scale + 40.0)};
}

std::vector<Point> rotated(const std::vector<Point>& points, Point by, Size canvas) {
  const double stretch = std::sqrt(canvas.width / canvas.height);
  std::vector<Point> out;
  out.reserve(points.size());
  for (const Point p : points)
    out.push_back({dot(by, p) * stretch, cross(by, p) * (1.0 / stretch)});
  return out;
}

void centre_in(std::vector<Point>& points, const Rect& room, double scale) {
  const Point middle = bounds_of(points).centre();
  for (Point& p : points) p = room.centre() + (p - middle) * scale;
}

// Stress layout, turned so that it fills the canvas best, and scaled to do so within reason.
Start force_start(const LayoutInput& input, Random& random) {
  constexpr int kSweeps = 40;
  constexpr int kTurns = 9;
  constexpr double kMostScale = 1.45;
  Start start;
  start.distances = graph_distances(input);
  std::vector<Point> points(input.nodes.size());
  for (Point& p : points) p = Point{random.uniform(), random.uniform()} * 400.0;
  for (int i = 0; i < kSweeps; ++i) majorise(points, start.distances);

  const Rect room = inner_canvas(input);
  Fit best;
  const double first = random.uniform();
  for (int i = 0; i < kTurns; ++i) {
    auto turned = rotated(points, direction(first + static_cast<double>(i) / kTurns), input.canvas);
    const Fit fit = fit_into(turned, room, kMostScale);
    if (fit.area <= best.area) continue;
    best = fit;
    start.centres = std::move(turned);
  }
  centre_in(start.centres, room, best.scale);
  for (double& d : start.distances) d *= best.scale;
  return start;
}

Start circle_start(const LayoutInput& input, Random& random) {
  const auto n = static_cast<double>(input.nodes.size());
  const Rect room = inner_canvas(input);
  const double most = std::max(kMostPitch * input.zoom * n / 6.2832, 150.0 * input.zoom);
  const Point radius = {std::min(room.width() * 0.5, most * 1.15),
                        std::min(room.height() * 0.5, most)};
  const double first = random.uniform();
  Start start;
  for (std::size_t i = 0; i < input.nodes.size(); ++i) {
    const Point d = direction(first + static_cast<double>(i) / n);
    start.centres.push_back(room.centre() + Point{d.x * radius.x, d.y * radius.y});
  }
  random.shuffle(start.centres);
  return start;
}

// Cells of a grid, every second row moved by half a cell, so that few lines pass through nodes.
Start grid_start(const LayoutInput& input, Random& random) {
  const auto n = static_cast<double>(input.nodes.size());
  const Rect room = inner_canvas(input);
  const double columns = std::max(1.0, std::ceil(std::sqrt(n * 1.2)));
  const double rows = std::ceil(n / columns);
  const double wide = std::min(room.width() / (columns - 0.5), kMostPitch * 1.3 * input.zoom);
  const double high = std::min(room.height() / std::max(rows - 1.0, 1.0), kMostPitch * input.zoom);
  Start start;
  for (double row = 0.0; row < rows; ++row)
    for (double column = 0.0; column < columns; ++column) {
      const double shift = static_cast<int>(row) % 2 == 0 ? 0.0 : 0.5;
      const Point jitter = {random.uniform() - 0.5, random.uniform() - 0.5};
      start.centres.push_back(Point{(column + shift) * wide, row * high} + jitter * (0.12 * high));
    }
  // Surplus cells are left out at random.
  random.shuffle(start.centres);
  start.centres.resize(input.nodes.size());
  centre_in(start.centres, room, 1.0);
  return start;
}

// Each point is the one of ten random candidates that is farthest from those before it.
Start random_start(const LayoutInput& input, Random& random) {
  constexpr int kCandidates = 10;
  const Rect room = inner_canvas(input);
  Start start;
  for (std::size_t i = 0; i < input.nodes.size(); ++i) {
    Point best;
    double best_gap = -1.0;
    for (int k = 0; k < kCandidates; ++k) {
      const double x = random.uniform();
      const Point p = {room.left + x * room.width(), room.top + random.uniform() * room.height()};
      double gap = 1e9;
      for (const Point other : start.centres) gap = std::min(gap, length(p - other));
      if (gap <= best_gap) continue;
      best_gap = gap;
      best = p;
    }
    start.centres.push_back(best);
  }
  return start;
}

}  // namespace

double stretched_distance(Size canvas, Point a, Point b) {
  const double stretch = canvas.width / canvas.height;
  const Point d = a - b;
  return std::sqrt(d.x * d.x / stretch + d.y * d.y * stretch);
}

Rect room_for(const LayoutInput& input, Size node) {
  const double margin = kMargin * input.zoom;
  const Rect all = {margin + node.width * 0.5, margin + node.height * 0.5,
                    input.canvas.width - margin - node.width * 0.5,
                    input.canvas.height - margin - node.height * 0.5};
  if (!all.empty()) return all;
  const Point middle = {input.canvas.width * 0.5, input.canvas.height * 0.5};
  return Rect::around(middle, {1.0, 1.0});
}

Rect inner_canvas(const LayoutInput& input) {
  Size largest;
  for (const Size& node : input.nodes) {
    largest.width = std::max(largest.width, node.width);
    largest.height = std::max(largest.height, node.height);
  }
  return room_for(input, largest);
}

Start arrange(const LayoutInput& input, Random& random) {
  if (!input.anchors.empty()) return {input.anchors, {}};
  switch (input.arrangement) {
    case Arrangement::force: return force_start(input, random);
    case Arrangement::circle: return circle_start(input, random);
    case Arrangement::grid: return grid_start(input, random);
    case Arrangement::random: return random_start(input, random);
  }
  return force_start(input, random);
}

}  // namespace stareval::engine
