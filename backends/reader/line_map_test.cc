// Following lines, and telling heads of arrows from tails, on drawn lines: by hand.
#include <gtest/gtest.h>

#include <ostream>

#include "backends/reader/line_map_internal.h"
#include "backends/reader/near_lines_internal.h"
#include "backends/reader/test_drawing_internal.h"

namespace stareval::reader {
namespace {

using namespace testing;

constexpr int kGlyph = 12;

// Nodes left and right, with room for lines between.
struct Scene {
  cv::Mat picture = paper(600, 300);
  cv::Mat nodes = cv::Mat::zeros(300, 600, CV_16SC1);
  cv::Mat zones = cv::Mat::zeros(300, 600, CV_8UC1);
  int count = 0;

  Scene() {
    node({0, 100, 60, 100});
    node({540, 100, 60, 100});
  }

  void node(const cv::Rect& box) { nodes(box).setTo(++count); }
  void label(const cv::Rect& box) {
    zones(box).setTo(255);
    picture(box).setTo(kWhite);
  }

  [[nodiscard]] LineMap lines() const {
    cv::Mat ink;
    distance_from(picture, {255, 255, 255}).convertTo(ink, CV_8UC1, 2.0);
    ink.setTo(0, nodes != 0);
    return {ink, nodes, zones, kGlyph};
  }
};

// From 60 to 540, through `middle` at half the way.
std::vector<cv::Point> curve(int middle) {
  std::vector<cv::Point> points;
  for (int x = 55; x <= 545; x += 5) {
    const double u = (x - 300) / 240.0;
    points.emplace_back(x, 150 + static_cast<int>((middle - 150) * (1.0 - u * u)));
  }
  return points;
}

TEST(ReaderLineMap, KnowsWhatIsWhereAndNothingOutside) {
  Scene scene;
  scene.label({300, 140, 20, 20});
  draw_line(scene.picture, {100, 50}, {200, 50}, kBlack, 1);
  const LineMap lines = scene.lines();
  EXPECT_EQ(lines.ink_at({150, 50}), 1.0);
  EXPECT_EQ(lines.ink_at({150, 60}), 0.0);
  EXPECT_TRUE(lines.in_zone({310, 150}));
  EXPECT_FALSE(lines.in_zone({330, 150}));
  EXPECT_EQ(lines.node_at({30, 150}), 0);
  EXPECT_EQ(lines.node_at({570, 150}), 1);
  EXPECT_EQ(lines.node_at({300, 150}), -1);
  for (const cv::Point2d p : {cv::Point2d(-1, 5), {5, -1}, {600, 5}, {5, 300}, {1e6, -1e6}}) {
    EXPECT_EQ(lines.ink_at(p), 0.0);
    EXPECT_FALSE(lines.in_zone(p));
    EXPECT_EQ(lines.node_at(p), -1);
  }
}

TEST(ReaderFollow, AStraightLine) {
  Scene scene;
  draw_line(scene.picture, {60, 150}, {540, 150});
  const Trail trail = scene.lines().follow({300, 150}, {1, 0});
  EXPECT_EQ(trail.node, 1);
  EXPECT_GT(trail.inked, 0.95);
  for (const cv::Point2d& p : trail.path) EXPECT_NEAR(p.y, 150, 1.5);
  EXPECT_EQ(scene.lines().follow({300, 150}, {-1, 0}).node, 0);
}

TEST(ReaderFollow, ALeaningLineThoughTheFirstDirectionIsOff) {
  Scene scene;
  draw_line(scene.picture, {60, 110}, {540, 190});
  EXPECT_EQ(scene.lines().follow({300, 150}, {1, 0}).node, 1);
}

TEST(ReaderFollow, ACurve) {
  for (const int middle : {60, 20, 240}) {
    Scene scene;
    cv::polylines(scene.picture, curve(middle), false, kInk, 2, cv::LINE_AA);
    const Trail trail = scene.lines().follow({300.0, static_cast<double>(middle)}, {1, 0});
    EXPECT_EQ(trail.node, 1) << middle;
    EXPECT_GT(trail.inked, 0.9) << middle;
  }
}

TEST(ReaderFollow, DashesAndDots) {
  for (const int dash : {1, 4, 8}) {
    for (const int gap : {5, 8}) {
      Scene scene;
      for (int x = 60; x < 540; x += dash + gap)
        draw_line(scene.picture, {x, 150}, {x + dash, 150});
      EXPECT_EQ(scene.lines().follow({300, 150}, {1, 0}).node, 1) << dash << " " << gap;
      EXPECT_EQ(scene.lines().follow({300, 150}, {-1, 0}).node, 0) << dash << " " << gap;
    }
  }
}

TEST(ReaderFollow, GoesStraightOnAtACrossing) {
  for (const cv::Point from : {cv::Point(300, 20), {200, 60}, {380, 40}}) {
    Scene scene;
    scene.node({280, 0, 140, 15});
    draw_line(scene.picture, {60, 150}, {540, 150});
    draw_line(scene.picture, from, cv::Point(600 - from.x, 300 - from.y));
    EXPECT_EQ(scene.lines().follow({100, 150}, {1, 0}).node, 1) << from;
    EXPECT_EQ(scene.lines().follow({500, 150}, {-1, 0}).node, 0) << from;
  }
}

TEST(ReaderFollow, GoesThroughTheZoneOfAnotherLabel) {
  Scene scene;
  draw_line(scene.picture, {60, 150}, {540, 150});
  scene.label({340, 140, 90, 20});
  const Trail trail = scene.lines().follow({200, 150}, {1, 0});
  EXPECT_EQ(trail.node, 1);
  EXPECT_LT(trail.inked, 0.9);
}

TEST(ReaderFollow, AGapThatIsNoLabelLosesTheLine) {
  Scene scene;
  draw_line(scene.picture, {60, 150}, {340, 150});
  draw_line(scene.picture, {430, 150}, {540, 150});
  EXPECT_EQ(scene.lines().follow({200, 150}, {1, 0}).node, -1);
}

TEST(ReaderFollow, ALineThatEndsIsLost) {
  Scene scene;
  draw_line(scene.picture, {60, 150}, {300, 20});
  EXPECT_EQ(scene.lines().follow({180, 85}, {240, -130}).node, -1);
}

TEST(ReaderFollow, ALineThatLeavesThePictureIsLost) {
  Scene scene;
  draw_line(scene.picture, {60, 150}, {300, -30});
  EXPECT_EQ(scene.lines().follow({180, 60}, {240, -180}).node, -1);
}

TEST(ReaderFollow, ARingEnds) {
  Scene scene;
  cv::circle(scene.picture, {300, 150}, 80, kInk, 2, cv::LINE_AA);
  const Trail trail = scene.lines().follow({300, 70}, {1, 0});
  EXPECT_EQ(trail.node, -1);
  EXPECT_LE(trail.path.size(), 4000U);
}

TEST(ReaderFollow, FromOutsideOfThePictureIsLost) {
  Scene scene;
  EXPECT_EQ(scene.lines().follow({-500, -500}, {-1, 0}).node, -1);
  EXPECT_EQ(scene.lines().follow({-500, -500}, {0, 0}).node, -1);
}

// ---- heads ----

struct HeadCase {
  const char* name;
  Head head;
  cv::Point from;
  cv::Point to;
};

void PrintTo(const HeadCase& c, std::ostream* out) { *out << c.name; }

class ReaderHeads : public ::testing::TestWithParam<HeadCase> {};

cv::Point2d half_way(const HeadCase& c) { return cv::Point2d(c.from + c.to) / 2.0; }

// The head is at the right node, the tail at the left.
TEST_P(ReaderHeads, WeighMoreThanTails) {
  const HeadCase& c = GetParam();
  Scene scene;
  draw_arrow(scene.picture, c.from, c.to, c.head);
  const LineMap lines = scene.lines();
  const cv::Point2d way = c.to - c.from;
  const Trail forth = lines.follow(half_way(c), way);
  const Trail back = lines.follow(half_way(c), -way);
  ASSERT_EQ(forth.node, 1);
  ASSERT_EQ(back.node, 0);
  EXPECT_GT(lines.head_at_end(forth.path), 1.5 * lines.head_at_end(back.path));
}

// A line that ends beside the tail, on one side of it, weighs less than a head, but for slim ones.
TEST_P(ReaderHeads, WeighMoreThanATailWithALineOnOneSide) {
  const HeadCase& c = GetParam();
  if (c.head == Head::slim) return;
  Scene scene;
  draw_arrow(scene.picture, c.from, c.to, c.head);
  draw_line(scene.picture, {60, c.from.y + 4}, {300, 290});
  const LineMap lines = scene.lines();
  const cv::Point2d way = c.to - c.from;
  const Trail forth = lines.follow(half_way(c), way);
  const Trail back = lines.follow(half_way(c), -way);
  ASSERT_EQ(forth.node, 1);
  ASSERT_EQ(back.node, 0);
  EXPECT_GT(lines.head_at_end(forth.path), lines.head_at_end(back.path));
}

INSTANTIATE_TEST_SUITE_P(
    All, ReaderHeads,
    ::testing::Values(HeadCase{"filled", Head::filled, {60, 150}, {539, 150}},
                      HeadCase{"open", Head::open, {60, 150}, {539, 150}},
                      HeadCase{"slim", Head::slim, {60, 150}, {539, 150}},
                      HeadCase{"filled_leaning", Head::filled, {60, 110}, {539, 190}},
                      HeadCase{"open_leaning", Head::open, {60, 110}, {539, 190}},
                      HeadCase{"slim_leaning", Head::slim, {60, 110}, {539, 190}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(ReaderHeads, OfAPathWithoutLengthWeighNothing) {
  const LineMap lines = Scene().lines();
  EXPECT_EQ(lines.head_at_end({}), 0.0);
  EXPECT_EQ(lines.head_at_end({{300, 150}}), 0.0);
  EXPECT_EQ(lines.head_at_end({{300, 150}, {300, 150}}), 0.0);
}

// ---- lines near a label ----

std::pair<int, int> ends_of(const NearLine& line) {
  return std::minmax(line.back.node, line.forth.node);
}

TEST(ReaderNearLines, AreFoundOnceTheNearestFirst) {
  Scene scene;
  draw_line(scene.picture, {60, 150}, {540, 150});
  scene.node({0, 0, 600, 20});
  scene.node({0, 280, 600, 20});
  draw_line(scene.picture, {330, 20}, {330, 280});
  const std::vector<NearLine> found = lines_near(scene.lines(), {250, 125, 65, 14}, 2.0);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(ends_of(found[0]), std::pair(0, 1));
  EXPECT_EQ(ends_of(found[1]), std::pair(2, 3));
  // From the lowest row of the box, 138, to the line's first dark row, 149; in heights of letters.
  EXPECT_NEAR(found[0].distance, 11.0 / kGlyph, 0.1);
  EXPECT_LE(found[0].distance, found[1].distance);
}

TEST(ReaderNearLines, BeyondReachAreNone) {
  Scene scene;
  draw_line(scene.picture, {60, 150}, {540, 150});
  EXPECT_TRUE(lines_near(scene.lines(), {250, 60, 65, 14}, 2.0).empty());
}

TEST(ReaderNearLines, ThatLeadNowhereAreNone) {
  Scene scene;
  draw_line(scene.picture, {60, 150}, {420, 150});
  EXPECT_TRUE(lines_near(scene.lines(), {250, 125, 65, 14}, 2.0).empty());
}

TEST(ReaderNearLines, AtTheRimOfThePictureAreSearchedWithinIt) {
  Scene scene;
  draw_line(scene.picture, {60, 110}, {540, 110});
  EXPECT_TRUE(lines_near(scene.lines(), {-5, -5, 20, 14}, 2.0).empty());
  EXPECT_TRUE(lines_near(scene.lines(), {590, 290, 20, 14}, 2.0).empty());
}

TEST(ReaderNearLines, TwoOnOtherWaysBetweenTheSameNodesAreTwo) {
  Scene scene;
  draw_line(scene.picture, {60, 120}, {540, 120});
  draw_line(scene.picture, {60, 170}, {540, 170});
  const LineMap lines = scene.lines();
  const auto near = [&](const cv::Rect& label) {
    const std::vector<NearLine> found = lines_near(lines, label, 1.5);
    EXPECT_EQ(found.size(), 1U);
    return found.at(0);
  };
  const NearLine upper = near({250, 98, 65, 14});
  const NearLine lower = near({250, 178, 65, 14});
  EXPECT_FALSE(are_same(lines, upper, lower));
  EXPECT_TRUE(are_same(lines, upper, near({350, 126, 65, 14})));
}

}  // namespace
}  // namespace stareval::reader
