// star-eval synth: a dataset from a knowledge graph.
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>

#include "apps/star_eval/command.h"
#include "apps/star_eval/synth_options.h"
#include "engine/graph/emblems.h"
#include "engine/synth_sheet.h"
#include "libstareval/base/file.h"

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

// A clean graph needs no words.
void print_report(const engine::LoadedGraph& loaded) {
  const std::vector<std::string> lines = engine::report_lines(loaded.report);
  const bool emblems = engine::has_emblems(loaded.graph);
  if (lines.size() > 1 || emblems)
    for (const std::string& line : lines) fmt::print(stderr, "graph: {}\n", line);
  if (emblems)
    fmt::print(stderr,
               "graph: it has no pictures, so that emblems stand for them; --pictures DIR names a "
               "folder of real ones\n");
}

void print(const engine::SynthReport& report, const engine::SynthOptions& options, bool quiet) {
  for (const SplitInfo& split : report.splits)
    fmt::print("{} {}: {} samples in {}\ndigest {}\n", report.name, split.split, split.samples,
               (options.out / split.file).string(), split.digest);
  if (!quiet && report.relaxed > 0)
    fmt::print(stderr, "{} samples are not as balanced as planned (meta.relaxed says which)\n",
               report.relaxed);
  if (!quiet)
    fmt::print(stderr, "{:.1f} s: {:.1f} sampling, {:.1f} drawing and writing\n",
               (report.sampling + report.drawing).count(), report.sampling.count(),
               report.drawing.count());
}

// Of the first split.
Result<void> write_sheet(const engine::SynthOptions& options, const std::string& file) {
  STAREVAL_TRY(const std::string png,
               engine::sheet_of_split(options.out, options.splits.front().name));
  return write_file_atomic(file, png);
}

}  // namespace

Result<int> synth_command(const Arguments& arguments) {
  OptionParser parser = make_synth_parser();
  STAREVAL_CHECK(parser.parse(arguments));
  if (parser.help()) return kSuccess;
  STAREVAL_TRY(const engine::SynthOptions options, read_synth_options(parser));
  STAREVAL_TRY(const engine::LoadedGraph loaded, load_synth_graph(parser));
  const bool quiet = parser.has("quiet");
  if (!quiet) print_report(loaded);
  STAREVAL_TRY(const engine::SynthReport report,
               engine::synthesise(loaded.graph, options, progress_line(!quiet)));
  print(report, options, quiet);
  if (parser.has("contact-sheet"))
    STAREVAL_CHECK(write_sheet(options, parser.text("contact-sheet")));
  return kSuccess;
}

}  // namespace stareval::app
