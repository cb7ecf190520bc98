// star-eval verify: what the journal of a run says, against the scores that lie beside it.
#include <fmt/format.h>

#include <filesystem>

#include "apps/star_eval/command.h"
#include "apps/star_eval/options.h"
#include "apps/star_eval/score_source.h"
#include "libstareval/base/file.h"

namespace stareval::app {
namespace {

namespace fs = std::filesystem;

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

Result<int> verify_command(const Arguments& arguments) {
  OptionParser parser("star-eval verify RUN [OPTIONS]",
                      "  star-eval verify runs/RUN           exits 1 where a score differs\n");
  add_run_folder_options(parser);
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
