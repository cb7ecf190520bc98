// Places of captions: costs and places worked out by hand; that nothing overlaps where there is
// room, and that all stays within the picture, as properties of random scenes.
#include <gtest/gtest.h>

#include <cstddef>

#include "engine/draw/caption_places_internal.h"
#include "libstareval/base/random.h"

namespace stareval::engine {
namespace {

Bitmap blank(int width, int height, std::uint32_t colour = 0xFFFFFFFFU) {
  return {width, height,
          std::vector<std::uint32_t>(
              static_cast<std::size_t>(width) * static_cast<std::size_t>(height), colour)};
}

TEST(CaptionPlaces, CostIsThatOfThePartCovered) {
  CoverCost cover(blank(100, 60));
  cover.add({20, 10, 40, 30}, 2.0);
  cover.sum_up();
  EXPECT_DOUBLE_EQ(cover.of({0, 0, 100, 60}), 20 * 20 * 2.0);
  EXPECT_DOUBLE_EQ(cover.of({30, 20, 90, 50}), 10 * 10 * 2.0);
  EXPECT_DOUBLE_EQ(cover.of({21, 11, 22, 12}), 2.0);  // a quarter of a cell
  EXPECT_DOUBLE_EQ(cover.of({50, 40, 90, 60}), 0.0);
}

TEST(CaptionPlaces, DrawnLinesCostByTheirEdges) {
  Bitmap picture = blank(40, 40);
  for (std::size_t y = 0; y < 40; ++y) picture.pixels[y * 40 + 21] = 0xFF000000U;
  CoverCost cover(picture);
  cover.sum_up();
  // Each row has two edges: into the line and out of it, in one cell of two columns each.
  EXPECT_DOUBLE_EQ(cover.of({0, 0, 40, 40}), 40 * 2 * 3.0);
  EXPECT_DOUBLE_EQ(cover.of({0, 0, 20, 40}), 0.0);
  EXPECT_DOUBLE_EQ(cover.of({24, 0, 40, 40}), 0.0);
}

TEST(CaptionPlaces, ALineCostsAlongItsWay) {
  CoverCost cover(blank(100, 100));
  cover.add_line({10, 50}, {90, 50}, 1.0);
  cover.sum_up();
  EXPECT_GT(cover.of({40, 40, 60, 60}), 0.0);
  EXPECT_DOUBLE_EQ(cover.of({40, 60, 60, 90}), 0.0);
  EXPECT_DOUBLE_EQ(cover.of({0, 0, 6, 100}), 0.0);
}

TEST(CaptionPlaces, StandAboveTheirAnchorsAtTheLeft) {
  CoverCost cover(blank(200, 200));
  cover.sum_up();
  const std::vector<Caption> captions = {{{50, 100, 120, 140}, {40, 10}}};
  const auto places = place_captions(cover, captions, 2.0);
  ASSERT_EQ(places.size(), 1U);
  EXPECT_EQ(places[0], (Rect{50, 88, 90, 98}));
}

TEST(CaptionPlaces, GoBelowWhereThePictureEnds) {
  const Rect anchor = {0, 0, 100, 40};  // as wide as the picture
  CoverCost cover(blank(100, 200));
  cover.add(anchor, 5.0);
  cover.sum_up();
  const std::vector<Caption> captions = {{anchor, {40, 10}}};
  EXPECT_EQ(place_captions(cover, captions, 2.0)[0], (Rect{0, 42, 40, 52}));
}

TEST(CaptionPlaces, KeepOffOtherBoxes) {
  CoverCost cover(blank(300, 200));
  const Rect anchor = {100, 100, 160, 130};
  const Rect other = {80, 60, 180, 99};
  cover.add(anchor, 5.0);
  cover.add(other, 5.0);
  cover.sum_up();
  const std::vector<Caption> captions = {{anchor, {50, 12}}};
  const Rect place = place_captions(cover, captions, 2.0)[0];
  EXPECT_FALSE(overlap(place, other));
  EXPECT_FALSE(overlap(place, anchor));
  EXPECT_LE(distance_between(place, anchor), 3.0);
}

TEST(CaptionPlaces, GoFartherOffWhereAllIsTakenAround) {
  CoverCost cover(blank(400, 400));
  const Rect anchor = {190, 190, 210, 210};
  const Rect taken = anchor.grown(40);
  cover.add(taken, 5.0);
  cover.sum_up();
  const std::vector<Caption> captions = {{anchor, {40, 12}}};
  const Rect place = place_captions(cover, captions, 2.5)[0];
  EXPECT_FALSE(overlap(place, taken));
  EXPECT_LT(distance_between(place, anchor), 80.0);
}

TEST(CaptionPlaces, OneWithoutASizeHasNoPlace) {
  CoverCost cover(blank(100, 100));
  cover.sum_up();
  const std::vector<Caption> captions = {{{10, 40, 30, 60}, {}}, {{10, 40, 30, 60}, {20, 10}}};
  const auto places = place_captions(cover, captions, 2.0);
  EXPECT_TRUE(places[0].empty());
  EXPECT_FALSE(places[1].empty());
}

// Anchors on a grid, with room between them for all captions.
TEST(CaptionPlaces, DoNotOverlapWhereThereIsRoom) {
  Random random(5);
  for (int round = 0; round < 20; ++round) {
    CoverCost cover(blank(900, 700));
    std::vector<Caption> captions;
    for (int row = 0; row < 6; ++row)
      for (int column = 0; column < 6; ++column) {
        const double left = 10 + column * 150 + 20 * random.uniform();
        const double top = 10 + row * 115 + 20 * random.uniform();
        captions.push_back({{left, top, left + 60 + 50 * random.uniform(), top + 40},
                            {30 + 80 * random.uniform(), 16}});
        cover.add(captions.back().anchor, 1.2);
      }
    cover.sum_up();
    const auto places = place_captions(cover, captions, 2.5);
    for (std::size_t i = 0; i < places.size(); ++i) {
      EXPECT_TRUE(cover.bounds().contains(places[i])) << round << " " << i;
      for (std::size_t j = 0; j < i; ++j) EXPECT_FALSE(overlap(places[i], places[j])) << round;
      for (const Caption& caption : captions)
        EXPECT_LT(overlap_area(places[i], caption.anchor), 60.0) << round << " " << i;
    }
  }
}

TEST(CaptionPlaces, ManyMoreThanCanBePlacedStayWithinThePicture) {
  CoverCost cover(blank(300, 200));
  cover.sum_up();
  const std::vector<Caption> captions(kMostPlaced + 300, Caption{{280, 4, 299, 20}, {60, 14}});
  const auto places = place_captions(cover, captions, 2.0);
  ASSERT_EQ(places.size(), captions.size());
  for (const Rect& place : places) EXPECT_TRUE(cover.bounds().contains(place));
}

TEST(CaptionPlaces, ACaptionThatIsWiderThanThePictureStartsAtItsLeft) {
  CoverCost cover(blank(50, 50));
  cover.sum_up();
  const std::vector<Caption> captions = {{{20, 30, 30, 40}, {90, 10}}};
  EXPECT_DOUBLE_EQ(place_captions(cover, captions, 2.0)[0].left, 0.0);
}

}  // namespace
}  // namespace stareval::engine
