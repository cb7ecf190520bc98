// star-eval list: what this build knows.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "apps/star_eval/command.h"
#include "apps/star_eval/options.h"
#include "apps/star_eval/registry.h"
#include "libstareval/base/text.h"
#include "libstareval/data/locations.h"
#include "libstareval/tasks/task.h"

namespace stareval::app {
namespace {

struct Line {
  std::string name, summary;
};
using Lines = std::vector<Line>;

Lines tasks(const Registry& registry) {
  Lines lines;
  for (const std::string& id : registry.tasks()) {
    const Task* task = find_task(id);
    lines.push_back({id, task == nullptr ? "" : std::string(task->title)});
  }
  return lines;
}

Lines backends(const Registry& registry) {
  Lines lines;
  for (const auto& [name, entry] : registry.backends()) lines.push_back({name, entry.summary});
  return lines;
}

Lines protocols(const Registry& registry) {
  Lines lines;
  for (const auto& [name, make] : registry.protocols()) {
    const ProtocolInfo info = make({})->info();
    lines.push_back({name, fmt::format("{} ({})", info.summary, fmt::join(info.tasks, ", "))});
  }
  return lines;
}

Lines reports(const Registry& registry) {
  Lines lines;
  for (const auto& [name, entry] : registry.reporters()) lines.push_back({name, entry.summary});
  return lines;
}

Lines shipped(const std::string& kind) {
  Lines lines;
  for (const std::string& name : shipped_names(kind)) lines.push_back({name, ""});
  return lines;
}

struct Kind {
  std::string_view name;
  Lines (*lines)(const Registry& registry);
};
constexpr std::array<Kind, 6> kKinds{{
    {"tasks", tasks},
    {"backends", backends},
    {"protocols", protocols},
    {"datasets", [](const Registry&) { return shipped("datasets"); }},
    {"graphs", [](const Registry&) { return shipped("graphs"); }},
    {"reports", reports},
}};

json::object to_json_object(const Kind& kind) {
  json::array items;
  for (const Line& line : kind.lines(app_registry()))
    items.push_back(json::object{{"name", line.name}, {"summary", line.summary}});
  return {{"schema", "stareval.list/1"}, {std::string(kind.name), std::move(items)}};
}

void print(const Kind& kind) {
  const Lines lines = kind.lines(app_registry());
  std::size_t width = 0;
  for (const Line& line : lines) width = std::max(width, line.name.size());
  for (const Line& line : lines)
    fmt::print("{}\n", trim(fmt::format("{:<{}}  {}", line.name, width, line.summary)));
}

}  // namespace

Result<int> list_command(const Arguments& arguments) {
  OptionParser parser("star-eval list tasks|backends|protocols|datasets|graphs|reports [--json]",
                      "  star-eval list backends\n");
  parser.add()("what", po::value<std::string>(), "");
  parser.add()("json", "as JSON");
  parser.positional("what", 1);
  STAREVAL_CHECK(parser.parse(arguments));
  if (parser.help()) return kSuccess;
  const std::string what = parser.text("what");
  const auto* kind =
      std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& k) { return k.name == what; });
  if (kind == kKinds.end())
    return make_error(
        ErrorCode::usage,
        "list: expected tasks, backends, protocols, datasets, graphs or reports, found {}",
        what.empty() ? "nothing" : "\"" + what + "\"");
  if (parser.has("json")) fmt::print("{}", to_pretty_json(to_json_object(*kind)));
  else print(*kind);
  return kSuccess;
}

}  // namespace stareval::app
