// star-eval compare: two runs of the same split, sample by sample, offline.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <thread>
#include <vector>

#include "apps/star_eval/command.h"
#include "apps/star_eval/comparison_text.h"
#include "apps/star_eval/options.h"
#include "apps/star_eval/registry.h"
#include "libstareval/data/locations.h"
#include "libstareval/report/comparison.h"
#include "libstareval/run/scoring.h"

namespace stareval::app {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostListed = 1'000'000;  // of discordant pairs
constexpr std::uint64_t kMostReplicates = 1'000'000;
constexpr std::uint64_t kFewestReplicates = 100;  // below, p cannot fall under 0.01

void add_options(OptionParser& parser) {
  parser.add()("run", po::value<std::vector<std::string>>(), "");
  parser.add()("margin", po::value<std::string>()->value_name("FRACTION"),
               "also test whether the two differ by less than this: 0.02 is 2 points");
  parser.add()("discordant", po::value<std::string>()->value_name("N"),
               "list so many samples of each task on which the runs differ (default: 0)");
  parser.add()("dataset", po::value<std::string>()->value_name("NAME|DIR"),
               "where the dataset lies now, if it moved since the runs");
  parser.add()("seed", po::value<std::string>()->value_name("N"),
               "of sign flips and bootstrap (default: 20251021)");
  parser.add()("replicates", po::value<std::string>()->value_name("N"),
               "of sign flips and bootstrap (default: 10000)");
  parser.add()("json", "the comparison as JSON on stdout");
  parser.positional("run", -1);
}

Result<double> parse_margin(const std::string& text) {
  double margin = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), margin);
  if (failure != std::errc() || end != text.data() + text.size() || !(margin > 0 && margin < 1))
    return make_error(
        ErrorCode::usage,
        "--margin is \"{}\", and must be a fraction between 0 and 1: 0.02 is 2 points", text);
  return margin;
}

Result<ComparisonOptions> read_options(const OptionParser& parser) {
  ComparisonOptions options;
  if (parser.has("margin")) {
    STAREVAL_TRY(options.margin, parse_margin(parser.text("margin")));
  }
  if (parser.has("discordant")) {
    STAREVAL_TRY(options.discordant, parser.number("discordant", 0, kMostListed));
  }
  if (parser.has("seed")) {
    STAREVAL_TRY(options.seed, parser.number("seed", 0, ~std::uint64_t{0}));
  }
  if (parser.has("replicates")) {
    STAREVAL_TRY(options.replicates,
                 parser.number("replicates", kFewestReplicates, kMostReplicates));
  }
  options.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  return options;
}

// From the journals, always: a scores.jsonl may have been made by another version.
Result<Comparison> compare(const fs::path& folder_a, const fs::path& folder_b,
                           const fs::path& dataset, const ComparisonOptions& options) {
  const Registry registry = app_registry();
  STAREVAL_TRY(const StoredRun stored_a, StoredRun::open(registry, folder_a, dataset));
  STAREVAL_TRY(const StoredRun stored_b, StoredRun::open(registry, folder_b, dataset));
  STAREVAL_TRY(const ScoredRun a, stored_a.score());
  STAREVAL_TRY(const ScoredRun b, stored_b.score());
  return compare_runs({&a.summary, a.scored, folder_a.string()},
                      {&b.summary, b.scored, folder_b.string()}, options);
}

}  // namespace

Result<int> compare_command(const Arguments& arguments) {
  OptionParser parser(
      "star-eval compare RUN_A RUN_B [OPTIONS]",
      "  star-eval compare runs/before runs/after               differences are B - A\n"
      "  star-eval compare runs/full runs/int4 --margin 0.02    is B as good within 2 points\n"
      "  star-eval compare runs/a runs/b --discordant 5 --json\n");
  add_options(parser);
  STAREVAL_CHECK(parser.parse(arguments));
  if (parser.help()) return kSuccess;
  const std::vector<std::string> runs =
      parser.has("run") ? parser.texts("run") : std::vector<std::string>{};
  if (runs.size() != 2)
    return make_error(ErrorCode::usage,
                      "compare: name two run folders: star-eval compare runs/A runs/B; there are "
                      "{}",
                      runs.size());
  STAREVAL_TRY(const ComparisonOptions options, read_options(parser));
  fs::path dataset;
  if (parser.has("dataset")) {
    STAREVAL_TRY(dataset, find_data("datasets", parser.text("dataset")));
  }
  STAREVAL_TRY(const Comparison comparison, compare(runs[0], runs[1], dataset, options));
  if (parser.has("json")) fmt::print("{}", to_pretty_json(to_json_object(comparison)));
  else fmt::print("{}", comparison_text(comparison));
  return kSuccess;
}

}  // namespace stareval::app
