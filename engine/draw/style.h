// How a picture looks, as data: colours, shapes, fonts, sizes. Drawn from a seed alone and never
// from the scene, so that no look predicts an answer.
// Units   pixels at zoom 1; the layout zooms text, node pictures and lines together.
// Thread  values and pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "libstareval/base/random.h"

namespace stareval::engine {

struct Colour {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;

  friend bool operator==(const Colour&, const Colour&) = default;
};

// The colour written as 0xRRGGBB.
constexpr Colour colour(std::uint32_t rgb) {
  return {static_cast<std::uint8_t>(rgb >> 16U), static_cast<std::uint8_t>(rgb >> 8U),
          static_cast<std::uint8_t>(rgb)};
}

struct Palette {
  Colour background;
  Colour node_fill;
  Colour node_border;
  Colour node_text;
  Colour edge;
  Colour label_text;
  Colour label_fill;   // of a framed label; a patch takes the background's
  Colour label_frame;  // of a framed label

  friend bool operator==(const Palette&, const Palette&) = default;
};

enum class NodeShape { box, rounded, pill, cut_corner };
enum class PicturePlace { above, left };  // of the name
enum class LabelStyle { patch, framed };
enum class ArrowHead { filled, open };
enum class Arrangement { force, circle, grid, random };  // where the own layout starts from
enum class LayoutEngine { own, dot, neato, circo };      // all but `own` are Graphviz's
enum class Direction { down, right, up, left };          // in which dot lays its ranks
enum class LabelPlace { on_line, beside };               // of an edge's label
enum class StyleSet { plain, varied, shifted };

struct Style {
  std::string name;
  Palette palette;
  LayoutEngine engine = LayoutEngine::own;
  Direction direction = Direction::down;
  LabelPlace label_place = LabelPlace::on_line;
  double curvature = 0.0;  // of edges: 0 straight, 1 bent by about a fifth of their length
  Arrangement arrangement = Arrangement::force;
  NodeShape node_shape = NodeShape::rounded;
  PicturePlace picture_place = PicturePlace::above;
  LabelStyle label_style = LabelStyle::patch;
  ArrowHead arrow_head = ArrowHead::filled;
  std::string font_family;        // one of pinned_fonts()
  double font_px = 17.0;          // of node names
  double label_font_scale = 0.9;  // of edge labels, as a part of font_px
  double picture_height_px = 46.0;
  double line_px = 1.6;  // node borders and edges
  int width = 1024;      // of the canvas
  int height = 768;

  friend bool operator==(const Style&, const Style&) = default;
};

// Font families that a Style may name: those of Debian's fonts-dejavu-core.
std::span<const std::string_view> pinned_fonts();

// A style of the set: plain, a few clean ones; varied, all that training needs; shifted, only what
// never occurs in varied, for tests out of distribution.
Style sample_style(StyleSet set, Random& random);

std::string_view to_string(StyleSet set);

}  // namespace stareval::engine
