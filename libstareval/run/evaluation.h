// A whole evaluation: plan, send, journal, score, summarise. What `star-eval run` does, and what a
// C++ test calls to evaluate a backend of its own:
//     Registry registry = make_registry();
//     auto result = evaluate(registry, dataset, my_backend, {.plan = {.tasks = {"RC"}}});
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "libstareval/base/result.h"
#include "libstareval/report/summary.h"
#include "libstareval/run/batch_runner.h"
#include "libstareval/run/budget.h"
#include "libstareval/run/plan.h"
#include "libstareval/run/registry.h"
#include "libstareval/run/runner.h"

namespace stareval {

struct Evaluation {
  PlanOptions plan;
  RunnerOptions runner;

  // What the run may cost, with the runs that it goes on with. Nothing: no cap.
  std::optional<BudgetOptions> budget;

  // Sent as batches in place of one by one, with a backend that has them; `keep` is needed.
  std::optional<BatchOptions> batch;

  // What the manifest and the summary say of the model; the backend itself is given.
  std::string backend = "in-process";

  // Whether replies, scores and summary stay on disk, and where. An evaluation that finds its own
  // journal there goes on with it. An empty folder stands for
  // runs/<backend>-<model>-<dataset>-<tasks>-<mode>-<identity>: the same options, the same folder.
  bool keep = false;
  std::filesystem::path folder;
};

struct EvaluationResult {
  std::filesystem::path folder;  // empty where nothing was kept
  Summary summary;
  RunProgress progress;
  // With a budget: what all attempts count for (run/budget.h), and whether it ended the run.
  std::int64_t spent_nanos = 0;
  bool budget_stopped = false;
  // With batches: for somebody to run their files, and what people should know.
  bool waiting = false;
  std::vector<std::string> notes;
};

// Where the run of a plan is kept: the folder of `evaluation`, or the default that its options lead
// to.
[[nodiscard]] std::filesystem::path run_folder(const Plan& plan, const Backend& backend,
                                               const Evaluation& evaluation);

// Errors  usage: a task that is unknown or not in the dataset; a budget that cannot be kept;
// batches
//         that the backend does not have.
// mismatch: the folder holds another run.
//         io: files. network: the endpoint is dead.
[[nodiscard]] Result<EvaluationResult> evaluate(const Registry& registry, const Dataset& dataset,
                                                Backend& backend, const Evaluation& evaluation);

}  // namespace stareval
