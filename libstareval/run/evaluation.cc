#include "libstareval/run/evaluation.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "libstareval/base/digest.h"
#include "libstareval/run/manifest.h"
#include "libstareval/run/scoring.h"
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
  constexpr std::size_t kLongest = 120;  // of the part for people; file systems take 255 bytes
  const std::string name =
      for_file_name(fmt::format("{}-{}-{}-{}-{}", manifest.backend, manifest.model,
                                manifest.dataset, which, to_string(manifest.mode)));
  return std::filesystem::path("runs") /
         (name.substr(0, kLongest) + "-" + short_digest(identity_digest(manifest)));
}

}  // namespace

Result<EvaluationResult> evaluate(const Registry& registry, const Dataset& dataset,
                                  Backend& backend, const Evaluation& evaluation) {
  STAREVAL_TRY(const Plan plan, Plan::make(registry, dataset, evaluation.plan));
  STAREVAL_CHECK(check_samples(plan));
  const Manifest manifest = describe(plan, backend, evaluation);
  std::filesystem::path folder;
  if (evaluation.keep) {
    folder = evaluation.folder.empty() ? default_folder(manifest) : evaluation.folder;
  }
  STAREVAL_TRY(Journal journal,
               evaluation.keep ? Journal::open(folder / "replies.jsonl") : Journal::temporary());
  // Under the lock of the journal, so that two commands cannot both write it.
  if (evaluation.keep) STAREVAL_CHECK(write_or_match(folder, manifest, journal.size() > 0));
  STAREVAL_CHECK(check_journal(plan, journal));
  STAREVAL_TRY(const RunProgress progress, run_plan(plan, backend, journal, evaluation.runner));
  STAREVAL_TRY(const ScoredRun scored, score_run(plan, manifest, journal));
  if (evaluation.keep) STAREVAL_CHECK(write_scores(folder, scored));
  return EvaluationResult{std::move(folder), scored.summary, progress};
}

}  // namespace stareval
