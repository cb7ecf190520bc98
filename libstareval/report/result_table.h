// Runs side by side: a row a model, a column a task. Only what may be compared gets into one table:
// the same dataset digest for all, and within a column the same protocol version, prompt and mode.
// Thread  values and pure functions.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libstareval/base/result.h"
#include "libstareval/report/reported.h"
#include "libstareval/report/summary.h"

namespace stareval {

struct ResultColumn {
  std::string task;
  std::string headline;
};

struct ResultCell {
  Metric metric;  // the headline
  double coverage = 0;
  std::size_t n = 0;  // attempts owed
};

struct ResultRow {
  std::string backend;
  std::string model;
  std::vector<std::optional<ResultCell>> cells;  // one a column; nothing: the task was not run
  std::optional<Metric> average;
};

struct ResultTable {
  std::string dataset;
  std::string split;
  std::string digest;
  std::string mode;  // "cot"; with the form of the answers where it is not choice: "cot, ranking"
  std::vector<ResultColumn> columns;
  std::vector<ResultRow> rows;     // in the order given
  std::vector<Summary> summaries;  // the whole of each row, for reporters that print more
  std::vector<Reported> reported;  // what others published, printed beside and marked
};

// Whether the scores of two runs may stand side by side.
// Errors  mismatch: what differs between them (digest, mode, form of answers, what was asked; in a
// task that both
//         have: protocol version, prompt, number of samples).
[[nodiscard]] Result<void> check_comparable(const Summary& a, const Summary& b);

// Errors  mismatch: what differs between which two runs (digest, mode, protocol version, prompt).
//         usage: no summaries.
[[nodiscard]] Result<ResultTable> build_table(std::span<const Summary> summaries);

}  // namespace stareval
