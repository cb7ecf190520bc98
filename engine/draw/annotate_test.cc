// Drawing upon a picture: pixels at places worked out by hand; what may not fail and what must.
#include "engine/draw/annotate.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <limits>

#include "engine/draw/annotate_internal.h"
#include "tests/support/errors.h"

namespace stareval::engine {
namespace {

constexpr std::uint32_t kWhite = 0xFFFFFFFFU;
constexpr std::uint32_t kBlack = 0xFF000000U;

Bitmap filled(int width, int height, std::uint32_t pixel) {
  return {width, height,
          std::vector<std::uint32_t>(
              static_cast<std::size_t>(width) * static_cast<std::size_t>(height), pixel)};
}

Colour at(const Bitmap& bitmap, int x, int y) {
  return colour(
      bitmap.pixels.at(static_cast<std::size_t>(y) * static_cast<std::size_t>(bitmap.width) +
                       static_cast<std::size_t>(x)));
}

Bitmap drawn(const Bitmap& picture, const std::vector<Mark>& marks,
             const std::vector<LegendEntry>& legend = {}) {
  auto result = annotated(picture, marks, legend);
  EXPECT_TRUE(result.has_value()) << testing::error_text(result);
  return result.has_value() ? std::move(*result) : filled(picture.width, picture.height, 0);
}

Mark box_mark(const Rect& box, std::size_t hue = 0) {
  Mark mark;
  mark.box = box;
  mark.hue = hue;
  return mark;
}

Colour hue(std::size_t index, bool dark = false) { return annotation_colours(dark).hues.at(index); }

// The pixels of the whole picture with this colour.
std::size_t count(const Bitmap& bitmap, Colour wanted) {
  std::size_t n = 0;
  for (const std::uint32_t pixel : bitmap.pixels) n += colour(pixel) == wanted ? 1U : 0U;
  return n;
}

TEST(DrawAnnotate, ThePictureFadesButWithinABox) {
  Bitmap picture = filled(200, 150, kWhite);
  for (std::size_t i = 0; i < picture.pixels.size(); i += 2) picture.pixels[i] = 0xFF404040U;
  const Bitmap out = drawn(picture, {box_mark({50, 50, 150, 100})});
  ASSERT_EQ(out.width, 200);
  ASSERT_EQ(out.height, 150);
  // 0x40 = 64, of which 55 % become white: 64 + 191 * 0.55 = 169.
  EXPECT_NEAR(at(out, 10, 10).red, 169, 1);
  // Within, 13 % of blue 0x0072B2: red 64 * 0.87 = 55.7.
  EXPECT_NEAR(at(out, 100, 70).red, 56, 1);
  EXPECT_NEAR(at(out, 100, 70).blue, 64 * 0.87 + 0xB2 * 0.13, 1);
}

TEST(DrawAnnotate, ADarkPictureFadesTowardsBlack) {
  const Bitmap out = drawn(filled(100, 100, 0xFF505050U), {});
  EXPECT_LT(at(out, 50, 50).red, 0x40);
  EXPECT_GT(at(drawn(filled(100, 100, 0xFFB0B0B0U), {}), 50, 50).red, 0xC0);
}

TEST(DrawAnnotate, WhatIsTransparentLiesOnWhite) {
  EXPECT_EQ(at(drawn(filled(60, 60, 0x00000000U), {}), 30, 30), colour(0xFFFFFF));
}

TEST(DrawAnnotate, BoxesHaveTheColourOfTheirHue) {
  for (std::size_t index = 0; index < kMarkHues; ++index) {
    const Bitmap out = drawn(filled(200, 150, kWhite), {box_mark({40, 40, 160, 110}, index)});
    EXPECT_EQ(at(out, 37, 75), hue(index)) << index;
    EXPECT_EQ(at(out, 100, 112), hue(index)) << index;
  }
  const Bitmap wrapped = drawn(filled(200, 150, kWhite), {box_mark({40, 40, 160, 110}, kMarkHues)});
  EXPECT_EQ(at(wrapped, 37, 75), hue(0));
}

// Boxes often end where the letters do.
TEST(DrawAnnotate, AnOutlineLeavesThePixelsOfItsBox) {
  Bitmap picture = filled(200, 150, kWhite);
  for (std::size_t y = 40; y < 110; ++y)
    for (const std::size_t x : {40U, 159U}) picture.pixels[y * 200 + x] = kBlack;
  const Bitmap out = drawn(picture, {box_mark({40, 40, 160, 110}, 1)});
  for (const int x : {40, 159}) EXPECT_LT(luma(at(out, x, 75)), 60) << x;
}

TEST(DrawAnnotate, ADashedBoxHasLessInkThanASolidOne) {
  Mark mark = box_mark({40, 40, 160, 110}, 1);
  const std::size_t solid = count(drawn(filled(200, 150, kWhite), {mark}), hue(1));
  mark.dashed = true;
  const std::size_t dashed = count(drawn(filled(200, 150, kWhite), {mark}), hue(1));
  EXPECT_GT(dashed, solid / 3);
  EXPECT_LT(dashed, solid * 4 / 5);
}

TEST(DrawAnnotate, InnerBoxesAreMarkedAtTheirCorners) {
  Mark mark = box_mark({20, 20, 180, 130});
  mark.inner = {60, 50, 120, 100};
  const Bitmap out = drawn(filled(200, 150, kWhite), {mark});
  EXPECT_EQ(at(out, 65, 50), hue(0));
  EXPECT_EQ(at(out, 60, 95), hue(0));
  EXPECT_FALSE(at(out, 90, 50) == hue(0));  // not along the whole side
}

TEST(DrawAnnotate, AnArrowHeadStandsAtTheLastPoint) {
  Mark mark;
  mark.hue = 1;
  mark.path = {{30, 75}, {100, 75}, {170, 75}};
  const Bitmap out = drawn(filled(200, 150, kWhite), {mark});
  const auto ink_near = [&](int x) {
    int n = 0;
    for (int y = 60; y < 90; ++y) n += at(out, x, y) == hue(1) ? 1 : 0;
    return n;
  };
  EXPECT_GT(ink_near(160), ink_near(120) + 2);  // the head is wider than the line
  EXPECT_EQ(ink_near(180), 0);
  EXPECT_EQ(at(out, 30, 75), colour(0xFFFFFF));  // the dot at the start is hollow
}

TEST(DrawAnnotate, APathLeavesTheTextOfItsOwnBox) {
  Mark mark = box_mark({80, 60, 120, 90}, 1);
  mark.path = {{20, 75}, {180, 75}};
  const Bitmap out = drawn(filled(200, 150, kWhite), {mark});
  EXPECT_EQ(at(out, 60, 75), hue(1));
  EXPECT_FALSE(at(out, 100, 75) == hue(1));
}

TEST(DrawAnnotate, ABoxOffItsPathIsTiedToIt) {
  Mark mark = box_mark({80, 20, 120, 40}, 2);
  mark.path = {{20, 120}, {180, 120}};
  const Bitmap out = drawn(filled(200, 150, kWhite), {mark});
  std::size_t between = 0;
  for (int y = 50; y < 110; ++y)
    for (int x = 75; x < 125; ++x) between += at(out, x, y) == colour(0xFFFFFF) ? 0U : 1U;
  EXPECT_GT(between, 20U);
}

TEST(DrawAnnotate, CaptionsAreFilledOrFramed) {
  Mark node = box_mark({60, 60, 140, 100});
  node.caption = "Paris";
  const Bitmap filled_chip = drawn(filled(200, 150, kWhite), {node});
  EXPECT_EQ(at(filled_chip, 62, 50), hue(0));
  Mark edge = node;
  edge.framed = true;
  const Bitmap framed = drawn(filled(200, 150, kWhite), {edge});
  EXPECT_LT(count(framed, hue(0)), count(filled_chip, hue(0)) * 3 / 4);
}

TEST(DrawAnnotate, ANoteMakesTheCaptionWider) {
  Mark mark = box_mark({60, 60, 140, 100});
  mark.caption = "Paris";
  const std::size_t without = count(drawn(filled(300, 150, kWhite), {mark}), hue(0));
  mark.note = "87%";
  EXPECT_GT(count(drawn(filled(300, 150, kWhite), {mark}), hue(0)), without + 100);
}

TEST(DrawAnnotate, ALegendMakesThePictureHigher) {
  const std::vector<LegendEntry> legend = {{MarkSign::box, 0, "a box"},
                                           {MarkSign::inner, 0, "a part"},
                                           {MarkSign::path, 1, "an arrow"},
                                           {MarkSign::dashed, 2, "unsure"},
                                           {MarkSign::none, 0, "only words"}};
  const Bitmap wide = drawn(filled(900, 100, kWhite), {}, legend);
  EXPECT_EQ(wide.width, 900);
  EXPECT_GT(wide.height, 115);
  for (const std::size_t index : {0U, 1U, 2U}) EXPECT_GT(count(wide, hue(index)), 20U) << index;
  const Bitmap narrow = drawn(filled(200, 100, kWhite), {}, legend);  // in more rows
  EXPECT_GT(narrow.height, wide.height + 30);
}

TEST(DrawAnnotate, AnyTextCanBeACaption) {
  for (const std::string& text :
       {std::string("two\nlines\t"), std::string("\xFF\xFE broken"), std::string("cut \xE2\x82"),
        std::string("\xF0\x9D\x94\x84 \xE6\xBC\xA2 \xD8\xB9"), std::string("\0nul", 4),
        std::string(5000, 'w'), std::string(" "), std::string("\xED\xA0\x80")}) {
    Mark mark = box_mark({60, 60, 140, 100});
    mark.caption = text;
    mark.note = text;
    EXPECT_TRUE(annotated(filled(200, 150, kWhite), std::vector<Mark>{mark}, {}).has_value())
        << text.substr(0, 40);
  }
}

TEST(DrawAnnotate, TextIsMadeShowable) {
  EXPECT_EQ(showable("Łódź", 90), "Łódź");
  EXPECT_EQ(showable("a\nb", 90), "a b");
  EXPECT_EQ(showable("a\xFFz", 90), "a\u25A1z");
  EXPECT_EQ(showable("漢字", 90), "漢字");
  EXPECT_EQ(showable("ع漢字", 90), "\u25A1漢字");  // no font has both
  EXPECT_EQ(showable("abcdef", 3), "abc\u2026");
  EXPECT_EQ(showable("abc", 3), "abc");
  EXPECT_EQ(showable("", 3), "");
}

TEST(DrawAnnotate, PlacesBeyondThePictureAreCutOff) {
  Mark far = box_mark({-1e12, -50, 1e12, 70}, 1);
  far.caption = "wide";
  far.path = {{-1e300, 10}, {1e300, 90}};
  Mark outside = box_mark({500, 500, 600, 600}, 2);
  outside.caption = "nowhere";
  Mark turned = box_mark({90, 90, 10, 10}, 2);
  Mark point;
  point.caption = "no place";
  point.path = {{50, 50}, {50, 50}};
  const Bitmap out = drawn(filled(200, 150, kWhite), {far, outside, turned, point});
  EXPECT_EQ(count(out, hue(2)), 0U);
  EXPECT_GT(count(out, hue(1)), 20U);
}

TEST(DrawAnnotate, SmallPicturesAreDrawnUpon) {
  Mark mark = box_mark({0, 0, 1, 1});
  mark.caption = "far wider than the picture";
  mark.path = {{0, 0}, {1, 1}};
  EXPECT_EQ(drawn(filled(1, 1, kBlack), {mark}).pixels.size(), 1U);
}

TEST(DrawAnnotate, SameInputSamePixels) {
  Mark mark = box_mark({60, 60, 140, 100});
  mark.caption = "Paris";
  mark.path = {{10, 10}, {190, 140}};
  const Bitmap picture = filled(200, 150, 0xFF8090A0U);
  EXPECT_EQ(drawn(picture, {mark, mark}).pixels, drawn(picture, {mark, mark}).pixels);
}

TEST(DrawAnnotate, Refusals) {
  const std::vector<Mark> none;
  const auto empty = annotated({}, none, {});
  EXPECT_EQ(testing::error_code(empty), ErrorCode::bad_data);
  EXPECT_NE(testing::error_text(empty).find("0 x 0"), std::string::npos);
  const auto huge = annotated(filled(32'001, 1, kWhite), none, {});
  EXPECT_NE(testing::error_text(huge).find("32000"), std::string::npos);
  Mark broken;
  broken.path = {{0, 0}, {std::numeric_limits<double>::quiet_NaN(), 1}};
  const auto unplaced = annotated(filled(20, 20, kWhite), std::vector<Mark>{{}, broken}, {});
  EXPECT_NE(testing::error_text(unplaced).find("mark 1"), std::string::npos);
}

}  // namespace
}  // namespace stareval::engine
