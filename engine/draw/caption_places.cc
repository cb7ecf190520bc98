#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "engine/draw/caption_places_internal.h"
#include "engine/draw/palette.h"

namespace stareval::engine {
namespace {

constexpr double kMostCells = 1e6;
constexpr int kEdgeStep = 24;       // of luma between neighbours, from which on it is an edge
constexpr double kEdgeCost = 3;     // a third of the pixels of a text are edges
constexpr double kClashCost = 12;   // a pixel of another caption, which nobody could read
constexpr double kAwayCost = 0.15;  // a pixel of a caption that does not touch its anchor
constexpr double kWayCost = 0.5;    // a pixel of the way to the anchor, times the caption's height
constexpr int kMostTurns = 4;

// Gaps to the anchor, in units of the smallest one.
constexpr std::array<double, 8> kRings = {1, 4, 8, 14, 22, 32, 46, 64};

struct Candidate {
  Rect box;
  double preference = 0.0;  // small numbers, which decide between places that are equally free
};

Rect into(const Rect& bounds, const Rect& box) {
  Point by;
  if (box.right > bounds.right) by.x = bounds.right - box.right;
  if (box.left + by.x < bounds.left) by.x = bounds.left - box.left;
  if (box.bottom > bounds.bottom) by.y = bounds.bottom - box.bottom;
  if (box.top + by.y < bounds.top) by.y = bounds.top - box.top;
  return box.moved(by);
}

// Above, below, to the right and to the left of the anchor.
std::vector<Candidate> candidates(const Caption& caption, double gap, const Rect& bounds) {
  const Rect& a = caption.anchor;
  const double w = caption.size.width;
  const double h = caption.size.height;
  const std::array<double, 5> lefts = {a.left, a.centre().x - w / 2, a.right - w, a.right + gap,
                                       a.left - gap - w};
  const std::array<double, 3> tops = {a.centre().y - h / 2, a.top, a.bottom - h};
  std::vector<Candidate> out;
  const auto add = [&](double left, double top) {
    out.push_back({into(bounds, {left, top, left + w, top + h}), static_cast<double>(out.size())});
  };
  for (const double ring : kRings) {
    const double off = ring * gap;
    for (const double left : lefts) add(left, a.top - off - h);
    for (const double left : lefts) add(left, a.bottom + off);
    for (const double top : tops) add(a.right + off, top);
    for (const double top : tops) add(a.left - off - w, top);
  }
  return out;
}

// What a place costs besides what it hides of other captions.
double own_cost(const Candidate& place, const Caption& caption, double gap,
                const CoverCost& cover) {
  const double way = distance_between(place.box, caption.anchor);
  double cost = cover.of(place.box) + place.preference;
  if (way > 2 * gap) cost += kAwayCost * place.box.area() + kWayCost * way * caption.size.height;
  return cost;
}

double clash_cost(const Rect& box, std::size_t self, const std::vector<Rect>& places, double gap) {
  const Rect wide = box.grown(gap / 2);
  double area = 0.0;
  for (std::size_t i = 0; i < places.size(); ++i)
    if (i != self) area += overlap_area(wide, places[i]);
  return kClashCost * area;
}

// Places with their own costs, computed once.
struct Choice {
  std::size_t caption = 0;
  std::vector<Candidate> places;  // the preference holds the whole own cost, in rising order
};

Choice make_choice(std::size_t caption, const Caption& of, double gap, const CoverCost& cover) {
  Choice choice{caption, candidates(of, gap, cover.bounds())};
  for (Candidate& place : choice.places) place.preference = own_cost(place, of, gap, cover);
  std::stable_sort(
      choice.places.begin(), choice.places.end(),
      [](const Candidate& a, const Candidate& b) { return a.preference < b.preference; });
  return choice;
}

Rect cheapest(const Choice& choice, const std::vector<Rect>& taken, double gap) {
  Rect best = choice.places.front().box;
  double least = -1.0;
  for (const Candidate& place : choice.places) {
    if (least >= 0.0 && place.preference >= least) break;
    const double cost = place.preference + clash_cost(place.box, choice.caption, taken, gap);
    if (least >= 0.0 && cost >= least) continue;
    least = cost;
    best = place.box;
  }
  return best;
}

}  // namespace

double distance_between(const Rect& a, const Rect& b) {
  const double x = std::max({0.0, a.left - b.right, b.left - a.right});
  const double y = std::max({0.0, a.top - b.bottom, b.top - a.bottom});
  return length({x, y});
}

Point nearest_point(const Rect& box, Point p) {
  return {std::clamp(p.x, box.left, box.right), std::clamp(p.y, box.top, box.bottom)};
}

CoverCost::CoverCost(const Bitmap& picture)
    : bounds_{0.0, 0.0, static_cast<double>(picture.width), static_cast<double>(picture.height)},
      cell_(std::max(2.0, std::ceil(std::sqrt(bounds_.area() / kMostCells)))),
      columns_(static_cast<int>(std::ceil(bounds_.width() / cell_))),
      rows_(static_cast<int>(std::ceil(bounds_.height() / cell_))),
      cells_(index(0, rows_ + 1)) {
  const auto width = static_cast<std::size_t>(picture.width);
  const int cell = static_cast<int>(cell_);
  std::vector<int> above(width, 0);
  for (int y = 0; y < picture.height; ++y) {
    int left = 0;
    for (int x = 0; x < picture.width; ++x) {
      const auto column = static_cast<std::size_t>(x);
      const int here = luma(colour(picture.pixels[static_cast<std::size_t>(y) * width + column]));
      const bool edge = (x > 0 && std::abs(here - left) > kEdgeStep) ||
                        (y > 0 && std::abs(here - above[column]) > kEdgeStep);
      if (edge) cells_[index(x / cell + 1, y / cell + 1)] += kEdgeCost;
      left = here;
      above[column] = here;
    }
  }
}

void CoverCost::add(const Rect& box, double cost) {
  const auto cell_of = [&](double at, int most) {
    return static_cast<int>(std::clamp(at / cell_, 0.0, static_cast<double>(most)));
  };
  const int right = cell_of(std::ceil(box.right), columns_);
  const int bottom = cell_of(std::ceil(box.bottom), rows_);
  for (int row = cell_of(box.top, rows_); row < bottom; ++row)
    for (int column = cell_of(box.left, columns_); column < right; ++column)
      cells_[index(column + 1, row + 1)] += cost * cell_ * cell_;
}

void CoverCost::add_line(Point from, Point to, double cost) {
  const Point way = to - from;
  const int steps = static_cast<int>(
      std::min(length(way) / cell_, static_cast<double>(columns_) + static_cast<double>(rows_)));
  for (int i = 0; i <= steps; ++i) {
    const Point at = from + way * (steps == 0 ? 0.0 : i / static_cast<double>(steps));
    add(Rect::around(at, {cell_, cell_}), cost);
  }
}

void CoverCost::sum_up() {
  for (int row = 1; row <= rows_; ++row) {
    double sum = 0.0;
    for (int column = 1; column <= columns_; ++column) {
      sum += cells_[index(column, row)];
      cells_[index(column, row)] = sum + cells_[index(column, row - 1)];
    }
  }
}

// Of all that lies left of x and above y: linear within a cell.
double CoverCost::sum_before(double x, double y) const {
  const double column = std::clamp(x / cell_, 0.0, static_cast<double>(columns_));
  const double row = std::clamp(y / cell_, 0.0, static_cast<double>(rows_));
  const int c = std::min(static_cast<int>(column), columns_ - 1);
  const int r = std::min(static_cast<int>(row), rows_ - 1);
  const double u = column - c;
  const double v = row - r;
  const double upper = cells_[index(c, r)] * (1 - u) + cells_[index(c + 1, r)] * u;
  const double lower = cells_[index(c, r + 1)] * (1 - u) + cells_[index(c + 1, r + 1)] * u;
  return upper * (1 - v) + lower * v;
}

double CoverCost::of(const Rect& box) const {
  return sum_before(box.right, box.bottom) - sum_before(box.left, box.bottom) -
         sum_before(box.right, box.top) + sum_before(box.left, box.top);
}

std::vector<Rect> place_captions(const CoverCost& cover, std::span<const Caption> captions,
                                 double gap) {
  std::vector<Rect> places(captions.size());
  std::vector<Choice> choices;
  for (std::size_t i = 0; i < captions.size(); ++i) {
    if (captions[i].size.width <= 0.0 || captions[i].size.height <= 0.0) continue;
    if (choices.size() < kMostPlaced) choices.push_back(make_choice(i, captions[i], gap, cover));
    else places[i] = candidates(captions[i], gap, cover.bounds()).front().box;
  }
  for (int turn = 0; turn < kMostTurns; ++turn) {
    bool moved = false;
    for (const Choice& choice : choices) {
      const Rect place = cheapest(choice, places, gap);
      moved = moved || !(place == places[choice.caption]);
      places[choice.caption] = place;
    }
    if (!moved) break;
  }
  return places;
}

}  // namespace stareval::engine
