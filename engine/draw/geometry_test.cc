// Geometry: cases worked out by hand; curve identities as properties.
#include "engine/draw/geometry.h"

#include <gtest/gtest.h>

#include "libstareval/base/random.h"

namespace stareval::engine {
namespace {

constexpr Rect kBox = {10.0, 20.0, 30.0, 60.0};

TEST(DrawGeometry, UnitHasLengthOneAndSurvivesZero) {
  EXPECT_DOUBLE_EQ(length(unit({3.0, 4.0})), 1.0);
  EXPECT_EQ(unit({0.0, 0.0}), (Point{1.0, 0.0}));
}

TEST(DrawGeometry, RectAroundACentre) {
  const Rect r = Rect::around({10.0, 10.0}, {4.0, 6.0});
  EXPECT_EQ(r, (Rect{8.0, 7.0, 12.0, 13.0}));
  EXPECT_EQ(r.centre(), (Point{10.0, 10.0}));
  EXPECT_DOUBLE_EQ(r.area(), 24.0);
}

TEST(DrawGeometry, TouchingBoxesDoNotOverlap) {
  EXPECT_FALSE(overlap(kBox, {30.0, 20.0, 40.0, 60.0}));
  EXPECT_TRUE(overlap(kBox, {29.9, 20.0, 40.0, 60.0}));
  EXPECT_DOUBLE_EQ(overlap_area(kBox, {25.0, 50.0, 99.0, 99.0}), 50.0);
  EXPECT_DOUBLE_EQ(overlap_area(kBox, {31.0, 50.0, 99.0, 99.0}), 0.0);
}

TEST(DrawGeometry, UnitedIgnoresEmptyBoxes) {
  EXPECT_EQ(united(kBox, {}), kBox);
  EXPECT_EQ(united({}, kBox), kBox);
  EXPECT_EQ(united(kBox, {0.0, 0.0, 11.0, 21.0}), (Rect{0.0, 0.0, 30.0, 60.0}));
}

TEST(DrawGeometry, LengthInside) {
  EXPECT_DOUBLE_EQ(length_inside({0.0, 40.0}, {100.0, 40.0}, kBox), 20.0);   // across
  EXPECT_DOUBLE_EQ(length_inside({20.0, 40.0}, {100.0, 40.0}, kBox), 10.0);  // from within
  EXPECT_DOUBLE_EQ(length_inside({15.0, 30.0}, {15.0, 35.0}, kBox), 5.0);    // all within
  EXPECT_DOUBLE_EQ(length_inside({0.0, 0.0}, {100.0, 0.0}, kBox), 0.0);      // above
  EXPECT_DOUBLE_EQ(length_inside({0.0, 20.0}, {100.0, 20.0}, kBox), 0.0);    // along the top
  EXPECT_DOUBLE_EQ(length_inside({0.0, 40.0}, {9.0, 40.0}, kBox), 0.0);      // ends before
}

TEST(DrawGeometry, SegmentsCross) {
  EXPECT_TRUE(segments_cross({0, 0}, {10, 10}, {0, 10}, {10, 0}));
  EXPECT_FALSE(segments_cross({0, 0}, {10, 10}, {20, 0}, {11, 9}));
  EXPECT_FALSE(segments_cross({0, 0}, {10, 0}, {5, 0}, {15, 0}));   // collinear
  EXPECT_FALSE(segments_cross({0, 0}, {10, 0}, {10, 0}, {10, 5}));  // share an end
}

TEST(DrawGeometry, DistanceToSegment) {
  EXPECT_DOUBLE_EQ(distance_to_segment({5, 3}, {0, 0}, {10, 0}), 3.0);
  EXPECT_DOUBLE_EQ(distance_to_segment({13, 4}, {0, 0}, {10, 0}), 5.0);
  EXPECT_DOUBLE_EQ(distance_to_segment({3, 4}, {0, 0}, {0, 0}), 5.0);
}

TEST(DrawGeometry, ALineIsEvenlyTravelled) {
  const Cubic line = Cubic::line({0, 0}, {30, 60});
  EXPECT_NEAR(line.at(0.25).x, 7.5, 1e-12);
  EXPECT_NEAR(line.at(0.25).y, 15.0, 1e-12);
  EXPECT_NEAR(length(line.tangent(0.7)), length(Point{30, 60}), 1e-9);
}

TEST(DrawGeometry, AQuadraticPassesHalfWayToItsControlPoint) {
  const Cubic arc = Cubic::quadratic({0, 0}, {50, 40}, {100, 0});
  EXPECT_NEAR(arc.at(0.5).x, 50.0, 1e-12);
  EXPECT_NEAR(arc.at(0.5).y, 20.0, 1e-12);
}

TEST(DrawGeometry, PartFollowsTheWholeCurve) {
  Random random(1);
  for (int i = 0; i < 200; ++i) {
    Cubic curve;
    for (Point& p : curve.p) p = Point{random.uniform(), random.uniform()} * 100.0;
    const double start = random.uniform() * 0.5;
    const double end = 0.5 + random.uniform() * 0.5;
    const Cubic part = curve.part(start, end);
    for (const double t : {0.0, 0.3, 0.8, 1.0})
      EXPECT_LT(length(part.at(t) - curve.at(start + (end - start) * t)), 1e-9);
  }
}

TEST(DrawGeometry, PartOfNothingIsAPoint) {
  const Cubic part = Cubic::line({1, 2}, {3, 4}).part(0.0, 0.0);
  EXPECT_EQ(part.at(0.5), (Point{1, 2}));
}

}  // namespace
}  // namespace stareval::engine
