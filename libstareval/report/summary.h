// The summary of a run: what is printed, written as summary.json, and laid side by side in reports.
// Schema "stareval.summary/1" (docs/formats.md). Fractions are in [0, 1].
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "libstareval/base/json.h"
#include "libstareval/base/result.h"
#include "libstareval/model/outcome.h"
#include "libstareval/protocol/protocol.h"

namespace stareval {

inline constexpr const char* kSummarySchema = "stareval.summary/1";

struct TaskSummary {
  std::string task;
  std::string protocol;  // "counting"
  std::string protocol_version;
  std::string prompt_digest;  // of the wording around the question
  std::size_t n = 0;          // attempts that the run owes: samples x repeats
  std::array<std::size_t, kOutcomes.size()> outcomes{};  // in the order of kOutcomes; sum is n
  std::string headline;                                  // name of the first metric
  std::vector<Metric> metrics;

  [[nodiscard]] double coverage() const;  // answered / n; 0 where n is 0

  // The headline with everything that is not scored counted as wrong; nothing where all is scored,
  // or the protocol has none ("<headline>_floor").
  [[nodiscard]] std::optional<Metric> floor() const;
};

struct Summary {
  std::string dataset;
  std::string split;
  std::string digest;
  std::string backend;
  std::string model;
  std::string mode;
  std::string answer_form = "choice";  // of the tasks that have forms: AnswerForm
  std::string extractor;  // version of answer extraction; "" in summaries that do not say it
  std::string decoding;   // canonical JSON of the decoding parameters
  int repeats = 1;
  std::optional<std::size_t> limit;  // the first so many samples of each task; nothing: all
  std::vector<TaskSummary> tasks;    // in the order of the paper
  std::optional<Metric> average;     // mean of the headlines; only of all eight tasks and choices
};

[[nodiscard]] json::object to_json_object(const Summary& summary);
[[nodiscard]] Result<Summary> summary_from_json(const json::object& object,
                                                const std::string& where);

}  // namespace stareval
