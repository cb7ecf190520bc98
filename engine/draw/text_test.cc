// Text: wrapping worked out by hand, sizes as properties, refusals.
#include "engine/draw/text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "engine/draw/cairo_internal.h"
#include "engine/draw/pinned_font.h"

namespace stareval::engine {
namespace {

const Font kSans = {"DejaVu Sans", 16};

std::string error_of(std::string_view text, const Font& font) {
  const auto block = set_text(text, font, 1000.0);
  return block.has_error() ? block.error().message : std::string();
}

TEST(DrawText, WrapKeepsShortTextWhole) {
  EXPECT_EQ(wrapped("Peru", 10), "Peru");
  EXPECT_EQ(wrapped("", 10), "");
}

TEST(DrawText, WrapMakesEvenLines) {
  EXPECT_EQ(wrapped("Western European and Others Group", 20), "Western European\nand Others Group");
  EXPECT_EQ(wrapped("a b c d", 3), "a b\nc d");
}

TEST(DrawText, WrapNeverBreaksAWord) {
  EXPECT_EQ(wrapped("Llanfairpwllgwyngyll", 5), "Llanfairpwllgwyngyll");
  EXPECT_EQ(wrapped("to Llanfairpwllgwyngyll", 5), "to\nLlanfairpwllgwyngyll");
}

TEST(DrawText, WrapLosesNothingAndStopsAtFourLines) {
  const std::string text = "one two three four five six seven eight nine ten eleven twelve";
  for (std::size_t most = 1; most < 70; ++most) {
    std::string lines = wrapped(text, most);
    EXPECT_LE(std::count(lines.begin(), lines.end(), '\n'), 3) << most;
    std::replace(lines.begin(), lines.end(), '\n', ' ');
    EXPECT_EQ(lines, text);
  }
}

TEST(DrawText, WrapCountsLettersNotBytes) {
  // Nine letters each, eighteen bytes in the second.
  EXPECT_EQ(wrapped("abcd efgh", 9), "abcd efgh");
  EXPECT_EQ(wrapped("абвг дежз", 9), "абвг дежз");
}

TEST(DrawText, EmptyTextHasNoSize) {
  const auto block = set_text("", kSans, 100.0);
  ASSERT_TRUE(block.has_value());
  EXPECT_TRUE(block->empty());
  EXPECT_EQ(block->size(), Size{});
}

TEST(DrawText, LongTextGrowsInHeightNotInWidth) {
  const auto wide = set_text("South Georgia and the South Sandwich Islands", kSans, 10000.0);
  const auto narrow = set_text("South Georgia and the South Sandwich Islands", kSans, 160.0);
  ASSERT_TRUE(wide.has_value() && narrow.has_value());
  EXPECT_LT(narrow->size().width, 210.0);
  EXPECT_GT(wide->size().width, 300.0);
  EXPECT_GT(narrow->size().height, 1.8 * wide->size().height);
}

TEST(DrawText, LargerFontLargerText) {
  const auto small = set_text("Peru", {"DejaVu Serif", 13}, 1000.0);
  const auto large = set_text("Peru", {"DejaVu Serif", 26}, 1000.0);
  ASSERT_TRUE(small.has_value() && large.has_value());
  EXPECT_NEAR(large->size().width / small->size().width, 2.0, 0.2);
}

TEST(DrawText, SizesAreTheSameInEveryThread) {
  const auto here = set_text("Dominican Republic", kSans, 1000.0);
  ASSERT_TRUE(here.has_value());
  Size there;
  std::thread([&] { there = set_text("Dominican Republic", kSans, 1000.0)->size(); }).join();
  EXPECT_EQ(there, here->size());
}

TEST(DrawText, DrawingLeavesInkWithinTheSize) {
  const auto block = set_text("Åj", kSans, 1000.0);
  ASSERT_TRUE(block.has_value());
  const SurfacePtr surface(cairo_image_surface_create(CAIRO_FORMAT_A8, 64, 64));
  const CairoPtr cairo(cairo_create(surface.get()));
  block->draw(cairo.get(), {8.0, 8.0}, colour(0));
  cairo_surface_flush(surface.get());
  const unsigned char* data = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  const Rect box = {8.0, 8.0, 8.0 + block->size().width, 8.0 + block->size().height};
  int ink = 0;
  for (int y = 0; y < 64; ++y)
    for (int x = 0; x < 64; ++x) {
      if (data[y * stride + x] == 0) continue;
      ++ink;
      EXPECT_TRUE(box.grown(1.0).contains(Point{x + 0.5, y + 0.5})) << x << "," << y;
    }
  EXPECT_GT(ink, 40);
}

TEST(DrawText, RefusesAMissingFont) {
  const std::string message = error_of("Peru", {"No Such Font", 16});
  EXPECT_NE(message.find("No Such Font"), std::string::npos) << message;
  EXPECT_NE(message.find("fonts-dejavu-core"), std::string::npos) << message;
  EXPECT_EQ(check_font("No Such Font").error().code, ErrorCode::io);
}

TEST(DrawText, EveryPinnedFontIsInstalled) {
  for (const PinnedFont& font : font_catalogue()) {
    const auto found = check_font(std::string(font.family));
    EXPECT_TRUE(found.has_value()) << found.error().message;
  }
}

Result<std::string> font_of(const std::vector<std::string_view>& texts, const char* family) {
  return font_for(texts, family);
}

TEST(DrawText, AFontWithAllLettersStandsInForTheWholePicture) {
  // Latin is in all of them; Greek is not in Cabin, and Chinese only in the last one.
  EXPECT_EQ(font_of({"Peru", "S\u00e3o Tom\u00e9"}, "Cabin").value(), "Cabin");
  EXPECT_EQ(font_of({"Peru", "\u0395\u03bb\u03bb\u03ac\u03b4\u03b1"}, "Cabin").value(),
            "DejaVu Sans");
  EXPECT_EQ(font_of({"Peru", "\u6771\u4eac"}, "Cabin").value(), "WenQuanYi Micro Hei");
  EXPECT_EQ(font_of({}, "Cabin").value(), "Cabin");
}

TEST(DrawText, WhatTheStandInIsChosenForCanBeSet) {
  for (const std::string_view text : {"\u041c\u043e\u0441\u043a\u0432\u0430", "\u6771\u4eac",
                                      "\u0627\u0644\u0642\u0627\u0647\u0631\u0629"}) {
    const auto font = font_of({text}, "Quicksand");
    ASSERT_TRUE(font.has_value()) << font.error().message;
    EXPECT_EQ(error_of(text, {*font, 16}), "");
  }
}

TEST(DrawText, RefusesWhatNoPinnedFontHas) {
  const auto font = font_of({"Peru", "\U00013000"}, "Cabin");  // a hieroglyph
  ASSERT_TRUE(font.has_error());
  EXPECT_EQ(font.error().code, ErrorCode::bad_data);
  EXPECT_NE(font.error().message.find("\U00013000"), std::string::npos) << font.error().message;
  EXPECT_NE(font.error().message.find("Cabin"), std::string::npos);
  EXPECT_EQ(font_of({"Peru"}, "No Such Font").error().code, ErrorCode::io);
}

TEST(DrawText, AHaloIsFatterThanItsLetters) {
  const auto block = set_text("io", kSans, 1000.0);
  ASSERT_TRUE(block.has_value());
  const auto ink = [&](bool halo) {
    std::vector<std::uint32_t> pixels(64 * 64, 0xFFFFFFFFU);
    const SurfacePtr surface = surface_over(pixels.data(), 64, 64, CAIRO_FORMAT_RGB24);
    const CairoPtr cairo(cairo_create(surface.get()));
    if (halo) {
      block->draw_halo(cairo.get(), {8, 8}, colour(0), 2.0);
    } else {
      block->draw(cairo.get(), {8, 8}, colour(0));
    }
    cairo_surface_flush(surface.get());
    return std::count_if(pixels.begin(), pixels.end(),
                         [](std::uint32_t p) { return (p & 255U) < 128U; });
  };
  EXPECT_GT(ink(true), 2 * ink(false));
}

TEST(DrawText, RefusesLettersThatTheFontLacks) {
  const std::string message = error_of("東京", kSans);
  EXPECT_NE(message.find("東京"), std::string::npos) << message;
  EXPECT_NE(message.find("DejaVu Sans"), std::string::npos) << message;
  EXPECT_EQ(error_of("Łódź Ελλάδα Москва", kSans), "");
}

TEST(DrawText, RefusesBrokenText) {
  EXPECT_NE(error_of("\xff\xfe", kSans).find("UTF-8"), std::string::npos);
  EXPECT_NE(error_of("two\nlines", kSans).find("control"), std::string::npos);
}

}  // namespace
}  // namespace stareval::engine
