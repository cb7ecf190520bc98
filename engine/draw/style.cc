#include "engine/draw/style.h"

#include <array>

namespace stareval::engine {
namespace {

constexpr std::array<std::string_view, 2> kFonts = {"DejaVu Sans", "DejaVu Serif"};

// Text on its ground has a contrast of at least 7 : 1 (WCAG 2.1, level AAA) in each of them.
//                          background         node fill          node border        node text
//                          edge               label text         label fill         label frame
constexpr std::array<Palette, 8> kPalettes = {{
    {colour(0xffffff), colour(0xe8f0fb), colour(0x2f5d9b), colour(0x14243b),  // blue
     colour(0x4a5361), colour(0x222a35), colour(0xf6f8fb), colour(0xb9c2cf)},
    {colour(0xfdf6e7), colour(0xeaf5ea), colour(0x2e7d4f), colour(0x173324),  // cream and green
     colour(0x505a52), colour(0x2b332d), colour(0xfffdf7), colour(0xc5c3ae)},
    {colour(0xffffff), colour(0xf3f3f3), colour(0x4c4c4c), colour(0x111111),  // grey
     colour(0x333333), colour(0x1e1e1e), colour(0xffffff), colour(0xbdbdbd)},
    {colour(0xf3f6fb), colour(0xffffff), colour(0x3c6ca8), colour(0x13223a),  // mist
     colour(0x3f4b5e), colour(0x232d3b), colour(0xffffff), colour(0xbac6d8)},
    {colour(0xffffff), colour(0xfdeee6), colour(0xa94f1d), colour(0x3d1d0b),  // apricot
     colour(0x6b5347), colour(0x3b2b22), colour(0xfffaf6), colour(0xd9c3b6)},
    {colour(0xfbf8fd), colour(0xf0e8f8), colour(0x68469a), colour(0x271a3c),  // lilac
     colour(0x544c60), colour(0x322a3d), colour(0xffffff), colour(0xc9bfd6)},
    {colour(0xf4faf9), colour(0xdff2f0), colour(0x1d7874), colour(0x0c3231),  // teal
     colour(0x40595a), colour(0x213536), colour(0xffffff), colour(0xb3cdcb)},
    {colour(0xffffff), colour(0xfff7da), colour(0x8a6a10), colour(0x33270a),  // straw
     colour(0x8c2f2f), colour(0x4a1f1f), colour(0xfffdf5), colour(0xd9cba0)},
}};

constexpr std::array<NodeShape, 4> kShapes = {NodeShape::box, NodeShape::rounded, NodeShape::pill,
                                              NodeShape::cut_corner};

// Force is drawn most often: its pictures are the most natural.
constexpr std::array<Arrangement, 6> kArrangements = {Arrangement::force, Arrangement::force,
                                                      Arrangement::force, Arrangement::circle,
                                                      Arrangement::grid,  Arrangement::random};

struct Canvas {
  int width;
  int height;
};
constexpr std::array<Canvas, 4> kCanvases = {{{1024, 768}, {1120, 720}, {1000, 800}, {960, 840}}};

}  // namespace

std::span<const std::string_view> pinned_fonts() { return kFonts; }

std::string_view to_string(StyleSet set) {
  constexpr std::array<std::string_view, 3> names{"plain", "varied", "shifted"};
  return names[static_cast<std::size_t>(set)];
}

Style sample_style(StyleSet /*set*/, Random& random) {
  Style style;
  style.name = "plain";
  style.palette = random.pick(kPalettes);
  style.arrangement = random.pick(kArrangements);
  style.node_shape = random.pick(kShapes);
  style.picture_place = random.chance(0.65) ? PicturePlace::above : PicturePlace::left;
  style.label_style = random.chance(0.5) ? LabelStyle::patch : LabelStyle::framed;
  style.arrow_head = random.chance(0.65) ? ArrowHead::filled : ArrowHead::open;
  style.font_family = random.chance(0.7) ? kFonts[0] : kFonts[1];
  style.font_px = random.between(16, 18);
  style.label_font_scale = 0.88 + 0.12 * random.uniform();
  style.picture_height_px = random.between(40, 52);
  style.line_px = 1.4 + 0.6 * random.uniform();
  const Canvas canvas = random.pick(kCanvases);
  style.width = canvas.width;
  style.height = canvas.height;
  return style;
}

}  // namespace stareval::engine
