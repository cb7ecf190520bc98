// Styles: properties of what is sampled; contrasts by the formula of WCAG 2.1.
#include "engine/draw/style.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>
#include <utility>

#include "engine/draw/pinned_font.h"
#include "engine/draw/style_values_internal.h"

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

Style sampled(StyleSet set, std::uint64_t seed) {
  Random random(seed);
  return sample_style(set, random);
}

constexpr std::array kSets = {StyleSet::plain, StyleSet::varied, StyleSet::shifted};

std::span<const Palette> palettes_of(StyleSet set) { return values_of(set).palettes; }

TEST(DrawStyle, ColourFromNumber) { EXPECT_EQ(colour(0x123456), (Colour{0x12, 0x34, 0x56})); }

TEST(DrawStyle, MixingGoesFromOneColourToTheOther) {
  constexpr Colour kA = colour(0x00ff64);
  constexpr Colour kB = colour(0xff0064);
  EXPECT_EQ(mixed(kA, kB, 0.0), kA);
  EXPECT_EQ(mixed(kA, kB, 1.0), kB);
  EXPECT_EQ(mixed(kA, kB, 0.2), (Colour{51, 204, 100}));
}

TEST(DrawStyle, SameSeedSameStyle) {
  for (const StyleSet set : kSets) {
    EXPECT_EQ(sampled(set, 42), sampled(set, 42));
    EXPECT_FALSE(sampled(set, 42) == sampled(set, 43));
    EXPECT_EQ(sampled(set, 42).name, to_string(set));
  }
}

// The values that `of` takes over many styles of a set.
template <class Of>
auto seen(StyleSet set, Of of) {
  std::set<decltype(of(Style{}))> values;
  Random random(7);
  for (int i = 0; i < 3000; ++i) values.insert(of(sample_style(set, random)));
  return values;
}

template <class T>
std::size_t kinds(std::span<const T> values) {
  return std::set<T>(values.begin(), values.end()).size();
}

TEST(DrawStyle, EveryChoiceComesUp) {
  for (const StyleSet set : kSets) {
    const StyleValues& v = values_of(set);
    const auto count = [&](auto of) { return seen(set, of).size(); };
    EXPECT_EQ(count([](const Style& s) { return s.palette.name; }), v.palettes.size());
    EXPECT_EQ(count([](const Style& s) { return s.engine; }), kinds(v.engines));
    EXPECT_EQ(count([](const Style& s) { return s.direction; }), kinds(v.directions));
    EXPECT_EQ(count([](const Style& s) { return s.label_place; }), kinds(v.label_places));
    EXPECT_EQ(count([](const Style& s) { return s.arrangement; }), kinds(v.arrangements));
    EXPECT_EQ(count([](const Style& s) { return s.node_shape; }), kinds(v.shapes));
    EXPECT_EQ(count([](const Style& s) { return s.node_finish; }), kinds(v.finishes));
    EXPECT_EQ(count([](const Style& s) { return s.picture_place; }), kinds(v.picture_places));
    EXPECT_EQ(count([](const Style& s) { return s.line_style; }), kinds(v.lines));
    EXPECT_EQ(count([](const Style& s) { return s.label_style; }), kinds(v.labels));
    EXPECT_EQ(count([](const Style& s) { return s.arrow_head; }), kinds(v.heads));
    EXPECT_EQ(count([](const Style& s) { return s.background; }), kinds(v.backgrounds));
    EXPECT_EQ(count([](const Style& s) { return s.font_family; }), kinds(v.fonts));
  }
}

TEST(DrawStyle, VariedIsVaried) {
  const StyleValues& v = values_of(StyleSet::varied);
  EXPECT_GE(v.palettes.size(), 24U);
  EXPECT_GE(kinds(v.shapes), 6U);
  EXPECT_GE(kinds(v.fonts), 8U);
  EXPECT_GE(kinds(v.heads), 5U);
  EXPECT_GE(kinds(v.labels), 4U);
  EXPECT_GE(kinds(v.backgrounds), 5U);
  EXPECT_GE(
      seen(StyleSet::varied, [](const Style& s) { return std::pair(s.width, s.height); }).size(),
      1000U);
}

// What `of` gives for shifted never comes up in the other sets.
template <class Of>
void expect_apart(std::string_view what, Of of) {
  const auto shifted = seen(StyleSet::shifted, of);
  EXPECT_FALSE(shifted.empty());
  for (const StyleSet set : {StyleSet::plain, StyleSet::varied})
    for (const auto& value : seen(set, of))
      EXPECT_EQ(shifted.count(value), 0U) << what << " of " << to_string(set);
}

TEST(DrawStyle, ShiftedSharesNoAttributeOfTheLookWithTheOthers) {
  const auto packed = [](Colour c) { return c.red * 65536 + c.green * 256 + c.blue; };
  expect_apart("palette", [](const Style& s) { return s.palette.name; });
  expect_apart("background colour", [&](const Style& s) { return packed(s.palette.background); });
  expect_apart("line colour", [&](const Style& s) { return packed(s.palette.edge); });
  expect_apart("node colour", [&](const Style& s) { return packed(s.palette.nodes[0].fill); });
  expect_apart("shape", [](const Style& s) { return s.node_shape; });
  expect_apart("finish", [](const Style& s) { return s.node_finish; });
  expect_apart("line", [](const Style& s) { return s.line_style; });
  expect_apart("label", [](const Style& s) { return s.label_style; });
  expect_apart("head", [](const Style& s) { return s.arrow_head; });
  expect_apart("background", [](const Style& s) { return s.background; });
  expect_apart("font", [](const Style& s) { return s.font_family; });
  expect_apart("size", [](const Style& s) { return std::pair(s.width, s.height); });
}

// The longer side over the shorter one.
double elongation(const Style& s) {
  return static_cast<double>(std::max(s.width, s.height)) / std::min(s.width, s.height);
}

TEST(DrawStyle, CanvasesAreFrom512To1536PixelsAndShiftedOnesAreStrips) {
  for (const StyleSet set : kSets)
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
      const Style style = sampled(set, seed);
      EXPECT_GE(std::min(style.width, style.height), 512);
      EXPECT_LE(std::max(style.width, style.height), 1536);
      if (set == StyleSet::shifted) {
        EXPECT_GE(elongation(style), 2.2);
      } else {
        EXPECT_LE(elongation(style), 2.0);
      }
    }
  const auto widths = seen(StyleSet::varied, [](const Style& s) { return s.width; });
  EXPECT_EQ(*widths.begin(), 512);
  EXPECT_EQ(*widths.rbegin(), 1536);
}

TEST(DrawStyle, FontsArePinnedAndTextIsLarge) {
  for (const StyleSet set : kSets) {
    for (const std::string_view font : values_of(set).fonts)
      EXPECT_NE(find_font(font), nullptr) << font;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
      const Style style = sampled(set, seed);
      EXPECT_GE(style.font_px * style.label_font_scale, 13.0);
    }
  }
}

// Text on everything that it may stand on: nodes, boxes of labels, the background and its pattern.
double least_contrast_of_text(const Palette& p) {
  double least =
      std::min({contrast(p.label_text, p.background), contrast(p.label_text, p.label_fill),
                contrast(p.label_text, gradient_end(p)), contrast(p.label_text, pattern_ink(p))});
  for (std::size_t v = 0; v < p.node_kinds; ++v)
    least = std::min(least, contrast(p.node(v).text, p.node(v).fill));
  return least;
}

TEST(DrawStyle, TextStandsOutInEveryPalette) {
  for (const StyleSet set : kSets)
    for (const Palette& p : palettes_of(set)) {
      EXPECT_GE(least_contrast_of_text(p), set == StyleSet::plain ? 7.0 : 4.5) << p.name;
      // The text of a chip.
      EXPECT_GE(contrast(p.edge, p.background), 4.5) << p.name;
    }
}

TEST(DrawStyle, LinesAndBordersStandOutInEveryPalette) {
  for (const StyleSet set : kSets)
    for (const Palette& p : palettes_of(set)) {
      EXPECT_GE(contrast(p.edge, p.background), 4.5) << p.name;
      ASSERT_GE(p.node_kinds, 1U);
      for (std::size_t v = 0; v < p.node_kinds; ++v)
        EXPECT_GE(contrast(p.node(v).border, p.background), 3.0) << p.name << " " << v;
    }
}

TEST(DrawStyle, PalettesHaveNamesOfTheirOwn) {
  std::set<std::string_view> names;
  std::size_t count = 0;
  for (const StyleSet set : kSets)
    for (const Palette& p : palettes_of(set)) {
      names.insert(p.name);
      ++count;
    }
  EXPECT_EQ(names.size(), count);
}

TEST(DrawStyle, NodesTakeTurnsInColour) {
  const Palette* several = nullptr;
  for (const Palette& p : palettes_of(StyleSet::varied))
    if (p.node_kinds == 3) several = &p;
  ASSERT_NE(several, nullptr);
  EXPECT_EQ(several->node(0), several->nodes[0]);
  EXPECT_EQ(several->node(2), several->nodes[2]);
  EXPECT_EQ(several->node(3), several->nodes[0]);
}

TEST(DrawStyle, DescribesWhatWasDrawn) {
  Style style = sampled(StyleSet::varied, 5);
  style.engine = LayoutEngine::dot;
  style.direction = Direction::left;
  style.node_shape = NodeShape::folded;
  style.arrow_head = ArrowHead::barb;
  style.background = Background::hatched;
  style.label_style = LabelStyle::capsule;
  style.line_style = LineStyle::twin;
  style.curvature = 0.3333;
  style.width = 640;
  style.height = 520;
  const json::object meta = describe(style);
  const auto text = [&](std::string_view key) { return std::string(meta.at(key).as_string()); };
  EXPECT_EQ(text("set"), "varied");
  EXPECT_EQ(text("palette"), style.palette.name);
  EXPECT_EQ(text("engine"), "dot");
  EXPECT_EQ(text("direction"), "left");
  EXPECT_FALSE(meta.contains("arrangement"));
  EXPECT_EQ(text("shape"), "folded");
  EXPECT_EQ(text("head"), "barb");
  EXPECT_EQ(text("background"), "hatched");
  EXPECT_EQ(text("label"), "capsule");
  EXPECT_EQ(text("line"), "twin");
  EXPECT_EQ(meta.at("curvature").as_double(), 0.33);
  EXPECT_EQ(text("size"), "640x520");
}

}  // namespace
}  // namespace stareval::engine
