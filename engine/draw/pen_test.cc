// Outlines against inside_outline(), and strokes by hand: near the path, and the same again.
#include <gtest/gtest.h>

#include <array>

#include "engine/draw/pen_internal.h"

namespace stareval::engine {
namespace {

constexpr int kSide = 120;
using Pixels = std::vector<std::uint32_t>;

bool inked(const Pixels& pixels, int x, int y) {
  return (pixels[static_cast<std::size_t>(y * kSide + x)] & 255U) < 128U;
}

template <class Draw>
Pixels drawn(Draw draw) {
  Pixels pixels(kSide * kSide, 0xFFFFFFFFU);
  const SurfacePtr surface = surface_over(pixels.data(), kSide, kSide, CAIRO_FORMAT_RGB24);
  draw(Pen(surface.get()));
  cairo_surface_flush(surface.get());
  return pixels;
}

// What is drawn is what lines are clipped to.
TEST(DrawPen, TheOutlineIsTheOneThatCurvesAreClippedTo) {
  for (int shape = 0; shape <= static_cast<int>(NodeShape::folded); ++shape) {
    const auto kind = static_cast<NodeShape>(shape);
    const Rect box = {10, 30, 110, 90};
    const NodePlace node = {box, kind, corner_px(kind, {100, 60}, 1.0)};
    const Pixels pixels = drawn([&](const Pen& pen) {
      pen.outline(node);
      pen.fill(colour(0));
    });
    int wrong = 0;
    for (int y = 0; y < kSide; ++y)
      for (int x = 0; x < kSide; ++x) {
        const Point p = {x + 0.5, y + 0.5};
        if (inside_outline(node, p, -1.0) && !inked(pixels, x, y)) ++wrong;
        if (!inside_outline(node, p, 1.0) && inked(pixels, x, y)) ++wrong;
      }
    EXPECT_EQ(wrong, 0) << shape;
  }
}

TEST(DrawPen, AHandStaysNearThePathAndIsTheSameAgain) {
  const Rect box = {20.5, 20.5, 100.5, 100.5};
  const auto by_hand = [&](const Pen& pen) {
    pen.box(box);
    pen.ink(colour(0));
    pen.stroke_by_hand(2.0, 2.0);
  };
  const Pixels pixels = drawn(by_hand);
  EXPECT_EQ(drawn(by_hand), pixels);
  int ink = 0;
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x) {
      if (!inked(pixels, x, y)) continue;
      ++ink;
      const Point p = {x + 0.5, y + 0.5};
      EXPECT_TRUE(box.grown(4.5).contains(p) && !box.grown(-5.5).contains(p)) << x << "," << y;
    }
  EXPECT_GT(ink, 300);
  EXPECT_NE(pixels, drawn([&](const Pen& pen) {
              pen.box(box);
              pen.ink(colour(0));
              pen.stroke(2.0);
            }));
}

TEST(DrawPen, ATwinLineHasItsGroundBetween) {
  const Pixels pixels = drawn([](const Pen& pen) {
    pen.go_to({10, 60});
    pen.line_to({110, 60});
    pen.stroke_twice(10.0, colour(0), colour(0xffffff));
  });
  EXPECT_TRUE(inked(pixels, 50, 56));
  EXPECT_FALSE(inked(pixels, 50, 60));
  EXPECT_TRUE(inked(pixels, 50, 63));
}

}  // namespace
}  // namespace stareval::engine
