// star-eval synth: a dataset from a knowledge graph.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "apps/star_eval/command.h"
#include "apps/star_eval/options.h"
#include "engine/graph/load_graph.h"
#include "engine/synth.h"
#include "libstareval/tasks/task.h"

namespace stareval::app {
namespace {

OptionParser make_parser() {
  OptionParser parser("star-eval synth [OPTIONS]",
                      "  star-eval synth --graph atlas --task all --count 50 --seed 7 --out data\n"
                      "  star-eval synth --graph my-graph/ --task ER,RR --count 200 --split train "
                      "--out data\n");
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  parser.add()("graph", text("NAME|DIR")->default_value("atlas"),
               "a shipped graph, or a folder with graph.json (default: atlas)");
  parser.add()("task", text("IDS")->default_value("all"), "EC,RC,... or all (default: all)");
  parser.add()("count", text("N")->default_value("50"), "samples of each task (default: 50)");
  parser.add()("seed", text("S")->default_value("0"),
               "the same seed gives the same bytes (default: 0)");
  parser.add()("split", text("NAME")->default_value("test"), "test, train ... (default: test)");
  parser.add()("name", text("NAME"), "of the dataset (default: that of the graph)");
  parser.add()("rc-counts", text("WHAT")->default_value("distinct"),
               "RC: distinct relation labels, or edges as M3STR does (default: distinct)");
  parser.add()("threads", text("N"), "for drawing (default: one a core)");
  parser.add()("out", text("DIR"), "folder of the dataset");
  parser.add()("quiet", "no progress, no notes");
  return parser;
}

Result<engine::RelationCounts> parse_counts(const std::string& text) {
  if (text == "distinct") return engine::RelationCounts::distinct;
  if (text == "edges") return engine::RelationCounts::edges;
  return make_error(ErrorCode::usage, "--rc-counts: expected distinct or edges, found \"{}\"",
                    text);
}

Result<engine::SynthOptions> read_options(const OptionParser& parser) {
  engine::SynthOptions options;
  STAREVAL_TRY(options.tasks, parse_tasks(parser.text("task")));
  STAREVAL_TRY(options.count, parser.number("count", 1, 1'000'000));
  STAREVAL_TRY(options.seed, parser.number("seed", 0, UINT64_MAX));
  STAREVAL_TRY(options.task.rc_counts, parse_counts(parser.text("rc-counts")));
  options.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  if (parser.has("threads")) {
    STAREVAL_TRY(const std::uint64_t threads, parser.number("threads", 1, 256));
    options.threads = static_cast<int>(threads);
  }
  options.split = parser.text("split");
  options.name = parser.text("name");
  options.out = parser.text("out");
  if (options.out.empty())
    return make_error(ErrorCode::usage,
                      "--out is missing: the folder of the dataset, for example --out data");
  return options;
}

engine::SynthObserver progress_line(bool wanted) {
  if (!wanted || ::isatty(STDERR_FILENO) != 1) return {};
  return [](const engine::SynthProgress& progress) {
    fmt::print(stderr, "\r\033[K{}/{} pictures", progress.done, progress.total);
    if (progress.done == progress.total) fmt::print(stderr, "\r\033[K");
    std::fflush(stderr);
  };
}

void print_report(const engine::LoadReport& report) {
  if (report.duplicate_triples + report.self_loops == 0) return;
  fmt::print(stderr, "graph: {} rows, {} duplicate triples counted once, {} self-loops dropped\n",
             report.rows, report.duplicate_triples, report.self_loops);
}

}  // namespace

Result<int> synth_command(const Arguments& arguments) {
  OptionParser parser = make_parser();
  STAREVAL_CHECK(parser.parse(arguments));
  if (parser.help()) return kSuccess;
  STAREVAL_TRY(const engine::SynthOptions options, read_options(parser));
  STAREVAL_TRY(const auto folder, engine::find_graph(parser.text("graph")));
  STAREVAL_TRY(const engine::LoadedGraph loaded, engine::load_graph(folder));
  const bool quiet = parser.has("quiet");
  if (!quiet) print_report(loaded.report);
  STAREVAL_TRY(const Dataset dataset,
               engine::synthesise(loaded.graph, options, progress_line(!quiet)));
  fmt::print("{}: {} samples of {} in {}\ndigest {}\n", dataset.name, dataset.samples.size(),
             fmt::join(options.tasks, ", "), options.out.string(), dataset.digest);
  return kSuccess;
}

}  // namespace stareval::app
