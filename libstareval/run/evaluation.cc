#include "libstareval/run/evaluation.h"

#include <algorithm>
#include <cctype>
#include <memory>
#include <utility>

#include "libstareval/base/digest.h"
#include "libstareval/run/batch_state.h"
#include "libstareval/run/manifest.h"
#include "libstareval/run/scoring.h"
#include "libstareval/run/token_estimate.h"
#include "libstareval/tasks/sample_check.h"
#include "libstareval/tasks/task.h"

namespace stareval {
namespace {

Manifest describe(const Plan& plan, const Backend& backend, const Evaluation& evaluation) {
  Manifest manifest = describe(plan);
  manifest.backend = evaluation.backend;
  manifest.backend_identity = backend.identity();
  return manifest;
}

// A sample that cannot be scored is an error before anything is sent, not a gap in the result.
Result<void> check_samples(const Plan& plan) {
  for (const PlanItem& item : plan.items())
    if (const auto fault = item.repeat == 0 ? fault_of(*item.sample) : std::nullopt)
      return make_error(ErrorCode::bad_data,
                        "dataset {}: sample {}: {}; `star-eval check` lists all faults",
                        plan.dataset().name, item.sample->id, *fault);
  return {};
}

// Model names hold slashes ("meta/llama"); folder names must not.
std::string for_file_name(std::string text) {
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return !(std::isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '-'); },
      '-');
  return text;
}

std::filesystem::path default_folder(const Manifest& manifest) {
  const auto& tasks = manifest.tasks;
  std::string which;
  for (const ManifestTask& task : tasks) which += (which.empty() ? "" : "-") + task.task;
  if (tasks.size() == star_tasks().size()) which = "all";
  if (manifest.form != AnswerForm::choice) which += "-" + std::string(to_string(manifest.form));
  constexpr std::size_t kLongest = 120;  // of the part for people; file systems take 255 bytes
  const std::string name =
      for_file_name(fmt::format("{}-{}-{}-{}-{}", manifest.backend, manifest.model,
                                manifest.dataset, which, to_string(manifest.mode)));
  return std::filesystem::path("runs") /
         (name.substr(0, kLongest) + "-" + short_digest(identity_digest(manifest)));
}

Result<std::unique_ptr<Budget>> make_budget(const Evaluation& evaluation, const Plan& plan,
                                            const std::filesystem::path& folder) {
  if (!evaluation.budget) return nullptr;
  const BudgetOptions& options = *evaluation.budget;
  STAREVAL_CHECK(check_boundable(evaluation.plan.decoding));
  std::int64_t spent = 0;
  if (evaluation.keep) {
    STAREVAL_TRY(spent, spent_in_journal(folder / "replies.jsonl", plan, options.price));
  }
  return std::make_unique<Budget>(options.cap_nanos, options.price, spent);
}

Result<void> check_batch(bool has_batches, const Evaluation& evaluation) {
  if (!evaluation.batch) return {};
  if (!has_batches)
    return make_error(ErrorCode::usage, "the backend {} has no batches; openai has",
                      evaluation.backend);
  if (!evaluation.keep)
    return make_error(ErrorCode::usage, "batches need a run folder: set Evaluation::keep");
  return {};
}

}  // namespace

std::filesystem::path run_folder(const Plan& plan, const Backend& backend,
                                 const Evaluation& evaluation) {
  if (!evaluation.folder.empty()) return evaluation.folder;
  return default_folder(describe(plan, backend, evaluation));
}

Result<EvaluationResult> evaluate(const Registry& registry, const Dataset& dataset,
                                  Backend& backend, const Evaluation& evaluation) {
  STAREVAL_CHECK(check_batch(backend.batch() != nullptr, evaluation));
  STAREVAL_TRY(const Plan plan, Plan::make(registry, dataset, evaluation.plan));
  STAREVAL_CHECK(check_samples(plan));
  const Manifest manifest = describe(plan, backend, evaluation);
  EvaluationResult result;
  if (evaluation.keep) result.folder = run_folder(plan, backend, evaluation);
  const std::filesystem::path& folder = result.folder;
  STAREVAL_TRY(Journal journal,
               evaluation.keep ? Journal::open(folder / "replies.jsonl") : Journal::temporary());
  // Under the lock of the journal, so that two commands cannot both write it.
  if (evaluation.keep) STAREVAL_CHECK(write_or_match(folder, manifest, journal.size() > 0));
  STAREVAL_CHECK(check_journal(plan, journal));
  STAREVAL_TRY(const std::unique_ptr<Budget> budget, make_budget(evaluation, plan, folder));
  if (evaluation.keep) STAREVAL_CHECK(write_unsent(folder, Outcome::skipped));

  RunnerOptions runner = evaluation.runner;
  if (budget) runner.cost_guard = budget.get();
  if (!runner.likely_tokens)
    runner.likely_tokens = [](const Request& request) {
      constexpr double kPicture = 1000, kReply = 300;  // tokens, until replies say it
      const RequestEstimate estimate = estimate_request(request, nullptr);
      return static_cast<double>(estimate.text.high) + kReply +
             kPicture * static_cast<double>(estimate.pictures);
    };
  if (evaluation.batch) {
    BatchOptions batch = *evaluation.batch;
    batch.cost_guard = runner.cost_guard;
    batch.stop = runner.stop;
    STAREVAL_TRY(BatchRun run, run_batch(plan, *backend.batch(), journal, folder,
                                         identity_digest(manifest), batch));
    result.progress = run.progress;
    result.waiting = run.waiting;
    result.notes = std::move(run.notes);
  } else {
    if (evaluation.keep) STAREVAL_CHECK(check_no_batch_waits(folder));
    STAREVAL_TRY(result.progress, run_plan(plan, backend, journal, runner));
  }
  if (budget) result.spent_nanos = budget->spent();
  result.budget_stopped = budget && result.progress.unpaid > 0;
  const Outcome unsent = result.budget_stopped ? Outcome::budget_stopped : Outcome::skipped;
  if (evaluation.keep) STAREVAL_CHECK(write_unsent(folder, unsent));
  STAREVAL_TRY(ScoredRun scored, score_run(plan, manifest, journal, unsent));
  if (evaluation.keep) STAREVAL_CHECK(write_scores(folder, scored));
  result.summary = std::move(scored.summary);
  return result;
}

}  // namespace stareval
