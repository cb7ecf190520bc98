// star-eval report: runs side by side in one table, in any of the formats of the registry.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <vector>

#include "apps/star_eval/command.h"
#include "apps/star_eval/options.h"
#include "apps/star_eval/registry.h"
#include "libstareval/base/file.h"
#include "libstareval/base/text.h"
#include "libstareval/data/locations.h"
#include "libstareval/report/result_table.h"
#include "libstareval/run/scoring.h"

namespace stareval::app {
namespace {

namespace fs = std::filesystem;

// From the journals, always: a summary.json may have been made by another version, or by hand.
Result<ResultTable> read_table(const Registry& registry, const std::vector<std::string>& runs,
                               const fs::path& dataset) {
  std::vector<Summary> summaries;
  for (const std::string& run : runs) {
    STAREVAL_TRY(const StoredRun stored, StoredRun::open(registry, run, dataset));
    STAREVAL_TRY(ScoredRun scored, stored.score());
    summaries.push_back(std::move(scored.summary));
  }
  return build_table(summaries);
}

Result<void> write(const Reporter& reporter, const ResultTable& table, const std::string& out) {
  if (out.empty()) {
    fmt::print("{}", reporter.render(table));
    return {};
  }
  const fs::path path = fs::path(out) / reporter.file_name();
  STAREVAL_CHECK(write_file_atomic(path, reporter.render(table)));
  fmt::print(stderr, "wrote {}\n", path.string());
  return {};
}

}  // namespace

Result<int> report_command(const Arguments& arguments) {
  OptionParser parser("star-eval report RUN... [OPTIONS]",
                      "  star-eval report runs/*                       markdown on stdout\n"
                      "  star-eval report runs/* --format markdown,csv,json --out report\n"
                      "  star-eval report runs/* --reported            with the paper's rows\n");
  parser.add()("run", po::value<std::vector<std::string>>(), "");
  parser.add()("format", po::value<std::string>()->value_name("NAMES")->default_value("markdown"),
               "markdown, csv, json: `star-eval list reports` (default: markdown)");
  parser.add()("dataset", po::value<std::string>()->value_name("NAME|DIR"),
               "where the dataset lies now, if it moved since the runs");
  parser.add()("reported", "the rows that the paper of STAR published, beside and marked");
  parser.add()("out", po::value<std::string>()->value_name("DIR"), "folder (default: stdout)");
  parser.positional("run", -1);
  STAREVAL_CHECK(parser.parse(arguments));
  if (parser.help()) return kSuccess;
  if (!parser.has("run"))
    return make_error(ErrorCode::usage, "report: name run folders: star-eval report runs/*");

  const Registry registry = app_registry();
  const std::string formats = parser.text("format");
  std::vector<std::unique_ptr<Reporter>> reporters;
  for (const std::string_view format : split(formats, ',')) {
    STAREVAL_TRY(const ReporterEntry* const entry, registry.reporter(trim(format)));
    reporters.push_back(entry->make());
  }
  fs::path dataset;
  if (parser.has("dataset")) {
    STAREVAL_TRY(dataset, find_data("datasets", parser.text("dataset")));
  }
  STAREVAL_TRY(ResultTable table, read_table(registry, parser.texts("run"), dataset));
  if (parser.has("reported")) {
    STAREVAL_TRY(const fs::path share, shipped_data_folder());
    STAREVAL_TRY(Reported star, read_reported(share / "reported" / "star.json"));
    table.reported.push_back(std::move(star));
  }
  for (const auto& reporter : reporters)
    STAREVAL_CHECK(write(*reporter, table, parser.text("out")));
  return kSuccess;
}

}  // namespace stareval::app
