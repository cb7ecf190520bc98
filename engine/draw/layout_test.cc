// Layout: properties over random graphs, and small cases. Sizes are made up here; no text is set.
#include "engine/draw/layout.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/draw/layout_cost_internal.h"
#include "engine/draw/layout_routing_internal.h"
#include "engine/draw/layout_search_internal.h"
#include "engine/draw/layout_start_internal.h"

namespace stareval::engine {
namespace {

constexpr std::array<Arrangement, 4> kArrangements = {Arrangement::force, Arrangement::circle,
                                                      Arrangement::grid, Arrangement::random};

LayoutInput graph(int nodes, std::vector<Link> links) {
  LayoutInput input;
  input.canvas = {1024, 768};
  input.nodes.assign(static_cast<std::size_t>(nodes), {90, 60});
  input.links = std::move(links);
  return input;
}

LayoutInput random_graph(Random& random, int nodes) {
  LayoutInput input = graph(nodes, {});
  for (Size& size : input.nodes)
    size = {static_cast<double>(2 * random.between(25, 80)), 2.0 * random.between(15, 45)};
  for (int v = 1; v < nodes; ++v)
    input.links.push_back({v,
                           static_cast<int>(random.below(static_cast<std::size_t>(v))),
                           {2.0 * random.between(15, 60), 22}});
  const auto any = [&] { return static_cast<int>(random.below(input.nodes.size())); };
  for (int i = 0; i < nodes / 3; ++i) {
    const int from = any();
    input.links.push_back({from, any(), {60, 22}});
  }
  input.arrangement = random.pick(kArrangements);
  return input;
}

Rect content(const Layout& layout) {
  Rect all;
  for (const NodePlace& node : layout.nodes) all = united(all, node.box);
  for (const EdgePlace& edge : layout.edges) all = united(all, edge.label);
  return all;
}

Layout lay(const LayoutInput& input, std::uint64_t seed = 1) {
  Random random(seed);
  return lay_out(input, random);
}

TEST(DrawLayout, OneNodeStandsInTheMiddle) {
  const Layout layout = lay(graph(1, {}));
  EXPECT_EQ(layout.nodes[0].box.centre(), (Point{512, 384}));
  EXPECT_TRUE(layout.edges.empty());
}

TEST(DrawLayout, SameSeedSameLayoutAndOtherSeedOther) {
  Random random(3);
  const LayoutInput input = random_graph(random, 8);
  EXPECT_EQ(lay(input, 5), lay(input, 5));
  EXPECT_NE(lay(input, 5), lay(input, 6));
}

TEST(DrawLayout, BoxesKeepTheirSizesAndStandOnWholePixels) {
  Random random(4);
  const LayoutInput input = random_graph(random, 9);
  const Layout layout = lay(input);
  for (std::size_t v = 0; v < input.nodes.size(); ++v) {
    const Rect& box = layout.nodes[v].box;
    EXPECT_EQ((Size{box.width(), box.height()}), input.nodes[v]);
    EXPECT_EQ(box.left, std::round(box.left));
    EXPECT_EQ(box.top, std::round(box.top));
  }
}

TEST(DrawLayout, ContentIsCentredAndFillsTheCanvas) {
  Random random(5);
  int wide = 0;
  for (int i = 0; i < 40; ++i) {
    LayoutInput input = random_graph(random, 7);
    input.arrangement = Arrangement::force;
    const Layout layout = lay(input, static_cast<std::uint64_t>(i));
    const Rect all = content(layout);
    EXPECT_NEAR(all.centre().x, 512.0, 60.0);
    EXPECT_NEAR(all.centre().y, 384.0, 60.0);
    if (all.width() > 0.6 * 1024 || all.height() > 0.6 * 768) ++wide;
  }
  EXPECT_GE(wide, 38);
}

TEST(DrawLayout, TipsTouchTheBorderFromOutside) {
  Random random(6);
  for (int i = 0; i < 40; ++i) {
    const LayoutInput input = random_graph(random, 6);
    const Layout layout = lay(input, static_cast<std::uint64_t>(i));
    for (const EdgePlace& edge : layout.edges) {
      const NodePlace& to = layout.nodes[static_cast<std::size_t>(edge.to)];
      EXPECT_FALSE(inside_outline(to, edge.path.p[3], input.line_px * 0.5 - 0.01));
      EXPECT_TRUE(inside_outline(to, edge.path.p[3], input.line_px * 0.5 + 0.1));
    }
  }
}

TEST(DrawLayout, LabelsLieOnTheirEdge) {
  Random random(7);
  for (int i = 0; i < 40; ++i) {
    const Layout layout = lay(random_graph(random, 7), static_cast<std::uint64_t>(i));
    for (const EdgePlace& edge : layout.edges) {
      double nearest = 1e9;
      for (int k = 0; k <= 100; ++k)
        nearest = std::min(nearest, length(edge.path.at(k / 100.0) - edge.label.centre()));
      EXPECT_LT(nearest, 4.0);
    }
  }
}

TEST(DrawLayout, ParallelsAreDrawnApart) {
  const Layout layout = lay(graph(2, {{0, 1, {60, 22}}, {1, 0, {60, 22}}, {0, 1, {60, 22}}}));
  for (std::size_t a = 0; a < 3; ++a)
    for (std::size_t b = a + 1; b < 3; ++b)
      EXPECT_GT(length(layout.edges[a].path.at(0.5) - layout.edges[b].path.at(0.5)), 20.0);
}

TEST(DrawLayout, ASelfLoopLeavesAndEntersItsNode) {
  const Layout layout = lay(graph(2, {{0, 0, {60, 22}}, {0, 1, {60, 22}}}));
  const EdgePlace& loop = layout.edges[0];
  const NodePlace& node = layout.nodes[0];
  EXPECT_TRUE(inside_outline(node, loop.path.p[0], 1.5));
  EXPECT_TRUE(inside_outline(node, loop.path.p[3], 1.5));
  EXPECT_GT(length(loop.path.p[0] - loop.path.p[3]), 10.0);
  EXPECT_FALSE(overlap(loop.label, node.box));
}

TEST(DrawLayout, AnEdgeWithoutLabelHasAnEmptyBox) {
  const Layout layout = lay(graph(2, {{0, 1, {}}}));
  EXPECT_TRUE(layout.edges[0].label.empty());
}

TEST(DrawLayout, ATinyCanvasDoesNotCrash) {
  LayoutInput input = graph(5, {{0, 1, {60, 22}}, {1, 2, {60, 22}}, {3, 3, {60, 22}}});
  input.canvas = {40, 30};
  for (const Arrangement arrangement : kArrangements) {
    input.arrangement = arrangement;
    EXPECT_EQ(lay(input).nodes.size(), 5U);
  }
}

TEST(DrawLayoutStart, EveryArrangementStaysOnTheCanvas) {
  Random random(8);
  for (const Arrangement arrangement : kArrangements)
    for (int nodes = 1; nodes <= 15; ++nodes) {
      LayoutInput input = random_graph(random, nodes);
      input.arrangement = arrangement;
      const Start start = arrange(input, random);
      ASSERT_EQ(start.centres.size(), static_cast<std::size_t>(nodes));
      for (const Point p : start.centres) {
        EXPECT_TRUE(p.x >= 0 && p.x <= 1024 && p.y >= 0 && p.y <= 768) << p.x << "," << p.y;
      }
    }
}

TEST(DrawLayoutStart, ForceSpreadsAnEvenPath) {
  Random random(9);
  const LayoutInput input = graph(3, {{0, 1, {60, 22}}, {1, 2, {60, 22}}});
  const Start start = arrange(input, random);
  const double near = stretched_distance(input.canvas, start.centres[0], start.centres[1]);
  const double far = stretched_distance(input.canvas, start.centres[0], start.centres[2]);
  EXPECT_NEAR(far / near, 2.0, 0.1);
}

TEST(DrawLayoutRouting, FansCountBothDirections) {
  const auto fans = fans_of({{0, 1, {}}, {1, 0, {}}, {1, 2, {}}, {0, 1, {}}});
  EXPECT_EQ(fans[0].count, 3);
  EXPECT_EQ(fans[2].count, 1);
  EXPECT_EQ(fans[0].rank, -1.0);
  EXPECT_EQ(fans[1].rank, 0.0);
  EXPECT_EQ(fans[3].rank, 1.0);
}

TEST(DrawLayoutRouting, AStraightLinkRunsFromBorderToBorder) {
  const LayoutInput input = graph(2, {{0, 1, {60, 22}}});
  const std::vector<Point> centres = {{100, 100}, {500, 100}};
  const Route route = route_link(input, input.links[0], {}, {}, centres);
  EXPECT_NEAR(route.path.p[0].x, 145.0, 1e-9);
  EXPECT_NEAR(route.path.p[3].x, 455.0, 1e-9);
  EXPECT_NEAR(route.length, 310.0, 1e-9);
  // The middle of what the head of 12 pixels leaves.
  EXPECT_NEAR(route.label.centre().x, 145.0 + 149.0, 1.0);
}

TEST(DrawLayoutRouting, ABendGoesToTheChosenSide) {
  const LayoutInput input = graph(2, {{0, 1, {60, 22}}});
  const std::vector<Point> centres = {{100, 100}, {500, 100}};
  LinkChoice choice;
  choice.bend = 1;
  EXPECT_GT(route_link(input, input.links[0], {}, choice, centres).path.at(0.5).y, 130.0);
  choice.bend = -1;
  EXPECT_LT(route_link(input, input.links[0], {}, choice, centres).path.at(0.5).y, 70.0);
}

TEST(DrawLayoutRouting, ShiftedEndsOfALineStayWithinTheBox) {
  const LayoutInput input = graph(2, {{0, 1, {60, 22}}});
  const std::vector<Point> centres = {{100, 100}, {500, 100}};
  LinkChoice choice;
  choice.start = 1;
  choice.end = 1;
  const Route route = route_link(input, input.links[0], {}, choice, centres);
  EXPECT_EQ(route.point_count, 2);  // still straight
  EXPECT_NEAR(route.path.p[0].y, 114.0, 1e-9);
  EXPECT_NEAR(route.path.p[0].x, 145.0, 1e-9);
}

TEST(DrawLayoutRouting, CoincidingNodesDoNotCrash) {
  const LayoutInput input = graph(2, {{0, 1, {60, 22}}, {1, 0, {60, 22}}});
  const std::vector<Point> centres = {{100, 100}, {100, 100}};
  const auto fans = fans_of(input.links);
  for (std::size_t e = 0; e < 2; ++e) {
    const Route route = route_link(input, input.links[e], fans[e], {}, centres);
    EXPECT_TRUE(std::isfinite(route.length));
  }
}

// A layout with planted ugliness costs more than the same one without.
double cost_of(const LayoutInput& input, std::vector<Point> centres) {
  Start start;
  start.centres = std::move(centres);
  return LayoutCost(input, start).total();
}

TEST(DrawLayoutCost, SeesPlantedDefects) {
  LayoutInput input = graph(3, {{0, 1, {60, 22}}});
  input.arrangement = Arrangement::random;
  const double fine = cost_of(input, {{200, 200}, {500, 200}, {350, 500}});
  EXPECT_LT(fine, 1.0);
  EXPECT_GT(cost_of(input, {{200, 200}, {500, 200}, {250, 220}}), fine + 6.0);  // node on node
  EXPECT_GT(cost_of(input, {{200, 200}, {500, 200}, {350, 230}}), fine + 6.0);  // node on label
  EXPECT_GT(cost_of(input, {{200, 200}, {300, 200}, {350, 500}}), fine + 1.0);  // short link
}

TEST(DrawLayoutCost, SeesCrossingsAndMergedLinks) {
  LayoutInput input = graph(4, {{0, 1, {}}, {2, 3, {}}});
  input.arrangement = Arrangement::random;
  const double apart = cost_of(input, {{100, 100}, {400, 100}, {100, 400}, {400, 400}});
  const double crossing = cost_of(input, {{100, 100}, {400, 400}, {100, 400}, {400, 100}});
  EXPECT_GT(crossing, apart + 1.0);
  LayoutInput fan = graph(3, {{0, 1, {}}, {0, 2, {}}});
  fan.arrangement = Arrangement::random;
  EXPECT_GT(cost_of(fan, {{100, 300}, {500, 280}, {800, 320}}),
            cost_of(fan, {{100, 300}, {500, 100}, {800, 600}}) + 5.0);
}

// The stored costs of pairs agree with a count from the start, after any moves and undos.
TEST(DrawLayoutCost, ChangesAddUp) {
  Random random(10);
  for (int round = 0; round < 20; ++round) {
    const LayoutInput input = random_graph(random, 7);
    LayoutCost cost(input, arrange(input, random));
    for (int i = 0; i < 60; ++i) {
      const int node = static_cast<int>(random.below(7));
      const int link = static_cast<int>(random.below(input.links.size()));
      switch (random.below(3)) {
        case 0: cost.move_node(node, {random.uniform() * 1024, random.uniform() * 768}); break;
        case 1: cost.swap_nodes(node, (node + 1) % 7); break;
        default:
          cost.choose(link, {random.between(0, 8), random.between(-1, 1), random.between(0, 3),
                             random.between(-1, 1), random.between(-1, 1)});
      }
      random.chance(0.5) ? cost.keep() : cost.undo();
    }
    const double total = cost.total();
    cost.place_all(Placement(cost.placement()));
    EXPECT_NEAR(total, cost.total(), 1e-6);
  }
}

TEST(DrawLayoutCost, UndoRestoresEverything) {
  Random random(11);
  const LayoutInput input = random_graph(random, 6);
  LayoutCost cost(input, arrange(input, random));
  const auto centres = cost.placement().centres;
  const double total = cost.total();
  cost.swap_nodes(0, 3);
  cost.move_node(0, {10, 10});
  cost.choose(1, {4, 1, 2, 0, 0});
  cost.undo();
  EXPECT_EQ(cost.placement().centres, centres);
  EXPECT_EQ(cost.total(), total);
  EXPECT_EQ(cost.placement().choices[1].place, 0);
}

TEST(DrawLayoutSearch, NeverEndsWorseThanItBegan) {
  Random random(12);
  for (int i = 0; i < 20; ++i) {
    const LayoutInput input = random_graph(random, 8);
    LayoutCost cost(input, arrange(input, random));
    const double before = cost.total();
    search(cost, input, {200, 3.0, 1.0, 200.0}, random);
    const double after = cost.total();
    EXPECT_LE(after, before + 1e-6);
    settle_links(cost, input);
    EXPECT_LE(cost.total(), after + 1e-6);
  }
}

}  // namespace
}  // namespace stareval::engine
