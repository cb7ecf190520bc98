#include "libstareval/run/scoring.h"

#include <algorithm>
#include <set>
#include <system_error>
#include <utility>

#include "libstareval/base/file.h"
#include "libstareval/protocol/reasoning.h"
#include "libstareval/protocol/scoring.h"
#include "libstareval/statistics/bootstrap.h"
#include "libstareval/tasks/task.h"

namespace stareval {
namespace {

namespace fs = std::filesystem;

constexpr const char* kStoppedSchema = "stareval.stopped/1";

fs::path stopped_file(const fs::path& folder) { return folder / "stopped.json"; }

Result<std::optional<Reply>> journal_reply(const Plan& plan, const PlanItem& item,
                                           const Journal& journal) {
  const JournalKey key = plan.key(item);
  if (journal.state(key).attempts == 0) return std::optional<Reply>();
  STAREVAL_TRY(JournalEntry entry, journal.read(key));
  return std::optional<Reply>(std::move(entry.reply));
}

Score score_reply(const PlanItem& item, Mode mode, const std::optional<Reply>& reply,
                  Outcome unsent) {
  Score score;
  if (reply && reply->outcome == Outcome::answered) {
    score = item.protocol->score(*item.sample, *reply);
    if (mode == Mode::cot) score.reasoning = score_reasoning(*item.sample, *reply);
  } else {
    score.outcome = reply ? reply->outcome : unsent;
  }
  return score;
}

TaskSummary summarise_task(const Protocol& protocol, const std::string& task,
                           std::span<const Scored> scored) {
  const ProtocolInfo info = protocol.info();
  TaskSummary summary{task,          info.name, info.version,  info.prompt_digest,
                      scored.size(), {},        info.headline, protocol.summarise(scored)};
  for (Metric& metric : reasoning_metrics(scored)) summary.metrics.push_back(std::move(metric));
  for (const Scored& item : scored)
    ++summary.outcomes[static_cast<std::size_t>(item.score.outcome)];
  return summary;
}

// The mean over the eight tasks of their mean headline; undefined where a task has no scored
// sample.
std::optional<Metric> average(const std::vector<std::string>& tasks,
                              const std::vector<Scored>& scored) {
  if (!has_all_star_tasks(tasks)) return std::nullopt;
  std::vector<AverageItem> items;
  std::set<std::string_view> tasks_with_items;
  for (const Scored& item : scored) {
    const auto& eight = star_task_ids();
    const bool counts = std::find(eight.begin(), eight.end(), item.sample->task) != eight.end();
    if (!counts || !is_scored(item.score.outcome)) continue;
    tasks_with_items.insert(item.sample->task);
    items.push_back({item.sample->task, item.sample->cluster, headline_value(item.score)});
  }
  Metric metric{"average", {}, {}, {}, items.size(), "BCa cluster bootstrap"};
  if (tasks_with_items.size() != star_task_ids().size()) return metric;
  metric.value = average_of_tasks(items);
  set_interval(metric, cluster_bootstrap_average(items));
  return metric;
}

json::object to_json_object(const std::vector<std::pair<std::string, double>>& values) {
  json::object object;
  for (const auto& [name, value] : values) object[name] = value;
  return object;
}

json::object to_json_object(const Scored& item) {
  json::object line{{"sample", item.sample->id},   {"task", item.sample->task},
                    {"repeat", item.repeat},       {"outcome", to_string(item.score.outcome)},
                    {"answer", item.score.answer}, {"rule", item.score.rule}};
  if (item.score.span) line["span"] = json::array{item.score.span->begin, item.score.span->end};
  line["values"] = to_json_object(item.score.values);
  if (!item.score.reasoning.empty()) line["reasoning"] = to_json_object(item.score.reasoning);
  return line;
}

Result<void> match_protocols(const Manifest& then, const Manifest& now, const fs::path& folder) {
  for (std::size_t i = 0; i < then.tasks.size(); ++i) {
    const ManifestTask& a = then.tasks[i];
    const ManifestTask& b = now.tasks[i];
    if (a.protocol != b.protocol || a.prompt_digest != b.prompt_digest)
      return make_error(
          ErrorCode::mismatch,
          "run folder {}: task {}: the run asked with the prompt {} of {}, this build asks "
          "with {} of {}; score it with the build that made it ({})",
          folder.string(), a.task, a.prompt_digest, a.protocol, b.prompt_digest, b.protocol,
          then.build);
  }
  return {};
}

Summary summarise_run(const Plan& plan, const Manifest& manifest,
                      const std::vector<Scored>& scored) {
  Summary summary;
  summary.dataset = manifest.dataset;
  summary.split = manifest.split;
  summary.digest = manifest.digest;
  summary.backend = manifest.backend;
  summary.model = manifest.model;
  summary.mode = std::string(to_string(manifest.mode));
  summary.answer_form = std::string(to_string(manifest.form));
  summary.extractor = kExtractorVersion;
  summary.decoding = to_canonical_json(to_json_object(manifest.decoding));
  summary.repeats = manifest.repeats;
  summary.limit = manifest.limit;
  const auto& tasks = plan.options().tasks;
  for (const std::string& task : tasks) {
    std::vector<Scored> of_task;
    std::copy_if(scored.begin(), scored.end(), std::back_inserter(of_task),
                 [&](const Scored& item) { return item.sample->task == task; });
    summary.tasks.push_back(summarise_task(plan.protocol(task), task, of_task));
  }
  // The paper's AVG is of choices.
  if (manifest.form == AnswerForm::choice) summary.average = average(tasks, scored);
  return summary;
}

}  // namespace

std::string ScoredRun::scores_jsonl() const {
  std::string lines;
  for (const Scored& item : scored) lines += to_json(to_json_object(item)) + "\n";
  return lines;
}

std::string ScoredRun::summary_json() const { return to_pretty_json(to_json_object(summary)); }

Result<void> check_journal(const Plan& plan, const Journal& journal) {
  if (journal.size() == 0) return {};
  std::size_t own = 0;
  for (const PlanItem& item : plan.items())
    own += static_cast<std::size_t>(journal.state(plan.key(item)).attempts);
  if (own == journal.size()) return {};
  return make_error(
      ErrorCode::mismatch,
      "the journal holds {} replies to requests that are not of this run: "
      "replies.jsonl belongs to another run folder, or its manifest.json was changed; "
      "nothing was written",
      journal.size() - own);
}

Result<ScoredRun> score_replies(const Plan& plan, const Manifest& manifest, const ReplyOf& reply_of,
                                Outcome unsent) {
  const Mode mode = plan.options().mode;
  std::vector<Scored> scored;
  scored.reserve(plan.items().size());
  for (const PlanItem& item : plan.items()) {
    STAREVAL_TRY(const std::optional<Reply> reply, reply_of(item));
    scored.push_back({item.sample, item.repeat, score_reply(item, mode, reply, unsent)});
  }
  Summary summary = summarise_run(plan, manifest, scored);
  return ScoredRun{std::move(scored), std::move(summary)};
}

Result<ScoredRun> score_run(const Plan& plan, const Manifest& manifest, const Journal& journal,
                            Outcome unsent) {
  STAREVAL_CHECK(check_journal(plan, journal));
  const auto reply_of = [&](const PlanItem& item) -> Result<std::optional<Reply>> {
    return journal_reply(plan, item, journal);
  };
  return score_replies(plan, manifest, reply_of, unsent);
}

Result<void> write_unsent(const fs::path& folder, Outcome unsent) {
  if (unsent != Outcome::skipped) {
    const json::object note{{"schema", kStoppedSchema}, {"outcome", to_string(unsent)}};
    return write_file_atomic(stopped_file(folder), to_pretty_json(note));
  }
  std::error_code failure;
  fs::remove(stopped_file(folder), failure);
  if (!failure) return {};
  return make_error(ErrorCode::io, "{}: cannot be removed: {}", stopped_file(folder).string(),
                    failure.message());
}

Result<Outcome> read_unsent(const fs::path& folder) {
  const fs::path path = stopped_file(folder);
  if (!file_exists(path)) return Outcome::skipped;
  STAREVAL_TRY(const std::string text, read_file(path));
  STAREVAL_TRY(const json::object note, parse_json_object(text, path.string()));
  ObjectReader in(note, path.string());
  if (const std::string schema = in.string("schema"); schema != kStoppedSchema)
    in.fail("schema", fmt::format("\"{}\"", kStoppedSchema), "\"" + schema + "\"");
  const std::string name = in.string("outcome");
  if (name != to_string(Outcome::budget_stopped))
    in.fail("outcome", "\"budget_stopped\"", "\"" + name + "\"");
  STAREVAL_CHECK(in.status());
  return Outcome::budget_stopped;
}

Result<void> write_scores(const fs::path& folder, const ScoredRun& run) {
  STAREVAL_CHECK(write_file_atomic(folder / "scores.jsonl", run.scores_jsonl()));
  return write_file_atomic(folder / "summary.json", run.summary_json());
}

StoredRun::StoredRun(Manifest manifest, std::unique_ptr<Dataset> dataset, Plan plan,
                     Journal journal, Outcome unsent)
    : manifest_(std::move(manifest)),
      dataset_(std::move(dataset)),
      plan_(std::move(plan)),
      journal_(std::move(journal)),
      unsent_(unsent) {}

Result<std::optional<Reply>> StoredRun::reply(const PlanItem& item) const {
  return journal_reply(plan_, item, journal_);
}

Result<StoredRun> StoredRun::open(const Registry& registry, const fs::path& folder,
                                  const fs::path& dataset_folder) {
  STAREVAL_TRY(Manifest manifest, read_manifest(folder));
  const fs::path where =
      dataset_folder.empty() ? fs::path(manifest.dataset_folder) : dataset_folder;
  STAREVAL_TRY(Dataset read, read_dataset(where, manifest.split));
  if (read.digest != manifest.digest)
    return make_error(
        ErrorCode::mismatch,
        "run folder {}: the run was made on the dataset {}, {} holds {}; name the right "
        "one with --dataset",
        folder.string(), manifest.digest, where.string(), read.digest);
  auto dataset = std::make_unique<Dataset>(std::move(read));
  STAREVAL_TRY(Plan plan, Plan::make(registry, *dataset, plan_options(manifest)));
  STAREVAL_CHECK(match_protocols(manifest, describe(plan), folder));
  STAREVAL_TRY(Journal journal, Journal::open_for_reading(folder / "replies.jsonl"));
  STAREVAL_TRY(const Outcome unsent, read_unsent(folder));
  return StoredRun(std::move(manifest), std::move(dataset), std::move(plan), std::move(journal),
                   unsent);
}

}  // namespace stareval
