// Styles: properties of what is sampled.
#include "engine/draw/style.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace stareval::engine {
namespace {

// Relative luminance and contrast ratio of WCAG 2.1.
double luminance(Colour c) {
  const auto linear = [](std::uint8_t v) {
    const double s = v / 255.0;
    return s <= 0.04045 ? s / 12.92 : std::pow((s + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(c.red) + 0.7152 * linear(c.green) + 0.0722 * linear(c.blue);
}

double contrast(Colour a, Colour b) {
  const auto [low, high] = std::minmax({luminance(a), luminance(b)});
  return (high + 0.05) / (low + 0.05);
}

TEST(DrawStyle, ColourFromNumber) { EXPECT_EQ(colour(0x123456), (Colour{0x12, 0x34, 0x56})); }

TEST(DrawStyle, SameSeedSameStyle) {
  Random a(42);
  Random b(42);
  EXPECT_EQ(sample_style(StyleSet::plain, a), sample_style(StyleSet::plain, b));
}

TEST(DrawStyle, EveryChoiceComesUp) {
  Random random(1);
  std::set<NodeShape> shapes;
  std::set<Arrangement> arrangements;
  std::set<LabelStyle> labels;
  std::set<ArrowHead> heads;
  std::set<PicturePlace> places;
  std::set<std::string> fonts;
  for (int i = 0; i < 300; ++i) {
    const Style style = sample_style(StyleSet::plain, random);
    shapes.insert(style.node_shape);
    arrangements.insert(style.arrangement);
    labels.insert(style.label_style);
    heads.insert(style.arrow_head);
    places.insert(style.picture_place);
    fonts.insert(style.font_family);
  }
  EXPECT_EQ(shapes.size(), 4U);
  EXPECT_EQ(arrangements.size(), 4U);
  EXPECT_EQ(labels.size(), 2U);
  EXPECT_EQ(heads.size(), 2U);
  EXPECT_EQ(places.size(), 2U);
  EXPECT_EQ(fonts.size(), 2U);
}

TEST(DrawStyle, FontsArePinnedAndTextIsLarge) {
  Random random(2);
  for (int i = 0; i < 300; ++i) {
    const Style style = sample_style(StyleSet::plain, random);
    const auto fonts = pinned_fonts();
    EXPECT_NE(std::find(fonts.begin(), fonts.end(), style.font_family), fonts.end());
    EXPECT_GE(style.font_px * style.label_font_scale, 13.0);
    EXPECT_EQ(style.name, "plain");
  }
}

TEST(DrawStyle, TextAndLinesStandOut) {
  Random random(3);
  for (int i = 0; i < 300; ++i) {
    const Palette p = sample_style(StyleSet::plain, random).palette;
    EXPECT_GE(contrast(p.node_text, p.node_fill), 7.0);
    EXPECT_GE(contrast(p.label_text, p.background), 7.0);
    EXPECT_GE(contrast(p.label_text, p.label_fill), 7.0);
    EXPECT_GE(contrast(p.edge, p.background), 4.5);
    EXPECT_GE(contrast(p.node_border, p.background), 3.0);
  }
}

}  // namespace
}  // namespace stareval::engine
