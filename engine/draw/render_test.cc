// Drawing: pixels at places worked out from the layout.
#include "engine/draw/render.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/draw/test_scenes_internal.h"

namespace stareval::engine {
namespace {

using draw_testing::flags;
using draw_testing::random_scene;

struct Drawn {
  Style style;
  Layout layout;
  Bitmap bitmap;
};

Drawn drawn(const Scene& scene, Style style) {
  const auto measured = measure(scene, style, zoom_for(scene, style));
  Random random(1);
  Drawn out{style, lay_out(layout_input(scene, *measured, style), random), {}};
  render(*measured, out.layout, style, out.bitmap);
  return out;
}

Style style_with(std::uint64_t seed) {
  Random random(seed);
  return sample_style(StyleSet::plain, random);
}

Colour pixel_at(const Bitmap& bitmap, Point p) {
  const auto x = static_cast<std::size_t>(p.x);
  const auto y = static_cast<std::size_t>(p.y);
  return colour(bitmap.pixels[y * static_cast<std::size_t>(bitmap.width) + x]);
}

// Number of pixels in the box that differ from a colour.
int different(const Bitmap& bitmap, const Rect& box, Colour from) {
  int count = 0;
  for (double y = box.top; y < box.bottom; y += 1.0)
    for (double x = box.left; x < box.right; x += 1.0)
      if (!(pixel_at(bitmap, {x, y}) == from)) ++count;
  return count;
}

Scene pair_scene() {
  Scene scene;
  scene.nodes = {{"Peru", flags()[0]}, {"Lima", {}}};
  scene.edges = {{0, 1, "capital"}};
  return scene;
}

TEST(DrawRender, TheCornersShowTheBackground) {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    const Drawn d = drawn(pair_scene(), style_with(seed));
    EXPECT_EQ(d.bitmap.width, d.style.width);
    EXPECT_EQ(pixel_at(d.bitmap, {0, 0}), d.style.palette.background);
    EXPECT_EQ(pixel_at(d.bitmap, {d.bitmap.width - 1.0, d.bitmap.height - 1.0}),
              d.style.palette.background);
  }
}

TEST(DrawRender, NodesHaveFillBorderAndText) {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    const Drawn d = drawn(pair_scene(), style_with(seed));
    const Rect box = d.layout.nodes[1].box;
    const Point inner = {box.centre().x, box.top + 4.0};
    EXPECT_EQ(pixel_at(d.bitmap, inner), d.style.palette.node(1).fill);
    EXPECT_GT(different(d.bitmap, box.grown(-4.0), d.style.palette.node(1).fill), 60);
    EXPECT_FALSE(pixel_at(d.bitmap, {box.centre().x, box.top}) == d.style.palette.node(1).fill);
  }
}

TEST(DrawRender, NothingIsDrawnFarFromNodesAndEdges) {
  const Drawn d = drawn(pair_scene(), style_with(3));
  Rect all = united(d.layout.nodes[0].box, d.layout.nodes[1].box);
  all = united(all, d.layout.edges[0].label).grown(12.0);
  const Rect above = {0.0, 0.0, static_cast<double>(d.bitmap.width), std::max(0.0, all.top)};
  EXPECT_EQ(different(d.bitmap, above, d.style.palette.background), 0);
}

TEST(DrawRender, ALabelStandsOnAPatch) {
  Style style = style_with(1);
  style.label_style = LabelStyle::patch;
  const Drawn d = drawn(pair_scene(), style);
  const Rect label = d.layout.edges[0].label;
  EXPECT_EQ(pixel_at(d.bitmap, {label.left + 1, label.top + 1}), style.palette.background);
  EXPECT_GT(different(d.bitmap, label, style.palette.background), 60);
}

TEST(DrawRender, AFramedLabelHasAFrame) {
  Style style = style_with(1);
  style.label_style = LabelStyle::framed;
  const Drawn d = drawn(pair_scene(), style);
  const Rect label = d.layout.edges[0].label;
  EXPECT_EQ(pixel_at(d.bitmap, {label.left, label.top}), style.palette.label_frame);
  EXPECT_EQ(pixel_at(d.bitmap, {label.left + 2, label.top + 2}), style.palette.label_fill);
}

// Ink of the edge's colour lies right before the node, and the head is wider than the line.
TEST(DrawRender, TheHeadEndsAtTheBorder) {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    const Drawn d = drawn(pair_scene(), style_with(seed));
    const Cubic& path = d.layout.edges[0].path;
    const Point along = unit(path.tangent(1.0));
    const auto ink_across = [&](double back) {
      int ink = 0;
      for (double k = -9.0; k <= 9.0; k += 1.0) {
        const Point p = path.p[3] - along * back + perpendicular(along) * k;
        if (!(pixel_at(d.bitmap, p) == d.style.palette.background)) ++ink;
      }
      return ink;
    };
    EXPECT_GE(ink_across(2.0), 1);
    EXPECT_GT(ink_across(d.style.arrow_head == ArrowHead::open ? 10.0 : 8.0),
              ink_across(22.0) - (d.style.arrow_head == ArrowHead::open ? 1 : 0));
  }
}

// Every look of every set leaves ink in nodes and labels, and the same pixels each time.
TEST(DrawRender, EveryLookShowsNodesAndLabels) {
  Random random(11);
  for (int i = 0; i < 90; ++i) {
    const Style style = sample_style(static_cast<StyleSet>(i % 3), random);
    const Drawn d = drawn(pair_scene(), style);
    const Palette& palette = style.palette;
    for (std::size_t v = 0; v < 2; ++v) {
      const Rect inner = d.layout.nodes[v].box.grown(-6.0);
      EXPECT_GT(different(d.bitmap, inner, palette.node(v).fill), 60) << palette.name;
    }
    const Rect label = d.layout.edges[0].label;
    const Colour ink =
        style.label_style == LabelStyle::chip ? palette.background : palette.label_text;
    EXPECT_LT(different(d.bitmap, label, ink), label.area() - 25) << palette.name;
    EXPECT_EQ(drawn(pair_scene(), style).bitmap.pixels, d.bitmap.pixels);
  }
}

Style style_of(LabelStyle label, Background background) {
  Style style = style_with(1);
  style.palette = varied_palettes()[2];
  style.label_style = label;
  style.background = background;
  return style;
}

TEST(DrawRender, AChipHasTheColourOfTheLines) {
  const Drawn d = drawn(pair_scene(), style_of(LabelStyle::chip, Background::plain));
  const Rect label = d.layout.edges[0].label;
  EXPECT_EQ(pixel_at(d.bitmap, {label.centre().x, label.top + 1}), d.style.palette.edge);
}

TEST(DrawRender, NoLineIsSeenBetweenTheWordsOfAHalo) {
  Scene scene = pair_scene();
  scene.edges[0].label = "i          i";  // far apart, with the line between them
  const Drawn d = drawn(scene, style_of(LabelStyle::halo, Background::plain));
  const Point middle = d.layout.edges[0].label.centre();
  EXPECT_EQ(different(d.bitmap, Rect::around(middle, {12.0, 4.0}), d.style.palette.background), 0);
}

TEST(DrawRender, APatchOnAGradientHasTheShadeOfItsPlace) {
  const Drawn d = drawn(pair_scene(), style_of(LabelStyle::patch, Background::gradient));
  const Rect label = d.layout.edges[0].label;
  const auto row = static_cast<double>(static_cast<int>(label.centre().y));
  EXPECT_EQ(pixel_at(d.bitmap, {label.left + 1, row}), pixel_at(d.bitmap, {0, row}));
}

// A dark emoji, round, on a dark node.
TEST(DrawRender, ATransparentPictureOnADarkNodeStandsOnALightPlate) {
  const testing::TempFolder folder;
  const std::string path = folder / "dark.png";
  const SurfacePtr emoji(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 64, 64));
  const CairoPtr cairo(cairo_create(emoji.get()));
  cairo_arc(cairo.get(), 32, 32, 20, 0.0, 6.2832);
  cairo_fill(cairo.get());
  cairo_surface_write_to_png(emoji.get(), path.c_str());
  Scene scene = pair_scene();
  scene.nodes[0].image_path = path;
  const auto corner_of = [&](std::string_view palette) {
    Style style = style_with(2);
    for (const Palette& p : varied_palettes())
      if (p.name == palette) style.palette = p;
    const auto measured = measure(scene, style, zoom_for(scene, style));
    const Drawn d = drawn(scene, style);
    const NodeFace& face = measured->nodes[0];
    return pixel_at(d.bitmap, Point{d.layout.nodes[0].box.left, d.layout.nodes[0].box.top} +
                                  face.picture_at + Point{3, 3});
  };
  EXPECT_GT(luma(corner_of("night")), 200);
  EXPECT_EQ(corner_of("porcelain"), colour(0xffffff));
}

TEST(DrawRender, PicturesAreShownUnchanged) {
  const Scene scene = pair_scene();
  const Style style = style_with(2);
  const auto measured = measure(scene, style, 1.0);
  ASSERT_TRUE(measured.has_value());
  Random random(1);
  const Layout layout = lay_out(layout_input(scene, *measured, style), random);
  Bitmap bitmap;
  render(*measured, layout, style, bitmap);
  const Bitmap& picture = *measured->nodes[0].picture;
  const Point corner =
      Point{layout.nodes[0].box.left, layout.nodes[0].box.top} + measured->nodes[0].picture_at;
  for (int y = 0; y < picture.height; y += 3)
    for (int x = 0; x < picture.width; x += 3) {
      const auto at = static_cast<std::size_t>(y * picture.width + x);
      EXPECT_EQ(pixel_at(bitmap, corner + Point{x + 0.0, y + 0.0}), colour(picture.pixels[at]));
    }
}

TEST(DrawRender, ABitmapThatIsUsedAgainLeavesNoTrace) {
  Random random(5);
  const Scene scene = random_scene(random, 5);
  const Style style = style_with(4);
  const auto measured = measure(scene, style, 1.0);
  ASSERT_TRUE(measured.has_value());
  Random seed(1);
  const Layout layout = lay_out(layout_input(scene, *measured, style), seed);
  Bitmap fresh;
  render(*measured, layout, style, fresh);
  Bitmap used{10, 10, std::vector<std::uint32_t>(100, 0x123456)};
  render(*measured, layout, style, used);
  EXPECT_EQ(used.pixels, fresh.pixels);
}

}  // namespace
}  // namespace stareval::engine
