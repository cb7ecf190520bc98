// Boxes by hand; crops, decoded again.
#include "engine/draw/crop.h"

#include <gtest/gtest.h>

#include <array>

#include "engine/draw/picture_decoder.h"

namespace stareval::engine {
namespace {

std::array<int, 4> box(double left, double top, double right, double bottom, int width,
                       int height) {
  const PixelBox b = pixel_box(left, top, right, bottom, width, height);
  return {b.left, b.top, b.right, b.bottom};
}

TEST(PixelBox, RoundsToTheNearestPixel) {
  EXPECT_EQ(box(0.0, 0.0, 1.0, 1.0, 10, 20), (std::array{0, 0, 10, 20}));
  EXPECT_EQ(box(0.26, 0.24, 0.74, 0.76, 10, 10), (std::array{3, 2, 7, 8}));
  EXPECT_EQ(box(0.25, 0.0, 0.75, 0.35, 10, 10), (std::array{2, 0, 8, 4})) << "halves to even";
}

TEST(PixelBox, HoldsAPixelAtLeast) {
  EXPECT_EQ(box(0.5, 0.5, 0.5001, 0.5001, 10, 10), (std::array{5, 5, 6, 6}));
  EXPECT_EQ(box(0.9999, 0.0, 1.0, 1e-9, 10, 10), (std::array{9, 0, 10, 1}));
  EXPECT_EQ(box(0.4, 0.4, 0.6, 0.6, 1, 1), (std::array{0, 0, 1, 1}));
}

// 4 x 3 pixels, each of a colour of its own.
Bitmap colours(std::uint32_t alpha) {
  Bitmap bitmap{4, 3, {}};
  for (std::uint32_t y = 0; y < 3; ++y)
    for (std::uint32_t x = 0; x < 4; ++x)
      bitmap.pixels.push_back(alpha << 24U | (x * 20U) << 16U | (y * 20U) << 8U | 7U);
  return bitmap;
}

TEST(EncodeCrop, HoldsThePixelsOfTheBoxAndNoOthers) {
  const Bitmap bitmap = colours(255);
  const auto crop = decode_whole_picture(encode_crop(bitmap, {1, 1, 4, 3}), "x");
  ASSERT_TRUE(crop);
  EXPECT_EQ(crop->width, 3);
  EXPECT_EQ(crop->height, 2);
  for (std::size_t y = 0; y < 2; ++y)
    for (std::size_t x = 0; x < 3; ++x)
      EXPECT_EQ(crop->pixels[y * 3 + x], bitmap.pixels[(y + 1) * 4 + x + 1]) << x << " " << y;
}

TEST(EncodeCrop, KeepsTransparency) {
  const auto crop = decode_whole_picture(encode_crop(colours(100), {0, 0, 2, 2}), "x");
  ASSERT_TRUE(crop);
  EXPECT_EQ(crop->pixels.front() >> 24U, 100U);
}

TEST(EncodeCrop, GivesTheSameBytesTwice) {
  EXPECT_EQ(encode_crop(colours(255), {0, 0, 4, 3}), encode_crop(colours(255), {0, 0, 4, 3}));
}

}  // namespace
}  // namespace stareval::engine
