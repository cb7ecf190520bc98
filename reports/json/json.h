// The report for programs: {"schema": "stareval.report/1", "dataset", "summaries": [...]}, each
// summary as in summary.json.
#pragma once

#include "libstareval/report/reporter.h"
#include "libstareval/run/registry.h"

namespace stareval {

class JsonReporter : public Reporter {
 public:
  [[nodiscard]] std::string file_name() const override { return "report.json"; }
  [[nodiscard]] std::string render(const ResultTable& table) const override;
};

void register_json(Registry& registry);

}  // namespace stareval
