#include "reports/markdown/markdown.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

namespace stareval {
namespace {

// Names come from users and servers: what markdown or HTML would act upon is made plain text.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '|': out += "\\|"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      case '\\':
      case '`':
      case '~':
      case '*':
      case '_':
      case '[':
      case ']': out += fmt::format("\\{}", c); break;
      case '\n':
      case '\r': out += ' '; break;
      default: out += (c >= 0 && c < 0x20) || c == 0x7f ? '?' : c;
    }
  }
  return out;
}

std::string value_text(const Metric& metric) {
  if (!metric.value) return "undefined";
  if (!metric.low || !metric.high) return fmt::format("{:.1f}", *metric.value * 100);
  return fmt::format("{:.1f} [{:.1f}, {:.1f}]", *metric.value * 100, *metric.low * 100,
                     *metric.high * 100);
}

// A cell says its coverage where something is missing from it.
std::string cell_text(const std::optional<ResultCell>& cell) {
  if (!cell) return "-";
  std::string text = value_text(cell->metric);
  if (cell->coverage < 1)
    text += fmt::format(" ({:.1f} % answered)", std::min(cell->coverage * 100, 99.9));
  return text;
}

void write_table(const ResultTable& table, std::string& out) {
  out += "| model |";
  for (const ResultColumn& column : table.columns)
    fmt::format_to(std::back_inserter(out), " {} {} |", plain(column.task), plain(column.headline));
  out += " AVG |\n|---|";
  for (std::size_t i = 0; i <= table.columns.size(); ++i) out += "---:|";
  out += "\n";
  for (const ResultRow& row : table.rows) {
    fmt::format_to(std::back_inserter(out), "| {} {} |", plain(row.backend), plain(row.model));
    for (const auto& cell : row.cells)
      fmt::format_to(std::back_inserter(out), " {} |", cell_text(cell));
    fmt::format_to(std::back_inserter(out), " {} |\n",
                   row.average ? value_text(*row.average) : "-");
  }
}

std::string outcome_text(const TaskSummary& task) {
  std::string text;
  for (std::size_t i = 0; i < kOutcomes.size(); ++i)
    if (task.outcomes[i] > 0 && kOutcomes[i] != Outcome::answered)
      fmt::format_to(std::back_inserter(text), "{}{} {}", text.empty() ? "" : ", ",
                     task.outcomes[i], to_string(kOutcomes[i]));
  return text;
}

// What the headline would be if everything that is not scored were wrong.
std::string floor_text(const TaskSummary& task) {
  const auto floor = task.floor();
  return floor ? fmt::format("; {} {}", plain(floor->name), value_text(*floor)) : "";
}

// Runs may be decoded in different ways and still be compared; the reader must know.
void write_decodings(const ResultTable& table, std::string& out) {
  const auto& runs = table.summaries;
  if (std::all_of(runs.begin(), runs.end(),
                  [&](const Summary& run) { return run.decoding == runs.front().decoding; }))
    return;
  out += "\nDecoding differs:\n\n";
  for (const Summary& run : runs)
    fmt::format_to(std::back_inserter(out), "* {} {}: {}\n", plain(run.backend), plain(run.model),
                   plain(run.decoding));
}

void write_gaps(const ResultTable& table, std::string& out) {
  std::string lines;
  for (const Summary& summary : table.summaries)
    for (const TaskSummary& task : summary.tasks)
      if (const std::string gaps = outcome_text(task); !gaps.empty())
        fmt::format_to(std::back_inserter(lines), "* {} {}, {}: {} of {}{}\n",
                       plain(summary.backend), plain(summary.model), plain(task.task), plain(gaps),
                       task.n, floor_text(task));
  if (!lines.empty()) out += "\nNot answered:\n\n" + lines;
}

}  // namespace

std::string MarkdownReporter::render(const ResultTable& table) const {
  std::string out = fmt::format(
      "# {}, {}, {}\n\nPercent, with 95 % intervals. Dataset `{}`. Unparsed, ambiguous and refused "
      "replies count as\nwrong; replies that were cut off or never came are not counted, and lower "
      "what is answered.\nAVG is the mean of the eight headline metrics.\n\n",
      plain(table.dataset), plain(table.split), plain(table.mode), plain(table.digest));
  write_table(table, out);
  write_gaps(table, out);
  write_decodings(table, out);
  return out;
}

void register_markdown(Registry& registry) {
  registry.add_reporter("markdown",
                        {"a table for people: report.md", []() -> std::unique_ptr<Reporter> {
                           return std::make_unique<MarkdownReporter>();
                         }});
}

}  // namespace stareval
