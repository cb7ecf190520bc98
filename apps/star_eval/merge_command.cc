// star-eval merge: shards of one run, put together and scored.
#include <fmt/format.h>

#include <filesystem>
#include <vector>

#include "apps/star_eval/command.h"
#include "apps/star_eval/console.h"
#include "apps/star_eval/options.h"
#include "apps/star_eval/registry.h"
#include "apps/star_eval/score_source.h"
#include "libstareval/run/merge.h"

namespace stareval::app {

namespace fs = std::filesystem;

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
  STAREVAL_TRY(const StoredRun run, StoredRun::open(app_registry(), out, dataset));
  STAREVAL_TRY(const ScoredRun scored, run.score());
  STAREVAL_CHECK(write_scores(out, scored));
  if (parser.has("json")) fmt::print("{}", scored.summary_json());
  else fmt::print("{}", summary_text(scored.summary));
  fmt::print(stderr, "{}", summary_warnings(scored.summary));
  return kSuccess;
}

}  // namespace stareval::app
