// Width and height from the first bytes of pictures. Headers by hand, from the specifications.
// Properties: every cut of a header is refused, and random bytes behind a signature never crash.
#include "libstareval/data/picture_size.h"

#include <gtest/gtest.h>

#include "libstareval/base/random.h"
#include "tests/support/errors.h"
#include "tests/support/make_png.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using namespace std::string_literals;
using testing::error_code;
using testing::error_text;

std::string size_text(std::string_view bytes) {
  const auto size = picture_size(bytes, "p");
  return size.has_error() ? size.error().message : fmt::format("{}x{}", size->width, size->height);
}

std::string png() { return testing::make_png(300, 7); }
std::string gif() { return "GIF89a\x2c\x01\x07\x00\x80\x00\x00"s; }

// SOI, a JFIF segment of 16 bytes, a fill byte, and a frame header of `marker`: 8 bits, 7 x 300.
std::string jpeg(char marker = '\xc0') {
  return "\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xff"s + marker +
         "\x00\x11\x08\x00\x07\x01\x2c\x03"s;
}

// Key frame of VP8: 3 bytes of tag, the start code, then 14 bits of each side.
std::string webp_lossy() {
  return "RIFF\x24\x00\x00\x00WEBPVP8 \x18\x00\x00\x00\x30\x01\x00\x9d\x01\x2a\x2c\x01\x07\x00"s;
}

// VP8L: signature 0x2f, then 299 and 6 in 14 bits each: 299 | 6 << 14 = 0x1812b.
std::string webp_lossless() {
  return "RIFF\x24\x00\x00\x00WEBPVP8L\x18\x00\x00\x00\x2f\x2b\x81\x01\x00\x00\x00\x00\x00\x00"s;
}

// VP8X: flags, 3 bytes reserved, then 299 and 6 in 3 bytes each.
std::string webp_extended() {
  return "RIFF\x24\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x2b\x01\x00\x06\x00\x00"s;
}

TEST(PictureSize, reads_each_format) {
  for (const std::string& bytes :
       {png(), gif(), jpeg(), jpeg('\xc2'), webp_lossy(), webp_lossless(), webp_extended()})
    EXPECT_EQ(size_text(bytes), "300x7");
}

// A Huffman table (DHT, 0xc4) stands among the markers of frames, and is none.
TEST(PictureSize, passes_over_what_only_looks_like_a_frame_of_a_jpeg) {
  const std::string table = "\xff\xc4\x00\x07\x00\x09\x09\x09\x09"s;
  EXPECT_EQ(size_text("\xff\xd8"s + table + jpeg().substr(2)), "300x7");
}

TEST(PictureSize, refuses_what_has_no_size) {
  EXPECT_EQ(
      size_text(""),
      "picture p: expected width and height of a PNG, JPEG, GIF or WebP, found an empty file");
  const std::string none =
      "picture p: expected width and height of a PNG, JPEG, GIF or WebP, found none";
  EXPECT_EQ(size_text("BM, a bitmap of 1x1 and more bytes than a header has"), none);
  EXPECT_EQ(size_text(testing::make_png(0, 7)), none);
  EXPECT_EQ(error_code(picture_size("", "p")), ErrorCode::bad_data);
}

TEST(PictureSize, refuses_every_cut_of_a_header) {
  for (const std::string& header : {png().substr(0, 24), gif().substr(0, 10), jpeg().substr(0, 30),
                                    webp_lossy(), webp_lossless(), webp_extended()}) {
    EXPECT_EQ(size_text(header), "300x7");
    for (std::size_t size = 0; size < header.size(); ++size)
      EXPECT_TRUE(picture_size(header.substr(0, size), "p").has_error()) << size;
  }
}

TEST(PictureSize, never_reads_past_random_bytes) {
  Random random(3);
  for (const std::string& start : {"\x89PNG\r\n\x1a\n"s, "\xff\xd8\xff"s, "GIF8"s, "RIFF"s})
    for (int i = 0; i < 3000; ++i) {
      std::string bytes = start;
      const std::size_t size = random.below(80);
      while (bytes.size() < size) bytes += static_cast<char>(random.below(256));
      if (start == "RIFF" && bytes.size() >= 12) bytes.replace(8, 4, "WEBP");
      const auto read = picture_size(bytes, "p");
      EXPECT_TRUE(read.has_error() || (read->width > 0 && read->height > 0));
    }
}

TEST(PictureSize, reads_files_also_behind_much_metadata) {
  const testing::TempFolder folder;
  testing::write_bytes(folder / "a.png", png());
  EXPECT_EQ(read_picture_size(folder / "a.png")->width, 300);

  const std::string segment = "\xff\xe1\xff\xff"s + std::string(0xfffd, 'x');
  testing::write_bytes(folder / "a.jpg", "\xff\xd8"s + segment + segment + jpeg().substr(2));
  EXPECT_EQ(read_picture_size(folder / "a.jpg")->height, 7);

  EXPECT_EQ(error_code(read_picture_size(folder / "none.png")), ErrorCode::io);
}

}  // namespace
}  // namespace stareval
