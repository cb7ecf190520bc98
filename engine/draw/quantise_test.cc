// Palettes: exact up to 256 colours, close beyond, deterministic.
#include "engine/draw/quantise.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "libstareval/base/random.h"

namespace stareval::engine {
namespace {

Bitmap filled(int width, int height, std::uint32_t value) {
  return {width, height,
          std::vector<std::uint32_t>(
              static_cast<std::size_t>(width) * static_cast<std::size_t>(height), value)};
}

IndexedPicture quantised(const Bitmap& bitmap) {
  IndexedPicture out;
  quantise(bitmap, out);
  return out;
}

std::uint32_t shown(const IndexedPicture& picture, std::size_t at) {
  return picture.palette[picture.pixels[at]];
}

int worst_error(const Bitmap& bitmap, const IndexedPicture& picture) {
  int worst = 0;
  for (std::size_t i = 0; i < bitmap.pixels.size(); ++i)
    for (const unsigned shift : {0U, 8U, 16U}) {
      const int was = static_cast<int>((bitmap.pixels[i] >> shift) & 255U);
      const int is = static_cast<int>((shown(picture, i) >> shift) & 255U);
      worst = std::max(worst, std::abs(was - is));
    }
  return worst;
}

TEST(DrawQuantise, OneColour) {
  const IndexedPicture picture = quantised(filled(37, 11, 0xFF336699));
  EXPECT_TRUE(picture.exact);
  EXPECT_EQ(picture.palette, std::vector<std::uint32_t>{0x336699});
  EXPECT_EQ(picture.pixels.size(), 37U * 11U);
}

TEST(DrawQuantise, UpTo256ColoursAreExact) {
  for (const std::uint32_t colours : {2U, 255U, 256U}) {
    Bitmap bitmap = filled(64, 64, 0);
    for (std::size_t i = 0; i < bitmap.pixels.size(); ++i)
      bitmap.pixels[i] = static_cast<std::uint32_t>(i % colours) * 0x010307U;
    const IndexedPicture picture = quantised(bitmap);
    EXPECT_TRUE(picture.exact);
    EXPECT_EQ(picture.palette.size(), colours);
    EXPECT_EQ(worst_error(bitmap, picture), 0);
  }
}

TEST(DrawQuantise, TheUpperByteHasNoMeaning) {
  Bitmap bitmap = filled(8, 1, 0x00112233);
  bitmap.pixels[3] = 0xFF112233;
  EXPECT_EQ(quantised(bitmap).palette.size(), 1U);
}

TEST(DrawQuantise, RunsOfEveryLengthKeepTheirPlace) {
  Random random(1);
  Bitmap bitmap = filled(997, 3, 0);
  std::size_t at = 0;
  while (at < bitmap.pixels.size()) {
    const auto value = static_cast<std::uint32_t>(random.below(200));
    for (std::size_t left = 1 + random.below(40); left > 0 && at < bitmap.pixels.size(); --left)
      bitmap.pixels[at++] = value;
  }
  EXPECT_EQ(worst_error(bitmap, quantised(bitmap)), 0);
}

// A ramp of 4,096 colours in a cube of 64 levels a side: 256 boxes leave small errors.
TEST(DrawQuantise, ManyColoursStayClose) {
  Bitmap bitmap = filled(64, 64, 0);
  for (std::uint32_t y = 0; y < 64; ++y)
    for (std::uint32_t x = 0; x < 64; ++x)
      bitmap.pixels[y * 64 + x] = (x * 4 << 16U) | (y * 4 << 8U) | 128U;
  const IndexedPicture picture = quantised(bitmap);
  EXPECT_FALSE(picture.exact);
  EXPECT_EQ(picture.palette.size(), 256U);
  EXPECT_LE(worst_error(bitmap, picture), 16);
}

TEST(DrawQuantise, TheBackgroundStaysExactAmongManyColours) {
  Random random(2);
  Bitmap bitmap = filled(300, 300, 0xFDF6E7);
  for (std::size_t i = 0; i < 3000; ++i)
    bitmap.pixels[i] = static_cast<std::uint32_t>(random.below(0x1000000));
  const IndexedPicture picture = quantised(bitmap);
  const std::uint32_t shown_background = shown(picture, bitmap.pixels.size() - 1);
  for (const unsigned shift : {0U, 8U, 16U})
    EXPECT_NEAR(static_cast<double>((shown_background >> shift) & 255U),
                static_cast<double>((0xFDF6E7U >> shift) & 255U), 1.0);
}

TEST(DrawQuantise, ABufferThatIsUsedAgainLeavesNoTrace) {
  Random random(3);
  Bitmap noise = filled(50, 50, 0);
  for (auto& pixel : noise.pixels) pixel = static_cast<std::uint32_t>(random.below(0x1000000));
  IndexedPicture again = quantised(noise);
  const Bitmap plain = filled(20, 20, 0xABCDEF);
  quantise(plain, again);
  EXPECT_EQ(again.palette, quantised(plain).palette);
  EXPECT_EQ(again.pixels, quantised(plain).pixels);
  EXPECT_TRUE(again.exact);
}

}  // namespace
}  // namespace stareval::engine
