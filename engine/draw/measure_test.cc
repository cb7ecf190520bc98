// Measuring: boxes hold what is put into them; zoom follows the load; refusals.
#include "engine/draw/measure.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "engine/draw/test_scenes_internal.h"

namespace stareval::engine {
namespace {

using draw_testing::flags;
using draw_testing::random_scene;

Style style_for_test() {
  Random random(1);
  Style style = sample_style(StyleSet::plain, random);
  style.picture_place = PicturePlace::above;
  return style;
}

Rect at(Point corner, Size size) {
  return {corner.x, corner.y, corner.x + size.width, corner.y + size.height};
}

TEST(DrawMeasure, BoxesHoldTextAndPictureApart) {
  Random random(2);
  for (int i = 0; i < 50; ++i) {
    const Style style = sample_style(StyleSet::plain, random);
    const Scene scene = random_scene(random, 6);
    const auto measured = measure(scene, style, 1.0);
    ASSERT_TRUE(measured.has_value()) << measured.error().message;
    for (const NodeFace& face : measured->nodes) {
      const Rect box = at({}, face.box);
      const Rect name = at(face.name_at, face.name.size());
      EXPECT_TRUE(box.grown(-3.0).contains(name));
      if (!face.picture) continue;
      const Size size = {static_cast<double>(face.picture->width),
                         static_cast<double>(face.picture->height)};
      const Rect picture = at(face.picture_at, size);
      EXPECT_TRUE(box.grown(-3.0).contains(picture));
      EXPECT_FALSE(overlap(name, picture));
    }
    for (const LabelFace& face : measured->labels)
      EXPECT_TRUE(at({}, face.box).contains(at(face.text_at, face.text.size())));
  }
}

TEST(DrawMeasure, PicturesKeepTheirProportions) {
  Scene scene;
  scene.nodes = {{"a", flags()[0]}, {"b", flags()[3]}, {"c", flags()[4]}};  // 3:2, 1:1, 5:7
  const auto measured = measure(scene, style_for_test(), 1.2);
  ASSERT_TRUE(measured.has_value());
  const std::array<double, 3> aspects = {1.5, 1.0, 60.0 / 84.0};
  for (std::size_t v = 0; v < 3; ++v) {
    const Bitmap& picture = *measured->nodes[v].picture;
    EXPECT_NEAR(static_cast<double>(picture.width) / picture.height, aspects[v], 0.03);
  }
}

TEST(DrawMeasure, ANodeMayHaveAPictureAndNoName) {
  Scene scene;
  scene.nodes = {{"", flags()[0]}, {"", {}}};
  const auto measured = measure(scene, style_for_test(), 1.0);
  ASSERT_TRUE(measured.has_value());
  EXPECT_GT(measured->nodes[0].box.height, measured->nodes[0].picture->height);
  EXPECT_GT(measured->nodes[1].box.width, 10.0);
}

TEST(DrawMeasure, ZoomFallsWithTheLoadAndNeverBelowReadable) {
  const Style style = style_for_test();
  Random random(3);
  Scene scene;
  double last = 10.0;
  for (int i = 0; i < 60; ++i) {
    scene.nodes.push_back({"Dominican Republic", {}});
    scene.edges.push_back({0, i, "official language"});
    const double zoom = zoom_for(scene, style);
    EXPECT_LE(zoom, last);
    EXPECT_GE(std::lround(zoom * style.font_px), kMinFontPx);
    last = zoom;
  }
  EXPECT_LT(last, 0.9);
}

TEST(DrawMeasure, LayoutInputRepeatsTheBoxes) {
  Random random(4);
  const Style style = style_for_test();
  const Scene scene = random_scene(random, 5);
  const auto measured = measure(scene, style, 1.1);
  ASSERT_TRUE(measured.has_value());
  const LayoutInput input = layout_input(scene, *measured, style);
  ASSERT_EQ(input.links.size(), scene.edges.size());
  EXPECT_EQ(input.nodes[2], measured->nodes[2].box);
  EXPECT_EQ(input.links[1].label, measured->labels[1].box);
  EXPECT_EQ(input.canvas.width, style.width);
  EXPECT_EQ(input.zoom, 1.1);
}

void expect_refusal(const Scene& scene, ErrorCode code, std::string_view part) {
  const auto measured = measure(scene, style_for_test(), 1.0);
  ASSERT_TRUE(measured.has_error()) << part;
  EXPECT_EQ(measured.error().code, code);
  EXPECT_NE(measured.error().message.find(part), std::string::npos) << measured.error().message;
}

TEST(DrawMeasure, Refusals) {
  expect_refusal({}, ErrorCode::bad_data, "at least one node");
  expect_refusal({{{"a", {}}}, {{0, 1, "r"}}}, ErrorCode::bad_data,
                 "edge 0 goes from node 0 to node 1");
  expect_refusal({{{"a", {}}}, {{-1, 0, "r"}}}, ErrorCode::bad_data, "node -1");
  expect_refusal({{{"a", {}}, {"b", "/no/such.png"}}, {}}, ErrorCode::io,
                 "node 1: picture /no/such.png");
  expect_refusal({{{"a", {}}}, {{0, 0, "\xff"}}}, ErrorCode::bad_data, "edge 0: label");
}

}  // namespace
}  // namespace stareval::engine
