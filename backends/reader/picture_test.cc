// Decoding of pictures: pixels of known colours in each format and each kind of PNG, worked out by
// hand; every cut, bent bytes and each refusal with its words. PNGs are made by hand from the
// specification, the others with the formats' own libraries.
#include <gtest/gtest.h>
#include <turbojpeg.h>
#include <webp/encode.h>

#include <array>
#include <cstdlib>

#include "backends/reader/picture_internal.h"
#include "libstareval/base/random.h"
#include "tests/support/errors.h"
#include "tests/support/make_png.h"

namespace stareval::reader {
namespace {

using namespace std::string_literals;
using stareval::testing::big_endian_bytes;
using stareval::testing::error_code;
using stareval::testing::error_text;
using stareval::testing::make_png;
using stareval::testing::png_chunk;
using stareval::testing::png_header;
using stareval::testing::png_pixels;
using stareval::testing::png_signature;

constexpr int kWidth = 80;
constexpr int kHeight = 40;
const cv::Vec3b kRed{0x20, 0x20, 0xd0};
const cv::Vec3b kBlue{0xd0, 0x20, 0x20};

// Left half red, right half blue, of this opacity.
cv::Mat halves(int opacity = 255) {
  cv::Mat pixels(kHeight, kWidth, CV_8UC4);
  for (int y = 0; y < kHeight; ++y)
    for (int x = 0; x < kWidth; ++x) {
      const cv::Vec3b& colour = x < kWidth / 2 ? kRed : kBlue;
      pixels.at<cv::Vec4b>(y, x) = {colour[0], colour[1], colour[2],
                                    static_cast<std::uint8_t>(opacity)};
    }
  return pixels;
}

std::string jpeg_of(const cv::Mat& pixels, int format = TJPF_BGRX, int flags = 0) {
  const tjhandle handle = tjInitCompress();
  unsigned char* out = nullptr;
  unsigned long size = 0;
  tjCompress2(handle, pixels.data, pixels.cols, 0, pixels.rows, format, &out, &size, TJSAMP_444, 95,
              flags);
  std::string bytes(reinterpret_cast<const char*>(out), size);
  tjFree(out);
  tjDestroy(handle);
  return bytes;
}

std::string webp_of(const cv::Mat& pixels) {
  std::uint8_t* out = nullptr;
  const std::size_t size = WebPEncodeLosslessBGRA(pixels.data, pixels.cols, pixels.rows,
                                                  static_cast<int>(pixels.step[0]), &out);
  std::string bytes(reinterpret_cast<const char*>(out), size);
  WebPFree(out);
  return bytes;
}

// ---- PNGs of any kind, from their rows of packed samples ----

std::string header(int width, int height, int bits, int colour, int interlace = 0) {
  const std::array<int, 5> rest{bits, colour, 0, 0, interlace};
  std::string data = big_endian_bytes(static_cast<std::uint32_t>(width)) +
                     big_endian_bytes(static_cast<std::uint32_t>(height));
  for (const int value : rest) data += static_cast<char>(value);
  return png_chunk("IHDR", data);
}

std::string packed(const std::string& raw) {
  uLongf size = compressBound(static_cast<uLong>(raw.size()));
  std::string bytes(size, '\0');
  compress(reinterpret_cast<Bytef*>(bytes.data()), &size,
           reinterpret_cast<const Bytef*>(raw.data()), static_cast<uLong>(raw.size()));
  bytes.resize(size);
  return bytes;
}

// 16 x 16, each row `row`; `chunks` stand before the pixels.
std::string png_of_rows(int bits, int colour, const std::string& row,
                        const std::string& chunks = "") {
  std::string raw;
  for (int y = 0; y < 16; ++y) raw += '\0' + row;
  return png_signature() + header(16, 16, bits, colour) + chunks + png_chunk("IDAT", packed(raw)) +
         png_chunk("IEND", "");
}

std::string repeat(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

std::string in_format(const std::string& format) {
  if (format == "jpeg") return jpeg_of(halves());
  if (format == "progressive") return jpeg_of(halves(), TJPF_BGRX, TJFLAG_PROGRESSIVE);
  if (format == "webp") return webp_of(halves());
  const std::string row =
      '\0' + repeat("\xd0\x20\x20", kWidth / 2) + repeat("\x20\x20\xd0", kWidth / 2);
  return png_signature() + header(kWidth, kHeight, 8, 2) +
         png_chunk("IDAT", packed(repeat(row, kHeight))) + png_chunk("IEND", "");
}

void expect_near(const cv::Vec3b& pixel, const cv::Vec3b& wanted, int within) {
  for (int c = 0; c < 3; ++c) EXPECT_LE(std::abs(pixel[c] - wanted[c]), within) << pixel << wanted;
}

// The first and the last pixel of the first row.
std::pair<cv::Vec3b, cv::Vec3b> ends_of(const std::string& bytes) {
  const auto picture = decode_picture(bytes);
  EXPECT_EQ(error_text(picture), "(no error)");
  if (picture.has_error()) return {};
  return {picture->at<cv::Vec3b>(0, 0), picture->at<cv::Vec3b>(0, picture->cols - 1)};
}

std::string error_of(std::string_view bytes) {
  const auto picture = decode_picture(bytes);
  EXPECT_EQ(error_code(picture), ErrorCode::bad_data);
  return error_text(picture);
}

class ReaderPicture : public ::testing::TestWithParam<const char*> {};

INSTANTIATE_TEST_SUITE_P(Formats, ReaderPicture,
                         ::testing::Values("png", "jpeg", "progressive", "webp"),
                         [](const auto& format) { return std::string(format.param); });

TEST_P(ReaderPicture, ShowsTheColours) {
  const auto picture = decode_picture(in_format(GetParam()));
  ASSERT_TRUE(picture.has_value()) << picture.error().message;
  EXPECT_EQ(picture->type(), CV_8UC3);
  EXPECT_EQ(picture->size(), cv::Size(kWidth, kHeight));
  expect_near(picture->at<cv::Vec3b>(kHeight / 2, kWidth / 4), kRed, 3);
  expect_near(picture->at<cv::Vec3b>(kHeight / 2, kWidth * 3 / 4), kBlue, 3);
}

TEST_P(ReaderPicture, EveryCutIsRefused) {
  const std::string bytes = in_format(GetParam());
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_NE(error_of(std::string_view(bytes).substr(0, size)), "") << size;
  EXPECT_NE(error_of(std::string_view(bytes).substr(0, bytes.size() - 1)).find("it is cut short"),
            std::string::npos);
}

TEST_P(ReaderPicture, WhatFollowsTheEndIsPassedOver) {
  EXPECT_TRUE(decode_picture(in_format(GetParam()) + "appended by some program").has_value());
}

TEST_P(ReaderPicture, BentBytesGiveAPictureWithinBoundsOrAnErrorAndPrintNothing) {
  Random random(3);
  const std::string sound = in_format(GetParam());
  ::testing::internal::CaptureStderr();
  for (int i = 0; i < 500; ++i) {
    std::string bytes = sound;
    for (int bent = random.between(1, 6); bent > 0; --bent)
      bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
    const auto picture = decode_picture(bytes);
    if (picture.has_error()) continue;
    EXPECT_EQ(picture->type(), CV_8UC3);
    EXPECT_LE(static_cast<double>(picture->total()), kMostPixels);
  }
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

// ---- kinds of PNG ----

using Ends = std::pair<cv::Vec3b, cv::Vec3b>;
const cv::Vec3b kBlack{0, 0, 0};
const cv::Vec3b kWhite{255, 255, 255};

TEST(ReaderPicturePng, GreyOfAnyDepth) {
  EXPECT_EQ(ends_of(png_of_rows(1, 0, "\x00\x01"s)), Ends(kBlack, kWhite));
  EXPECT_EQ(ends_of(png_of_rows(2, 0, "\x40\x00\x00\x03"s)), Ends({85, 85, 85}, kWhite));
  EXPECT_EQ(ends_of(png_of_rows(4, 0, "\x30\x00\x00\x00\x00\x00\x00\x0f"s)),
            Ends({51, 51, 51}, kWhite));
  EXPECT_EQ(ends_of(png_of_rows(8, 0, "\x07" + std::string(15, '\xf0'))),
            Ends({7, 7, 7}, {240, 240, 240}));
}

TEST(ReaderPicturePng, PalettesOfAnyDepth) {
  const std::string colours = png_chunk("PLTE", "\x10\x20\x30\xff\x80\x00"s);  // red, green, blue
  const Ends wanted({0x30, 0x20, 0x10}, {0x00, 0x80, 0xff});
  EXPECT_EQ(ends_of(png_of_rows(1, 3, "\x00\x01"s, colours)), wanted);
  EXPECT_EQ(ends_of(png_of_rows(2, 3, "\x00\x00\x00\x01"s, colours)), wanted);
  EXPECT_EQ(ends_of(png_of_rows(4, 3, std::string(7, '\0') + '\x01', colours)), wanted);
  EXPECT_EQ(ends_of(png_of_rows(8, 3, std::string(15, '\0') + '\x01', colours)), wanted);
}

TEST(ReaderPicturePng, WhatIsTransparentLiesOnWhite) {
  // Grey 100 at opacity 128: (100 * 128 + 255 * 127) / 255 = 177.2.
  EXPECT_EQ(ends_of(png_of_rows(8, 4, repeat("\x64\x80", 8) + repeat("\x64\x00"s, 8))),
            Ends({177, 177, 177}, kWhite));
  EXPECT_EQ(
      ends_of(png_of_rows(8, 6, repeat("\x10\x20\x30\xff", 8) + repeat("\x64\x00\x64\x80"s, 8))),
      Ends({0x30, 0x20, 0x10}, {177, 127, 177}));
  // The second colour of a palette, one grey, one colour, named as transparent.
  const std::string colours = png_chunk("PLTE", "\x10\x20\x30\xff\x80\x00"s);
  EXPECT_EQ(ends_of(png_of_rows(8, 3, std::string(15, '\0') + '\x01',
                                colours + png_chunk("tRNS", "\xff\x00"s))),
            Ends({0x30, 0x20, 0x10}, kWhite));
  EXPECT_EQ(
      ends_of(png_of_rows(8, 0, "\x07" + std::string(15, '\xf0'), png_chunk("tRNS", "\x00\x07"s))),
      Ends(kWhite, {240, 240, 240}));
  EXPECT_EQ(ends_of(png_of_rows(8, 2, repeat("\x01\x02\x03", 16),
                                png_chunk("tRNS", "\x00\x01\x00\x02\x00\x03"s))),
            Ends(kWhite, kWhite));
}

// Adam7: seven smaller pictures, each from its own rows and columns. Red grows to the right, green
// downwards.
TEST(ReaderPicturePng, Interlaced) {
  constexpr std::array<std::array<int, 4>, 7> kPasses{{{0, 0, 8, 8},
                                                       {4, 0, 8, 8},
                                                       {0, 4, 4, 8},
                                                       {2, 0, 4, 4},
                                                       {0, 2, 2, 4},
                                                       {1, 0, 2, 2},
                                                       {0, 1, 1, 2}}};
  std::string raw;
  for (const auto& [left, top, right, down] : kPasses)
    for (int y = top; y < 16; y += down) {
      raw += '\0';
      for (int x = left; x < 16; x += right)
        raw += {static_cast<char>(x), static_cast<char>(y), '\x50'};
    }
  const auto picture = decode_picture(png_signature() + header(16, 16, 8, 2, 1) +
                                      png_chunk("IDAT", packed(raw)) + png_chunk("IEND", ""));
  ASSERT_TRUE(picture.has_value()) << picture.error().message;
  for (int y = 0; y < 16; ++y)
    for (int x = 0; x < 16; ++x)
      EXPECT_EQ(picture->at<cv::Vec3b>(y, x),
                cv::Vec3b(0x50, static_cast<std::uint8_t>(y), static_cast<std::uint8_t>(x)));
}

TEST(ReaderPicturePng, TextsAndProfilesAreNotUnpacked) {
  const std::string sound = make_png(16, 16);
  const auto with = [&](const std::string& chunk) {
    std::string bytes = sound;
    return bytes.insert(png_signature().size() + png_header(1, 1).size(), chunk);
  };
  // 16 MiB of zeros in 16 KiB, thrice over; a broken profile; a gamma; a wrong checksum.
  const std::string zeros = packed(std::string(std::size_t{16} << 20U, '\0'));
  const std::string text = png_chunk("zTXt", "Comment\0\0"s + zeros);
  std::string bent = png_chunk("tEXt", "Comment\0x"s);
  bent.back() ^= 1;
  ::testing::internal::CaptureStderr();
  for (const std::string& chunk :
       {repeat(text, 3), png_chunk("iCCP", "profile\0\0"s + zeros), png_chunk("iCCP", "x"),
        png_chunk("gAMA", big_endian_bytes(220'000)), bent})
    EXPECT_EQ(ends_of(with(chunk)), Ends({0x40, 0x40, 0x40}, {0x40, 0x40, 0x40}));
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

TEST(ReaderPicturePng, BrokenPartsAreNamed) {
  const std::string head = png_signature() + png_header(16, 16);
  const std::string tail = png_chunk("IEND", "");
  std::string bent = png_pixels(16, 16, 'x');
  bent.back() ^= 1;
  EXPECT_EQ(error_of(head + bent + tail), "expected a sound PNG image: IDAT: CRC error");
  EXPECT_EQ(error_of(head + png_pixels(16, 9, 'x') + tail),
            "expected a sound PNG image: Not enough image data");
  EXPECT_EQ(error_of(head + png_pixels(16, 16, 'x')),
            "expected a sound PNG image: it is cut short");
  EXPECT_EQ(error_of(head + png_chunk("    ", "") + tail),
            "expected a sound PNG image: a chunk has no type");
  EXPECT_EQ(error_of(png_signature() + png_pixels(16, 16, 'x') + tail),
            "expected a sound PNG image: it does not start with its header");
  EXPECT_EQ(error_of(head + "\xff\xff\xff\xffIDAT12345678"),
            "expected a sound PNG image: it is cut short");
}

// ---- refusals ----

TEST(ReaderPictureRefusal, NamesWhatWasFound) {
  const auto found = [](std::string_view bytes) { return error_of(bytes); };
  const auto wanted = [](const std::string& what) {
    return "expected a PNG, JPEG or WebP image, found " + what + "; store it as PNG";
  };
  EXPECT_EQ(found(""), wanted("an empty file"));
  EXPECT_EQ(found("GIF89a..."), wanted("a GIF image"));
  EXPECT_EQ(found("BM......"), wanted("a BMP image"));
  EXPECT_EQ(found("II*\0...."s), wanted("a TIFF image"));
  EXPECT_EQ(found("MM\0*...."s), wanted("a TIFF image"));
  EXPECT_EQ(found("%PDF-1.7"), wanted("a PDF document"));
  EXPECT_EQ(found("\0\0\0\x20"
                  "ftypavif"s),
            wanted("an AVIF image"));
  EXPECT_EQ(found("\0\0\0\x20"
                  "ftypheic"s),
            wanted("a HEIC image"));
  EXPECT_EQ(found("<?xml version=\"1.0\"?>\n<svg width=\"4\"/>"), wanted("an SVG drawing"));
  EXPECT_EQ(found("\xef\xbb\xbf <svg/>"), wanted("an SVG drawing"));
  EXPECT_EQ(found("<html></html>"), wanted("another kind of file"));
  EXPECT_EQ(found("BA"), wanted("another kind of file"));
}

TEST(ReaderPictureRefusal, Animations) {
  const std::string sound = make_png(16, 16);
  std::string png = sound;
  png.insert(png_signature().size() + png_header(1, 1).size(),
             png_chunk("acTL", big_endian_bytes(2) + big_endian_bytes(0)));
  EXPECT_EQ(error_of(png),
            "expected a PNG image that stands still, found an animation; store one frame of it");
  // VP8X with the flag of an animation, 16 x 16 pixels; then ANIM.
  const std::string webp =
      "RIFF\x24\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\x0f\0\0\x0f\0\0"
      "ANIM\x06\0\0\0\xff\xff\xff\xff\0\0"s;
  EXPECT_EQ(error_of(webp),
            "expected a WebP image that stands still, found an animation; store one frame of it");
}

TEST(ReaderPictureRefusal, MoreThanEightBits) {
  EXPECT_EQ(error_of(png_of_rows(16, 0, std::string(32, 'x'))),
            "expected a PNG image with 8 bits a channel, found 16; store it with 8");
  std::string jpeg = in_format("jpeg");
  const std::size_t frame = jpeg.find("\xff\xc0");
  ASSERT_NE(frame, std::string::npos);
  jpeg[frame + 4] = 12;
  EXPECT_EQ(error_of(jpeg),
            "expected a JPEG image with 8 bits a channel, found 12; store it with 8");
}

std::string stated_png(std::uint32_t width, std::uint32_t height) {
  return png_signature() + png_header(width, height) + png_pixels(1, 1, 'x') +
         png_chunk("IEND", "");
}

TEST(ReaderPictureRefusal, SizesAreCheckedBeforeDecoding) {
  EXPECT_EQ(error_of(stated_png(0, 40)), "expected a sound PNG image: it has no pixels");
  EXPECT_EQ(error_of(stated_png(40, 0)), "expected a sound PNG image: it has no pixels");
  EXPECT_EQ(error_of(stated_png(15, 40)), "15 x 40 pixels; expected at least 16 on a side");
  EXPECT_EQ(error_of(stated_png(16, 20'001)),
            "16 x 20001 pixels; expected at most 20000 on a side, store it smaller");
  EXPECT_EQ(error_of(stated_png(8000, 5001)),
            "8000 x 5001 pixels; expected at most 40 million, store it smaller");
  EXPECT_EQ(error_of(stated_png(4'294'967'295U, 4'294'967'295U)),
            "4294967295 x 4294967295 pixels; expected at most 20000 on a side, store it smaller");
  EXPECT_TRUE(decode_picture(make_png(16, 16)).has_value());
  EXPECT_TRUE(decode_picture(make_png(20'000, 16)).has_value());
}

TEST(ReaderPictureRefusal, SizesOfAJpegToo) {
  const auto stated = [](const std::string& height_and_width) {
    std::string jpeg = in_format("jpeg");
    return error_of(jpeg.replace(jpeg.find("\xff\xc0") + 5, 4, height_and_width));
  };
  EXPECT_EQ(stated("\xea\x60\xea\x60"),
            "60000 x 60000 pixels; expected at most 20000 on a side, store it smaller");
  EXPECT_NE(stated("\0\0\0\x50"s), "");
  EXPECT_EQ(stated("\0\x05\0\x50"s), "80 x 5 pixels; expected at least 16 on a side");
}

TEST(ReaderPictureRefusal, SizesOfAWebpToo) {
  EXPECT_EQ(error_of(webp_of(cv::Mat(8, 40, CV_8UC4, cv::Scalar::all(255)))),
            "40 x 8 pixels; expected at least 16 on a side");
}

TEST(ReaderPictureRefusal, FilesThatAreTooLong) {
  EXPECT_EQ(error_of(make_png(16, 16) + std::string(kMostBytes, 'x')),
            fmt::format("{} bytes; expected at most 33554432, store it smaller",
                        make_png(16, 16).size() + kMostBytes));
}

// Each scan of a progressive JPEG goes over the whole picture again, also where it holds nothing.
TEST(ReaderPictureRefusal, AJpegOfMoreScansThanItsSizeAllows) {
  const std::string sound =
      jpeg_of(cv::Mat(4000, 5000, CV_8UC4, cv::Scalar::all(128)), TJPF_BGRX, TJFLAG_PROGRESSIVE);
  ASSERT_TRUE(decode_picture(sound).has_value());
  const std::size_t last = sound.rfind("\xff\xda");
  ASSERT_NE(last, std::string::npos);
  const std::string scan = sound.substr(last, sound.size() - 2 - last);
  EXPECT_EQ(error_of(sound.substr(0, sound.size() - 2) + repeat(scan, 40) + "\xff\xd9"),
            "expected a sound JPEG image: it has 50 scans; store it anew");
}

// As Adobe stores them: 255 is no ink. Cyan alone takes the red away.
TEST(ReaderPictureJpeg, InksBecomeLight) {
  const cv::Mat inks(64, 64, CV_8UC4, cv::Scalar(0, 255, 255, 255));
  const auto picture = decode_picture(jpeg_of(inks, TJPF_CMYK));
  ASSERT_TRUE(picture.has_value()) << picture.error().message;
  expect_near(picture->at<cv::Vec3b>(30, 30), {255, 255, 0}, 4);
}

TEST(ReaderPictureWebp, WhatIsTransparentLiesOnWhite) {
  const auto picture = decode_picture(webp_of(halves(128)));
  ASSERT_TRUE(picture.has_value()) << picture.error().message;
  expect_near(picture->at<cv::Vec3b>(0, 0), {143, 143, 231}, 1);
}

}  // namespace
}  // namespace stareval::reader
