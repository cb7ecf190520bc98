// Decoding of node pictures: a picture of known colours in each format; what is cut short, bent or
// too large is refused with the file's name. Pictures are encoded here, with the formats' own
// libraries.
#include "engine/draw/picture_decoder.h"

#include <gtest/gtest.h>
#include <turbojpeg.h>
#include <webp/encode.h>

#include <cmath>
#include <cstdlib>
#include <fstream>

#include "engine/draw/picture_decoder_internal.h"
#include "libstareval/base/random.h"
#include "tests/support/make_png.h"
#include "tests/support/temp_folder.h"

namespace stareval::engine {
namespace {

// Left half red, right half blue, opaque.
std::vector<std::uint32_t> halves(int width, int height) {
  std::vector<std::uint32_t> pixels;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) pixels.push_back(x < width / 2 ? 0xFFD02020U : 0xFF2020D0U);
  return pixels;
}

const std::uint8_t* bytes_of(const std::vector<std::uint32_t>& pixels) {
  return reinterpret_cast<const std::uint8_t*>(pixels.data());
}

std::string jpeg_of(std::vector<std::uint32_t> pixels, int width, int height, int format) {
  const tjhandle handle = tjInitCompress();
  unsigned char* out = nullptr;
  unsigned long size = 0;
  tjCompress2(handle, bytes_of(pixels), width, width * 4, height, format, &out, &size, TJSAMP_444,
              95, 0);
  std::string bytes(reinterpret_cast<const char*>(out), size);
  tjFree(out);
  tjDestroy(handle);
  return bytes;
}

std::string webp_of(const std::vector<std::uint32_t>& pixels, int width, int height) {
  std::uint8_t* out = nullptr;
  const std::size_t size = WebPEncodeLosslessBGRA(bytes_of(pixels), width, height, width * 4, &out);
  std::string bytes(reinterpret_cast<const char*>(out), size);
  WebPFree(out);
  return bytes;
}

std::string png_of(const std::vector<std::uint32_t>& pixels, int width, int height) {
  const SurfacePtr surface = surface_over(pixels.data(), width, height, CAIRO_FORMAT_ARGB32);
  std::string bytes;
  cairo_surface_write_to_png_stream(
      surface.get(),
      [](void* out, const unsigned char* data, unsigned int size) {
        static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(data), size);
        return CAIRO_STATUS_SUCCESS;
      },
      &bytes);
  return bytes;
}

std::string svg(const std::string& root, const std::string& content) {
  return "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" " + root + ">" +
         content + "</svg>";
}

const std::string& svg_halves() {
  static const std::string text =
      svg("viewBox=\"0 0 80 40\"",
          "<rect width=\"40\" height=\"40\" fill=\"#d02020\"/>"
          "<rect x=\"40\" width=\"40\" height=\"40\" fill=\"#2020d0\"/>");
  return text;
}

std::string in_format(const std::string& format) {
  if (format == "png") return png_of(halves(80, 40), 80, 40);
  if (format == "jpeg") return jpeg_of(halves(80, 40), 80, 40, TJPF_BGRA);
  if (format == "webp") return webp_of(halves(80, 40), 80, 40);
  return svg_halves();
}

std::uint32_t at(const Bitmap& bitmap, int x, int y) {
  return bitmap.pixels[static_cast<std::size_t>(y * bitmap.width + x)];
}

void expect_near(std::uint32_t pixel, std::uint32_t wanted, int within) {
  for (const unsigned shift : {0U, 8U, 16U, 24U})
    EXPECT_LE(std::abs(static_cast<int>(pixel >> shift & 255U) -
                       static_cast<int>(wanted >> shift & 255U)),
              within)
        << std::hex << pixel << " for " << wanted;
}

std::string error_of(std::string_view bytes) {
  const auto picture = decode_picture(bytes, "flags/x.bin");
  if (!picture.has_error()) return {};
  EXPECT_EQ(picture.error().code, ErrorCode::bad_data);
  EXPECT_NE(picture.error().message.find("flags/x.bin"), std::string::npos);
  return picture.error().message;
}

class DrawPictureDecoder : public ::testing::TestWithParam<const char*> {};

INSTANTIATE_TEST_SUITE_P(Formats, DrawPictureDecoder,
                         ::testing::Values("png", "jpeg", "webp", "svg"),
                         [](const auto& format) { return std::string(format.param); });

TEST_P(DrawPictureDecoder, ShowsTheColours) {
  const auto picture = decode_picture(in_format(GetParam()), "x");
  ASSERT_TRUE(picture.has_value()) << picture.error().message;
  EXPECT_EQ(picture->width, 2 * picture->height);
  expect_near(at(*picture, picture->width / 4, picture->height / 2), 0xFFD02020U, 3);
  expect_near(at(*picture, picture->width * 3 / 4, picture->height / 2), 0xFF2020D0U, 3);
}

TEST_P(DrawPictureDecoder, SameBytesSamePixels) {
  const std::string bytes = in_format(GetParam());
  EXPECT_EQ(decode_picture(bytes, "x")->pixels, decode_picture(bytes, "x")->pixels);
}

TEST_P(DrawPictureDecoder, EveryCutIsRefused) {
  const std::string bytes = in_format(GetParam());
  ASSERT_TRUE(decode_picture(bytes, "x").has_value());
  // The last chunk of a PNG says only that it ends; an end mark of a JPEG is two bytes.
  for (std::size_t size = 0; size + 13 < bytes.size(); size += 1 + bytes.size() / 150)
    EXPECT_NE(error_of(std::string_view(bytes).substr(0, size)), "") << size;
}

TEST_P(DrawPictureDecoder, BentBytesGiveAPictureWithinBoundsOrAnError) {
  Random random(3);
  const std::string sound = in_format(GetParam());
  for (int i = 0; i < 300; ++i) {
    std::string bytes = sound;
    for (int bent = random.between(1, 6); bent > 0; --bent)
      bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
    const auto picture = decode_picture(bytes, "x");
    if (picture.has_error()) continue;
    EXPECT_LE(std::max(picture->width, picture->height), kMostPictureSide);
    EXPECT_EQ(picture->pixels.size(),
              static_cast<std::size_t>(picture->width) * static_cast<std::size_t>(picture->height));
  }
}

TEST(DrawPictureDecoderSize, LargePicturesAreMadeSmaller) {
  const auto pixels = halves(1500, 600);
  for (const std::string& bytes : {png_of(pixels, 1500, 600), jpeg_of(pixels, 1500, 600, TJPF_BGRA),
                                   webp_of(pixels, 1500, 600)}) {
    const auto picture = decode_picture(bytes, "x");
    ASSERT_TRUE(picture.has_value());
    EXPECT_EQ(picture->width, kMostPictureSide);
    EXPECT_EQ(picture->height, 205);
    expect_near(at(*picture, 20, 20), 0xFFD02020U, 3);
    expect_near(at(*picture, 500, 200), 0xFF2020D0U, 3);
  }
}

TEST(DrawPictureDecoderSize, StatedSizesAreCheckedBeforeDecoding) {
  // 100,000 x 100,000 pixels in some sixty bytes, and 60,000 x 60,000 in a small JPEG.
  const std::string bomb = testing::png_signature() + testing::png_header(100'000, 100'000) +
                           testing::png_pixels(1, 1, 'x') + testing::png_chunk("IEND", "");
  EXPECT_NE(error_of(bomb).find("million pixels"), std::string::npos);
  std::string jpeg = in_format("jpeg");
  const std::size_t frame = jpeg.find("\xff\xc0");
  ASSERT_NE(frame, std::string::npos);
  jpeg.replace(frame + 5, 4, "\xea\x60\xea\x60");
  EXPECT_NE(error_of(jpeg).find("million pixels"), std::string::npos);
}

TEST(DrawPictureDecoderSize, AHugeSvgIsDrawnSmall) {
  const auto picture =
      decode_picture(svg("width=\"1000000\" height=\"500000\"",
                         "<rect width=\"1000000\" height=\"500000\" fill=\"#d02020\"/>"),
                     "x");
  ASSERT_TRUE(picture.has_value());
  EXPECT_EQ(picture->width, kSvgSide);
  EXPECT_EQ(picture->height, kSvgSide / 2);
  EXPECT_EQ(at(*picture, 10, 10), 0xFFD02020U);
}

TEST(DrawPictureDecoderJpeg, InksBecomeLight) {
  // As Adobe stores them: 255 is no ink. Cyan alone takes the red away.
  std::vector<std::uint32_t> inks(64 * 64, 0xFFFFFF00U);
  const auto picture = decode_picture(jpeg_of(inks, 64, 64, TJPF_CMYK), "x");
  ASSERT_TRUE(picture.has_value()) << picture.error().message;
  expect_near(at(*picture, 30, 30), 0xFF00FFFFU, 4);
}

TEST(DrawPictureDecoderWebp, TransparencyIsPremultiplied) {
  const auto picture =
      decode_picture(webp_of(std::vector<std::uint32_t>(4, 0x80FFFFFFU), 2, 2), "x");
  ASSERT_TRUE(picture.has_value());
  expect_near(at(*picture, 0, 0), 0x80808080U, 1);
}

TEST(DrawPictureDecoderSvg, LoadsNothingFromOutside) {
  const testing::TempFolder folder;
  std::ofstream(folder / "secret.txt") << "<rect width=\"40\" height=\"40\" fill=\"#d02020\"/>";
  std::ofstream(folder / "part.svg")
      << svg("id=\"p\" viewBox=\"0 0 40 40\"",
             "<rect id=\"r\" width=\"40\" height=\"40\" fill=\"#d02020\"/>");
  const std::string outside = "file://" + std::string(folder / "secret.txt");
  const std::string entity =
      "<!DOCTYPE svg [<!ENTITY x SYSTEM \"" + outside + "\">]>" +
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 40\">&x;</svg>";
  const std::string use =
      svg("xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 40 40\"",
          "<use xlink:href=\"file://" + std::string(folder / "part.svg") + "#r\"/>");
  for (const std::string& text : {entity, use}) {
    const auto picture = decode_picture(text, "x");
    if (picture.has_error()) continue;
    for (const std::uint32_t pixel : picture->pixels) ASSERT_EQ(pixel, 0U);
  }
}

TEST(DrawPictureDecoderSvg, RefusesPicturesWithinAndMissingSizes) {
  EXPECT_NE(error_of(svg("viewBox=\"0 0 9 9\"", "<image href=\"data:image/png;base64,AA\"/>"))
                .find("another picture"),
            std::string::npos);
  EXPECT_NE(error_of(svg("", "<rect width=\"100%\" height=\"100%\"/>")).find("size"),
            std::string::npos);
  EXPECT_NE(error_of(svg("width=\"0\" height=\"9\"", "")), "");
  EXPECT_NE(error_of("<svg"), "");
  EXPECT_NE(error_of(svg("viewBox=\"0 0 9 9\"", std::string(kMostSvgBytes, ' '))).find("bytes"),
            std::string::npos);
}

TEST(DrawPictureDecoderSvg, ABillionLaughsEnd) {
  std::string entities = "<!ENTITY a0 \"ha\">";
  for (int i = 1; i < 30; ++i) {
    const std::string before = "&a" + std::to_string(i - 1) + ";";
    entities += "<!ENTITY a" + std::to_string(i) + " \"" + before + before + before + "\">";
  }
  const std::string bomb = "<!DOCTYPE svg [" + entities +
                           "]><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">"
                           "<text>&a29;</text></svg>";
  EXPECT_NE(error_of(bomb), "");
}

TEST(DrawPictureDecoderKind, OtherFilesAreRefusedByName) {
  for (const std::string_view bytes :
       {std::string_view(""), std::string_view("GIF89a\1\0\1\0", 10),
        std::string_view("\x1f\x8b\x08"), std::string_view("<html></html>"),
        std::string_view("BM not this one"), std::string_view("RIFF\0\0\0\0WAVE", 12)})
    EXPECT_NE(error_of(bytes).find("PNG, JPEG, WebP or SVG"), std::string::npos) << bytes;
}

}  // namespace
}  // namespace stareval::engine
