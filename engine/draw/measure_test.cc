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

constexpr std::array kSets = {StyleSet::plain, StyleSet::varied, StyleSet::shifted};

TEST(DrawMeasure, BoxesHoldTextAndPictureApart) {
  Random random(2);
  for (int i = 0; i < 120; ++i) {
    const Style style = sample_style(kSets[static_cast<std::size_t>(i % 3)], random);
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

TEST(DrawMeasure, ThePictureStandsWhereTheStyleSays) {
  Style style = style_for_test();
  const Scene scene = {{{"Peru", flags()[0]}}, {}};
  const auto offset = [&](PicturePlace place) {
    style.picture_place = place;
    const auto measured = measure(scene, style, 1.0);
    const NodeFace& face = measured->nodes[0];
    const Point picture = {face.picture_at.x + face.picture->width * 0.5,
                           face.picture_at.y + face.picture->height * 0.5};
    const Point name = {face.name_at.x + face.name.size().width * 0.5,
                        face.name_at.y + face.name.size().height * 0.5};
    return picture - name;
  };
  EXPECT_LT(offset(PicturePlace::above).y, -20.0);
  EXPECT_GT(offset(PicturePlace::below).y, 20.0);
  EXPECT_LT(offset(PicturePlace::left).x, -20.0);
  EXPECT_GT(offset(PicturePlace::right).x, 20.0);
  // Centred on each other the other way, up to the rounding to pixels.
  EXPECT_NEAR(offset(PicturePlace::above).x, 0.0, 1.0);
  EXPECT_NEAR(offset(PicturePlace::right).y, 0.0, 1.0);
}

// Height of the name's line, which grows with its font.
double name_height(const std::string& name, int width, int height, double zoom) {
  Style style = style_for_test();
  style.font_family = "Open Sans";
  style.width = width;
  style.height = height;
  const auto measured = measure({{{name, {}}}, {}}, style, zoom);
  return measured.value().nodes[0].name.size().height;
}

TEST(DrawMeasure, TheLeastTextIsLargerOnALargeCanvas) {
  // A zoom at which names have 13 pixels.
  const double zoom = 13.0 / style_for_test().font_px;
  EXPECT_EQ(name_height("Peru", 640, 512, zoom), name_height("Peru", 1024, 768, zoom));
  EXPECT_GT(name_height("Peru", 1536, 1152, zoom), 1.3 * name_height("Peru", 1024, 768, zoom));
}

TEST(DrawMeasure, OneFontStandsInForTheWholePicture) {
  Style style = style_for_test();
  style.font_family = "Cabin";
  const auto width = [&](const std::string& other) {
    const Scene scene = {{{"Peru and Bolivia", {}}, {other, {}}}, {}};
    return measure(scene, style, 1.0).value().nodes[0].name.size().width;
  };
  // The first name looks other where the second one needs another font.
  EXPECT_EQ(width("Lima"), width("Quito"));
  EXPECT_NE(width("Lima"), width("\u0395\u03bb\u03bb\u03ac\u03b4\u03b1"));
  const Scene hieroglyph = {{{"Peru", {}}, {"\U00013000", {}}}, {}};
  EXPECT_EQ(measure(hieroglyph, style, 1.0).error().code, ErrorCode::bad_data);
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
