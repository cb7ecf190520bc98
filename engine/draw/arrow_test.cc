// Arrow heads: every kind has its tip at the end of the path, is wider than the line, and differs
// from the others.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>

#include "engine/draw/arrow_internal.h"

namespace stareval::engine {
namespace {

constexpr std::array kKinds = {ArrowHead::filled,   ArrowHead::open, ArrowHead::vee,
                               ArrowHead::triangle, ArrowHead::slim, ArrowHead::hollow,
                               ArrowHead::twin,     ArrowHead::barb};
constexpr int kSide = 80;

// A head that points to the right, with its tip at (60, 40), on white.
std::vector<std::uint32_t> drawn(ArrowHead kind, double line_px = 2.0) {
  std::vector<std::uint32_t> pixels(kSide * kSide, 0xFFFFFFFFU);
  const SurfacePtr surface = surface_over(pixels.data(), kSide, kSide, CAIRO_FORMAT_RGB24);
  const HeadPaint paint{kind, 16.0, line_px, colour(0x000000), colour(0xffffff)};
  draw_head(Pen(surface.get()), paint, Cubic::line({0, 40}, {60, 40}));
  cairo_surface_flush(surface.get());
  return pixels;
}

// Pixels from the first to the last that is not white in column x.
int ink(const std::vector<std::uint32_t>& pixels, int x) {
  int first = kSide;
  int last = -1;
  for (int y = 0; y < kSide; ++y) {
    if ((pixels[static_cast<std::size_t>(y * kSide + x)] & 0xFFFFFFU) == 0xFFFFFFU) continue;
    first = std::min(first, y);
    last = y;
  }
  return std::max(0, last - first + 1);
}

TEST(DrawArrow, TheTipIsTheEndOfThePath) {
  for (const ArrowHead kind : kKinds) {
    const auto pixels = drawn(kind);
    for (int x = 61; x < kSide; ++x) EXPECT_EQ(ink(pixels, x), 0) << static_cast<int>(kind);
    EXPECT_GT(ink(pixels, 58), 0) << static_cast<int>(kind);
    for (int x = 0; x < 36; ++x) EXPECT_EQ(ink(pixels, x), 0) << static_cast<int>(kind);
  }
}

TEST(DrawArrow, HeadsAreAlikeOnBothSidesAndDiffer) {
  std::set<std::vector<std::uint32_t>> pictures;
  for (const ArrowHead kind : kKinds) {
    const auto pixels = drawn(kind);
    pictures.insert(pixels);
    for (std::size_t y = 0; y < kSide / 2; ++y)
      for (std::size_t x = 0; x < kSide; ++x)
        EXPECT_NEAR(pixels[y * kSide + x] & 255U, pixels[(kSide - 1 - y) * kSide + x] & 255U, 8);
  }
  EXPECT_EQ(pictures.size(), kKinds.size());
}

TEST(DrawArrow, AHeadIsWiderThanItsLine) {
  for (const double line_px : {1.5, 4.0, 7.0})
    for (const ArrowHead kind : kKinds) {
      int widest = 0;
      const auto pixels = drawn(kind, line_px);
      for (int x = 36; x < 61; ++x) widest = std::max(widest, ink(pixels, x));
      EXPECT_GE(widest, 2.2 * line_px) << static_cast<int>(kind);
    }
}

TEST(DrawArrow, TheLineEndsWithinTheHead) {
  for (const ArrowHead kind : kKinds) {
    const double gap = line_gap_px({kind, 16.0, 2.0, {}, {}});
    EXPECT_GT(gap, 0.0);
    EXPECT_LT(gap, 20.0);
    // Where the line ends there is ink of the head.
    EXPECT_GT(ink(drawn(kind), 60 - static_cast<int>(gap)), 0) << static_cast<int>(kind);
  }
}

}  // namespace
}  // namespace stareval::engine
