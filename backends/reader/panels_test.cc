// Panels of drawn pictures: shapes that are some, and what is none. By hand.
#include <gtest/gtest.h>

#include <functional>
#include <ostream>

#include "backends/reader/panels_internal.h"
#include "backends/reader/test_drawing_internal.h"

namespace stareval::reader {
namespace {

using namespace testing;

std::vector<Panel> panels_in(const cv::Mat& picture) {
  return find_panels(picture, ink_of(picture));
}

bool is_near(const cv::Rect& a, const cv::Rect& b, int by) {
  return std::abs(a.x - b.x) <= by && std::abs(a.y - b.y) <= by &&
         std::abs(a.br().x - b.br().x) <= by && std::abs(a.br().y - b.br().y) <= by;
}

const cv::Rect kPlace(120, 90, 160, 60);

void rounded(cv::Mat& onto, const cv::Scalar& fill, const cv::Scalar& border, int radius) {
  const cv::Rect& r = kPlace;
  std::vector<cv::Point> all;
  for (const auto& [x, y, start] : {std::tuple{r.br().x - radius, r.br().y - radius, 0},
                                    {r.x + radius, r.br().y - radius, 90},
                                    {r.x + radius, r.y + radius, 180},
                                    {r.br().x - radius, r.y + radius, 270}}) {
    std::vector<cv::Point> arc;
    cv::ellipse2Poly({x, y}, {radius, radius}, 0, start, start + 90, 5, arc);
    all.insert(all.end(), arc.begin(), arc.end());
  }
  draw_polygon(onto, all, fill, border);
}

std::vector<cv::Point> hexagon() {
  const cv::Rect& r = kPlace;
  const int y = middle_of(r).y;
  return {{r.x, y},      {r.x + 20, r.y},           {r.br().x - 20, r.y},
          {r.br().x, y}, {r.br().x - 20, r.br().y}, {r.x + 20, r.br().y}};
}

struct Shape {
  const char* name;
  std::function<void(cv::Mat&)> draw;
  cv::Vec3b fill;
};

void PrintTo(const Shape& shape, std::ostream* out) { *out << shape.name; }

class ReaderPanelShapes : public ::testing::TestWithParam<Shape> {};

TEST_P(ReaderPanelShapes, IsOnePanelWithItsColour) {
  cv::Mat picture = paper(400, 240);
  GetParam().draw(picture);
  if (GetParam().fill[0] > 200) draw_text(picture, "Oslo", middle_of(kPlace));
  const std::vector<Panel> panels = panels_in(picture);
  ASSERT_EQ(panels.size(), 1U);
  EXPECT_TRUE(is_near(panels[0].box, kPlace, 4)) << panels[0].box;
  EXPECT_LE(cv::norm(panels[0].fill, GetParam().fill, cv::NORM_INF), 2) << panels[0].fill;
  EXPECT_EQ(panels[0].mask.size(), panels[0].box.size());
  EXPECT_EQ(panels[0].mask.at<uchar>(panels[0].box.height / 2, panels[0].box.width / 2), 255);
}

const cv::Scalar kDark(90, 40, 30);

INSTANTIATE_TEST_SUITE_P(
    All, ReaderPanelShapes,
    ::testing::Values(
        Shape{"box", [](cv::Mat& m) { draw_box(m, kPlace, kPaleBlue); }, {245, 225, 205}},
        Shape{"box_of_the_grounds_colour",
              [](cv::Mat& m) { draw_box(m, kPlace, kWhite); },
              {255, 255, 255}},
        Shape{"thin_border",
              [](cv::Mat& m) { draw_box(m, kPlace, kWhite, cv::Scalar(150, 150, 150), 1); },
              {255, 255, 255}},
        Shape{"no_border",
              [](cv::Mat& m) {
                draw_box(m, kPlace, cv::Scalar(190, 220, 120), kInk, 0);
                draw_text(m, "Iceland", middle_of(kPlace));
              },
              {190, 220, 120}},
        Shape{"rounded", [](cv::Mat& m) { rounded(m, kPaleBlue, kInk, 15); }, {245, 225, 205}},
        Shape{"pill", [](cv::Mat& m) { rounded(m, kWhite, kInk, 30); }, {255, 255, 255}},
        Shape{"ellipse",
              [](cv::Mat& m) {
                cv::ellipse(m, middle_of(kPlace), {80, 30}, 0, 0, 360, kInk, 2, cv::LINE_AA);
              },
              {255, 255, 255}},
        Shape{"hexagon", [](cv::Mat& m) { draw_polygon(m, hexagon(), kWhite); }, {255, 255, 255}},
        Shape{"dark_with_light_letters",
              [](cv::Mat& m) {
                draw_box(m, kPlace, kDark, kDark);
                draw_text(m, "Iceland", middle_of(kPlace), kWhite);
              },
              {90, 40, 30}},
        // Where a thin line leans, each of its pixels holds little of it.
        Shape{"faint_slanted_border",
              [](cv::Mat& m) { draw_polygon(m, hexagon(), kWhite, cv::Scalar(165, 165, 165), 1); },
              {255, 255, 255}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(ReaderPanels, OfAnEmptyPictureAreNone) { EXPECT_TRUE(panels_in(paper(200, 100)).empty()); }

TEST(ReaderPanels, ALineThatEndsAtABoxIsNoPartOfIt) {
  cv::Mat picture = paper(600, 240);
  draw_line(picture, {280, 120}, {590, 200});
  draw_head(picture, {590, 200}, {282, 120}, Head::filled);
  draw_node(picture, kPlace, "Iceland");
  const std::vector<Panel> panels = panels_in(picture);
  ASSERT_EQ(panels.size(), 1U);
  EXPECT_TRUE(is_near(panels[0].box, kPlace, 14)) << panels[0].box;
}

// Nodes at these places, each joined to the next by a line.
cv::Mat ring_of(const std::vector<cv::Point>& places) {
  cv::Mat picture = paper(700, 500);
  for (std::size_t i = 0; i < places.size(); ++i)
    draw_line(picture, places[i], places[(i + 1) % places.size()]);
  for (const cv::Point& place : places) draw_node(picture, around(place, 110, 44), "Oslo");
  return picture;
}

TEST(ReaderPanels, AFaceBetweenThreeLinesIsNone) {
  EXPECT_EQ(panels_in(ring_of({{100, 400}, {340, 60}, {600, 380}})).size(), 3U);
}

TEST(ReaderPanels, AFaceBetweenFourLinesIsNone) {
  EXPECT_EQ(panels_in(ring_of({{100, 100}, {520, 60}, {600, 400}, {180, 330}})).size(), 4U);
}

TEST(ReaderPanels, AFaceThatTwoLinesCutOutIsNone) {
  cv::Mat picture = paper(700, 500);
  const std::vector<cv::Point> places{{90, 60}, {610, 60}, {90, 440}, {610, 440}};
  draw_line(picture, places[0], places[3]);
  draw_line(picture, places[1], places[2]);
  draw_line(picture, places[0], places[1]);
  for (const cv::Point& place : places) draw_node(picture, around(place, 110, 44), "Oslo");
  EXPECT_EQ(panels_in(picture).size(), 4U);
}

TEST(ReaderPanels, AFrameAroundTheDrawingIsNone) {
  for (const int thickness : {2, 24}) {
    cv::Mat picture = paper(500, 300);
    draw_node(picture, {80, 100, 120, 60}, "Nile");
    draw_node(picture, {300, 100, 120, 60}, "Egypt");
    const int half = thickness / 2;
    cv::rectangle(picture, {half, half, 500 - thickness, 300 - thickness}, kInk, thickness);
    EXPECT_EQ(panels_in(picture).size(), 2U) << thickness;
  }
}

TEST(ReaderPanels, ALetterOIsNone) {
  cv::Mat picture = paper(500, 300);
  draw_node(picture, {40, 40, 180, 70}, "Oslo");
  draw_text(picture, "o O 0", {350, 200}, kBlack, 0.8);
  EXPECT_EQ(panels_in(picture).size(), 1U);
}

TEST(ReaderPanels, AHeadOfAnArrowIsNone) {
  cv::Mat picture = paper(500, 300);
  draw_node(picture, {40, 40, 180, 70}, "Oslo");
  draw_arrow(picture, {100, 250}, {400, 200});
  EXPECT_EQ(panels_in(picture).size(), 1U);
}

// Sums of a channel beyond 2^31.
TEST(ReaderPanels, MostFrequentColourOfManyMegapixels) {
  const cv::Mat white = paper(4000, 2500);
  EXPECT_EQ(most_frequent_colour(white, cv::Mat(white.size(), CV_8UC1, cv::Scalar(255))),
            cv::Vec3b(255, 255, 255));
}

TEST(ReaderPanels, MostFrequentColourIsTheMeanOfTheFullestCell) {
  cv::Mat picture = paper(10, 1, cv::Scalar(16, 16, 16));
  for (const int x : {0, 1, 2}) picture.at<cv::Vec3b>(0, x) = {200, 100, 50};
  cv::Mat where(1, 10, CV_8UC1, cv::Scalar(255));
  EXPECT_EQ(most_frequent_colour(picture, where), cv::Vec3b(16, 16, 16));
  where.colRange(5, 10).setTo(0);
  EXPECT_EQ(most_frequent_colour(picture, where), cv::Vec3b(200, 100, 50));
  EXPECT_EQ(most_frequent_colour(picture, where * 0), cv::Vec3b(0, 0, 0));
}

}  // namespace
}  // namespace stareval::reader
