// Whether pictures are whole. PNGs are made by hand from the specification. Properties: every
// truncation, every flipped bit and every byte too many is refused.
#include "libstareval/data/picture_check.h"

#include <gtest/gtest.h>

#include "libstareval/base/random.h"
#include "libstareval/base/text.h"
#include "tests/support/errors.h"
#include "tests/support/make_png.h"

namespace stareval {
namespace {

using namespace testing;
using namespace std::string_view_literals;

std::string message(std::string_view bytes) {
  const auto checked = check_picture(bytes, "a.png");
  EXPECT_TRUE(checked.has_value() || checked.error().code == ErrorCode::bad_data);
  return error_text(checked);
}

std::string broken(const std::string& what) {
  return "picture a.png: " + what + "; restore it, or make the dataset anew";
}

const std::string& end_chunk() {
  static const std::string chunk = png_chunk("IEND", "");
  return chunk;
}

TEST(PictureCheck, takes_a_png_and_tells_its_size) {
  const auto size = check_picture(make_png(300, 7), "a.png");
  EXPECT_EQ(size.value().width, 300);
  EXPECT_EQ(size.value().height, 7);
}

TEST(PictureCheck, takes_a_png_with_more_chunks) {
  const std::string png = png_signature() + png_header(4, 4) + png_chunk("tEXt", "Title\0x") +
                          png_pixels(4, 4, 'a') + png_chunk("IDAT", "") +
                          png_chunk("tIME", "1234567") + end_chunk();
  EXPECT_EQ(message(png), "(no error)");
}

TEST(PictureCheck, refuses_every_truncation_of_a_png) {
  const std::string png = make_png(5, 4);
  for (std::size_t size = 0; size < png.size(); ++size)
    EXPECT_NE(message(std::string_view(png).substr(0, size)), "(no error)") << size;
}

TEST(PictureCheck, refuses_every_flipped_bit_of_a_png) {
  const std::string png = make_png(5, 4);
  for (std::size_t bit = 0; bit < png.size() * 8; ++bit) {
    std::string flipped = png;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
    EXPECT_NE(message(flipped), "(no error)") << "bit " << bit % 8 << " of byte " << bit / 8;
    EXPECT_TRUE(is_valid_utf8(message(flipped)));
  }
}

TEST(PictureCheck, refuses_bytes_after_the_end_of_a_png) {
  EXPECT_EQ(message(make_png(5, 4) + "x"), broken("the PNG goes on after its end"));
  EXPECT_EQ(message(make_png(5, 4) + make_png(5, 4)), broken("the PNG goes on after its end"));
}

TEST(PictureCheck, says_what_is_wrong_with_a_png) {
  const std::string header = png_header(5, 4);
  const std::string pixels = png_pixels(5, 4, 'a');
  EXPECT_EQ(message(png_signature()), broken("the PNG ends before its last chunk"));
  EXPECT_EQ(message(png_signature() + header + pixels),
            broken("the PNG ends before its last chunk"));
  EXPECT_EQ(message(png_signature() + header + pixels.substr(0, pixels.size() - 1) + "\xff" +
                    end_chunk()),
            broken("the PNG chunk IDAT does not have its checksum"));
  EXPECT_EQ(message(png_signature() + header + std::string("\x7f\xff\xff\xff", 4) +
                    pixels.substr(4) + end_chunk()),
            broken("the PNG is cut off inside a chunk"));
  EXPECT_EQ(message(png_signature() + header + end_chunk()), broken("the PNG holds no pixels"));
  EXPECT_EQ(message(png_signature() + pixels + header + end_chunk()),
            broken("the PNG has no IHDR"));
  EXPECT_EQ(message(png_signature() + png_chunk("IHDR", "short") + pixels + end_chunk()),
            broken("the PNG has no IHDR"));
  EXPECT_EQ(message(png_signature() + png_header(0, 4) + pixels + end_chunk()),
            broken("the PNG has no extent"));
}

TEST(PictureCheck, keeps_broken_bytes_out_of_its_message) {
  std::string png = make_png(5, 4);
  png[12] = '\x1b';  // the first letter of IHDR
  EXPECT_EQ(message(png), broken("the PNG chunk of an unknown type does not have its checksum"));
}

TEST(PictureCheck, takes_a_jpeg_from_its_first_mark_to_its_last) {
  EXPECT_EQ(message("\xff\xd8\xff\xe0 pixels \xff\xd9"sv), "(no error)");
  EXPECT_EQ(message("\xff\xd8\xff\xe0 pixels "sv), broken("the JPEG is cut off"));
  EXPECT_EQ(message("\xff\xd8\xff"sv), broken("the JPEG is cut off"));
}

TEST(PictureCheck, takes_a_gif_up_to_its_trailer) {
  EXPECT_EQ(message("GIF89a pixels ;"), "(no error)");
  EXPECT_EQ(message("GIF87a pixels "), broken("the GIF is cut off"));
}

TEST(PictureCheck, takes_a_webp_of_the_length_that_it_states) {
  const std::string webp("RIFF\x08\x00\x00\x00WEBPVP8 ", 16);
  EXPECT_EQ(message(webp), "(no error)");
  for (std::size_t size = 12; size < webp.size(); ++size)
    EXPECT_EQ(message(std::string_view(webp).substr(0, size)), broken("the WebP is cut off"));
  EXPECT_EQ(message("RIFF\xff\xff\xff\xffWEBP"sv), broken("the WebP is cut off"));
}

TEST(PictureCheck, refuses_what_is_no_picture) {
  EXPECT_EQ(message(""), broken("the file is empty"));
  for (const std::string_view bytes : {"<svg/>"sv, "RIFF\0\0\0\0WAVE"sv, "RIFF"sv, "%PDF"sv,
                                       "\x89PNG"sv, "version https://git-lfs"sv})
    EXPECT_EQ(message(bytes), broken("expected PNG, JPEG, GIF or WebP, found other bytes"));
}

TEST(PictureCheck, survives_random_bytes_after_each_signature) {
  Random random(1);
  for (const std::string_view start :
       {"\x89PNG\r\n\x1a\n"sv, "RIFF\0\0\0\0WEBP"sv, "GIF8"sv, ""sv}) {
    for (int i = 0; i < 2000; ++i) {
      std::string bytes(start);
      for (std::size_t n = random.below(40); n > 0; --n)
        bytes += static_cast<char>(random.below(256));
      EXPECT_TRUE(is_valid_utf8(message(bytes)));
    }
  }
}

}  // namespace
}  // namespace stareval
