// star-eval export: a split as the file that a trainer reads.
#include <fmt/format.h>

#include "apps/star_eval/command.h"
#include "apps/star_eval/options.h"
#include "apps/star_eval/registry.h"
#include "libstareval/data/locations.h"
#include "libstareval/tasks/task.h"
#include "training/export.h"

namespace stareval::app {
namespace {

std::string format_help() {
  std::string help;
  for (const training::Format& format : training::formats())
    help += fmt::format("{}{}: {}", help.empty() ? "" : "; ", format.name, format.summary);
  return help;
}

OptionParser make_parser() {
  OptionParser parser(
      "star-eval export DATASET [OPTIONS]",
      "  star-eval export data --format llama-factory --mode cot --out sft\n"
      "  star-eval export data --format ms-swift --task ER,RR --images copy --out sft\n");
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  const auto preset = [&](const char* name, const char* value) {
    return text(name)->default_value(value);
  };
  parser.add()("dataset", po::value<std::string>(), "");
  parser.add()("format", text("NAME"), format_help().c_str());
  parser.add()("split", preset("NAME", "train"), "of the dataset (default: train)");
  parser.add()("task", text("IDS"), "EC,RC,... (default: all that the split holds)");
  parser.add()("mode", preset("MODE", "direct"),
               "direct: the answer only; cot: the rationale first (default: direct)");
  parser.add()("images", preset("HOW", "relative"),
               "name the dataset's files by a relative or an absolute path, or copy them "
               "(default: relative)");
  parser.add()("name", text("NAME"), "of the file (default: DATASET_SPLIT_MODE)");
  parser.add()("out", text("DIR"), "folder of the export");
  parser.add()("force", "write over a file of that name");
  parser.positional("dataset", 1);
  return parser;
}

Result<void> require(const OptionParser& parser, const char* name, const char* example) {
  if (parser.has(name)) return {};
  return make_error(ErrorCode::usage, "export: {} is missing: for example star-eval export {}",
                    std::string_view(name) == "dataset" ? "the dataset" : std::string("--") + name,
                    example);
}

Result<training::ExportOptions> read_options(const OptionParser& parser, const Registry& registry) {
  constexpr const char* kExample = "data --format llama-factory --out sft";
  for (const char* name : {"dataset", "format", "out"})
    STAREVAL_CHECK(require(parser, name, kExample));
  training::ExportOptions options;
  STAREVAL_TRY(options.format, training::find_format(parser.text("format")));
  STAREVAL_TRY(options.dataset, find_data("datasets", parser.text("dataset")));
  options.split = parser.text("split");
  if (parser.has("task")) {
    STAREVAL_TRY(options.tasks, parse_tasks(parser.text("task"), registry.tasks()));
  }
  STAREVAL_TRY(options.mode, parse_mode(parser.text("mode")));
  STAREVAL_TRY(options.pictures, training::parse_pictures(parser.text("images")));
  options.out = parser.text("out");
  options.name = parser.text("name");
  options.overwrite = parser.has("force");
  return options;
}

}  // namespace

Result<int> export_command(const Arguments& arguments) {
  OptionParser parser = make_parser();
  STAREVAL_CHECK(parser.parse(arguments));
  if (parser.help()) return kSuccess;
  const Registry registry = app_registry();
  STAREVAL_TRY(const training::ExportOptions options, read_options(parser, registry));
  STAREVAL_TRY(const training::ExportReport report, training::export_split(registry, options));
  fmt::print("{}: {} rows\n", report.file.string(), report.rows);
  if (report.escaped > 0)
    fmt::print(stderr,
               "{} rows hold a text like <image>, which stands there as \uFF1Cimage\uFF1E: the "
               "trainer would put a picture in its place\n",
               report.escaped);
  return kSuccess;
}

}  // namespace stareval::app
