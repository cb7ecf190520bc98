// star-eval synth: a dataset from a knowledge graph.
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>

#include "apps/star_eval/command.h"
#include "apps/star_eval/synth_options.h"
#include "engine/graph/load_graph.h"

namespace stareval::app {
namespace {

// At most ten times a second: a picture takes less time than a line on a terminal.
engine::SynthObserver progress_line(bool wanted) {
  using Clock = std::chrono::steady_clock;
  if (!wanted || ::isatty(STDERR_FILENO) != 1) return {};
  return [next = Clock::now()](const engine::SynthProgress& progress) mutable {
    const bool last = progress.done == progress.total;
    if (!last && Clock::now() < next) return;
    next = Clock::now() + std::chrono::milliseconds(100);
    if (last) fmt::print(stderr, "\r\033[K");
    else fmt::print(stderr, "\r\033[K{}/{} pictures", progress.done, progress.total);
    std::fflush(stderr);
  };
}

void print_report(const engine::LoadReport& report) {
  if (report.duplicate_triples + report.self_loops == 0) return;
  fmt::print(stderr, "graph: {} rows, {} duplicate triples counted once, {} self-loops dropped\n",
             report.rows, report.duplicate_triples, report.self_loops);
}

void print(const engine::SynthReport& report, const engine::SynthOptions& options, bool quiet) {
  for (const SplitInfo& split : report.splits)
    fmt::print("{} {}: {} samples in {}\ndigest {}\n", report.name, split.split, split.samples,
               (options.out / split.file).string(), split.digest);
  if (!quiet)
    fmt::print(stderr, "{:.1f} s: {:.1f} sampling, {:.1f} drawing and writing\n",
               (report.sampling + report.drawing).count(), report.sampling.count(),
               report.drawing.count());
}

}  // namespace

Result<int> synth_command(const Arguments& arguments) {
  OptionParser parser = make_synth_parser();
  STAREVAL_CHECK(parser.parse(arguments));
  if (parser.help()) return kSuccess;
  STAREVAL_TRY(const engine::SynthOptions options, read_synth_options(parser));
  STAREVAL_TRY(const auto folder, engine::find_graph(parser.text("graph")));
  STAREVAL_TRY(const engine::LoadedGraph loaded, engine::load_graph(folder));
  const bool quiet = parser.has("quiet");
  if (!quiet) print_report(loaded.report);
  STAREVAL_TRY(const engine::SynthReport report,
               engine::synthesise(loaded.graph, options, progress_line(!quiet)));
  print(report, options, quiet);
  return kSuccess;
}

}  // namespace stareval::app
