// Result tables for reporters: a hostile one for golden files, and empty ones.
#pragma once

#include <vector>

#include "libstareval/report/result_table.h"
#include "tests/support/summaries.h"

namespace stareval::testing {

// Three runs: one with hostile names and gaps, one complete with an average, one with nothing in
// common with the others but the dataset. Made by hand, so that names reach the reporter as they
// are.
inline ResultTable hostile_table() {
  const Summary hostile = hostile_summary();
  Summary good = run_summary("gpt-4o", {task_summary("EC", 400)});
  good.average = metric("average", 2.0 / 3, 0.5, 0.8125, 400);
  Summary bare = run_summary("-1+1", {});
  const Metric undefined{"=SUM(A1)", std::nullopt, std::nullopt, std::nullopt, 0, "none"};
  ResultTable table{hostile.dataset, hostile.split, hostile.digest, "direct", {}, {}, {}, {}};
  table.columns = {{"EC", "accuracy"}, {"XX|<b>", "=SUM(A1)"}};
  table.rows = {{hostile.backend,
                 hostile.model,
                 {ResultCell{hostile.tasks[0].metrics[0], hostile.tasks[0].coverage(), 400},
                  ResultCell{undefined, 0, 3}},
                 std::nullopt},
                {good.backend,
                 good.model,
                 {ResultCell{good.tasks[0].metrics[0], 1, 400}, std::nullopt},
                 good.average},
                {bare.backend, bare.model, {std::nullopt, std::nullopt}, std::nullopt}};
  table.summaries = {hostile, good, bare};
  table.reported = {
      {"=source|<i>",
       "a <b>note</b>",
       {{"+model, \"x\"|", {{"EC", {0.5, "accuracy"}}, {"XX|<b>", {0.25, "score"}}}, 0.375},
        {"none", {}, std::nullopt}}}};
  return table;
}

// A run of which nothing is known: no attempt, no value.
inline ResultTable undefined_table() {
  const Metric undefined{"accuracy", std::nullopt, std::nullopt, std::nullopt, 0, "none"};
  TaskSummary task = task_summary("EC", 0);
  task.metrics = {undefined};
  Summary run = run_summary("m", {task});
  run.average = undefined;
  ResultTable table{run.dataset,          run.split, run.digest, run.mode,
                    {{"EC", "accuracy"}}, {},        {run},      {}};
  table.rows = {{run.backend, run.model, {ResultCell{undefined, 0, 0}}, undefined}};
  return table;
}

}  // namespace stareval::testing
