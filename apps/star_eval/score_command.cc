// star-eval score, verify and merge: what journals say now, offline.
#include <fmt/format.h>

#include <filesystem>

#include "apps/star_eval/command.h"
#include "apps/star_eval/console.h"
#include "apps/star_eval/options.h"
#include "libstareval/base/file.h"
#include "libstareval/data/locations.h"
#include "libstareval/run/merge.h"
#include "libstareval/run/scoring.h"
#include "stareval/stareval.h"

namespace stareval::app {
namespace {

namespace fs = std::filesystem;

void add_options(OptionParser& parser) {
  parser.add()("run", po::value<std::string>(), "");
  parser.add()("dataset", po::value<std::string>()->value_name("NAME|DIR"),
               "where the dataset lies now, if it moved since the run");
  parser.positional("run", 1);
}

Result<fs::path> dataset_folder(const OptionParser& parser) {
  if (!parser.has("dataset")) return fs::path();
  return find_data("datasets", parser.text("dataset"));
}

Result<StoredRun> open_run(const OptionParser& parser, std::string_view command) {
  if (!parser.has("run"))
    return make_error(ErrorCode::usage, "{}: name a run folder: star-eval {} runs/RUN", command,
                      command);
  STAREVAL_TRY(const fs::path dataset, dataset_folder(parser));
  return StoredRun::open(make_registry(), parser.text("run"), dataset);
}

Result<int> print_score(const StoredRun& run, const fs::path& folder, bool json) {
  STAREVAL_TRY(const ScoredRun scored, run.score());
  STAREVAL_CHECK(write_scores(folder, scored));
  if (json) fmt::print("{}", scored.summary_json());
  else fmt::print("{}", summary_text(scored.summary));
  fmt::print(stderr, "{}", summary_warnings(scored.summary));
  return kSuccess;
}

// Whether a file holds what the journal says; prints the difference.
Result<bool> same(const fs::path& path, const std::string& expected) {
  if (!file_exists(path)) {
    fmt::print("{}: missing\n", path.string());
    return false;
  }
  STAREVAL_TRY(const std::string found, read_file(path));
  const bool equal = found == expected;
  fmt::print("{}: {}\n", path.string(), equal ? "equal" : "DIFFERS from what the journal says");
  return equal;
}

}  // namespace

Result<int> score_command(const Arguments& arguments) {
  OptionParser parser("star-eval score RUN [OPTIONS]",
                      "  star-eval score runs/RUN            reads the journal, sends nothing\n"
                      "  star-eval score runs/RUN --dataset moved/atlas --json\n");
  add_options(parser);
  parser.add()("json", "the summary as JSON on stdout");
  STAREVAL_CHECK(parser.parse(arguments));
  if (parser.help()) return kSuccess;
  STAREVAL_TRY(const StoredRun run, open_run(parser, "score"));
  return print_score(run, parser.text("run"), parser.has("json"));
}

Result<int> merge_command(const Arguments& arguments) {
  OptionParser parser("star-eval merge RUN... --out DIR [OPTIONS]",
                      "  star-eval merge runs/part1 runs/part2 --out runs/whole\n");
  parser.add()("run", po::value<std::vector<std::string>>(), "");
  parser.add()("out", po::value<std::string>()->value_name("DIR"), "the new run folder");
  parser.add()("dataset", po::value<std::string>()->value_name("NAME|DIR"),
               "where the dataset lies now, if it moved since the runs");
  parser.add()("json", "the summary as JSON on stdout");
  parser.positional("run", -1);
  STAREVAL_CHECK(parser.parse(arguments));
  if (parser.help()) return kSuccess;
  if (!parser.has("out"))
    return make_error(ErrorCode::usage, "merge: --out is missing: for example --out runs/whole");
  const fs::path out = parser.text("out");
  const std::vector<std::string> names = parser.texts("run");
  const std::vector<fs::path> parts(names.begin(), names.end());
  STAREVAL_TRY(const MergeReport report, merge_runs(parts, out));
  fmt::print(stderr, "{} replies of {} runs in {}{}\n", report.replies, parts.size(), out.string(),
             report.duplicates == 0
                 ? ""
                 : fmt::format(" ({} stood in several, and are written once)", report.duplicates));
  STAREVAL_TRY(const fs::path dataset, dataset_folder(parser));
  STAREVAL_TRY(const StoredRun run, StoredRun::open(make_registry(), out, dataset));
  return print_score(run, out, parser.has("json"));
}

Result<int> verify_command(const Arguments& arguments) {
  OptionParser parser("star-eval verify RUN [OPTIONS]",
                      "  star-eval verify runs/RUN           exits 1 where a score differs\n");
  add_options(parser);
  STAREVAL_CHECK(parser.parse(arguments));
  if (parser.help()) return kSuccess;
  STAREVAL_TRY(const StoredRun run, open_run(parser, "verify"));
  STAREVAL_TRY(const ScoredRun scored, run.score());
  const fs::path folder = parser.text("run");
  STAREVAL_TRY(const bool scores, same(folder / "scores.jsonl", scored.scores_jsonl()));
  STAREVAL_TRY(const bool summary, same(folder / "summary.json", scored.summary_json()));
  return scores && summary ? kSuccess : kCheckFailed;
}

}  // namespace stareval::app
