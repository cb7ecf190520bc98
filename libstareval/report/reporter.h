// A reporter writes one table in one format. Fractions in [0, 1] in files for machines, percent
// only where people read.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "libstareval/base/result.h"
#include "libstareval/report/result_table.h"

namespace stareval {

class Reporter {
 public:
  virtual ~Reporter() = default;

  // The file name it writes in a folder: "report.md".
  [[nodiscard]] virtual std::string file_name() const = 0;

  // The whole content of that file. Pure, so that it can be compared with a golden file.
  [[nodiscard]] virtual std::string render(const ResultTable& table) const = 0;
};

using ReporterFactory = std::unique_ptr<Reporter> (*)();

}  // namespace stareval
