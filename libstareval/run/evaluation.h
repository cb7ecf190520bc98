// A whole evaluation: plan, send, journal, score, summarise. What `star-eval run` does, and what a
// C++ test calls to evaluate a backend of its own:
//     Registry registry = make_registry();
//     auto result = evaluate(registry, dataset, my_backend, {.plan = {.tasks = {"RC"}}});
#pragma once

#include <filesystem>
#include <string>

#include "libstareval/base/result.h"
#include "libstareval/report/summary.h"
#include "libstareval/run/plan.h"
#include "libstareval/run/registry.h"
#include "libstareval/run/runner.h"

namespace stareval {

struct Evaluation {
  PlanOptions plan;
  RunnerOptions runner;

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
};

// Errors  usage: a task that is unknown or not in the dataset. mismatch: the folder holds another
// run.
//         io: files. network: the endpoint is dead.
[[nodiscard]] Result<EvaluationResult> evaluate(const Registry& registry, const Dataset& dataset,
                                                Backend& backend, const Evaluation& evaluation);

}  // namespace stareval
