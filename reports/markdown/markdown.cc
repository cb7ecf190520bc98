#include "reports/markdown/markdown.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

#include "libstareval/base/markdown.h"

namespace stareval {
namespace {

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

// A metric that is not the column's is named.
void write_reported(const ResultTable& table, const ReportedRow& row, std::string& out) {
  fmt::format_to(std::back_inserter(out), "| {} (reported) |", markdown_text(row.model));
  for (const ResultColumn& column : table.columns) {
    const auto hit = row.tasks.find(column.task);
    if (hit == row.tasks.end()) {
      out += " - |";
      continue;
    }
    const ReportedValue& value = hit->second;
    const bool same = value.metric == column.headline;
    fmt::format_to(std::back_inserter(out), " {:.1f}{} |", value.value * 100,
                   same ? "" : " (" + markdown_text(value.metric) + ")");
  }
  out += row.average ? fmt::format(" {:.1f} |\n", *row.average * 100) : " - |\n";
}

void write_table(const ResultTable& table, std::string& out) {
  out += "| model |";
  for (const ResultColumn& column : table.columns)
    fmt::format_to(std::back_inserter(out), " {} {} |", markdown_text(column.task),
                   markdown_text(column.headline));
  out += " AVG |\n|---|";
  for (std::size_t i = 0; i <= table.columns.size(); ++i) out += "---:|";
  out += "\n";
  for (const ResultRow& row : table.rows) {
    fmt::format_to(std::back_inserter(out), "| {} {} |", markdown_text(row.backend),
                   markdown_text(row.model));
    for (const auto& cell : row.cells)
      fmt::format_to(std::back_inserter(out), " {} |", cell_text(cell));
    fmt::format_to(std::back_inserter(out), " {} |\n",
                   row.average ? value_text(*row.average) : "-");
  }
  for (const Reported& reported : table.reported)
    for (const ReportedRow& row : reported.rows) write_reported(table, row, out);
}

void write_sources(const ResultTable& table, std::string& out) {
  for (const Reported& reported : table.reported)
    fmt::format_to(std::back_inserter(out), "\n(reported): by {}, not run here. {}\n",
                   markdown_text(reported.source), markdown_text(reported.note));
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
  return floor ? fmt::format("; {} {}", markdown_text(floor->name), value_text(*floor)) : "";
}

// Runs may be decoded in different ways and still be compared; the reader must know.
void write_decodings(const ResultTable& table, std::string& out) {
  const auto& runs = table.summaries;
  if (std::all_of(runs.begin(), runs.end(),
                  [&](const Summary& run) { return run.decoding == runs.front().decoding; }))
    return;
  out += "\nDecoding differs:\n\n";
  for (const Summary& run : runs)
    fmt::format_to(std::back_inserter(out), "* {} {}: {}\n", markdown_text(run.backend),
                   markdown_text(run.model), markdown_text(run.decoding));
}

void write_gaps(const ResultTable& table, std::string& out) {
  std::string lines;
  for (const Summary& summary : table.summaries)
    for (const TaskSummary& task : summary.tasks)
      if (const std::string gaps = outcome_text(task); !gaps.empty())
        fmt::format_to(std::back_inserter(lines), "* {} {}, {}: {} of {}{}\n",
                       markdown_text(summary.backend), markdown_text(summary.model),
                       markdown_text(task.task), markdown_text(gaps), task.n, floor_text(task));
  if (!lines.empty()) out += "\nNot answered:\n\n" + lines;
}

}  // namespace

std::string MarkdownReporter::render(const ResultTable& table) const {
  std::string out = fmt::format(
      "# {}, {}, {}\n\nPercent, with 95 % intervals. Dataset `{}`. Unparsed, ambiguous and refused "
      "replies count as\nwrong; replies that were cut off or never came are not counted, and lower "
      "what is answered.\nAVG is the mean of the eight headline metrics.\n\n",
      markdown_text(table.dataset), markdown_text(table.split), markdown_text(table.mode),
      markdown_text(table.digest));
  write_table(table, out);
  write_sources(table, out);
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
