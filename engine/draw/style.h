// How a picture looks, as data: colours, shapes, fonts, sizes. Drawn from a seed alone and never
// from the scene, so that no look predicts an answer.
// Sets    plain     a few clean looks, own layout, contrast of text at least 7 : 1.
//         varied    all that training needs.
//         shifted   for tests out of distribution: palettes, shapes, finishes, lines, fonts, label
//                   styles, arrow heads, backgrounds and canvas proportions that neither of the
//                   others has. Places of pictures and labels and layouts are those of `varied`.
// Units   pixels at zoom 1; the layout zooms text, node pictures and lines together.
// Thread  values and pure functions.
#pragma once

#include <string>
#include <string_view>

#include "engine/draw/palette.h"
#include "libstareval/base/json.h"
#include "libstareval/base/random.h"

namespace stareval::engine {

enum class NodeShape {
  box,
  rounded,
  pill,
  cut_corner,
  ellipse,
  hexagon,
  leaf,           // two opposite corners round, two sharp
  parallelogram,  // leaning to the right
  ticket,         // corners hollowed out
  folded          // one corner turned down, like a page
};
enum class NodeFinish {
  flat,
  shadow,       // a soft one, below and right
  double_line,  // a second border within the first
  sketched      // as by hand, gone over twice
};
enum class PicturePlace { above, left, right, below };  // of the name
enum class LineStyle {
  solid,
  dashed,
  dotted,
  dash_dot,
  twin,     // two thin strokes side by side
  sketched  // as by hand, gone over twice
};
enum class LabelStyle {
  patch,       // on the colour of the background
  framed,      // in a box
  chip,        // on the colour of the lines, with round corners
  halo,        // letters with an outline in the colour of the background, no box
  underlined,  // a patch with a line below
  barred,      // a filled box with a bar at its left
  capsule      // a filled box with half round ends and a border
};
enum class ArrowHead {
  filled,    // swept back a little
  open,      // two strokes
  vee,       // swept back deeply
  triangle,  // flat base
  slim,      // long and narrow
  hollow,    // outlined, filled with the background
  twin,      // two heads, one after the other
  barb       // with hollow sides, like a thorn
};
enum class Background {
  plain,
  dots,
  grid,
  gradient,  // from top to bottom
  vignette,  // towards the corners
  ruled,     // as a notebook, with a margin at the left
  draft,     // fine and coarse lines, as drawing paper
  hatched    // diagonal lines
};
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
  NodeFinish node_finish = NodeFinish::flat;
  PicturePlace picture_place = PicturePlace::above;
  LineStyle line_style = LineStyle::solid;
  LabelStyle label_style = LabelStyle::patch;
  ArrowHead arrow_head = ArrowHead::filled;
  Background background = Background::plain;
  std::string font_family;        // one of font_catalogue()
  double font_px = 17.0;          // of node names
  double label_font_scale = 0.9;  // of edge labels, as a part of font_px
  double picture_height_px = 46.0;
  double line_px = 1.6;  // node borders and edges
  int width = 1024;      // of the canvas
  int height = 768;

  friend bool operator==(const Style&, const Style&) = default;
};

// A style of the set. Cost: about 1 us.
Style sample_style(StyleSet set, Random& random);

// What was drawn, for the "meta" of a sample, so that results can be broken down by look: the set
// and each choice by its name, numbers rounded to two places, "size" as "1024x768".
json::object describe(const Style& style);

std::string_view to_string(StyleSet set);
std::string_view to_string(LayoutEngine engine);

}  // namespace stareval::engine
