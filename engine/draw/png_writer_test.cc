// PNG: the chunk layout worked out by hand from ISO/IEC 15948, and Cairo's reader as reference.
#include "engine/draw/png_writer.h"

#include <gtest/gtest.h>

#include <cstdint>

#include "engine/draw/test_scenes_internal.h"

namespace stareval::engine {
namespace {

IndexedPicture stripes(int width, int height, std::size_t colours) {
  IndexedPicture picture{width, height, {}, {}, true};
  for (std::size_t i = 0; i < colours; ++i)
    picture.palette.push_back(static_cast<std::uint32_t>(i * 0x010203U) & 0xFFFFFFU);
  for (int i = 0; i < width * height; ++i)
    picture.pixels.push_back(static_cast<std::uint8_t>(static_cast<std::size_t>(i) % colours));
  return picture;
}

std::uint32_t u32(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i)
    value = (value << 8U) | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

TEST(DrawPng, ChunksInOrder) {
  const std::string png = encode_png(stripes(5, 3, 4));
  EXPECT_EQ(png.substr(0, 8), std::string("\x89PNG\r\n\x1a\n", 8));
  EXPECT_EQ(u32(png, 8), 13U);
  EXPECT_EQ(png.substr(12, 4), "IHDR");
  EXPECT_EQ(u32(png, 16), 5U);
  EXPECT_EQ(u32(png, 20), 3U);
  EXPECT_EQ(png.substr(24, 5), std::string("\x08\x03\x00\x00\x00", 5));
  EXPECT_EQ(u32(png, 33), 12U);  // four colours of three bytes
  EXPECT_EQ(png.substr(37, 4), "PLTE");
  EXPECT_EQ(png.substr(41, 6), std::string("\x00\x00\x00\x01\x02\x03", 6));
  EXPECT_EQ(png.substr(61, 4), "IDAT");
  // The same twelve bytes in every PNG file.
  EXPECT_EQ(png.substr(png.size() - 12), std::string("\0\0\0\0IEND\xae\x42\x60\x82", 12));
}

TEST(DrawPng, DecodesToTheSamePixels) {
  for (const auto& [width, height, colours] :
       {std::tuple{1, 1, 1}, {7, 5, 2}, {100, 1, 256}, {1, 100, 17}, {333, 222, 256}}) {
    const IndexedPicture picture = stripes(width, height, static_cast<std::size_t>(colours));
    const Bitmap decoded = draw_testing::read_png(encode_png(picture));
    ASSERT_EQ(decoded.width, width);
    ASSERT_EQ(decoded.height, height);
    for (std::size_t i = 0; i < picture.pixels.size(); ++i)
      ASSERT_EQ(decoded.pixels[i] & 0xFFFFFFU, picture.palette[picture.pixels[i]]);
  }
}

TEST(DrawPng, ABrokenByteIsNoticedByTheReader) {
  std::string png = encode_png(stripes(20, 20, 9));
  png[45] = static_cast<char>(png[45] ^ 1);  // in the palette: its CRC no longer fits
  EXPECT_EQ(draw_testing::read_png(png).width, 0);
}

TEST(DrawPng, SameBytesEachTime) {
  EXPECT_EQ(encode_png(stripes(50, 40, 30)), encode_png(stripes(50, 40, 30)));
}

}  // namespace
}  // namespace stareval::engine
