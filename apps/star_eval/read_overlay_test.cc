// What is drawn of a read graph, and said of it in a line: cases by hand.
#include "apps/star_eval/read_overlay.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace stareval::app {
namespace {

using engine::LegendEntry;
using engine::Mark;
using engine::MarkSign;
using reader::Box;
using reader::ReadEdge;
using reader::ReadGraph;
using reader::ReadNode;

ReadNode node(const std::string& name, double name_confidence = 1.0, double confidence = 1.0) {
  return {{10, 20, 90, 60}, name, name_confidence, std::nullopt, confidence};
}

ReadEdge edge(int from, int to, const std::string& label = "capital", double confidence = 1.0) {
  return {from, to, label, 1.0, {100, 30, 150, 50}, {{90, 40}, {200, 40.5}}, confidence};
}

Mark mark_of(const ReadNode& of) {
  ReadGraph graph;
  graph.nodes.push_back(of);
  return overlay_marks(graph).at(0);
}

Mark mark_of(const ReadEdge& of) {
  ReadGraph graph;
  graph.nodes = {node("a"), node("b")};
  graph.edges.push_back(of);
  return overlay_marks(graph).at(2);
}

TEST(ReadOverlay, a_node_is_a_box_with_its_name) {
  ReadNode paris = node("Paris");
  paris.picture = Box{12, 22, 30, 40};
  const Mark mark = mark_of(paris);
  EXPECT_EQ(mark.box, (engine::Rect{10, 20, 90, 60}));
  EXPECT_EQ(mark.inner, (engine::Rect{12, 22, 30, 40}));
  EXPECT_EQ(mark.caption, "Paris");
  EXPECT_EQ(mark.note, "");
  EXPECT_TRUE(mark.path.empty());
  EXPECT_FALSE(mark.framed);
  EXPECT_FALSE(mark.dashed);
  EXPECT_TRUE(mark_of(node("Rome")).inner.empty());
}

TEST(ReadOverlay, an_edge_is_a_box_and_a_path) {
  const Mark mark = mark_of(edge(0, 1));
  EXPECT_EQ(mark.box, (engine::Rect{100, 30, 150, 50}));
  EXPECT_EQ(mark.path, (std::vector<engine::Point>{{90, 40}, {200, 40.5}}));
  EXPECT_EQ(mark.caption, "capital");
  EXPECT_TRUE(mark.framed);
  EXPECT_EQ(mark.note, "");
  EXPECT_FALSE(mark.dashed);
}

TEST(ReadOverlay, what_could_not_be_read_is_a_question_mark) {
  EXPECT_EQ(mark_of(node("", 0.0)).caption, "?");
  EXPECT_EQ(mark_of(node("", 0.0)).note, "");
  EXPECT_EQ(mark_of(edge(0, 1, "")).caption, "?");
}

TEST(ReadOverlay, the_confidence_of_letters_stands_there_below_ninety_percent) {
  EXPECT_EQ(mark_of(node("Paris", 0.9)).note, "");
  EXPECT_EQ(mark_of(node("Paris", 0.899)).note, "89%");  // never looks surer than it is
  EXPECT_EQ(mark_of(node("Paris", 0.0)).note, "0%");
  EXPECT_EQ(mark_of(node("Paris", -3.0)).note, "0%");
}

TEST(ReadOverlay, what_is_unsure_is_dashed) {
  EXPECT_TRUE(mark_of(node("Paris", 1.0, 0.49)).dashed);
  EXPECT_FALSE(mark_of(node("Paris", 1.0, 0.5)).dashed);
  EXPECT_TRUE(mark_of(edge(0, 1, "capital", 0.2)).dashed);
}

TEST(ReadOverlay, an_end_that_was_not_found_is_said) {
  EXPECT_EQ(mark_of(edge(-1, 1)).note, "from ?");
  EXPECT_EQ(mark_of(edge(0, -1)).note, "to ?");
  ReadEdge lost = edge(-1, -1);
  lost.label_confidence = 0.5;
  EXPECT_EQ(mark_of(lost).note, "50%, from ? to ?");
  EXPECT_TRUE(mark_of(lost).dashed);
}

TEST(ReadOverlay, edges_of_one_node_differ_in_colour_and_from_nodes) {
  ReadGraph graph;
  for (int i = 0; i < 6; ++i) graph.nodes.push_back(node("n"));
  for (int i = 1; i < 6; ++i) graph.edges.push_back(edge(0, i));
  graph.edges.push_back(edge(2, 3));
  const std::vector<Mark> marks = overlay_marks(graph);
  std::set<std::size_t> hues;
  for (std::size_t i = 6; i < 11; ++i) hues.insert(marks[i].hue);
  EXPECT_EQ(hues.size(), 5U);
  EXPECT_FALSE(hues.contains(marks[0].hue));
  EXPECT_NE(marks[11].hue, marks[7].hue);
  EXPECT_NE(marks[11].hue, marks[8].hue);
}

TEST(ReadOverlay, edges_without_ends_have_no_node_in_common) {
  ReadGraph graph;
  for (int i = 0; i < 12; ++i) graph.edges.push_back(edge(-1, -1));
  for (const Mark& mark : overlay_marks(graph)) {
    EXPECT_GE(mark.hue, 1U);
    EXPECT_LT(mark.hue, engine::kMarkHues);
  }
}

std::vector<MarkSign> signs_of(const ReadGraph& graph) {
  std::vector<MarkSign> signs;
  for (const LegendEntry& entry : overlay_legend(graph)) signs.push_back(entry.sign);
  return signs;
}

TEST(ReadOverlay, the_legend_says_only_what_occurs) {
  ReadGraph graph;
  EXPECT_TRUE(overlay_legend(graph).empty());
  graph.nodes.push_back(node("Paris"));
  EXPECT_EQ(signs_of(graph), std::vector{MarkSign::box});
  graph.edges.push_back(edge(0, 0));
  EXPECT_EQ(signs_of(graph), (std::vector{MarkSign::box, MarkSign::path}));
  graph.nodes[0].picture = Box{12, 22, 30, 40};
  graph.edges[0].to = -1;
  graph.edges[0].label_confidence = 0.3;
  EXPECT_EQ(signs_of(graph), (std::vector{MarkSign::box, MarkSign::inner, MarkSign::path,
                                          MarkSign::dashed, MarkSign::none}));
}

TEST(ReadOverlay, the_summary_counts) {
  ReadGraph graph;
  EXPECT_EQ(read_summary(graph), "0 nodes, 0 edges");
  graph.nodes = {node("Paris"), node("France")};
  graph.edges = {edge(0, 1)};
  EXPECT_EQ(read_summary(graph), "2 nodes, 1 edge");
  graph.nodes[1].picture = Box{12, 22, 30, 40};
  graph.edges.push_back(edge(0, -1));
  EXPECT_EQ(read_summary(graph), "2 nodes, 1 with a picture, 2 edges, 1 of them without both ends");
}

}  // namespace
}  // namespace stareval::app
