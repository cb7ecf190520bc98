// Backgrounds: few colours, near that of the palette; the same for the same style.
#include "engine/draw/background.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace stareval::engine {
namespace {

constexpr std::array kAll = {Background::plain,    Background::dots,     Background::grid,
                             Background::gradient, Background::vignette, Background::ruled,
                             Background::draft,    Background::hatched};

Bitmap painted(Background background, int width = 300, int height = 200) {
  Style style;
  style.palette = varied_palettes()[3];
  style.background = background;
  Bitmap bitmap{width, height, {}};
  bitmap.pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0x123U);
  paint_background(style, bitmap);
  return bitmap;
}

std::uint32_t at(const Bitmap& bitmap, int x, int y) {
  return bitmap.pixels[static_cast<std::size_t>(y * bitmap.width + x)];
}

double difference(std::uint32_t pixel, Colour c) {
  const Colour p = colour(pixel);
  return std::max(
      {std::abs(p.red - c.red), std::abs(p.green - c.green), std::abs(p.blue - c.blue)});
}

TEST(DrawBackground, EachIsFaintAndHasFewColours) {
  const Palette& palette = varied_palettes()[3];
  for (const Background background : kAll) {
    const Bitmap bitmap = painted(background);
    std::set<std::uint32_t> colours(bitmap.pixels.begin(), bitmap.pixels.end());
    EXPECT_LE(colours.size(), 40U);
    EXPECT_EQ(colours.size() == 1, background == Background::plain);
    for (const std::uint32_t value : colours) {
      EXPECT_EQ(value >> 24U, 255U);
      EXPECT_LE(difference(value, palette.background), 60.0);
    }
  }
}

TEST(DrawBackground, PatternsCoverLittle) {
  for (const Background background : {Background::dots, Background::grid, Background::ruled,
                                      Background::draft, Background::hatched}) {
    const Bitmap bitmap = painted(background);
    const auto ground = 0xFF000000U | 0xf2f9ffU;  // of the palette "sky"
    const auto bare = std::count(bitmap.pixels.begin(), bitmap.pixels.end(), ground);
    EXPECT_GT(static_cast<double>(bare), 0.85 * static_cast<double>(bitmap.pixels.size()));
  }
}

TEST(DrawBackground, AGradientGoesFromTopToBottomAndAVignetteOutwards) {
  const Palette& palette = varied_palettes()[3];
  const Bitmap gradient = painted(Background::gradient);
  EXPECT_EQ(difference(at(gradient, 5, 0), palette.background), 0.0);
  EXPECT_EQ(difference(at(gradient, 290, 199), gradient_end(palette)), 0.0);
  const Bitmap vignette = painted(Background::vignette);
  EXPECT_EQ(difference(at(vignette, 150, 100), palette.background), 0.0);
  for (const auto& [x, y] :
       {std::pair(0, 0), std::pair(299, 0), std::pair(0, 199), std::pair(299, 199)})
    EXPECT_EQ(difference(at(vignette, x, y), gradient_end(palette)), 0.0);
  // Both halves are alike.
  for (int y = 0; y < 200; y += 7)
    for (int x = 0; x < 150; x += 3) EXPECT_EQ(at(vignette, x, y), at(vignette, 299 - x, y));
}

TEST(DrawBackground, EverySizeIsFilledWhole) {
  for (const Background background : kAll)
    for (const auto& [width, height] : {std::pair(1, 1), std::pair(2, 77), std::pair(513, 3)}) {
      const Bitmap bitmap = painted(background, width, height);
      EXPECT_EQ(std::count(bitmap.pixels.begin(), bitmap.pixels.end(), 0x123U), 0);
    }
}

}  // namespace
}  // namespace stareval::engine
