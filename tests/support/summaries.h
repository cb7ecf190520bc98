// Summaries made by hand, for tables and reports.
#pragma once

#include <cmath>
#include <string>
#include <utility>

#include "libstareval/report/summary.h"

namespace stareval::testing {

inline Metric metric(const std::string& name, double value, double low, double high,
                     std::size_t n) {
  return {name, value, low, high, n, "wilson"};
}

// Of `n` attempts all answered, with one metric, accuracy 0.5.
inline TaskSummary task_summary(const std::string& task, std::size_t n = 10) {
  TaskSummary summary;
  summary.task = task;
  summary.protocol = "counting";
  summary.protocol_version = "1";
  summary.prompt_digest = "sha256:p";
  summary.n = n;
  summary.outcomes[static_cast<std::size_t>(Outcome::answered)] = n;
  summary.headline = "accuracy";
  summary.metrics = {metric("accuracy", 0.5, 0.25, 0.75, n)};
  return summary;
}

inline Summary run_summary(const std::string& model, std::vector<TaskSummary> tasks) {
  Summary summary;
  summary.dataset = "little";
  summary.split = "test";
  summary.digest = "sha256:d";
  summary.backend = "openai";
  summary.model = model;
  summary.mode = "direct";
  summary.decoding = R"({"max_tokens":4096,"temperature":0})";
  summary.tasks = std::move(tasks);
  return summary;
}

// A run with gaps, an undefined metric and names that try to be markup, formulas and new lines.
inline Summary hostile_summary() {
  TaskSummary counting = task_summary("EC", 400);
  counting.outcomes = {};
  counting.outcomes[static_cast<std::size_t>(Outcome::answered)] = 399;
  counting.outcomes[static_cast<std::size_t>(Outcome::truncated)] = 1;
  counting.metrics = {metric("accuracy", 1.0 / 3, 0.25, 0.4375, 399),
                      {"mean absolute error", 0.125, std::nullopt, std::nullopt, 399, "none"}};
  TaskSummary unheard = task_summary("XX|<b>", 3);
  unheard.outcomes = {};
  unheard.outcomes[static_cast<std::size_t>(Outcome::api_error)] = 2;
  unheard.outcomes[static_cast<std::size_t>(Outcome::skipped)] = 1;
  unheard.headline = "=SUM(A1)";
  unheard.metrics = {{"=SUM(A1)", std::nullopt, std::nullopt, std::nullopt, 0, "\"quoted\", too"}};
  Summary summary = run_summary("a\\|b`c`_d_\n<script>alert(1)</script>",
                                {std::move(counting), std::move(unheard)});
  summary.dataset = "little, \"very\" <img src=x>";
  summary.split = "te\r\nst";
  summary.digest = "sha256:`<script>alert(2)</script>";
  summary.backend = "@cmd";
  return summary;
}

}  // namespace stareval::testing
