// Layouts as they come out of all tries: every engine, label place and canvas; many of the own
// layout, counted by code that shares nothing with the check.
#include "engine/draw/find_layout.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "engine/draw/check.h"
#include "engine/draw/layout_dot.h"
#include "engine/draw/test_scenes_internal.h"

namespace stareval::engine {
namespace {

using draw_testing::random_scene;

Style style_for(Random& random, LayoutEngine engine) {
  Style style = sample_style(StyleSet::plain, random);
  style.engine = engine;
  style.direction = static_cast<Direction>(random.below(4));
  style.curvature = 0.0;
  style.label_place = LabelPlace::on_line;
  return style;
}

// A canvas of 512 to 1536 pixels a side, at most twice as long as wide.
void choose_canvas(Style& style, Random& random) {
  style.width = 2 * random.between(256, 768);
  style.height = 2 * random.between(std::max(256, style.width / 4), std::min(768, style.width));
}

std::string long_name(Random& random) {
  std::string name;
  const auto length = static_cast<std::size_t>(random.between(3, 40));
  while (name.size() < length) {
    for (int i = random.between(2, 11); i > 0 && name.size() < length; --i)
      name += static_cast<char>('a' + random.below(26));
    if (name.size() + 2 < length) name += ' ';
  }
  return name;
}

// 4 to 10 nodes and up to 16 edges; parallels and self-loops among them.
Scene hard_scene(Random& random) {
  Scene scene;
  const int nodes = random.between(4, 10);
  for (int v = 0; v < nodes; ++v) {
    scene.nodes.push_back({long_name(random), {}});
    if (v > 0)
      scene.edges.push_back({v, random.between(0, v - 1), draw_testing::random_relation(random)});
  }
  for (int i = random.between(0, 16 - nodes + 1); i > 0; --i) {
    const SceneEdge twin = random.pick(scene.edges);
    const bool parallel = random.chance(0.3);
    const int from = parallel ? twin.to : random.between(0, nodes - 1);
    const int to = parallel ? twin.from : random.between(0, nodes - 1);
    scene.edges.push_back({from, to, draw_testing::random_relation(random)});
  }
  return scene;
}

bool apart(const Rect& a, const Rect& b) {
  return a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
}

// Labels that cover a label or a node, or leave the canvas.
int covered(const Layout& layout) {
  int bad = 0;
  for (std::size_t e = 0; e < layout.edges.size(); ++e) {
    const Rect& label = layout.edges[e].label;
    if (label.right <= label.left) continue;
    if (label.left < 0 || label.top < 0 || label.right > layout.width ||
        label.bottom > layout.height)
      ++bad;
    for (const NodePlace& node : layout.nodes) bad += apart(label, node.box) ? 0 : 1;
    for (std::size_t f = e + 1; f < layout.edges.size(); ++f) {
      const Rect& other = layout.edges[f].label;
      if (other.right > other.left) bad += apart(label, other) ? 0 : 1;
    }
  }
  return bad;
}

// 300 scenes, or as many as STAREVAL_DRAW_SCENES says; bench/README.md has the count for 3,000.
TEST(DrawFindLayout, NoLabelOfTheOwnLayoutCoversAnything) {
  const char* wanted = std::getenv("STAREVAL_DRAW_SCENES");
  const int scenes = wanted == nullptr ? 300 : std::atoi(wanted);
  Random random(1);
  int refused = 0;
  int bad = 0;
  for (int i = 0; i < scenes; ++i) {
    const Scene scene = hard_scene(random);
    Style style = style_for(random, LayoutEngine::own);
    style.width = std::max(style.width, 900);
    const auto found = find_layout(scene, style, random.next());
    if (!found) {
      ++refused;
      continue;
    }
    bad += covered(found->layout);
  }
  EXPECT_EQ(bad, 0);
  RecordProperty("refused", refused);
  EXPECT_LE(refused, 1 + scenes / 200);
}

TEST(DrawFindLayout, EveryEngineKeepsTheCanvasAndPassesTheCheck) {
  for (const LayoutEngine engine :
       {LayoutEngine::own, LayoutEngine::dot, LayoutEngine::neato, LayoutEngine::circo}) {
    Random random(2);
    int kept = 0;
    for (int i = 0; i < 60; ++i) {
      const Scene scene = random_scene(random, random.between(3, 8));
      Style style = style_for(random, engine);
      choose_canvas(style, random);
      if (i % 3 == 1) style.label_place = LabelPlace::beside;
      if (i % 3 == 2) style.curvature = random.uniform();
      const auto found = find_layout(scene, style, random.next());
      if (!found) continue;
      EXPECT_EQ(found->layout.width, style.width);
      EXPECT_EQ(found->layout.height, style.height);
      EXPECT_EQ(find_defects(found->layout).size(), 0U);
      EXPECT_EQ(covered(found->layout), 0);
      if (found->engine == engine) ++kept;
    }
    EXPECT_GE(kept, 50) << static_cast<int>(engine);
  }
}

// 1 where all points of the edge lie on the line between its ends; more where it bends.
bool straight(const EdgePlace& edge) {
  const Point along = unit(edge.path.p[3] - edge.path.p[0]);
  return edge.lead.empty() && std::abs(cross(along, edge.path.at(0.5) - edge.path.p[0])) < 0.5;
}

TEST(DrawFindLayout, CurvatureBendsAllEdgesAndNoneBendsWithoutIt) {
  Random random(3);
  const Scene scene = {{{"Peru", {}}, {"Chad", {}}, {"Iran", {}}, {"Lima", {}}},
                       {{0, 1, "borders"}, {1, 2, "borders"}, {3, 0, "capital"}}};
  for (int i = 0; i < 20; ++i) {
    Style style = style_for(random, LayoutEngine::own);
    for (const bool curved : {false, true}) {
      style.curvature = curved ? 0.5 : 0.0;
      const auto found = find_layout(scene, style, random.next());
      ASSERT_TRUE(found.has_value());
      for (const EdgePlace& edge : found->layout.edges) EXPECT_NE(straight(edge), curved);
    }
  }
}

double gap_to_line(const EdgePlace& edge, const Rect& box) {
  double least = 1e9;
  for (int i = 0; i <= 200; ++i) {
    const Point p = edge.path.at(i / 200.0);
    const double x = std::max({box.left - p.x, p.x - box.right, 0.0});
    const double y = std::max({box.top - p.y, p.y - box.bottom, 0.0});
    least = std::min(least, std::sqrt(x * x + y * y));
  }
  return least;
}

TEST(DrawFindLayout, ALabelBesideIsOffItsLineAndNearestToIt) {
  Random random(4);
  for (int i = 0; i < 60; ++i) {
    const Scene scene = random_scene(random, random.between(3, 7));
    Style style = style_for(random, LayoutEngine::own);
    style.label_place = LabelPlace::beside;
    const auto found = find_layout(scene, style, random.next());
    ASSERT_TRUE(found.has_value()) << found.error().message;
    const auto& edges = found->layout.edges;
    for (std::size_t e = 0; e < edges.size(); ++e) {
      const double own = gap_to_line(edges[e], edges[e].label);
      EXPECT_GT(own, 0.0);
      for (std::size_t f = 0; f < edges.size(); ++f)
        if (f != e) {
          EXPECT_GT(gap_to_line(edges[f], edges[e].label), own);
        }
    }
  }
}

TEST(DrawFindLayout, ASmallSceneFillsALargeCanvas) {
  Random random(5);
  int filled = 0;
  for (int i = 0; i < 40; ++i) {
    const Scene scene = random_scene(random, random.between(3, 5));
    Style style = style_for(random, i % 2 == 0 ? LayoutEngine::own : LayoutEngine::dot);
    style.width = style.height = 1536;
    const auto found = find_layout(scene, style, random.next());
    ASSERT_TRUE(found.has_value());
    Rect all;
    for (const NodePlace& node : found->layout.nodes) all = united(all, node.box);
    for (const EdgePlace& edge : found->layout.edges) all = united(all, edge.label);
    if (std::max(all.width(), all.height()) > 0.55 * 1536) ++filled;
  }
  EXPECT_GE(filled, 34);
}

TEST(DrawFindLayout, WhatIsTooMuchIsRefusedAndNotEnlarged) {
  Random random(6);
  Scene scene;
  for (int v = 0; v < 14; ++v) scene.nodes.push_back({"Papua New Guinea", {}});
  for (int a = 0; a < 14; ++a)
    for (int b = 0; b < a; b += 2) scene.edges.push_back({a, b, "official language"});
  Style style = style_for(random, LayoutEngine::neato);
  style.width = style.height = 512;
  const auto found = find_layout(scene, style, 1);
  ASSERT_TRUE(found.has_error());
  EXPECT_EQ(found.error().code, ErrorCode::bad_data);
}

TEST(DrawClipChain, CutsWhatLiesWithinTheNodes) {
  const NodePlace from = {Rect::around({0, 0}, {40, 40})};
  const NodePlace to = {Rect::around({300, 0}, {40, 40})};
  const auto chain = clip_chain({Cubic::line({0, 0}, {10, 0}), Cubic::line({10, 0}, {150, 0}),
                                 Cubic::line({150, 0}, {290, 0}), Cubic::line({290, 0}, {300, 0})},
                                from, to, 1.0);
  ASSERT_EQ(chain.size(), 2U);
  EXPECT_NEAR(chain.front().p[0].x, 21.0, 0.01);
  EXPECT_NEAR(chain.back().p[3].x, 279.0, 0.01);
}

TEST(DrawClipChain, NothingIsLeftBetweenNodesThatTouch) {
  const NodePlace from = {Rect::around({0, 0}, {40, 40})};
  EXPECT_TRUE(clip_chain({Cubic::line({0, 0}, {10, 0})}, from, from, 0.0).empty());
}

}  // namespace
}  // namespace stareval::engine
