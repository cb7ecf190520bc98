#include "engine/draw/style.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/draw/style_values_internal.h"

namespace stareval::engine {
namespace {

struct Canvas {
  int width;
  int height;
};

constexpr int kLeastSide = 512;
constexpr int kMostSide = 1536;

constexpr std::array<Canvas, 4> kPlainCanvases = {
    {{1024, 768}, {1120, 720}, {1000, 800}, {960, 840}}};

int side(double wanted) {
  const int rounded = 8 * static_cast<int>(std::lround(wanted / 8.0));
  return std::clamp(rounded, kLeastSide, kMostSide);
}

// From 0.4 to 1.4 megapixels, as wide as high up to twice as wide, or as high. `stretch` is the
// root of width over height.
Canvas varied_canvas(Random& random) {
  const double size = 640.0 + 560.0 * random.uniform();
  const double stretch = 0.72 + 0.68 * random.uniform();
  return {side(size * stretch), side(size / stretch)};
}

// Strips: from 2.2 times as wide as high on, or as high as wide.
Canvas shifted_canvas(Random& random) {
  const double size = 810.0 + 150.0 * random.uniform();
  const double stretch = 1.51 + 0.09 * random.uniform();
  const Canvas wide = {side(size * stretch), side(size / stretch)};
  return random.chance(0.7) ? wide : Canvas{wide.height, wide.width};
}

Canvas sample_canvas(StyleSet set, Random& random) {
  switch (set) {
    case StyleSet::plain: return random.pick(kPlainCanvases);
    case StyleSet::varied: return varied_canvas(random);
    case StyleSet::shifted: return shifted_canvas(random);
  }
  return kPlainCanvases[0];
}

// Straight in plain; elsewhere straight in a third of the pictures.
double sample_curvature(StyleSet set, Random& random) {
  if (set == StyleSet::plain || random.chance(0.33)) return 0.0;
  return random.uniform();
}

void sample_sizes(Style& style, StyleSet set, Random& random) {
  const bool plain = set == StyleSet::plain;
  style.font_px = plain ? random.between(16, 18) : random.between(16, 20);
  style.label_font_scale = 0.88 + 0.12 * random.uniform();
  style.picture_height_px = plain ? random.between(40, 52) : random.between(38, 60);
  style.line_px = 1.4 + (plain ? 0.6 : 1.2) * random.uniform();
  const Canvas canvas = sample_canvas(set, random);
  style.width = canvas.width;
  style.height = canvas.height;
}

// Ranks follow the longer side of a long canvas, for else dot must make everything small.
Direction sample_direction(const StyleValues& values, const Style& style, Random& random) {
  Direction direction = random.pick(values.directions);
  const bool sideways = direction == Direction::right || direction == Direction::left;
  const double aspect = static_cast<double>(style.width) / style.height;
  const bool first = direction == Direction::down || direction == Direction::right;
  if (sideways && aspect < 0.8) direction = first ? Direction::down : Direction::up;
  if (!sideways && aspect > 1.25) direction = first ? Direction::right : Direction::left;
  return direction;
}

double rounded(double value) { return std::round(value * 100.0) / 100.0; }

// Names of the values of an enum, in their order.
template <std::size_t N, class Enum>
std::string_view name_of(const std::array<std::string_view, N>& names, Enum value) {
  return names.at(static_cast<std::size_t>(value));
}

constexpr std::array<std::string_view, 3> kSets = {"plain", "varied", "shifted"};
constexpr std::array<std::string_view, 4> kEngines = {"own", "dot", "neato", "circo"};
constexpr std::array<std::string_view, 4> kDirections = {"down", "right", "up", "left"};
constexpr std::array<std::string_view, 2> kLabelPlaces = {"on_line", "beside"};
constexpr std::array<std::string_view, 4> kArrangements = {"force", "circle", "grid", "random"};
constexpr std::array<std::string_view, 10> kShapes = {"box",     "rounded", "pill", "cut_corner",
                                                      "ellipse", "hexagon", "leaf", "parallelogram",
                                                      "ticket",  "folded"};
constexpr std::array<std::string_view, 4> kFinishes = {"flat", "shadow", "double_line", "sketched"};
constexpr std::array<std::string_view, 4> kPicturePlaces = {"above", "left", "right", "below"};
constexpr std::array<std::string_view, 6> kLines = {"solid",    "dashed", "dotted",
                                                    "dash_dot", "twin",   "sketched"};
constexpr std::array<std::string_view, 7> kLabels = {"patch",      "framed", "chip",   "halo",
                                                     "underlined", "barred", "capsule"};
constexpr std::array<std::string_view, 8> kHeads = {"filled", "open",   "vee",  "triangle",
                                                    "slim",   "hollow", "twin", "barb"};
constexpr std::array<std::string_view, 8> kBackgrounds = {"plain",    "dots",  "grid",  "gradient",
                                                          "vignette", "ruled", "draft", "hatched"};

}  // namespace

Style sample_style(StyleSet set, Random& random) {
  const StyleValues& values = values_of(set);
  Style style;
  style.name = to_string(set);
  style.palette = random.pick(values.palettes);
  style.engine = random.pick(values.engines);
  style.label_place = random.pick(values.label_places);
  style.curvature = sample_curvature(set, random);
  style.arrangement = random.pick(values.arrangements);
  style.node_shape = random.pick(values.shapes);
  style.node_finish = random.pick(values.finishes);
  style.picture_place = random.pick(values.picture_places);
  style.line_style = random.pick(values.lines);
  style.label_style = random.pick(values.labels);
  style.arrow_head = random.pick(values.heads);
  style.background = random.pick(values.backgrounds);
  style.font_family = random.pick(values.fonts);
  sample_sizes(style, set, random);
  if (set != StyleSet::plain) style.direction = sample_direction(values, style, random);
  // Who draws boxes by hand draws lines by hand.
  if (style.node_finish == NodeFinish::sketched) style.line_style = LineStyle::sketched;
  return style;
}

json::object describe(const Style& style) {
  json::object out;
  out["set"] = style.name;
  out["palette"] = style.palette.name;
  out["engine"] = to_string(style.engine);
  if (style.engine == LayoutEngine::own)
    out["arrangement"] = name_of(kArrangements, style.arrangement);
  if (style.engine == LayoutEngine::dot) out["direction"] = name_of(kDirections, style.direction);
  out["label_place"] = name_of(kLabelPlaces, style.label_place);
  out["curvature"] = rounded(style.curvature);
  out["shape"] = name_of(kShapes, style.node_shape);
  out["finish"] = name_of(kFinishes, style.node_finish);
  out["picture_place"] = name_of(kPicturePlaces, style.picture_place);
  out["line"] = name_of(kLines, style.line_style);
  out["label"] = name_of(kLabels, style.label_style);
  out["head"] = name_of(kHeads, style.arrow_head);
  out["background"] = name_of(kBackgrounds, style.background);
  out["font"] = style.font_family;
  out["font_px"] = rounded(style.font_px);
  out["line_px"] = rounded(style.line_px);
  out["size"] = fmt::format("{}x{}", style.width, style.height);
  return out;
}

std::string_view to_string(StyleSet set) { return name_of(kSets, set); }
std::string_view to_string(LayoutEngine engine) { return name_of(kEngines, engine); }

}  // namespace stareval::engine
