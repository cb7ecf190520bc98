// Pictures per second, and where the time goes: samples of the eight tasks from the atlas in varied
// styles (4 to 8 nodes, canvases of 512 to 1536 pixels), sampled, laid out, drawn, reduced to a
// palette, encoded and written to a temporary folder; with 1 and with 2 threads, and, where
// Graphviz's `dot` is installed, the same graphs by one process of `dot -Tpng` a picture. Rounds of
// the three alternate, so that a busy machine is unkind to all of them; medians are reported. Usage
// draw_bench [PICTURES [ROUNDS]]      by default 800 and 5
#include <fmt/format.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "engine/draw/find_layout.h"
#include "engine/draw/png_writer.h"
#include "engine/draw/quantise.h"
#include "engine/draw/render.h"
#include "engine/graph/load_graph.h"
#include "engine/sample_scene.h"
#include "engine/tasks/make_samples.h"
#include "libstareval/tasks/task.h"

namespace {

namespace fs = std::filesystem;
using namespace stareval;
using namespace stareval::engine;

struct Job {
  Scene scene;
  Style style;
  std::uint64_t seed = 0;
  std::string gv;  // the same graph for dot
};

double processor_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::string gv_of(const Scene& scene) {
  std::string gv = "digraph { node [shape=box] ";
  for (std::size_t v = 0; v < scene.nodes.size(); ++v)
    gv += fmt::format("{} [label=\"{}\"] ", v, scene.nodes[v].label);
  for (const SceneEdge& edge : scene.edges)
    gv += fmt::format("{} -> {} [label=\"{}\"] ", edge.from, edge.to, edge.label);
  return gv + "}\n";
}

// As synth makes them: the same number of samples of each task, in varied styles.
std::vector<Job> make_jobs(const KnowledgeGraph& graph, std::size_t count, double& sampling) {
  const TaskOptions options;
  const Roles roles(graph);
  const Starts starts(graph, options.sampling);
  const double start = processor_seconds();
  std::vector<Sample> samples;
  for (const std::string& task : star_task_ids())
    for (Sample& sample :
         make_samples({graph, roles, starts, options}, {task, (count + 7) / 8, 2026, "test", {}})
             .value())
      samples.push_back(std::move(sample));
  sampling = (processor_seconds() - start) / static_cast<double>(samples.size());
  Random random(2026);
  std::vector<Job> jobs;
  for (const Sample& sample : samples) {
    Job job{
        scene_of(graph, sample, random), sample_style(StyleSet::varied, random), random.next(), {}};
    job.gv = gv_of(job.scene);
    jobs.push_back(std::move(job));
  }
  random.shuffle(jobs);
  return jobs;
}

enum Phase { layout, draw, quantising, encode, write, phases };
using Times = std::array<double, phases>;  // seconds of processor time

struct Outcome {
  Times times{};
  int drawn = 0;
  int refused = 0;
  std::size_t bytes = 0;
};

// As draw_scene() does it, with a clock between the steps.
void draw_one(const Job& job, const fs::path& file, Outcome& out) {
  thread_local Bitmap bitmap;
  thread_local IndexedPicture indexed;
  std::string png;
  double last = processor_seconds();
  const auto lap = [&](Phase phase) {
    const double now = processor_seconds();
    out.times[phase] += now - last;
    last = now;
  };
  const auto found = find_layout(job.scene, job.style, job.seed);
  lap(layout);
  if (!found) {
    ++out.refused;
    return;
  }
  render(found->measured, found->layout, job.style, bitmap);
  lap(draw);
  quantise(bitmap, indexed);
  lap(quantising);
  png = encode_png(indexed);
  lap(encode);
  std::ofstream(file, std::ios::binary) << png;
  lap(write);
  ++out.drawn;
  out.bytes += png.size();
}

Outcome draw_all(const std::vector<Job>& jobs, const fs::path& folder, std::size_t thread_count) {
  std::vector<Outcome> parts(thread_count);
  std::vector<std::thread> threads;
  std::atomic<std::size_t> next{
      0};  // each takes the next picture that nobody has taken, as in synth
  for (std::size_t t = 0; t < thread_count; ++t)
    threads.emplace_back([&, t] {
      for (std::size_t i = next++; i < jobs.size(); i = next++)
        draw_one(jobs[i], folder / fmt::format("{}.png", i), parts[t]);
    });
  for (std::thread& thread : threads) thread.join();
  Outcome all;
  for (const Outcome& part : parts) {
    for (std::size_t p = 0; p < phases; ++p) all.times[p] += part.times[p];
    all.drawn += part.drawn;
    all.refused += part.refused;
    all.bytes += part.bytes;
  }
  return all;
}

double seconds_of(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void dot_all(const std::vector<Job>& jobs, std::size_t count, const fs::path& folder) {
  for (std::size_t i = 0; i < count; ++i) {
    const fs::path gv = folder / "graph.gv";
    std::ofstream(gv) << jobs[i].gv;
    const std::string command =
        fmt::format("dot -Tpng -o '{}' '{}'", (folder / "dot.png").string(), gv.string());
    if (std::system(command.c_str()) != 0) fmt::print(stderr, "dot failed on graph {}\n", i);
  }
}

struct Rates {
  std::vector<double> one, two, dot;  // pictures per second, a number a round
};

void report(const Rates& rates, const Outcome& last, double sampling) {
  const double each = 1000.0 / std::max(last.drawn, 1);
  fmt::print("drawn {}, refused {}, {:.1f} kB each\n", last.drawn, last.refused,
             static_cast<double>(last.bytes) * each * 1e-6);
  constexpr std::array<const char*, phases> kPhases = {"layout", "draw", "quantise", "encode",
                                                       "write"};
  fmt::print("  {:<9} {:6.3f} ms of processor time a sample\n", "sample", sampling * 1000.0);
  double sum = sampling * last.drawn;
  for (std::size_t p = 0; p < phases; ++p) {
    fmt::print("  {:<9} {:6.3f} ms of processor time a picture\n", kPhases[p],
               last.times[p] * each);
    sum += last.times[p];
  }
  fmt::print("  {:<9} {:6.3f} ms, that is {:.0f} pictures/s a core\n", "all", sum * each,
             last.drawn / sum);
  fmt::print("1 thread   {:7.1f} pictures/s\n", median(rates.one));
  fmt::print("2 threads  {:7.1f} pictures/s\n", median(rates.two));
  if (rates.dot.empty()) {
    fmt::print("dot -Tpng  SKIPPED: no `dot` here; install the package graphviz to compare\n");
    return;
  }
  const double dot = median(rates.dot);
  fmt::print("dot -Tpng  {:7.1f} pictures/s, one process after another\n", dot);
  fmt::print("           1 thread is {:.1f} times as fast, 2 threads are {:.1f} times as fast\n",
             median(rates.one) / dot, median(rates.two) / dot);
}

int number(int argc, char** argv, int at, int otherwise) {
  return argc > at ? std::max(1, std::atoi(argv[at])) : otherwise;
}

}  // namespace

int main(int argc, char** argv) {
  const fs::path folder =
      fs::temp_directory_path() / fmt::format("stareval_draw_bench_{}", ::getpid());
  fs::create_directories(folder);
  const KnowledgeGraph graph = load_graph("atlas").value().graph;
  double sampling = 0.0;
  const auto wanted = static_cast<std::size_t>(number(argc, argv, 1, 800));
  const std::vector<Job> jobs = make_jobs(graph, wanted, sampling);
  const bool has_dot = std::system("command -v dot >/dev/null 2>&1") == 0;
  const std::size_t dot_count = std::min<std::size_t>(jobs.size(), 40);
  const auto count = static_cast<double>(jobs.size());
  Rates rates;
  Outcome last;
  draw_all({jobs.begin(), jobs.begin() + 1}, folder, 1);  // fonts and pictures are loaded once
  for (int round = number(argc, argv, 2, 5); round > 0; --round) {
    rates.one.push_back(count / seconds_of([&] { last = draw_all(jobs, folder, 1); }));
    rates.two.push_back(count / seconds_of([&] { draw_all(jobs, folder, 2); }));
    if (has_dot)
      rates.dot.push_back(static_cast<double>(dot_count) /
                          seconds_of([&] { dot_all(jobs, dot_count, folder); }));
  }
  report(rates, last, sampling);
  fs::remove_all(folder);
  return 0;
}
