// Pictures that are no drawings of graphs, and hostile ones: refused or read in bounded time, and
// never a crash. Bounds of time are many times what is needed, for slow machines and sanitizers.
#include <gtest/gtest.h>

#include <chrono>

#include "backends/reader/picture_reader.h"
#include "backends/reader/test_drawing_internal.h"
#include "libstareval/base/random.h"
#include "tests/support/errors.h"

namespace stareval::reader {
namespace {

using namespace testing;
using stareval::testing::expect_error;

Result<ReadGraph> read(const cv::Mat& picture) {
  const auto start = std::chrono::steady_clock::now();
  Result<ReadGraph> graph = PictureReader::make().value().read(png_of(picture));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(30));
  return graph;
}

// Of each `every` pixels one is black.
cv::Mat noise(int width, int height, std::size_t every) {
  cv::Mat picture = paper(width, height);
  Random random(1);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      if (random.below(every) == 0) picture.at<cv::Vec3b>(y, x) = {0, 0, 0};
  return picture;
}

// Boxes with letters, in rows of 40.
cv::Mat boxes(int count) {
  cv::Mat picture = paper(40 * 80 + 20, (count + 39) / 40 * 60 + 20);
  for (int i = 0; i < count; ++i) {
    const cv::Rect place(15 + i % 40 * 80, 15 + i / 40 * 60, 50, 30);
    draw_box(picture, place, kPaleBlue, kInk, 1);
    draw_text(picture, "on", middle_of(place));
  }
  return picture;
}

// A node and words beside it, in columns of 30.
cv::Mat words(int count, const std::string& word) {
  cv::Mat picture = paper(1300, 1100);
  draw_node(picture, {30, 20, 150, 50}, "Oslo");
  for (int i = 0; i < count; ++i) draw_text(picture, word, {80 + i / 30 * 120, 110 + i % 30 * 32});
  return picture;
}

TEST(ReaderLimits, SparseAndDenseNoiseIsNoGraph) {
  for (const std::size_t every : {2U, 20U, 200U}) {
    const Result<ReadGraph> graph = read(noise(640, 480, every));
    if (graph.has_value()) {
      EXPECT_LE(graph->nodes.size(), 1U) << every;
    }
  }
}

TEST(ReaderLimits, NoiseOfManyPixelsIsRefusedAtOnce) {
  expect_error(read(noise(2500, 2000, 3)), ErrorCode::bad_data, "as noise and hatching have");
}

TEST(ReaderLimits, TheSmallestPicture) {
  EXPECT_TRUE(read(noise(16, 16, 4)).has_value());
  EXPECT_TRUE(read(paper(16, 16)).value().nodes.empty());
}

TEST(ReaderLimits, ALongNarrowPicture) {
  EXPECT_TRUE(read(paper(4000, 40)).has_value());
  EXPECT_TRUE(read(paper(40, 4000)).has_value());
  cv::Mat strip = paper(4000, 40);
  for (int x = 20; x < 3900; x += 300) draw_box(strip, {x, 5, 150, 30}, kPaleBlue);
  EXPECT_TRUE(read(strip).has_value());
}

TEST(ReaderLimits, ABoxAsLargeAsThePicture) {
  cv::Mat picture = paper(300, 200);
  draw_box(picture, {0, 0, 300, 200}, kWhite, kInk, 3);
  draw_text(picture, "Oslo", {150, 100});
  EXPECT_TRUE(read(picture).has_value());
}

// 5,478 boxes took 23 s, for all were lettered.
TEST(ReaderLimits, ThousandsOfBoxesAreRefused) {
  expect_error(read(boxes(2000)), ErrorCode::bad_data, "at most 200 boxes, found 2000; give");
}

TEST(ReaderLimits, TwoHundredBoxesAreRead) {
  EXPECT_EQ(read(boxes(200)).value().nodes.size(), 200U);
  expect_error(read(boxes(201)), ErrorCode::bad_data, "at most 200 boxes, found 201; give");
}

TEST(ReaderLimits, ManyLabelsAreRefused) {
  EXPECT_EQ(read(words(150, "part")).value().edges.size(), 150U);
  expect_error(read(words(210, "part")), ErrorCode::bad_data,
               "at most 200 labels, found 210; give");
}

TEST(ReaderLimits, APageOfTextIsRefused) {
  cv::Mat picture = paper(3000, 2400);
  draw_box(picture, {200, 50, 2100, 1500}, kPaleBlue);
  for (int y = 80; y < 1530; y += 56)
    for (int x = 480; x < 2200; x += 520) draw_text(picture, "mmmmmmmmmmmmmmmmmmmmmmmmm", {x, y});
  expect_error(read(picture), ErrorCode::bad_data, "at most 5000 letters, found");
}

// Boxes of components within one another: each was looked at for all.
// Once the time grew with the square of the pieces: minutes for these.
TEST(ReaderLimits, APanelOfManySmallPieces) {
  cv::Mat picture = paper(2400, 1600);
  draw_box(picture, {100, 100, 2200, 1400}, cv::Scalar(200, 200, 200));
  for (int y = 130; y < 1470; y += 10)
    for (int x = 130 + y % 20 / 2; x < 2270; x += 10)
      cv::rectangle(picture, {x, y, 5, 5}, kBlack, cv::FILLED);
  PictureReader reader = PictureReader::make().value();
  const auto graph = reader.read(png_of(picture));
  if (graph.has_value()) EXPECT_LE(graph->nodes.size(), 1U);
  else EXPECT_EQ(graph.error().code, ErrorCode::bad_data);
}

TEST(ReaderLimits, RingsWithinRings) {
  cv::Mat picture = paper(2400, 2400);
  for (int i = 2; i < 1200; i += 4)
    cv::rectangle(picture, cv::Rect(i, i, 2400 - 2 * i, 2400 - 2 * i), kBlack, 1);
  (void)read(picture);
}

// Each label was followed for 4,000 steps, many times: 15 s.
TEST(ReaderLimits, ALineThatWindsPastManyLabels) {
  cv::Mat picture = paper(2000, 2000);
  for (int i = 0; i < 8; ++i) draw_node(picture, {40 + i * 200, 20, 150, 50}, "Oslo");
  for (int y = 110, turn = 1940; y < 1900; y += 48, turn = 2000 - turn) {
    draw_line(picture, {60, y}, {1940, y});
    draw_line(picture, {turn, y}, {turn, y + 48});
  }
  for (int i = 0; i < 190; ++i) draw_text(picture, "part", {150 + i % 10 * 180, 134 + i / 10 * 96});
  EXPECT_EQ(read(picture).value().nodes.size(), 8U);
}

TEST(ReaderLimits, HatchingOfManyPixelsIsRefused) {
  cv::Mat picture = paper(4000, 4000);
  for (int i = 0; i < 8000; i += 8) cv::line(picture, {i, 0}, {0, i}, kBlack, 1);
  expect_error(read(picture), ErrorCode::bad_data, "as noise and hatching have");
}

}  // namespace
}  // namespace stareval::reader
