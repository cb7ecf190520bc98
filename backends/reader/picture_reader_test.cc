// Whole drawings, from the bytes of a PNG to the graph: by hand. Names are read by Tesseract.
#include "backends/reader/picture_reader.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <thread>
#include <vector>

#include "backends/reader/test_drawing_internal.h"
#include "tests/support/errors.h"

namespace stareval::reader {
namespace {

using namespace testing;
using stareval::testing::error_code;

constexpr double kLetters = 0.8;  // 17 pixels high capitals: no test of small letters

struct Edge {
  const char* from;
  const char* label;
  const char* to;
};

const std::array<Edge, 3> kEdges{{{"Iceland", "member of", "Europe"},
                                  {"Reykjavik", "capital of", "Iceland"},
                                  {"Reykjavik", "largest town", "Europe"}}};

void put_label(cv::Mat& onto, const std::string& text, cv::Point centre) {
  const cv::Size size = cv::getTextSize(text, cv::FONT_HERSHEY_COMPLEX, kLetters, 1, nullptr);
  cv::rectangle(onto, around(centre, size.width + 12, size.height + 16), kWhite, cv::FILLED);
  draw_text(onto, text, centre, kBlack, kLetters);
}

// Three nodes and kEdges; one node shows a picture. Lines end at the borders of the nodes.
cv::Mat drawing() {
  cv::Mat picture = paper(900, 640);
  const auto node = [&](const cv::Rect& box, const std::string& name, int down) {
    draw_box(picture, box, kPaleBlue);
    draw_text(picture, name, middle_of(box) + cv::Point(0, down), kBlack, kLetters);
  };
  node({60, 60, 180, 70}, "Iceland", 0);
  node({660, 60, 180, 70}, "Europe", 0);
  node({340, 450, 220, 140}, "Reykjavik", 45);
  cv::circle(picture, {450, 495}, 35, cv::Scalar(60, 150, 40), cv::FILLED, cv::LINE_AA);
  draw_arrow(picture, {242, 95}, {658, 95});
  draw_arrow(picture, {400, 448}, {170, 132});
  draw_arrow(picture, {500, 448}, {730, 132});
  put_label(picture, "member of", {450, 95});
  put_label(picture, "capital of", {285, 290});
  put_label(picture, "largest town", {615, 290});
  return picture;
}

PictureReader reader() { return PictureReader::make().value(); }

const ReadNode* node_named(const ReadGraph& graph, const std::string& name) {
  for (const ReadNode& node : graph.nodes)
    if (node.name == name) return &node;
  return nullptr;
}

std::string facts_of(const ReadGraph& graph) {
  std::vector<std::string> lines;
  const auto name = [&](int node) {
    return node < 0 ? std::string("?") : graph.nodes[static_cast<std::size_t>(node)].name;
  };
  for (const ReadEdge& edge : graph.edges)
    lines.push_back(name(edge.from) + " | " + edge.label + " | " + name(edge.to) + "\n");
  std::sort(lines.begin(), lines.end());
  std::string all;
  for (const std::string& line : lines) all += line;
  return all;
}

std::string expected_facts() {
  std::string all;
  for (const Edge& edge : kEdges)
    all += std::string(edge.from) + " | " + edge.label + " | " + edge.to + "\n";
  return all;
}

TEST(ReaderPicture, GivesNamesEdgesAndDirections) {
  const ReadGraph graph = reader().read(png_of(drawing())).value();
  EXPECT_EQ(graph.width, 900);
  EXPECT_EQ(graph.height, 640);
  EXPECT_EQ(graph.nodes.size(), 3U);
  EXPECT_EQ(facts_of(graph), expected_facts());
}

TEST(ReaderPicture, SaysWhereThingsAre) {
  const ReadGraph graph = reader().read(png_of(drawing())).value();
  const ReadNode* town = node_named(graph, "Reykjavik");
  ASSERT_NE(town, nullptr);
  EXPECT_NEAR(town->box.left, 340, 3);
  EXPECT_NEAR(town->box.bottom, 590, 3);
  ASSERT_TRUE(town->picture);
  EXPECT_NEAR(town->picture->left, 415, 3);
  EXPECT_NEAR(town->picture->right, 486, 3);
  ASSERT_NE(node_named(graph, "Iceland"), nullptr);
  EXPECT_FALSE(node_named(graph, "Iceland")->picture);
  for (const ReadEdge& edge : graph.edges) {
    if (edge.label != "member of") continue;
    EXPECT_NEAR((edge.label_box.left + edge.label_box.right) / 2, 450, 4);
    ASSERT_GE(edge.path.size(), 2U);
    EXPECT_NEAR(edge.path.front().x, 242, 8);
    EXPECT_NEAR(edge.path.back().x, 658, 8);
  }
}

TEST(ReaderPicture, IsReadTheSameAgainAndAfterAnother) {
  PictureReader one = reader();
  const std::string bytes = png_of(drawing());
  const std::string first = to_canonical_json(to_json_object(one.read(bytes).value()));
  EXPECT_EQ(to_canonical_json(to_json_object(one.read(bytes).value())), first);
  cv::Mat other = paper(400, 300, cv::Scalar(60, 50, 40));
  draw_text(other, "Atlantis", {200, 150}, kWhite, 1.2);
  draw_node(other, {20, 20, 120, 50}, "Mu");
  ASSERT_TRUE(one.read(png_of(other)).has_value());
  EXPECT_EQ(to_canonical_json(to_json_object(one.read(bytes).value())), first);
}

TEST(ReaderPicture, ReadersMayBeMadeOnManyThreadsAtOnce) {
  std::vector<std::thread> threads;
  std::atomic<int> made = 0;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&made] { made += PictureReader::make().has_value() ? 1 : 0; });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(made, 8);
}

TEST(ReaderPicture, OnADarkGroundIsTheSame) {
  cv::Mat inverse;
  cv::bitwise_not(drawing(), inverse);
  EXPECT_EQ(facts_of(reader().read(png_of(inverse)).value()), expected_facts());
}

TEST(ReaderPicture, OfNothingIsAnEmptyGraph) {
  const ReadGraph graph = reader().read(png_of(paper(640, 480))).value();
  EXPECT_EQ(graph.width, 640);
  EXPECT_TRUE(graph.nodes.empty());
  EXPECT_TRUE(graph.edges.empty());
}

TEST(ReaderPicture, ThatIsNoneIsRefused) {
  EXPECT_EQ(error_code(reader().read("no picture")), ErrorCode::bad_data);
}

}  // namespace
}  // namespace stareval::reader
