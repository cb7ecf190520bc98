// From a journal to scores and a summary: pure in (dataset, protocols, journal), offline, any time.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "libstareval/base/result.h"
#include "libstareval/model/outcome.h"
#include "libstareval/report/summary.h"
#include "libstareval/run/journal.h"
#include "libstareval/run/manifest.h"
#include "libstareval/run/plan.h"

namespace stareval {

struct ScoredRun {
  std::vector<Scored> scored;  // one for each item of the plan, in its order
  Summary summary;

  [[nodiscard]] std::string scores_jsonl() const;  // content of scores.jsonl, a line an item
  [[nodiscard]] std::string summary_json() const;  // content of summary.json
};

// mismatch where the journal holds lines of requests that are not in the plan: it is another run's.
[[nodiscard]] Result<void> check_journal(const Plan& plan, const Journal& journal);

// What came back for an item of a plan; nothing where it was not asked.
using ReplyOf = std::function<Result<std::optional<Reply>>(const PlanItem&)>;

// Score replies, wherever they come from. An item without one has the outcome `unsent`. What the
// manifest says of dataset and model is put into the summary. The result points into the dataset of
// the plan. Errors: those of `reply_of`.
[[nodiscard]] Result<ScoredRun> score_replies(const Plan& plan, const Manifest& manifest,
                                              const ReplyOf& reply_of, Outcome unsent);

// The same with the replies of a journal. An item without entry has the outcome `unsent`: skipped,
// or budget_stopped. A reply that is not `answered` keeps its outcome and is not read. The interval
// of the average is a cluster bootstrap of 10,000 replicates with a fixed seed. The result points
// into the dataset of the plan.
[[nodiscard]] Result<ScoredRun> score_run(const Plan& plan, const Manifest& manifest,
                                          const Journal& journal,
                                          Outcome unsent = Outcome::skipped);

// Why a run folder holds no attempt at some of its items: stopped.json, which stands there where
// the budget was spent, and goes when the run goes on.
//     {"schema": "stareval.stopped/1", "outcome": "budget_stopped"}
[[nodiscard]] Result<void> write_unsent(const std::filesystem::path& folder, Outcome unsent);
[[nodiscard]] Result<Outcome> read_unsent(const std::filesystem::path& folder);

// Write scores.jsonl and summary.json, each whole or not at all.
[[nodiscard]] Result<void> write_scores(const std::filesystem::path& folder, const ScoredRun& run);

// A run folder, opened for scoring again: its dataset, its plan, its journal.
class StoredRun {
 public:
  // `dataset_folder` names the dataset where it moved since the run; "" for where it lay.
  // Errors  those of the parts; mismatch: the dataset has another digest, or a protocol another
  //         prompt than the run asked with. A later version of a protocol is no error: scores are
  //         derived, and the summary says which version made them.
  [[nodiscard]] static Result<StoredRun> open(const Registry& registry,
                                              const std::filesystem::path& folder,
                                              const std::filesystem::path& dataset_folder);

  // What the journal says now.
  [[nodiscard]] Result<ScoredRun> score() const {
    return score_run(plan_, manifest_, journal_, unsent_);
  }

  // What came back for an item of the plan; nothing where the journal has no reply.
  [[nodiscard]] Result<std::optional<Reply>> reply(const PlanItem& item) const;

  [[nodiscard]] const Manifest& manifest() const { return manifest_; }
  [[nodiscard]] const Plan& plan() const { return plan_; }

 private:
  StoredRun(Manifest manifest, std::unique_ptr<Dataset> dataset, Plan plan, Journal journal,
            Outcome unsent);

  Manifest manifest_;
  std::unique_ptr<Dataset> dataset_;  // behind a pointer: the plan points to it
  Plan plan_;
  Journal journal_;
  Outcome unsent_;
};

}  // namespace stareval
