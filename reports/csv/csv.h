// The report for spreadsheets and scripts: a row for each model, task and metric. RFC 4180;
// fractions in [0, 1]; an empty field is undefined.
#pragma once

#include "libstareval/report/reporter.h"
#include "libstareval/run/registry.h"

namespace stareval {

class CsvReporter : public Reporter {
 public:
  [[nodiscard]] std::string file_name() const override { return "report.csv"; }
  [[nodiscard]] std::string render(const ResultTable& table) const override;
};

void register_csv(Registry& registry);

}  // namespace stareval
