// The check: one planted defect of each kind, built by hand, and clean layouts beside them.
#include "engine/draw/check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace stareval::engine {
namespace {

constexpr Size kNode = {80, 40};

EdgePlace edge(int from, int to, Point a, Point b, Size label = {60, 20}) {
  return {from, to, Cubic::line(a, b), Rect::around(lerp(a, b, 0.5), label)};
}

// Four nodes in the corners; edges along the top and along the bottom.
Layout clean() {
  Layout layout;
  layout.width = 800;
  layout.height = 600;
  for (const Point p : {Point{100, 100}, Point{700, 100}, Point{100, 500}, Point{700, 500}})
    layout.nodes.push_back({Rect::around(p, kNode)});
  layout.edges = {edge(0, 1, {140, 100}, {660, 100}), edge(2, 3, {140, 500}, {660, 500})};
  return layout;
}

void expect_only(const Layout& layout, DefectKind kind, int first, int second) {
  const auto defects = find_defects(layout);
  ASSERT_FALSE(defects.empty());
  EXPECT_EQ(defects.front().kind, kind) << to_string(defects.front());
  EXPECT_EQ(defects.front().first, first);
  EXPECT_EQ(defects.front().second, second);
  for (const Defect& defect : defects) EXPECT_EQ(defect.kind, kind) << to_string(defect);
}

TEST(DrawCheck, ACleanLayoutHasNoDefects) {
  EXPECT_TRUE(find_defects(clean()).empty());
  EXPECT_TRUE(find_defects(Layout{}).empty());
}

TEST(DrawCheck, NodeOffCanvas) {
  Layout layout = clean();
  layout.nodes.push_back({Rect::around({400, 10}, kNode)});
  expect_only(layout, DefectKind::node_off_canvas, 4, -1);
}

TEST(DrawCheck, NodeOnNode) {
  Layout layout = clean();
  layout.nodes.push_back({Rect::around({170, 140}, kNode)});
  layout.edges.clear();
  expect_only(layout, DefectKind::node_on_node, 0, 4);
}

TEST(DrawCheck, LabelOffCanvas) {
  Layout layout = clean();
  layout.nodes[0].box = Rect::around({100, 20}, kNode);
  layout.nodes[1].box = Rect::around({700, 20}, kNode);
  layout.edges[0] = edge(0, 1, {140, 20}, {660, 20}, {60, 48});
  expect_only(layout, DefectKind::label_off_canvas, 0, -1);
}

TEST(DrawCheck, LabelOnForeignNode) {
  Layout layout = clean();
  layout.nodes.push_back({Rect::around({400, 135}, kNode)});
  layout.edges[0].label = Rect::around({400, 108}, {60, 20});
  expect_only(layout, DefectKind::label_on_node, 0, 4);
}

TEST(DrawCheck, LabelOnItsOwnNode) {
  Layout layout = clean();
  layout.edges[0].label = Rect::around({160, 100}, {60, 20});
  const auto defects = find_defects(layout);
  ASSERT_FALSE(defects.empty());
  EXPECT_EQ(defects.front().kind, DefectKind::label_on_node);
  EXPECT_EQ(defects.front().second, 0);
}

TEST(DrawCheck, LabelOnLabel) {
  Layout layout = clean();
  layout.edges[0].label = Rect::around({400, 300}, {60, 20});
  layout.edges[1].label = Rect::around({440, 310}, {60, 20});
  const auto defects = find_defects(layout);
  ASSERT_FALSE(defects.empty());
  EXPECT_EQ(defects.front().kind, DefectKind::label_on_label);
}

TEST(DrawCheck, EdgeOffCanvas) {
  Layout layout = clean();
  layout.edges[0].path = Cubic::quadratic({140, 100}, {400, -300}, {660, 100});
  layout.edges[0].label = Rect::around({200, 20}, {30, 20});
  const auto defects = find_defects(layout);
  EXPECT_TRUE(std::any_of(defects.begin(), defects.end(), [](const Defect& d) {
    return d.kind == DefectKind::edge_off_canvas && d.first == 0;
  }));
}

TEST(DrawCheck, EdgeThroughForeignNode) {
  Layout layout = clean();
  layout.nodes.push_back({Rect::around({550, 100}, {30, 30})});
  expect_only(layout, DefectKind::edge_through_node, 0, 4);
}

TEST(DrawCheck, ACurveThroughANodeIsSeen) {
  Layout layout = clean();
  layout.nodes.push_back({Rect::around({400, 300}, {20, 20})});
  layout.edges[0].path = Cubic::quadratic({140, 100}, {400, 500}, {660, 100});
  layout.edges[0].label = Rect::around({270, 230}, {60, 20});
  expect_only(layout, DefectKind::edge_through_node, 0, 4);
}

TEST(DrawCheck, EdgeThroughForeignLabel) {
  Layout layout = clean();
  layout.edges.push_back(edge(0, 2, {100, 120}, {100, 480}));
  layout.edges[1].label = Rect::around({100, 400}, {60, 20});
  const auto defects = find_defects(layout);
  ASSERT_FALSE(defects.empty());
  EXPECT_TRUE(std::any_of(defects.begin(), defects.end(), [](const Defect& d) {
    return d.kind == DefectKind::edge_through_label && d.first == 2 && d.second == 1;
  }));
}

TEST(DrawCheck, MergedEdges) {
  Layout layout = clean();
  layout.edges.push_back(edge(0, 3, {140, 102}, {660, 485}));
  EXPECT_TRUE(find_defects(layout).empty());
  layout.edges.back().path.p = {Point{140, 103}, {300, 103}, {500, 103}, {660, 485}};
  layout.edges.back().label = Rect::around({580, 250}, {40, 20});
  const auto defects = find_defects(layout);
  EXPECT_TRUE(std::any_of(defects.begin(), defects.end(),
                          [](const Defect& d) { return d.kind == DefectKind::edge_merged; }));
}

TEST(DrawCheck, EdgeHiddenByItsLabel) {
  Layout layout = clean();
  layout.nodes.push_back({Rect::around({250, 250}, kNode)});
  layout.nodes.push_back({Rect::around({400, 250}, kNode)});
  layout.edges.push_back(edge(4, 5, {290, 250}, {360, 250}));
  expect_only(layout, DefectKind::edge_hidden, 2, -1);
}

TEST(DrawCheck, AShortEdgeWithoutLabelMustShowItsHead) {
  Layout layout = clean();
  layout.edges.push_back(edge(0, 1, {300, 300}, {310, 300}, {}));
  expect_only(layout, DefectKind::edge_hidden, 2, -1);
  layout.edges.back() = edge(0, 1, {300, 300}, {340, 300}, {});
  EXPECT_TRUE(find_defects(layout).empty());
}

TEST(DrawCheck, TipsOnOneAnother) {
  Layout layout = clean();
  layout.edges.push_back(edge(2, 1, {120, 480}, {660, 103}));
  expect_only(layout, DefectKind::tip_hidden, 0, 2);
}

TEST(DrawCheck, TipUnderAForeignLabel) {
  Layout layout = clean();
  layout.edges[1].label = Rect::around({620, 108}, {76, 20});
  const auto defects = find_defects(layout);
  EXPECT_TRUE(std::any_of(defects.begin(), defects.end(), [](const Defect& d) {
    return d.kind == DefectKind::tip_hidden && d.first == 0 && d.second == 1;
  }));
}

TEST(DrawCheck, ALabelAwayFromItsLine) {
  Layout layout = clean();
  layout.edges[0].label = Rect::around({400, 130}, {60, 20});
  const auto defects = find_defects(layout);
  ASSERT_FALSE(defects.empty());
  EXPECT_EQ(defects.front().kind, DefectKind::label_strays);
  EXPECT_EQ(defects.front().first, 0);
}

TEST(DrawCheck, ALabelBesideItsLineMustNotLieOnIt) {
  Layout layout = clean();
  layout.label_place = LabelPlace::beside;
  layout.edges[0].label = Rect::around({400, 115}, {60, 20});
  layout.edges[1].label = Rect::around({400, 485}, {60, 20});
  EXPECT_TRUE(find_defects(layout).empty());
  layout.edges[0].label = Rect::around({400, 108}, {60, 20});
  expect_only(layout, DefectKind::edge_through_label, 0, 0);
  layout.edges[0].label = Rect::around({400, 140}, {60, 20});
  expect_only(layout, DefectKind::label_strays, 0, -1);
}

TEST(DrawCheck, ALabelBesideMustBeNearestToItsOwnLine) {
  Layout layout = clean();
  layout.label_place = LabelPlace::beside;
  layout.edges[0].label = Rect::around({400, 116}, {60, 20});
  layout.edges[1].label = Rect::around({400, 484}, {60, 20});
  layout.edges.push_back(edge(2, 1, {140, 480}, {680, 120}, {}));
  EXPECT_TRUE(find_defects(layout).empty());
  layout.edges.back() = edge(2, 1, {400, 133}, {690, 133}, {});
  expect_only(layout, DefectKind::label_strays, 0, 2);
}

TEST(DrawCheck, TheCurvesBeforeTheLastOneCount) {
  Layout layout = clean();
  layout.nodes.push_back({Rect::around({300, 300}, kNode)});
  EdgePlace& edge = layout.edges[0];
  edge.lead = {Cubic::line({140, 110}, {300, 300})};
  edge.path = Cubic::line({300, 300}, {660, 110});
  edge.label = Rect::around({480, 205}, {60, 20});
  expect_only(layout, DefectKind::edge_through_node, 0, 4);
}

TEST(DrawCheck, EveryKindHasAMessageOfItsOwn) {
  std::set<std::string> messages;
  for (int kind = 0; kind <= static_cast<int>(DefectKind::tip_hidden); ++kind)
    messages.insert(to_string({static_cast<DefectKind>(kind), 3, 7}));
  EXPECT_EQ(messages.size(), 12U);
  EXPECT_EQ(messages.count("unknown defect"), 0U);
}

}  // namespace
}  // namespace stareval::engine
