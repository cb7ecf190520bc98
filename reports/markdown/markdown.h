// The report that people read: one markdown table, percent, intervals, coverage, and what to beware
// of.
#pragma once

#include "libstareval/report/reporter.h"
#include "libstareval/run/registry.h"

namespace stareval {

class MarkdownReporter : public Reporter {
 public:
  [[nodiscard]] std::string file_name() const override { return "report.md"; }
  [[nodiscard]] std::string render(const ResultTable& table) const override;
};

void register_markdown(Registry& registry);

}  // namespace stareval
