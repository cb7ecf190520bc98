// Time and memory to load a knowledge graph. Without arguments: a graph of the size of VisualSem
// (1.5 million triples, 90,000 entities, 13 relations) is written in each format to a temporary
// folder, the same bytes each time, and loaded in a process of its own, so that the peak of memory
// is that of one load. With arguments: the graphs that they name.
// Usage  load_graph_bench [PATH...]
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "engine/graph/load_graph.h"
#include "libstareval/base/random.h"

namespace {

namespace fs = std::filesystem;
using namespace stareval;

constexpr std::uint32_t kEntities = 90'000, kRelations = 13, kTriples = 1'500'000;

struct Row {
  std::uint32_t head, relation, tail;
};

// By tail, as VisualSem lists them. A few tails have most of the triples, as in collected graphs.
std::vector<Row> make_rows() {
  Random random(7);
  const auto below = [&](std::uint32_t end) {
    return static_cast<std::uint32_t>(random.below(end));
  };
  std::vector<Row> rows;
  rows.reserve(kTriples);
  for (std::uint32_t i = 0; i < kTriples; ++i)
    rows.push_back({below(kEntities), below(kRelations), below(1 + below(kEntities))});
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.tail < b.tail; });
  return rows;
}

void write(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

std::string entity(std::uint32_t number) { return fmt::format("bn:{:08}n", number); }

void write_ntriples(const fs::path& folder, const std::vector<Row>& rows) {
  std::string text;
  for (std::uint32_t i = 0; i < kEntities; ++i)
    text += fmt::format(
        "<http://example.org/resource/{}> <http://www.w3.org/2000/01/rdf-schema#label> \"Thing "
        "number {}\"@en .\n",
        entity(i), i);
  for (const Row& row : rows)
    text += fmt::format(
        "<http://example.org/resource/{}> <http://example.org/ontology/relationNumber{}> "
        "<http://example.org/resource/{}> .\n",
        entity(row.head), row.relation, entity(row.tail));
  write(folder / "graph.nt", text);
}

void write_openke(const fs::path& folder, const std::vector<Row>& rows) {
  std::string entities = fmt::format("{}\n", kEntities);
  for (std::uint32_t i = 0; i < kEntities; ++i)
    entities += fmt::format("Thing_number_{}\t{}\n", i, i);
  write(folder / "entity2id.txt", entities);
  std::string relations = fmt::format("{}\n", kRelations);
  for (std::uint32_t i = 0; i < kRelations; ++i)
    relations += fmt::format("relationNumber{}\t{}\n", i, i);
  write(folder / "relation2id.txt", relations);
  std::string triples = fmt::format("{}\n", rows.size());
  for (const Row& row : rows)
    triples += fmt::format("{} {} {}\n", row.head, row.tail, row.relation);
  write(folder / "train2id.txt", triples);
}

// Glosses and hashes bring nodes.v2.json to 83 MB, as the distributed file is.
void write_visualsem(const fs::path& folder, const std::vector<Row>& rows) {
  const std::string gloss(740, 'g');
  std::string nodes = "{";
  for (std::uint32_t i = 0; i < kEntities; ++i)
    nodes += fmt::format(
        R"({}"{}": {{"gl": ["{}"], "ms": "WN:EN:thing_number_{}", "se": ["Thing_{}"], "ims": ["{:040x}", "{:040x}"]}})",
        i == 0 ? "" : ", ", entity(i), gloss, i, i, i, i + 1);
  write(folder / "nodes.v2.json", nodes + "}");
  std::string tuples = "{";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool first = i == 0 || rows[i].tail != rows[i - 1].tail;
    if (first) tuples += fmt::format("{}\"{}\": [", i == 0 ? "" : "], ", entity(rows[i].tail));
    tuples += fmt::format(R"({}{{"s": "{}", "r": "RelationNumber{}", "r_id": {}}})",
                          first ? "" : ", ", entity(rows[i].head), rows[i].relation, i);
  }
  write(folder / "tuples.v2.json", tuples + "]}");
}

struct Usage {
  double cpu_seconds = 0, peak_mb = 0;
};

Usage usage_so_far() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return {seconds(usage.ru_utime) + seconds(usage.ru_stime),
          static_cast<double>(usage.ru_maxrss) / 1024};
}

// 0, or 1 where the graph cannot be loaded.
int load(const fs::path& path) {
  const auto start = std::chrono::steady_clock::now();
  const auto loaded = engine::load_graph(path);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  if (loaded.has_error()) {
    fmt::print(stderr, "{}\n", loaded.error().message);
    return 1;
  }
  const Usage usage = usage_so_far();
  const engine::KnowledgeGraph& graph = loaded->graph;
  fmt::print(
      "{:<10} {:>9} triples {:>7} entities {:>5} relations  {:5.2f} s ({:.2f} s of one core)  "
      "{:.0f} MB peak\n",
      loaded->report.format, graph.facts().size(), graph.entities().size(),
      graph.relations().size(), seconds.count(), usage.cpu_seconds, usage.peak_mb);
  for (const std::string& line : engine::report_lines(loaded->report)) fmt::print("    {}\n", line);
  std::fflush(stdout);
  return 0;
}

bool in_own_process(const std::function<int()>& work) {
  const pid_t child = ::fork();
  if (child == 0) std::_Exit(work());
  int status = 1;
  return child > 0 && ::waitpid(child, &status, 0) == child && status == 0;
}

using Writer = void (*)(const fs::path&, const std::vector<Row>&);

bool measure(const fs::path& folder, Writer writer) {
  fs::create_directories(folder);
  const bool written = in_own_process([&] {
    writer(folder, make_rows());
    return 0;
  });
  return written && in_own_process([&] { return load(folder); });
}

}  // namespace

int main(int argc, char** argv) {
  bool fine = true;
  for (int i = 1; i < argc; ++i) fine &= in_own_process([&] { return load(argv[i]); });
  if (argc > 1) return fine ? 0 : 1;
  std::string name = (fs::temp_directory_path() / "load-graph-bench-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) return 1;
  const fs::path folder = name;
  fine = measure(folder / "openke", write_openke) && measure(folder / "ntriples", write_ntriples) &&
         measure(folder / "visualsem", write_visualsem);
  fs::remove_all(folder);
  return fine ? 0 : 1;
}
