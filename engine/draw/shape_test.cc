// Node outlines: points worked out by hand, and clipping as a property.
#include "engine/draw/shape.h"

#include <gtest/gtest.h>

#include <array>

#include "libstareval/base/random.h"

namespace stareval::engine {
namespace {

constexpr std::array<NodeShape, 4> kShapes = {NodeShape::box, NodeShape::rounded, NodeShape::pill,
                                              NodeShape::cut_corner};

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
