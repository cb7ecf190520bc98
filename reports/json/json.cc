#include "reports/json/json.h"

#include "libstareval/base/json.h"

namespace stareval {

namespace {

json::object to_json_object(const Reported& reported) {
  json::array rows;
  for (const ReportedRow& row : reported.rows) {
    json::object tasks;
    for (const auto& [task, value] : row.tasks)
      tasks[task] = json::object{{"metric", value.metric}, {"value", value.value}};
    json::object entry{{"model", row.model}, {"tasks", std::move(tasks)}, {"average", nullptr}};
    if (row.average) entry["average"] = *row.average;
    rows.push_back(std::move(entry));
  }
  return {{"source", reported.source}, {"note", reported.note}, {"rows", std::move(rows)}};
}

}  // namespace

std::string JsonReporter::render(const ResultTable& table) const {
  json::array summaries;
  for (const Summary& summary : table.summaries) summaries.push_back(to_json_object(summary));
  json::array reported;
  for (const Reported& source : table.reported) reported.push_back(to_json_object(source));
  return to_pretty_json(json::object{
      {"schema", "stareval.report/1"},
      {"dataset",
       json::object{{"name", table.dataset}, {"split", table.split}, {"digest", table.digest}}},
      {"mode", table.mode},
      {"summaries", std::move(summaries)},
      {"reported", std::move(reported)}});
}

void register_json(Registry& registry) {
  registry.add_reporter(
      "json", {"all metrics of all runs: report.json",
               []() -> std::unique_ptr<Reporter> { return std::make_unique<JsonReporter>(); }});
}

}  // namespace stareval
