#include "reports/json/json.h"

#include "libstareval/base/json.h"

namespace stareval {

std::string JsonReporter::render(const ResultTable& table) const {
  json::array summaries;
  for (const Summary& summary : table.summaries) summaries.push_back(to_json_object(summary));
  return to_pretty_json(json::object{
      {"schema", "stareval.report/1"},
      {"dataset",
       json::object{{"name", table.dataset}, {"split", table.split}, {"digest", table.digest}}},
      {"mode", table.mode},
      {"summaries", std::move(summaries)}});
}

void register_json(Registry& registry) {
  registry.add_reporter(
      "json", {"all metrics of all runs: report.json",
               []() -> std::unique_ptr<Reporter> { return std::make_unique<JsonReporter>(); }});
}

}  // namespace stareval
