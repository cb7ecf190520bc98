// Labels and their lines, on drawn lines: by hand.
#include <gtest/gtest.h>

#include "backends/reader/edges_internal.h"
#include "backends/reader/test_drawing_internal.h"

namespace stareval::reader {
namespace {

using namespace testing;

constexpr int kGlyph = 12;

// Lines and nodes; labels are the boxes that cover them.
struct Scene {
  cv::Mat picture = paper(600, 300);
  cv::Mat nodes = cv::Mat::zeros(300, 600, CV_16SC1);
  std::vector<cv::Rect> labels;
  int count = 0;

  void node(const cv::Rect& box) { nodes(box).setTo(++count); }

  [[nodiscard]] std::vector<FoundEdge> edges() const {
    cv::Mat ink;
    distance_from(picture, {255, 255, 255}).convertTo(ink, CV_8UC1, 2.0);
    ink.setTo(0, nodes != 0);
    cv::Mat zones = cv::Mat::zeros(picture.size(), CV_8UC1);
    for (const cv::Rect& label : labels) {
      ink(label).setTo(0);
      zones(label).setTo(255);
    }
    return find_edges(LineMap(ink, nodes, zones, kGlyph), labels);
  }
};

// Two nodes, left and right.
Scene pair_of_nodes() {
  Scene scene;
  scene.node({0, 80, 60, 140});
  scene.node({540, 80, 60, 140});
  return scene;
}

TEST(ReaderEdges, WithoutLabelsAreNone) { EXPECT_TRUE(pair_of_nodes().edges().empty()); }

TEST(ReaderEdges, ALabelOnItsLine) {
  Scene scene = pair_of_nodes();
  draw_arrow(scene.picture, {60, 150}, {539, 150});
  scene.labels = {{250, 140, 90, 20}};
  const std::vector<FoundEdge> edges = scene.edges();
  ASSERT_EQ(edges.size(), 1U);
  EXPECT_EQ(edges[0].from, 0);
  EXPECT_EQ(edges[0].to, 1);
  EXPECT_GT(edges[0].confidence, 0.3);
  EXPECT_LE(edges[0].confidence, 1.0);
  // From the tail to the head.
  EXPECT_LT(edges[0].path.front().x, 70);
  EXPECT_GT(edges[0].path.back().x, 530);
}

TEST(ReaderEdges, TheHeadSaysTheDirection) {
  Scene scene = pair_of_nodes();
  draw_arrow(scene.picture, {539, 150}, {61, 150});
  scene.labels = {{250, 140, 90, 20}};
  const FoundEdge edge = scene.edges().at(0);
  EXPECT_EQ(edge.from, 1);
  EXPECT_EQ(edge.to, 0);
  EXPECT_GT(edge.path.front().x, 530);
  EXPECT_LT(edge.path.back().x, 70);
}

TEST(ReaderEdges, ALineWithoutAHeadHasNoDirectionToBeSureOf) {
  Scene scene = pair_of_nodes();
  cv::line(scene.picture, {60, 150}, {539, 150}, kInk, 1);
  scene.labels = {{250, 140, 90, 20}};
  const FoundEdge edge = scene.edges().at(0);
  EXPECT_GE(edge.from, 0);
  EXPECT_GE(edge.to, 0);
  EXPECT_EQ(edge.confidence, 0);
}

TEST(ReaderEdges, ALoopIsGivenNoEnds) {
  Scene scene;
  scene.node({0, 80, 60, 140});
  cv::ellipse(scene.picture, {60, 150}, {150, 60}, 0, -90, 90, kInk, 2, cv::LINE_AA);
  scene.labels = {{165, 140, 90, 20}};
  const FoundEdge edge = scene.edges().at(0);
  EXPECT_EQ(edge.from, -1);
  EXPECT_EQ(edge.to, -1);
}

TEST(ReaderEdges, TwoLabelsOnOneStretchEachKeepTheirLine) {
  Scene scene = pair_of_nodes();
  draw_arrow(scene.picture, {60, 110}, {539, 110});
  draw_arrow(scene.picture, {539, 190}, {61, 190});
  scene.labels = {{250, 100, 90, 20}, {250, 180, 90, 20}};
  const std::vector<FoundEdge> edges = scene.edges();
  EXPECT_EQ(edges.at(0).from, 0);
  EXPECT_EQ(edges.at(0).to, 1);
  EXPECT_EQ(edges.at(1).from, 1);
  EXPECT_EQ(edges.at(1).to, 0);
}

TEST(ReaderEdges, ALabelWhereTwoLinesCrossIsOnTheStraighter) {
  Scene scene = pair_of_nodes();
  scene.node({250, 0, 100, 20});
  scene.node({250, 280, 100, 20});
  draw_arrow(scene.picture, {60, 150}, {539, 150});
  draw_arrow(scene.picture, {450, 20}, {450, 279});
  scene.node({400, 0, 100, 20});
  scene.node({400, 280, 100, 20});
  scene.labels = {{200, 140, 90, 20}, {410, 70, 80, 20}};
  const std::vector<FoundEdge> edges = scene.edges();
  EXPECT_EQ(edges.at(0).from, 0);
  EXPECT_EQ(edges.at(0).to, 1);
  EXPECT_EQ(edges.at(1).from, 4);
  EXPECT_EQ(edges.at(1).to, 5);
}

TEST(ReaderEdges, ALabelBesideItsLine) {
  Scene scene = pair_of_nodes();
  draw_arrow(scene.picture, {60, 150}, {539, 150});
  scene.labels = {{250, 122, 90, 20}};
  const FoundEdge edge = scene.edges().at(0);
  EXPECT_EQ(edge.from, 0);
  EXPECT_EQ(edge.to, 1);
}

// Both are nearest to the upper line: the upper label by 4 pixels, the lower one by 12 against 16.
TEST(ReaderEdges, TwoLabelsBetweenTwoLinesGetOneEach) {
  Scene scene = pair_of_nodes();
  draw_arrow(scene.picture, {60, 120}, {539, 120});
  draw_arrow(scene.picture, {539, 166}, {61, 166});
  scene.labels = {{150, 96, 90, 20}, {320, 134, 90, 16}};
  const std::vector<FoundEdge> edges = scene.edges();
  EXPECT_EQ(edges.at(0).from, 0);
  EXPECT_EQ(edges.at(0).to, 1);
  EXPECT_EQ(edges.at(1).from, 1);
  EXPECT_EQ(edges.at(1).to, 0);
}

TEST(ReaderEdges, ALabelWithoutALineHasNoEnds) {
  Scene scene = pair_of_nodes();
  scene.labels = {{250, 140, 90, 20}};
  const FoundEdge edge = scene.edges().at(0);
  EXPECT_EQ(edge.from, -1);
  EXPECT_EQ(edge.to, -1);
  EXPECT_EQ(edge.confidence, 0);
}

TEST(ReaderEdges, OfTwoLabelsAtOneLineBesideItOnlyOneGetsIt) {
  Scene scene = pair_of_nodes();
  draw_arrow(scene.picture, {60, 150}, {539, 150});
  scene.labels = {{150, 122, 90, 20}, {320, 114, 90, 20}};
  const std::vector<FoundEdge> edges = scene.edges();
  EXPECT_EQ(edges.at(0).from, 0);
  EXPECT_EQ(edges.at(1).from, -1);
}

TEST(ReaderEdges, LabelsMayReachTheRimOfThePicture) {
  Scene scene = pair_of_nodes();
  draw_line(scene.picture, {0, 10}, {599, 10});
  scene.labels = {{0, 0, 90, 20}, {560, 280, 40, 20}, {0, 0, 1, 1}};
  EXPECT_EQ(scene.edges().size(), 3U);
}

}  // namespace
}  // namespace stareval::reader
