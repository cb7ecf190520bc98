// star-eval audit: is a dataset a fair test: faults, balance, leaks, and priors that never look.
#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "apps/star_eval/command.h"
#include "apps/star_eval/options.h"
#include "engine/audit/audit.h"
#include "engine/audit/page.h"
#include "libstareval/base/file.h"
#include "libstareval/base/json.h"
#include "libstareval/base/text.h"
#include "libstareval/data/locations.h"

namespace stareval::app {
namespace {

OptionParser make_parser() {
  OptionParser parser(
      "star-eval audit DATASET|FILE.json [OPTIONS]",
      "  star-eval audit atlas\n"
      "  star-eval audit my-dataset/ --split test,train --markdown audit.md\n"
      "  star-eval audit m3str/task3_relation_with_answer.json --json\n\n"
      "Exit code 1 where a check fails. docs/audit.md says what each number means.\n");
  parser.add()("dataset", po::value<std::string>(), "");
  parser.add()("split", po::value<std::string>()->value_name("NAMES"),
               "test, train ... (default: all, held against each other)");
  parser.add()("markdown", po::value<std::string>()->value_name("FILE"),
               "write the page there, too");
  parser.add()("json", "the findings as JSON");
  parser.add()("no-pictures", "do not open the pictures");
  parser.add()("threads", po::value<std::string>()->value_name("N"),
               "for reading pictures (default: one a core)");
  parser.positional("dataset", 1);
  return parser;
}

// A name or folder of a dataset, a file of M3STR, or a folder of such files.
Result<std::filesystem::path> find_source(const std::string& name) {
  if (file_exists(name)) return std::filesystem::path(name);
  return find_data("datasets", name);
}

Result<engine::AuditSource> read_source(const OptionParser& parser) {
  if (!parser.has("dataset"))
    return make_error(ErrorCode::usage, "audit: name a dataset: star-eval audit atlas");
  engine::AuditSource source;
  STAREVAL_TRY(source.path, find_source(parser.text("dataset")));
  if (parser.has("split"))
    for (const std::string& names = parser.text("split"); const auto name : split(names, ','))
      source.splits.emplace_back(trim(name));
  source.open_pictures = !parser.has("no-pictures");
  source.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  if (parser.has("threads")) {
    STAREVAL_TRY(const std::uint64_t threads, parser.number("threads", 1, 256));
    source.threads = static_cast<int>(threads);
  }
  return source;
}

}  // namespace

Result<int> audit_command(const Arguments& arguments) {
  OptionParser parser = make_parser();
  STAREVAL_CHECK(parser.parse(arguments));
  if (parser.help()) return kSuccess;
  STAREVAL_TRY(const engine::AuditSource source, read_source(parser));
  STAREVAL_TRY(const engine::AuditInput input, engine::read_for_audit(source));
  const engine::Audit found = engine::audit(input);
  if (parser.has("markdown"))
    STAREVAL_CHECK(write_file_atomic(parser.text("markdown"), engine::to_markdown(found)));
  if (parser.has("json")) fmt::print("{}", to_pretty_json(engine::to_json_object(found)));
  else fmt::print("{}", engine::to_text(found));
  return found.failures() == 0 ? kSuccess : kCheckFailed;
}

}  // namespace stareval::app
