// Letters and pictures within drawn panels, letters beside lines, and crops that look alike: by
// hand.
#include <gtest/gtest.h>

#include "backends/reader/components_internal.h"
#include "backends/reader/lettering_internal.h"
#include "backends/reader/panels_internal.h"
#include "backends/reader/test_drawing_internal.h"
#include "libstareval/base/random.h"

namespace stareval::reader {
namespace {

using namespace testing;

const cv::Rect kNode(40, 40, 220, 140);

// The contents of the only panel of a picture.
Contents contents_in(const cv::Mat& picture, int* height = nullptr) {
  int glyph = 0;
  const std::vector<Panel> panels = find_panels(picture, ink_of(picture));
  EXPECT_EQ(panels.size(), 1U);
  std::vector<Contents> all = contents_of(picture, panels, glyph);
  if (height != nullptr) *height = glyph;
  return all.empty() ? Contents{} : all.front();
}

cv::Mat node(const cv::Scalar& fill = kPaleBlue) {
  cv::Mat picture = paper(300, 220);
  draw_box(picture, kNode, fill);
  return picture;
}

bool covers(const cv::Rect& box, const cv::Rect& of, int but) {
  return (box & of) == of && box.width <= of.width + but && box.height <= of.height + but;
}

TEST(ReaderContents, OneLine) {
  cv::Mat picture = node();
  const cv::Rect letters = draw_text(picture, "North Sea", middle_of(kNode));
  int glyph = 0;
  const Contents contents = contents_in(picture, &glyph);
  EXPECT_FALSE(contents.picture);
  ASSERT_EQ(contents.lines.size(), 1U);
  EXPECT_LE(std::abs(contents.lines[0].box.x - letters.x), 4);
  EXPECT_LE(std::abs(contents.lines[0].box.br().x - letters.br().x), 4);
  EXPECT_GE(glyph, 8);
  EXPECT_LE(glyph, 15);
  // Dark on white, with the margin.
  const cv::Mat& crop = contents.lines[0].crop;
  EXPECT_EQ(crop.size(), contents.lines[0].box.size() + cv::Size(2 * kCropMargin, 2 * kCropMargin));
  EXPECT_EQ(crop.at<uchar>(0, 0), 255);
  double darkest = 255;
  cv::minMaxLoc(crop, &darkest);
  EXPECT_EQ(darkest, 0);
}

TEST(ReaderContents, LightLettersOnDarkAreDarkInTheirCrop) {
  cv::Mat picture = node(cv::Scalar(90, 40, 30));
  draw_text(picture, "North Sea", middle_of(kNode), kWhite);
  const Contents contents = contents_in(picture);
  ASSERT_EQ(contents.lines.size(), 1U);
  EXPECT_GT(cv::mean(contents.lines[0].crop)[0], 128);
}

TEST(ReaderContents, TwoLinesStayTwo) {
  cv::Mat picture = node();
  draw_text(picture, "Fjords", {150, 100});
  draw_text(picture, "Norway", {150, 121});
  const Contents contents = contents_in(picture);
  EXPECT_FALSE(contents.picture);
  ASSERT_EQ(contents.lines.size(), 2U);
  EXPECT_LT(contents.lines[0].box.y, contents.lines[1].box.y);
  EXPECT_LE(std::abs(contents.lines[0].box.br().y - contents.lines[1].box.y), 12);
}

TEST(ReaderContents, DotsAndAccentsGoWithTheirLine) {
  cv::Mat picture = node();
  draw_text(picture, "biji", {150, 90});
  draw_text(picture, "mama", {150, 130});
  cv::line(picture, {148, 123}, {152, 121}, kBlack, 1, cv::LINE_AA);  // an accent of the second
  const Contents contents = contents_in(picture);
  ASSERT_EQ(contents.lines.size(), 2U);
  EXPECT_LE(contents.lines[0].box.br().y, 105);
  EXPECT_GE(contents.lines[1].box.y, 110);
  EXPECT_LE(contents.lines[1].box.y, 123);
}

TEST(ReaderContents, ALargeMarkIsAPicture) {
  cv::Mat picture = node();
  const cv::Rect shown(120, 60, 60, 50);
  draw_box(picture, shown, cv::Scalar(60, 150, 40), kInk, 0);
  draw_text(picture, "Norway", {150, 140});
  const Contents contents = contents_in(picture);
  ASSERT_TRUE(contents.picture);
  EXPECT_TRUE(covers(*contents.picture, shown, 4)) << *contents.picture;
  ASSERT_EQ(contents.lines.size(), 1U);
  EXPECT_GT(contents.lines[0].box.y, 120);
}

TEST(ReaderContents, ManyPiecesAreOnePicture) {
  cv::Mat picture = node();
  Random random(3);
  for (int y = 0; y < 8; ++y)
    for (int x = 0; x < 8; ++x)
      cv::circle(picture, {117 + 9 * x + random.between(-1, 1), 54 + 7 * y + random.between(-1, 1)},
                 3, cv::Scalar(20, 60, 160), cv::FILLED, cv::LINE_AA);
  draw_text(picture, "Norway", {150, 150});
  const Contents contents = contents_in(picture);
  ASSERT_TRUE(contents.picture);
  EXPECT_NEAR(contents.picture->width, 70, 8);
  EXPECT_NEAR(contents.picture->height, 56, 8);
  EXPECT_EQ(contents.lines.size(), 1U);
}

// By 24 of 255.
TEST(ReaderContents, APictureMayBeNearlyAsLightAsItsNode) {
  cv::Mat picture = node();
  const cv::Rect shown(120, 60, 60, 50);
  draw_box(picture, shown, kPaleBlue - cv::Scalar(24, 20, 16), kInk, 0);
  draw_text(picture, "Norway", {150, 140});
  const Contents contents = contents_in(picture);
  ASSERT_TRUE(contents.picture);
  EXPECT_TRUE(covers(*contents.picture, shown, 4)) << *contents.picture;
}

// By 10 of 255, which is no more than the grain of a picture that was compressed.
TEST(ReaderContents, AFaintPictureIsSeenWhereANodeIsAllOfOneColour) {
  const cv::Rect shown(120, 60, 60, 50);
  cv::Mat picture = node();
  draw_box(picture, shown, kPaleBlue - cv::Scalar(10, 8, 4), kInk, 0);
  draw_text(picture, "Norway", {150, 140});
  const Contents contents = contents_in(picture);
  ASSERT_TRUE(contents.picture);
  EXPECT_TRUE(covers(*contents.picture, shown, 4)) << *contents.picture;

  cv::Mat grain = node();
  Random random(5);
  for (int y = kNode.y + 4; y < kNode.br().y - 4; ++y)
    for (int x = kNode.x + 4; x < kNode.br().x - 4; ++x)
      grain.at<cv::Vec3b>(y, x)[0] -= static_cast<uchar>(random.between(0, 10));
  draw_text(grain, "Norway", {150, 140});
  EXPECT_FALSE(contents_in(grain).picture);
}

// A pair of glasses beside its name, as low as a line of letters and of their colour.
TEST(ReaderContents, AMarkThickerThanStrokesIsAPicture) {
  cv::Mat picture = node();
  for (const int x : {82, 106}) cv::circle(picture, {x, 110}, 9, kBlack, cv::FILLED, cv::LINE_AA);
  cv::line(picture, {82, 105}, {106, 105}, kBlack, 2, cv::LINE_AA);
  draw_text(picture, "glasses", {180, 110});
  const Contents contents = contents_in(picture);
  ASSERT_TRUE(contents.picture);
  EXPECT_TRUE(covers(*contents.picture, {74, 102, 40, 16}, 6)) << *contents.picture;
  ASSERT_EQ(contents.lines.size(), 1U);
  EXPECT_GT(contents.lines[0].box.x, 125);
}

TEST(ReaderContents, BoldLettersThatTouchAreNoPicture) {
  cv::Mat picture = node();
  for (const int shift : {0, 1})
    draw_text(picture, "www Wow mm", middle_of(kNode) + cv::Point(shift, 0));
  const Contents contents = contents_in(picture);
  EXPECT_FALSE(contents.picture);
  EXPECT_EQ(contents.lines.size(), 1U);
}

TEST(ReaderContents, ABorderIsNoPicture) {
  for (const int thickness : {1, 2, 3, 5}) {
    cv::Mat picture = paper(300, 220);
    draw_box(picture, kNode, kPaleBlue, kInk, thickness);
    draw_text(picture, "Norway", middle_of(kNode));
    const Contents contents = contents_in(picture);
    EXPECT_FALSE(contents.picture) << thickness;
    EXPECT_EQ(contents.lines.size(), 1U) << thickness;
  }
}

// Two nodes of one fill: in one, pieces as small as letters, in another colour, stand above the
// name.
TEST(ReaderContents, SmallPiecesOfAnotherColourAreAPicture) {
  cv::Mat picture = paper(600, 220);
  const cv::Rect plain(330, 60, 220, 90);
  draw_box(picture, kNode, kPaleBlue);
  draw_box(picture, plain, kPaleBlue);
  draw_text(picture, "paw", middle_of(kNode) + cv::Point(0, 40));
  draw_text(picture, "rodent claw", middle_of(plain));
  for (const int x : {-30, -14, 2, 18})
    cv::circle(picture, middle_of(kNode) + cv::Point(x, -20), 5, cv::Scalar(40, 90, 200),
               cv::FILLED);
  int glyph = 0;
  const auto all = contents_of(picture, find_panels(picture, ink_of(picture)), glyph);
  ASSERT_EQ(all.size(), 2U);
  const std::size_t paw = all[0].picture ? 0 : 1;
  ASSERT_TRUE(all[paw].picture);
  EXPECT_LT(all[paw].picture->br().y, middle_of(kNode).y);
  EXPECT_FALSE(all[1 - paw].picture);
}

TEST(ReaderContents, LettersOfAColourOfTheirOwnAreNoPicture) {
  cv::Mat picture = paper(600, 220);
  const cv::Rect other(330, 60, 220, 90);
  draw_box(picture, kNode, kPaleBlue);
  draw_box(picture, other, kPaleBlue);
  draw_text(picture, "claw", middle_of(kNode), cv::Scalar(20, 20, 200));
  draw_text(picture, "placental mammal", middle_of(other));
  int glyph = 0;
  for (const Contents& contents :
       contents_of(picture, find_panels(picture, ink_of(picture)), glyph)) {
    EXPECT_FALSE(contents.picture);
    EXPECT_EQ(contents.lines.size(), 1U);
  }
}

TEST(ReaderContents, ASecondBorderIsNoPicture) {
  cv::Mat picture = node();
  cv::rectangle(picture, {kNode.x + 7, kNode.y + 7, kNode.width - 14, kNode.height - 14}, kInk, 1);
  draw_text(picture, "North Sea", middle_of(kNode));
  const Contents contents = contents_in(picture);
  EXPECT_FALSE(contents.picture);
  EXPECT_EQ(contents.lines.size(), 1U);
}

TEST(ReaderContents, WhatIsLeftOfASlantedBorderIsNoPicture) {
  for (const int thickness : {1, 2, 3}) {
    cv::Mat picture = paper(300, 220);
    draw_polygon(picture, {{40, 110}, {80, 60}, {220, 60}, {260, 110}, {220, 160}, {80, 160}},
                 kPaleBlue, kInk, thickness);
    draw_text(picture, "Norway", {150, 110});
    const Contents contents = contents_in(picture);
    EXPECT_FALSE(contents.picture) << thickness;
    EXPECT_EQ(contents.lines.size(), 1U) << thickness;
  }
}

TEST(ReaderContents, OfAnEmptyPanelAreNone) {
  const Contents contents = contents_in(node());
  EXPECT_FALSE(contents.picture);
  EXPECT_TRUE(contents.lines.empty());
}

TEST(ReaderContents, OfNoPanelsAreNone) {
  int glyph = 7;
  EXPECT_TRUE(contents_of(paper(100, 100), {}, glyph).empty());
  EXPECT_EQ(glyph, 0);
}

// ---- beside lines ----

constexpr int kGlyph = 10;  // of letters at scale 0.6: between small ones and capitals

// Free lines of a picture whose panels are these boxes.
std::vector<TextBox> free_in(const cv::Mat& picture, const std::vector<cv::Rect>& nodes = {}) {
  const cv::Mat distance = distance_of(picture);
  cv::Mat ink = ink_in(distance);
  cv::Mat rims = cv::Mat::zeros(ink.size(), CV_8UC1);
  for (const cv::Rect& node : nodes) {
    rims(grown(node, 4, ink.size())).setTo(255);
    ink(grown(node, 2, ink.size())).setTo(0);
  }
  return free_lines(ink, rims, distance, kGlyph);
}

TEST(ReaderFreeText, WordsOfALineJoin) {
  cv::Mat picture = paper(400, 120);
  const cv::Rect letters = draw_text(picture, "shares border with", {200, 60});
  const std::vector<TextBox> lines = free_in(picture);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_LE(std::abs(lines[0].box.x - letters.x), 4);
  EXPECT_LE(std::abs(lines[0].box.br().x - letters.br().x), 4);
}

TEST(ReaderFreeText, LabelsSideBySideDoNotJoin) {
  cv::Mat picture = paper(400, 120);
  draw_text(picture, "part of", {100, 60});
  draw_text(picture, "capital", {260, 60});
  EXPECT_EQ(free_in(picture).size(), 2U);
}

TEST(ReaderFreeText, LabelsOneAboveTheOtherDoNotJoin) {
  cv::Mat picture = paper(400, 160);
  draw_text(picture, "part of", {150, 60});
  draw_text(picture, "capital", {150, 84});
  EXPECT_EQ(free_in(picture).size(), 2U);
}

TEST(ReaderFreeText, DashesAndDotsOfLinesAreNoLetters) {
  for (const int length : {2, 6, 9}) {
    for (const cv::Point2d way : {cv::Point2d(1, 0), cv::Point2d(0.8, 0.6), cv::Point2d(0, 1)}) {
      cv::Mat picture = paper(400, 400);
      const std::vector<cv::Rect> nodes{{10, 10, 40, 40}, {350, 350, 40, 40}};
      for (const cv::Rect& node : nodes) draw_box(picture, node, kPaleBlue);
      for (int t = 0; t < 280; t += length + 6)
        draw_line(picture, cv::Point(cv::Point2d(70, 70) + way * t),
                  cv::Point(cv::Point2d(70, 70) + way * (t + length)));
      EXPECT_TRUE(free_in(picture, nodes).empty()) << length << " " << way;
    }
  }
}

TEST(ReaderFreeText, TheEndOfALineAtANodeIsNoLetter) {
  cv::Mat picture = paper(400, 200);
  const cv::Rect place(20, 60, 100, 60);
  draw_box(picture, place, kPaleBlue);
  for (const int y : {80, 95, 110}) {
    draw_arrow(picture, {160, y}, {122, 90});
  }
  EXPECT_TRUE(free_in(picture, {place}).empty());
}

TEST(ReaderFreeText, ALineIsNoLetter) {
  cv::Mat picture = paper(400, 200);
  draw_arrow(picture, {20, 20}, {370, 150});
  draw_line(picture, {20, 150}, {370, 30});
  EXPECT_TRUE(free_in(picture).empty());
}

// Lighter than the letters, and touching none.
TEST(ReaderFreeText, ALineBesideLettersIsLeftOutOfTheirCrop) {
  cv::Mat alone = paper(400, 120);
  draw_text(alone, "part of", {200, 60});
  cv::Mat beside = alone.clone();
  draw_line(beside, {20, 80}, {380, 77}, cv::Scalar(120, 120, 120));
  const std::vector<TextBox> one = free_in(alone);
  const std::vector<TextBox> other = free_in(beside);
  ASSERT_EQ(one.size(), 1U);
  ASSERT_EQ(other.size(), 1U);
  EXPECT_TRUE(look_alike(one[0].crop, other[0].crop));
}

// The dot of the i is a mark of its own, and hid the gap where its stem stands.
TEST(ReaderFreeText, ALetterThatALineTouchesKeepsItsShape) {
  cv::Mat picture = paper(400, 120);
  draw_text(picture, "capital", {200, 60});
  // Into the foot of the first i, from below.
  draw_line(picture, {206, 110}, {206, 67}, cv::Scalar(70, 70, 70));
  cv::Mat alone = paper(400, 120);
  draw_text(alone, "capital", {200, 60});
  const std::vector<TextBox> touched = free_in(picture);
  const std::vector<TextBox> free = free_in(alone);
  ASSERT_EQ(touched.size(), 1U);
  ASSERT_EQ(free.size(), 1U);
  EXPECT_LE(std::abs(touched[0].box.width - free[0].box.width), 2);
  // All of the ink of the letters is there.
  const cv::Rect both(0, 0, std::min(touched[0].crop.cols, free[0].crop.cols),
                      std::min(touched[0].crop.rows, free[0].crop.rows));
  const cv::Mat missing = (free[0].crop(both) < 100) & (touched[0].crop(both) > 180);
  EXPECT_LE(cv::countNonZero(missing), 3);
}

TEST(ReaderFreeText, WithoutLettersInPanelsIsNone) {
  cv::Mat picture = paper(400, 120);
  draw_text(picture, "part of", {200, 60});
  const cv::Mat distance = distance_of(picture);
  EXPECT_TRUE(free_lines(ink_in(distance), distance * 0, distance, 0).empty());
}

// ---- crops ----

// Letters drawn `shift` sixteenths of a pixel to the right.
cv::Mat crop(const std::string& text, int shift = 0) {
  cv::Mat large(40 * 16, 160 * 16, CV_8UC1, cv::Scalar(255));
  cv::putText(large, text, {10 * 16 + shift, 28 * 16}, cv::FONT_HERSHEY_COMPLEX, 0.6 * 16,
              cv::Scalar(0), 24, cv::LINE_AA);
  cv::Mat small;
  cv::resize(large, small, {160, 40}, 0, 0, cv::INTER_AREA);
  return small;
}

TEST(ReaderLookAlike, TheSameLettersHalfAPixelApart) {
  EXPECT_TRUE(look_alike(crop("leader"), crop("leader")));
  EXPECT_TRUE(look_alike(crop("leader"), crop("leader", 8)));
  EXPECT_TRUE(look_alike(crop("leader", 8), crop("leader")));
  EXPECT_TRUE(look_alike(crop("leader"), crop("leader", 16)));
}

TEST(ReaderLookAlike, NotOtherLetters) {
  EXPECT_FALSE(look_alike(crop("leader"), crop("leager")));
  EXPECT_FALSE(look_alike(crop("leader"), crop("reader")));
  EXPECT_FALSE(look_alike(crop("born in 1954"), crop("born in 1956")));
  EXPECT_FALSE(look_alike(crop("ia"), crop("la")));
}

TEST(ReaderLookAlike, NotOfOtherSizes) {
  const cv::Mat one = crop("leader");
  EXPECT_FALSE(look_alike(one, one.colRange(0, one.cols - 2)));
  EXPECT_FALSE(look_alike(one, one.rowRange(0, one.rows - 2)));
}

TEST(ReaderLookAlike, MayBeOfTheSmallestSizes) {
  const cv::Mat one(1, 1, CV_8UC1, cv::Scalar(0));
  EXPECT_FALSE(look_alike(one, cv::Mat(1, 4, CV_8UC1, cv::Scalar(0))));
  (void)look_alike(one, one);
  (void)look_alike(one, cv::Mat(2, 2, CV_8UC1, cv::Scalar(0)));
}

}  // namespace
}  // namespace stareval::reader
