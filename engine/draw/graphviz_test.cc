// Graphviz in process: small graphs with known ranks, labels apart, independence of what was laid
// out before, and silence.
#include "engine/draw/graphviz.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <thread>

#include "libstareval/base/random.h"

namespace stareval::engine {
namespace {

LayoutInput graph(int nodes, std::vector<Link> links) {
  LayoutInput input;
  input.canvas = {1024, 768};
  input.nodes.assign(static_cast<std::size_t>(nodes), {90, 60});
  input.links = std::move(links);
  return input;
}

LayoutInput random_graph(std::uint64_t seed) {
  Random random(seed);
  const int nodes = random.between(3, 9);
  LayoutInput input = graph(nodes, {});
  for (int v = 1; v < nodes; ++v)
    input.links.push_back(
        {v, static_cast<int>(random.below(static_cast<std::size_t>(v))), {60, 22}});
  for (int i = 0; i < 4; ++i)
    input.links.push_back({random.between(0, nodes - 1), random.between(0, nodes - 1), {80, 22}});
  return input;
}

TEST(DrawGraphviz, DotLaysRanksInEachDirection) {
  LayoutInput input = graph(3, {{0, 1, {60, 22}}, {1, 2, {60, 22}}});
  const auto step = [&](Direction direction) {
    input.direction = direction;
    const auto layout = graphviz_dot(input).value();
    return layout.nodes[2] - layout.nodes[0];
  };
  EXPECT_GT(step(Direction::down).y, 200.0);
  EXPECT_LT(step(Direction::up).y, -200.0);
  EXPECT_GT(step(Direction::right).x, 200.0);
  EXPECT_LT(step(Direction::left).x, -200.0);
  EXPECT_NEAR(step(Direction::down).x, 0.0, 1.0);
}

TEST(DrawGraphviz, DotRoutesFromTheFirstNodeToTheSecondEvenInACycle) {
  for (const LabelPlace place : {LabelPlace::on_line, LabelPlace::beside}) {
    LayoutInput input =
        graph(3, {{0, 1, {60, 22}}, {1, 2, {60, 22}}, {2, 0, {60, 22}}, {1, 0, {60, 22}}});
    input.label_place = place;
    const auto layout = graphviz_dot(input).value();
    for (std::size_t e = 0; e < input.links.size(); ++e) {
      const auto& path = layout.routes[e].path;
      ASSERT_FALSE(path.empty());
      const auto from = static_cast<std::size_t>(input.links[e].from);
      const auto to = static_cast<std::size_t>(input.links[e].to);
      EXPECT_LT(length(path.front().p[0] - layout.nodes[from]), 1.5) << e;
      EXPECT_LT(length(path.back().p[3] - layout.nodes[to]), 1.5) << e;
      for (std::size_t i = 1; i < path.size(); ++i)
        EXPECT_LT(length(path[i].p[0] - path[i - 1].p[3]), 0.01) << e;
    }
  }
}

TEST(DrawGraphviz, ALabelIsAStopOnItsLineOrStandsBesideIt) {
  LayoutInput input = graph(2, {{0, 1, {60, 22}}});
  const auto distance = [&] {
    const auto route = graphviz_dot(input).value().routes[0];
    double least = 1e9;
    for (const Cubic& piece : route.path)
      for (int i = 0; i <= 50; ++i)
        least = std::min(least, length(piece.at(i / 50.0) - route.label));
    return least;
  };
  EXPECT_LT(distance(), 2.0);
  input.label_place = LabelPlace::beside;
  EXPECT_GT(distance(), 28.0);  // half of the label's width, at least
}

TEST(DrawGraphviz, DotKeepsNodesAndLabelsApart) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const LayoutInput input = random_graph(seed);
    const auto layout = graphviz_dot(input).value();
    std::vector<Rect> boxes;
    for (std::size_t v = 0; v < layout.nodes.size(); ++v)
      boxes.push_back(Rect::around(layout.nodes[v], input.nodes[v]));
    for (std::size_t e = 0; e < input.links.size(); ++e)
      if (!layout.routes[e].path.empty())
        boxes.push_back(Rect::around(layout.routes[e].label, input.links[e].label));
    for (std::size_t a = 0; a < boxes.size(); ++a)
      for (std::size_t b = a + 1; b < boxes.size(); ++b)
        EXPECT_FALSE(overlap(boxes[a], boxes[b])) << seed << ": " << a << ", " << b;
  }
}

TEST(DrawGraphviz, DotLeavesSelfLoopsToTheCaller) {
  const auto layout = graphviz_dot(graph(2, {{0, 0, {60, 22}}, {0, 1, {}}})).value();
  EXPECT_TRUE(layout.routes[0].path.empty());
  EXPECT_FALSE(layout.routes[1].path.empty());
}

TEST(DrawGraphviz, SeedsTurnNeatoOnly) {
  const LayoutInput input = random_graph(3);
  const auto neato = [&](std::uint64_t seed) {
    return graphviz_nodes(input, LayoutEngine::neato, seed).value().nodes;
  };
  EXPECT_EQ(neato(5), neato(5));
  EXPECT_NE(neato(5), neato(6));
}

std::vector<Point> positions(std::size_t job) {
  const LayoutInput input = random_graph(job);
  if (job % 3 == 0) return graphviz_dot(input).value().nodes;
  const auto engine = job % 3 == 1 ? LayoutEngine::neato : LayoutEngine::circo;
  return graphviz_nodes(input, engine, job).value().nodes;
}

// Graphviz keeps some state in the process; none of it may reach the next layout.
TEST(DrawGraphviz, OrderAndThreadsMakeNoDifference) {
  constexpr std::size_t kJobs = 60;
  std::vector<std::vector<Point>> forth(kJobs);
  for (std::size_t i = 0; i < kJobs; ++i) forth[i] = positions(i);
  for (std::size_t i = kJobs; i-- > 0;) EXPECT_EQ(positions(i), forth[i]) << i;
  std::vector<std::vector<Point>> together(kJobs);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 3; ++t)
    threads.emplace_back([&, t] {
      for (std::size_t i = t; i < kJobs; i += 3) together[i] = positions(i);
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(together, forth);
}

TEST(DrawGraphviz, WritesNothingToTheTerminal) {
  ::testing::internal::CaptureStderr();
  ::testing::internal::CaptureStdout();
  // A node that no size attribute can hold, and a graph in pieces.
  LayoutInput input = graph(6, {{0, 1, {900, 700}}, {2, 2, {60, 22}}});
  input.nodes[3] = {0.0, 0.0};
  EXPECT_TRUE(graphviz_dot(input).has_value());
  for (const LayoutEngine engine : {LayoutEngine::neato, LayoutEngine::circo})
    EXPECT_TRUE(graphviz_nodes(input, engine, 1).has_value());
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
  EXPECT_EQ(::testing::internal::GetCapturedStdout(), "");
}

}  // namespace
}  // namespace stareval::engine
