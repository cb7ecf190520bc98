// star-eval check: is a dataset well-formed, line by line and picture by picture.
#include <fmt/format.h>

#include "apps/star_eval/command.h"
#include "apps/star_eval/options.h"
#include "libstareval/base/json.h"
#include "libstareval/data/dataset_check.h"
#include "libstareval/data/locations.h"
#include "libstareval/tasks/sample_check.h"

namespace stareval::app {
namespace {

json::object to_json_object(const DatasetCheck& check) {
  json::object splits;
  for (const SplitCheck& split : check.splits)
    splits[split.split] =
        json::object{{"samples", split.samples},
                     {"pictures", split.pictures},
                     {"digest", split.digest},
                     {"problems", json::array(split.problems.begin(), split.problems.end())}};
  return {{"schema", "stareval.check/1"},
          {"dataset", check.name},
          {"ok", check.ok()},
          {"splits", std::move(splits)}};
}

void print(const DatasetCheck& check) {
  for (const SplitCheck& split : check.splits) {
    for (const std::string& problem : split.problems) fmt::print("{}\n", problem);
    fmt::print(
        "{} {}: {} samples, {} pictures, {}\n", check.name, split.split, split.samples,
        split.pictures,
        split.problems.empty() ? split.digest : fmt::format("{} problems", split.problems.size()));
  }
}

}  // namespace

Result<int> check_command(const Arguments& arguments) {
  OptionParser parser("star-eval check DATASET [--json]",
                      "  star-eval check atlas\n"
                      "  star-eval check my-dataset/ --json\n");
  parser.add()("dataset", po::value<std::string>(), "");
  parser.add()("json", "the problems as JSON");
  parser.positional("dataset", 1);
  STAREVAL_CHECK(parser.parse(arguments));
  if (parser.help()) return kSuccess;
  if (!parser.has("dataset"))
    return make_error(ErrorCode::usage, "check: name a dataset: star-eval check atlas");
  STAREVAL_TRY(const auto folder, find_data("datasets", parser.text("dataset")));
  STAREVAL_TRY(const DatasetCheck check, check_dataset(folder, fault_of));
  if (parser.has("json")) fmt::print("{}", to_pretty_json(to_json_object(check)));
  else print(check);
  return check.ok() ? kSuccess : kCheckFailed;
}

}  // namespace stareval::app
