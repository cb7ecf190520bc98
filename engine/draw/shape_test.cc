// Node outlines: points worked out by hand, and clipping as a property.
#include "engine/draw/shape.h"

#include <gtest/gtest.h>

#include <array>

#include "libstareval/base/random.h"

namespace stareval::engine {
namespace {

constexpr std::array kShapes = {NodeShape::box,        NodeShape::rounded,       NodeShape::pill,
                                NodeShape::cut_corner, NodeShape::ellipse,       NodeShape::hexagon,
                                NodeShape::leaf,       NodeShape::parallelogram, NodeShape::ticket,
                                NodeShape::folded};

NodePlace node(NodeShape shape, double corner, Point centre = {50, 50}) {
  return {Rect::around(centre, {80, 40}), shape, corner};
}

TEST(DrawShape, CornersDifferBetweenShapes) {
  const Point corner = {12, 32};  // 2 pixels from both sides of the left top
  EXPECT_TRUE(inside_outline(node(NodeShape::box, 0), corner, 0));
  EXPECT_FALSE(inside_outline(node(NodeShape::rounded, 10), corner, 0));
  EXPECT_FALSE(inside_outline(node(NodeShape::cut_corner, 10), corner, 0));
  EXPECT_TRUE(inside_outline(node(NodeShape::rounded, 4), corner, 0));
}

TEST(DrawShape, TheMiddleIsInsideAndFarIsOutside) {
  for (const NodeShape shape : kShapes) {
    EXPECT_TRUE(inside_outline(node(shape, 9), {50, 50}, 0));
    EXPECT_TRUE(inside_outline(node(shape, 9), {50, 31}, 0));
    EXPECT_FALSE(inside_outline(node(shape, 9), {50, 29}, 0));
    EXPECT_FALSE(inside_outline(node(shape, 9), {200, 50}, 0));
  }
}

TEST(DrawShape, AMarginGrowsEverySideAlike) {
  for (const NodeShape shape : kShapes) {
    EXPECT_TRUE(inside_outline(node(shape, 9), {50, 28.5}, 2));
    EXPECT_FALSE(inside_outline(node(shape, 9), {50, 27.5}, 2));
  }
  // The diagonal of a cut corner moves by the margin, too: its line is x + y = 10 + 30 + 10.
  const NodePlace cut = node(NodeShape::cut_corner, 10);
  const Point on_diagonal = {15, 35};
  const Point outward = unit({-1, -1});
  EXPECT_TRUE(inside_outline(cut, on_diagonal + outward * 1.9, 2));
  EXPECT_FALSE(inside_outline(cut, on_diagonal + outward * 2.1, 2));
}

TEST(DrawShape, PointsOfTheNewerShapes) {
  // The box goes from (10, 30) to (90, 70).
  const auto inside = [](NodeShape shape, double corner, Point p) {
    return inside_outline(node(shape, corner), p, 0);
  };
  // (x - 50)^2 / 40^2 + (y - 50)^2 / 20^2 < 1, at x = 78: |y - 50| < 14.28.
  EXPECT_TRUE(inside(NodeShape::ellipse, 0, {78, 64}));
  EXPECT_FALSE(inside(NodeShape::ellipse, 0, {78, 64.6}));
  // The point of a hexagon lies half way down; at y = 40 the outline is at x = 20 of 10 + 20.
  EXPECT_TRUE(inside(NodeShape::hexagon, 20, {20.5, 40}));
  EXPECT_FALSE(inside(NodeShape::hexagon, 20, {19.5, 40}));
  EXPECT_TRUE(inside(NodeShape::hexagon, 20, {10.5, 50}));
  // A leaf is round at the left top and the right bottom only.
  EXPECT_FALSE(inside(NodeShape::leaf, 18, {12, 32}));
  EXPECT_TRUE(inside(NodeShape::leaf, 18, {88, 32}));
  EXPECT_FALSE(inside(NodeShape::leaf, 18, {88, 68}));
  EXPECT_TRUE(inside(NodeShape::leaf, 18, {12, 68}));
  // A parallelogram's left side goes from (26, 30) down to (10, 70).
  EXPECT_FALSE(inside(NodeShape::parallelogram, 16, {17.5, 50}));
  EXPECT_TRUE(inside(NodeShape::parallelogram, 16, {18.5, 50}));
  EXPECT_TRUE(inside(NodeShape::parallelogram, 16, {88, 32}));
  // A ticket lacks a quarter of a circle in each corner.
  EXPECT_FALSE(inside(NodeShape::ticket, 10, {16, 36}));
  EXPECT_TRUE(inside(NodeShape::ticket, 10, {18, 38}));
  // A page lacks one corner.
  EXPECT_FALSE(inside(NodeShape::folded, 12, {88, 32}));
  EXPECT_TRUE(inside(NodeShape::folded, 12, {12, 32}));
}

TEST(DrawShape, ContentLiesWithinTheOutline) {
  for (const NodeShape shape : kShapes)
    for (const Size content : {Size{60, 20}, Size{200, 24}, Size{90, 80}, Size{30, 14}})
      for (const double zoom : {0.8, 1.0, 1.7}) {
        const Size padded = {content.width * zoom + 22.0 * zoom,
                             content.height * zoom + 14.0 * zoom};
        const Size box = box_around(shape, padded, zoom);
        const NodePlace place = {Rect::around({0, 0}, box), shape, corner_px(shape, box, zoom)};
        for (const double x : {-0.5, 0.5})
          for (const double y : {-0.5, 0.5})
            EXPECT_TRUE(
                inside_outline(place, {x * content.width * zoom, y * content.height * zoom}, 0))
                << static_cast<int>(shape) << " " << content.width << " x " << content.height;
      }
}

TEST(DrawShape, CornersNeverOverlap) {
  for (const NodeShape shape : kShapes)
    for (const Size box : {Size{100, 12}, Size{12, 100}, Size{60, 60}}) {
      const auto c = corners_of({Rect::around({0, 0}, box), shape, corner_px(shape, box, 1.5)});
      EXPECT_LE(c[0].extent.width + c[1].extent.width, box.width + 1e-9);
      EXPECT_LE(c[2].extent.width + c[3].extent.width, box.width + 1e-9);
      EXPECT_LE(c[0].extent.height + c[3].extent.height, box.height + 1e-9);
      EXPECT_LE(c[1].extent.height + c[2].extent.height, box.height + 1e-9);
    }
}

TEST(DrawShape, CornerNeverExceedsHalfTheBox) {
  for (const NodeShape shape : kShapes) EXPECT_LE(corner_px(shape, {100, 12}, 1.4), 6.0);
  EXPECT_EQ(corner_px(NodeShape::box, {100, 100}, 1.0), 0.0);
}

TEST(DrawShape, ClippedCurvesBeginAndEndOnTheOutlines) {
  Random random(5);
  for (int i = 0; i < 200; ++i) {
    const NodeShape shape = random.pick(kShapes);
    const NodePlace a = node(shape, 12, {50, 50});
    const NodePlace b = node(shape, 12, {300 + 200 * random.uniform(), 400 * random.uniform()});
    const Point control = {400 * random.uniform(), 250};
    const Cubic path =
        clip_to_outlines(Cubic::quadratic(a.box.centre(), control, b.box.centre()), a, b, 1.0);
    EXPECT_FALSE(inside_outline(a, path.p[0], 1.0));
    EXPECT_TRUE(inside_outline(a, path.p[0], 1.1));
    EXPECT_FALSE(inside_outline(b, path.p[3], 1.0));
    EXPECT_TRUE(inside_outline(b, path.p[3], 1.1));
  }
}

}  // namespace
}  // namespace stareval::engine
