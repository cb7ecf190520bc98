#include "engine/graph/load_report.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace stareval::engine {
namespace {

struct Kind {
  std::size_t LoadReport::*count;
  std::string_view one, many;  // what was met, and what became of it
};

constexpr std::array<Kind, 14> kKinds{{
    {&LoadReport::duplicate_triples, "duplicate triple, counted once",
     "duplicate triples, counted once"},
    {&LoadReport::self_loops, "self-loop, dropped", "self-loops, dropped"},
    {&LoadReport::unknown_ids, "triple with an id that no list names, dropped",
     "triples with an id that no list names, dropped"},
    {&LoadReport::malformed_rows, "row that is not a triple, dropped",
     "rows that are not triples, dropped"},
    {&LoadReport::attributes, "row about one entity only (a literal or a type), not a triple",
     "rows about one entity only (literals and types), not triples"},
    {&LoadReport::malformed_entries, "malformed entry of a list, passed over",
     "malformed entries of lists, passed over"},
    {&LoadReport::duplicate_ids, "id listed again, the first kept",
     "ids listed again, the first kept"},
    {&LoadReport::wrong_counts, "file whose count line is missing or wrong, read whole",
     "files whose count lines are missing or wrong, read whole"},
    {&LoadReport::not_utf8, "name that is not UTF-8, wrong bytes replaced by U+FFFD",
     "names that are not UTF-8, wrong bytes replaced by U+FFFD"},
    {&LoadReport::control_characters, "name with tabs or control characters, replaced by a space",
     "names with tabs or control characters, replaced by spaces"},
    {&LoadReport::unnamed, "entity or relation without a name, its id taken",
     "entities or relations without a name, their ids taken"},
    {&LoadReport::equal_names, "entity named as another, told apart by \" (2)\"",
     "entities named as others, told apart by \" (2)\", \" (3)\" ..."},
    {&LoadReport::equal_labels, "relation labelled as another, told apart by \" (2)\"",
     "relations labelled as others, told apart by \" (2)\", \" (3)\" ..."},
    {&LoadReport::unsettable, "name in letters that no pinned font has, never drawn",
     "names in letters that no pinned font has, never drawn"},
}};

std::string isolated_line(std::size_t count) {
  return fmt::format("{} {} in no triple, never drawn", count, count == 1 ? "entity" : "entities");
}

}  // namespace

std::vector<std::string> report_lines(const LoadReport& report) {
  std::vector<std::string> lines{fmt::format("{}: {} rows, {} entities with a picture",
                                             report.format, report.rows, report.pictures)};
  for (const Kind& kind : kKinds) {
    const std::size_t count = report.*kind.count;
    if (count > 0) lines.push_back(fmt::format("{} {}", count, count == 1 ? kind.one : kind.many));
  }
  if (report.isolated > 0) lines.push_back(isolated_line(report.isolated));
  for (const std::string& example : report.examples) lines.push_back("for example " + example);
  return lines;
}

}  // namespace stareval::engine
