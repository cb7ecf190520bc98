#include "reports/csv/csv.h"

#include <fmt/format.h>

#include <iterator>
#include <string_view>

namespace stareval {
namespace {

constexpr std::string_view kHeader =
    "dataset,split,digest,mode,backend,model,task,protocol_version,metric,value,low,high,n,method,"
    "coverage\n";

// Quoted where RFC 4180 asks for it. A leading =, +, -, @, tab or carriage return would be run by a
// spreadsheet as a formula; an apostrophe before it makes it text.
std::string field(std::string_view text) {
  std::string safe(text);
  if (!safe.empty() && std::string_view("=+-@\t\r").find(safe.front()) != std::string_view::npos)
    safe.insert(0, 1, '\'');
  if (safe.find_first_of(",\"\r\n") == std::string::npos) return safe;
  std::string quoted = "\"";
  for (const char c : safe) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + "\"";
}

std::string number(const std::optional<double>& value) {
  return value ? fmt::format("{}", *value) : "";
}

void write_metric(const Summary& summary, std::string_view task, std::string_view version,
                  const Metric& metric, std::string_view coverage, std::string& out) {
  fmt::format_to(std::back_inserter(out), "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n",
                 field(summary.dataset), field(summary.split), field(summary.digest),
                 field(summary.mode), field(summary.backend), field(summary.model), field(task),
                 field(version), field(metric.name), number(metric.value), number(metric.low),
                 number(metric.high), metric.n, field(metric.method), coverage);
}

// Of another dataset: the name of the source stands in its place.
void write_reported(const std::string& source, const ReportedRow& row, std::string& out) {
  Summary summary;
  summary.dataset = source;
  summary.backend = "reported";
  summary.model = row.model;
  const auto write = [&](std::string_view task, const std::string& metric, double value) {
    write_metric(summary, task, "", {metric, value, {}, {}, 0, "reported"}, "", out);
  };
  for (const auto& [task, value] : row.tasks) write(task, value.metric, value.value);
  if (row.average) write("AVG", "average", *row.average);
}

}  // namespace

std::string CsvReporter::render(const ResultTable& table) const {
  std::string out(kHeader);
  for (const Summary& summary : table.summaries) {
    for (const TaskSummary& task : summary.tasks)
      for (const Metric& metric : task.metrics)
        write_metric(summary, task.task, task.protocol_version, metric,
                     fmt::format("{}", task.coverage()), out);
    if (summary.average) write_metric(summary, "AVG", "", *summary.average, "", out);
  }
  for (const Reported& reported : table.reported)
    for (const ReportedRow& row : reported.rows) write_reported(reported.source, row, out);
  return out;
}

void register_csv(Registry& registry) {
  registry.add_reporter(
      "csv", {"a row for each model, task and metric: report.csv",
              []() -> std::unique_ptr<Reporter> { return std::make_unique<CsvReporter>(); }});
}

}  // namespace stareval
