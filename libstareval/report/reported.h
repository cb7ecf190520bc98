// Results that others published, to stand beside our own in a table: never of the same pictures,
// prompts or readings, and always marked.
//     {"schema": "stareval.reported/1", "source": "arXiv 2510.21828", "note": "...",
//      "metrics": {"EC": "accuracy", "SD": "judge_score"},
//      "rows": [{"model": "GPT-4v", "tasks": {"EC": 37.75}, "average": 33.11}]}     in percent
// Thread  values and pure functions.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libstareval/base/result.h"

namespace stareval {

struct ReportedValue {
  double value = 0;    // in [0, 1]
  std::string metric;  // that was published: "accuracy", "judge_score"
};

struct ReportedRow {
  std::string model;
  std::map<std::string, ReportedValue> tasks;  // by task
  std::optional<double> average;               // as published, in [0, 1]
};

struct Reported {
  std::string source;
  std::string note;
  std::vector<ReportedRow> rows;
};

// io; bad_data with the field, what was expected and found.
[[nodiscard]] Result<Reported> read_reported(const std::filesystem::path& file);

}  // namespace stareval
