// The ground of drawn pictures, and the boxes of connected components: cases by hand.
#include <gtest/gtest.h>

#include "backends/reader/components_internal.h"
#include "backends/reader/ground_internal.h"
#include "backends/reader/test_drawing_internal.h"

namespace stareval::reader {
namespace {

using namespace testing;

// The largest difference of a channel at any pixel.
int farthest(const cv::Mat& a, const cv::Mat& b) {
  double most = 0;
  cv::minMaxLoc(distance_between(a, b), nullptr, &most);
  return static_cast<int>(most);
}

// Each pixel by a function of its place, both coordinates from -1 to 1.
template <typename Value>
cv::Mat shaded(int width, int height, Value value) {
  cv::Mat picture(height, width, CV_8UC3);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const double v = value(2.0 * x / width - 1.0, 2.0 * y / height - 1.0);
      picture.at<cv::Vec3b>(y, x) = {cv::saturate_cast<uchar>(v), cv::saturate_cast<uchar>(v - 10),
                                     cv::saturate_cast<uchar>(v - 20)};
    }
  return picture;
}

TEST(ReaderGround, IsTheColourThatMostOfThePictureHas) {
  const cv::Mat empty = paper(320, 240, cv::Scalar(200, 220, 240));
  cv::Mat picture = empty.clone();
  draw_box(picture, {60, 60, 120, 80}, kInk);
  EXPECT_LE(farthest(ground_of(picture), empty), 1);
}

TEST(ReaderGround, MayBeDark) {
  const cv::Mat empty = paper(320, 240, cv::Scalar(40, 30, 20));
  cv::Mat picture = empty.clone();
  draw_box(picture, {60, 60, 120, 80}, kWhite, kWhite);
  EXPECT_LE(farthest(ground_of(picture), empty), 1);
}

TEST(ReaderGround, FollowsAGradientUnderABox) {
  const cv::Mat empty = shaded(640, 480, [](double u, double v) { return 225 + 20 * u + 10 * v; });
  cv::Mat picture = empty.clone();
  draw_box(picture, {200, 150, 240, 180}, kInk);
  EXPECT_LE(farthest(ground_of(picture), empty), 2);
}

TEST(ReaderGround, FollowsAVignette) {
  const cv::Mat picture =
      shaded(640, 480, [](double u, double v) { return 250 - 20 * (u * u + v * v); });
  EXPECT_LE(farthest(ground_of(picture), picture), 4);
}

TEST(ReaderGround, AGridIsNoInkAndALineIs) {
  cv::Mat picture = paper(640, 480, cv::Scalar(250, 250, 250));
  for (int x = 0; x < 640; x += 20) cv::line(picture, {x, 0}, {x, 479}, {225, 225, 225}, 1);
  for (int y = 0; y < 480; y += 20) cv::line(picture, {0, y}, {639, y}, {225, 225, 225}, 1);
  EXPECT_EQ(cv::countNonZero(ink_of(picture)), 0);
  cv::line(picture, {100, 107}, {499, 107}, {160, 160, 160}, 1);
  EXPECT_EQ(cv::countNonZero(ink_of(picture)), 400);
}

// A flat fill at 42 levels, where the limit usually lies, with one level of noise: all of it is
// ink, or none.
TEST(ReaderGround, NoFlatAreaIsCutInTwo) {
  cv::Mat picture = paper(320, 240, cv::Scalar(250, 250, 250));
  for (int y = 60; y < 160; ++y)
    for (int x = 60; x < 260; ++x) {
      const auto level = static_cast<uchar>(250 - 41 - (x * 7 + y * 3) % 3);
      picture.at<cv::Vec3b>(y, x) = {level, level, level};
    }
  const int inked = cv::countNonZero(ink_of(picture));
  EXPECT_TRUE(inked == 0 || inked == 100 * 200) << inked;
}

TEST(ReaderGround, IsKnownForTheSmallestPicture) {
  const cv::Mat picture = paper(16, 16, cv::Scalar(180, 190, 200));
  EXPECT_LE(farthest(ground_of(picture), picture), 1);
}

TEST(ReaderGround, DistanceIsThatOfTheChannelThatDiffersMost) {
  const cv::Mat a = paper(3, 2, cv::Scalar(10, 20, 30));
  const cv::Mat b = paper(3, 2, cv::Scalar(13, 8, 30));
  EXPECT_EQ(cv::countNonZero(distance_between(a, b) != 12), 0);
  EXPECT_EQ(cv::countNonZero(distance_between(b, a) != 12), 0);
  EXPECT_EQ(cv::countNonZero(distance_from(a, {10, 20, 230}) != 200), 0);
}

TEST(ReaderComponents, TouchAtCornersOnlyWithEightNeighbours) {
  cv::Mat mask = cv::Mat::zeros(4, 6, CV_8UC1);
  mask.at<uchar>(1, 1) = 255;
  mask.at<uchar>(2, 2) = 255;
  mask.at<uchar>(2, 3) = 255;
  const Components eight = components_of(mask, 8);
  ASSERT_EQ(eight.all.size(), 1U);
  EXPECT_EQ(eight.all[0].box, cv::Rect(1, 1, 3, 2));
  EXPECT_EQ(eight.all[0].area, 3);
  const Components four = components_of(mask, 4);
  ASSERT_EQ(four.all.size(), 2U);
  EXPECT_EQ(four.all[1].box, cv::Rect(2, 2, 2, 1));
  EXPECT_EQ(cv::countNonZero(four.mask(four.all[1])), 2);
}

TEST(ReaderComponents, OfAnEmptyMaskAreNone) {
  EXPECT_TRUE(components_of(cv::Mat::zeros(4, 6, CV_8UC1), 8).all.empty());
}

TEST(ReaderComponents, MedianIsTheLowerOfAnEvenNumber) {
  EXPECT_EQ(median_of({}), 0);
  EXPECT_EQ(median_of({3, 1, 2}), 2);
  EXPECT_EQ(median_of({4, 1, 3, 2}), 2);
}

TEST(ReaderComponents, ABoxGrowsWithinThePicture) {
  EXPECT_EQ(grown({10, 10, 5, 5}, 3, {100, 100}), cv::Rect(7, 7, 11, 11));
  EXPECT_EQ(grown({1, 0, 5, 5}, 3, {8, 7}), cv::Rect(0, 0, 8, 7));
}

}  // namespace
}  // namespace stareval::reader
