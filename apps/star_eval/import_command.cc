// star-eval import: a dataset from the files of another benchmark.
#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "apps/star_eval/command.h"
#include "apps/star_eval/options.h"
#include "engine/import_more.h"

namespace stareval::app {
namespace {

OptionParser make_parser() {
  OptionParser parser("star-eval import --format more FILE --images DIR --out DATASET [OPTIONS]",
                      "  star-eval import --format more MORE/txt/test.txt "
                      "--images MORE/img_org/test --out more\n"
                      "  star-eval import --format more MORE/txt/train.txt "
                      "--images MORE/img_org/train --split train --out more\n\n"
                      "docs/more.md says what becomes what.\n");
  parser.add()("file", po::value<std::string>(), "");
  parser.add()("format", po::value<std::string>()->value_name("NAME"), "more");
  parser.add()("images", po::value<std::string>()->value_name("DIR"),
               "folder of the pictures that the file names");
  parser.add()("split", po::value<std::string>()->value_name("NAME")->default_value("test"),
               "of the dataset (default: test)");
  parser.add()("name", po::value<std::string>()->value_name("NAME")->default_value("more"),
               "of the dataset (default: more)");
  parser.add()("out", po::value<std::string>()->value_name("DIR"), "folder of the dataset");
  parser.add()("threads", po::value<std::string>()->value_name("N"),
               "for the pictures (default: one a core)");
  parser.add()("quiet", "no notes");
  parser.positional("file", 1);
  return parser;
}

Result<void> check_format(const OptionParser& parser) {
  if (!parser.has("format"))
    return make_error(ErrorCode::usage, "--format is missing: say --format more");
  if (parser.text("format") == "more") return {};
  return make_error(ErrorCode::usage, "--format: expected more, found \"{}\"",
                    parser.text("format"));
}

Result<engine::ImportOptions> read_options(const OptionParser& parser) {
  STAREVAL_CHECK(check_format(parser));
  if (!parser.has("file"))
    return make_error(ErrorCode::usage, "import: name a file: star-eval import --format more FILE");
  for (const char* option : {"images", "out"})
    if (!parser.has(option))
      return make_error(ErrorCode::usage,
                        "--{} is missing; `star-eval import --help` has an example", option);
  engine::ImportOptions options;
  options.file = parser.text("file");
  options.pictures = parser.text("images");
  options.split = parser.text("split");
  options.name = parser.text("name");
  options.out = parser.text("out");
  options.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  if (parser.has("threads")) {
    STAREVAL_TRY(const std::uint64_t threads, parser.number("threads", 1, 256));
    options.threads = static_cast<int>(threads);
  }
  return options;
}

void print(const engine::ImportReport& report, const engine::ImportOptions& options, bool quiet) {
  fmt::print("{} {}: {} samples in {}, {} pictures, {} crops\ndigest {}\n", options.name,
             report.split.split, report.split.samples, (options.out / report.split.file).string(),
             report.pictures, report.crops, report.split.digest);
  if (quiet) return;
  for (const std::string& line : report_lines(report.loss)) fmt::print(stderr, "{}\n", line);
}

}  // namespace

Result<int> import_command(const Arguments& arguments) {
  OptionParser parser = make_parser();
  STAREVAL_CHECK(parser.parse(arguments));
  if (parser.help()) return kSuccess;
  STAREVAL_TRY(const engine::ImportOptions options, read_options(parser));
  STAREVAL_TRY(const engine::ImportReport report, engine::import_more(options));
  print(report, options, parser.has("quiet"));
  return kSuccess;
}

}  // namespace stareval::app
