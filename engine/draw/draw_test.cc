// The whole way from a scene to a PNG: determinism, threads, defects over random scenes, refusals.
#include "engine/draw/draw.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <thread>

#include "engine/draw/check.h"
#include "engine/draw/find_layout.h"
#include "engine/draw/render.h"
#include "engine/draw/test_scenes_internal.h"

namespace stareval::engine {
namespace {

using draw_testing::flags;
using draw_testing::random_scene;
using draw_testing::read_png;

struct Job {
  Scene scene;
  Style style;
  std::uint64_t seed = 0;
};

std::vector<Job> random_jobs(std::uint64_t seed, int count, int least_nodes, int most_nodes) {
  Random random(seed);
  std::vector<Job> jobs;
  for (int i = 0; i < count; ++i) {
    const int nodes = random.between(least_nodes, most_nodes);
    Scene scene = random_scene(random, nodes);
    Style style = sample_style(StyleSet::plain, random);
    jobs.push_back({std::move(scene), std::move(style), random.next()});
  }
  return jobs;
}

std::vector<std::string> draw_all(const std::vector<Job>& jobs, std::size_t thread_count) {
  std::vector<std::string> out(jobs.size());
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < thread_count; ++t)
    threads.emplace_back([&, t] {
      for (std::size_t i = t; i < jobs.size(); i += thread_count)
        out[i] = draw_scene(jobs[i].scene, jobs[i].style, jobs[i].seed).value().png;
    });
  for (std::thread& thread : threads) thread.join();
  return out;
}

TEST(DrawScene, SameSeedSameBytesWithAnyNumberOfThreads) {
  const auto jobs = random_jobs(1, 24, 3, 9);
  const auto one = draw_all(jobs, 1);
  EXPECT_EQ(draw_all(jobs, 1), one);
  EXPECT_EQ(draw_all(jobs, 2), one);
  EXPECT_EQ(draw_all(jobs, 5), one);
}

TEST(DrawScene, SameBytesWithGraphvizInAnyNumberOfThreads) {
  auto jobs = random_jobs(12, 24, 3, 9);
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    jobs[i].style.engine = static_cast<LayoutEngine>(i % 4);
    if (i % 3 == 0) jobs[i].style.label_place = LabelPlace::beside;
  }
  const auto one = draw_all(jobs, 1);
  EXPECT_EQ(draw_all(jobs, 2), one);
  EXPECT_EQ(draw_all(jobs, 5), one);
}

TEST(DrawScene, SaysWhichEngineItUsed) {
  Job job = random_jobs(13, 1, 4, 4).front();
  job.scene = {{{"Peru", {}}, {"Lima", {}}}, {{0, 1, "capital"}}};
  for (const LayoutEngine engine :
       {LayoutEngine::own, LayoutEngine::dot, LayoutEngine::neato, LayoutEngine::circo}) {
    job.style.engine = engine;
    EXPECT_EQ(draw_scene(job.scene, job.style, job.seed)->engine, engine);
  }
}

TEST(DrawScene, AnotherSeedAnotherPicture) {
  const Job job = random_jobs(2, 1, 6, 6).front();
  EXPECT_NE(draw_scene(job.scene, job.style, 1)->png, draw_scene(job.scene, job.style, 2)->png);
}

// The layouts of draw_scene() are checked by itself; here, that it finds one for each scene, and
// mostly at once.
TEST(DrawScene, EveryRandomSceneIsDrawnWithoutDefects) {
  int at_once = 0;
  const auto jobs = random_jobs(3, 600, 3, 12);
  for (const Job& job : jobs) {
    const auto picture = draw_scene(job.scene, job.style, job.seed);
    ASSERT_TRUE(picture.has_value()) << picture.error().message;
    EXPECT_EQ(picture->width, job.style.width);
    EXPECT_EQ(picture->height, job.style.height);
    if (picture->tries == 1) ++at_once;
  }
  RecordProperty("first_try", at_once);
  EXPECT_GE(at_once, 540);
}

// The same, without trust in draw_scene(): boxes that it reports do not collide.
TEST(DrawScene, ReportedBoxesAreApartAndOnTheCanvas) {
  for (const Job& job : random_jobs(4, 60, 3, 12)) {
    const auto picture = draw_scene(job.scene, job.style, job.seed);
    ASSERT_TRUE(picture.has_value());
    ASSERT_EQ(picture->node_boxes.size(), job.scene.nodes.size());
    ASSERT_EQ(picture->label_boxes.size(), job.scene.edges.size());
    std::vector<Rect> boxes = picture->node_boxes;
    boxes.insert(boxes.end(), picture->label_boxes.begin(), picture->label_boxes.end());
    const Rect canvas = {0, 0, static_cast<double>(picture->width),
                         static_cast<double>(picture->height)};
    for (std::size_t a = 0; a < boxes.size(); ++a) {
      EXPECT_TRUE(canvas.contains(boxes[a]));
      for (std::size_t b = a + 1; b < boxes.size(); ++b) EXPECT_FALSE(overlap(boxes[a], boxes[b]));
    }
  }
}

TEST(DrawScene, LargeScenesStayLegible) {
  for (Job& job : random_jobs(5, 25, 14, 16)) {
    const auto picture = draw_scene(job.scene, job.style, job.seed);
    ASSERT_TRUE(picture.has_value()) << picture.error().message;
    EXPECT_EQ(picture->width, job.style.width);
    EXPECT_EQ(picture->height, job.style.height);
  }
}

// The layout that draw_scene() takes, drawn without a palette.
Bitmap drawn_directly(const Job& job) {
  const auto found = find_layout(job.scene, job.style, job.seed);
  Bitmap bitmap;
  render(found->measured, found->layout, job.style, bitmap);
  return bitmap;
}

double psnr(const Bitmap& a, const Bitmap& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.pixels.size(); ++i)
    for (const unsigned shift : {0U, 8U, 16U}) {
      const double d = static_cast<double>((a.pixels[i] >> shift) & 255U) -
                       static_cast<double>((b.pixels[i] >> shift) & 255U);
      sum += d * d;
    }
  const double mean = sum / (3.0 * static_cast<double>(a.pixels.size()));
  return mean == 0.0 ? 100.0 : 10.0 * std::log10(255.0 * 255.0 / mean);
}

TEST(DrawScene, ThePngShowsWhatWasDrawn) {
  for (const Job& job : random_jobs(6, 12, 3, 8)) {
    const auto picture = draw_scene(job.scene, job.style, job.seed);
    ASSERT_TRUE(picture.has_value());
    const Bitmap decoded = read_png(picture->png);
    const Bitmap direct = drawn_directly(job);
    ASSERT_EQ(decoded.width, direct.width);
    ASSERT_EQ(decoded.pixels.size(), direct.pixels.size());
    EXPECT_GT(psnr(decoded, direct), 45.0);
  }
}

bool same_within(const Bitmap& a, const Bitmap& b, const Rect& box) {
  for (int y = static_cast<int>(box.top); y < static_cast<int>(box.bottom); ++y)
    for (int x = static_cast<int>(box.left); x < static_cast<int>(box.right); ++x) {
      const auto at = static_cast<std::size_t>(y) * static_cast<std::size_t>(a.width) +
                      static_cast<std::size_t>(x);
      if (a.pixels[at] != b.pixels[at]) return false;
    }
  return true;
}

// On pixels: each node looks as in a picture of nodes alone, each label as in one of labels alone.
TEST(DrawScene, NothingIsDrawnOverNodesAndLabels) {
  for (const Job& job : random_jobs(14, 40, 3, 9)) {
    const auto found = find_layout(job.scene, job.style, job.seed);
    ASSERT_TRUE(found.has_value());
    Bitmap all;
    render(found->measured, found->layout, job.style, all);
    Layout only_nodes = found->layout;
    only_nodes.edges.clear();
    Bitmap nodes;
    render(found->measured, only_nodes, job.style, nodes);
    for (const NodePlace& node : found->layout.nodes)
      EXPECT_TRUE(same_within(all, nodes, node.box.grown(-2.0 - node.corner * 0.5)));
    Layout only_labels = found->layout;
    only_labels.nodes.clear();
    for (EdgePlace& edge : only_labels.edges) {
      edge.path = Cubic::line({-90.0, -90.0}, {-150.0, -90.0});
      edge.lead.clear();
    }
    Bitmap labels;
    render(found->measured, only_labels, job.style, labels);
    for (const EdgePlace& edge : found->layout.edges)
      EXPECT_TRUE(same_within(all, labels, edge.label));
  }
}

TEST(DrawScene, SmallScenes) {
  Random random(7);
  const Style style = sample_style(StyleSet::plain, random);
  const SceneNode node = {"Peru", {}};
  EXPECT_TRUE(draw_scene({{node}, {}}, style, 1).has_value());
  EXPECT_TRUE(draw_scene({{node}, {{0, 0, "borders"}}}, style, 1).has_value());
  EXPECT_TRUE(draw_scene({{node, node}, {}}, style, 1).has_value());
  EXPECT_TRUE(draw_scene({{node, node}, {{0, 1, ""}, {1, 0, "r"}}}, style, 1).has_value());
}

TEST(DrawScene, EveryStyleDrawsLoopsAndParallels) {
  Random random(8);
  Scene scene;
  scene.nodes = {{"Peru", flags()[0]}, {"Bolivia", flags()[1]}, {"Spanish", {}}};
  scene.edges = {{0, 1, "borders"},           {1, 0, "borders"},           {0, 1, "?????"},
                 {0, 2, "official language"}, {1, 2, "official language"}, {1, 1, "part of"}};
  for (int i = 0; i < 60; ++i) {
    const auto picture = draw_scene(scene, sample_style(StyleSet::plain, random), random.next());
    ASSERT_TRUE(picture.has_value()) << picture.error().message;
    EXPECT_EQ(picture->width % 2, 0);
  }
}

void expect_refusal(const Job& job, ErrorCode code, std::string_view part) {
  const auto picture = draw_scene(job.scene, job.style, job.seed);
  ASSERT_TRUE(picture.has_error()) << part;
  EXPECT_EQ(picture.error().code, code);
  EXPECT_NE(picture.error().message.find(part), std::string::npos) << picture.error().message;
}

TEST(DrawScene, RefusesAMissingFont) {
  Job job = random_jobs(9, 1, 4, 4).front();
  job.style.font_family = "Garamond Premier";
  expect_refusal(job, ErrorCode::io, "Garamond Premier");
  expect_refusal(job, ErrorCode::io, "fonts-dejavu-core");
}

TEST(DrawScene, RefusesMissingAndBrokenPictures) {
  const testing::TempFolder folder;
  std::ofstream(folder / "broken.png") << "\x89PNG broken";
  Job job = random_jobs(10, 1, 4, 4).front();
  job.scene.nodes[2].image_path = folder / "missing.png";
  expect_refusal(job, ErrorCode::io, "missing.png");
  job.scene.nodes[2].image_path = folder / "broken.png";
  expect_refusal(job, ErrorCode::bad_data, "broken.png");
}

TEST(DrawScene, RefusesWhatCannotBeLaidOut) {
  Job job;
  Random random(11);
  job.style = sample_style(StyleSet::plain, random);
  for (int v = 0; v < 8; ++v) job.scene.nodes.push_back({"Papua New Guinea", {}});
  for (int a = 0; a < 8; ++a)
    for (int b = 0; b < a; ++b) job.scene.edges.push_back({a, b, "official language"});
  job.style.width = 240;
  job.style.height = 180;
  expect_refusal(job, ErrorCode::bad_data, "no layout without defects");
}

}  // namespace
}  // namespace stareval::engine
