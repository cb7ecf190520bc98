// star-eval rationale: chains of thought by a model, in the place of those by rule.
#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <set>
#include <vector>

#include "apps/star_eval/command.h"
#include "apps/star_eval/console.h"
#include "apps/star_eval/model_options.h"
#include "apps/star_eval/registry.h"
#include "engine/rationale/rationale_protocol.h"
#include "libstareval/base/file.h"
#include "libstareval/data/dataset_internal.h"
#include "libstareval/data/locations.h"
#include "libstareval/run/evaluation.h"
#include "libstareval/tasks/task.h"
#include "training/pictures.h"

namespace stareval::app {
namespace {

namespace fs = std::filesystem;

using engine::CheckedRationale;
using engine::RationaleFault;

OptionParser make_parser() {
  OptionParser parser(
      "star-eval rationale DATASET [OPTIONS]",
      "  star-eval rationale data --backend openai --model gpt-4o --out data-written\n"
      "  star-eval rationale data --backend openai --base-url http://127.0.0.1:8000/v1 "
      "--model qwen --limit 5 --out trial\n");
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  const auto preset = [&](const char* name, const char* value) {
    return text(name)->default_value(value);
  };
  parser.add()("dataset", po::value<std::string>(), "");
  parser.add()("backend", text("NAME"), "who writes: `star-eval list backends`");
  parser.add()("model", text("NAME"), "name that the backend knows (default: the backend's)");
  parser.add()("base-url", text("URL"), "of an OpenAI-compatible server");
  parser.add()("split", preset("NAME", "train"), "of the dataset (default: train)");
  parser.add()("task", text("IDS"), "EC,RC,... (default: all that the split holds)");
  parser.add()("limit", text("N"), "the first N samples of each task; the others stay as they are");
  parser.add()("out", text("DIR"), "folder of the new dataset");
  parser.add()("run", text("DIR"), "run folder, which keeps every reply (default: under runs/)");
  parser.add()("from", text("RUN"), "replay: the run folder whose replies are used");
  parser.add()("seed", preset("S", "0"), "of the random baseline (default: 0)");
  parser.add()("concurrency", preset("N", "16"), "requests under way at once (default: 16)");
  parser.add()("set", po::value<std::vector<std::string>>()->value_name("KEY=VALUE"),
               "temperature, top_p, max_tokens, or a setting of the backend");
  parser.add()("force", "write over a split that is in the folder of the new dataset");
  parser.add()("quiet", "no progress, no notes");
  parser.positional("dataset", 1);
  return parser;
}

std::unique_ptr<engine::RationaleProtocol> make_writer() {
  const Registry registry = app_registry();
  std::vector<std::unique_ptr<Protocol>> readers;
  for (const std::string& task : star_task_ids())
    readers.push_back(registry.protocol_for_task(task, {}).value());
  return std::make_unique<engine::RationaleProtocol>(std::move(readers));
}

// With the protocol that asks for rationales as the only one.
Registry writing_registry() {
  Registry registry;
  registry.add_protocol(
      [](const ProtocolOptions&) -> std::unique_ptr<Protocol> { return make_writer(); });
  return registry;
}

Result<void> require(const OptionParser& parser) {
  for (const char* name : {"dataset", "backend", "out"})
    if (!parser.has(name))
      return make_error(
          ErrorCode::usage,
          "rationale: {} is missing: for example star-eval rationale data --backend "
          "openai --out data-written",
          std::string_view(name) == "dataset" ? "the dataset" : std::string("--") + name);
  return {};
}

// Before anything is paid for: the result must find its place.
Result<void> check_place(const fs::path& dataset, const fs::path& out, const std::string& split,
                         bool force) {
  std::error_code ignored;
  if (fs::equivalent(dataset, out, ignored))
    return make_error(ErrorCode::usage,
                      "--out: {} is the dataset itself, whose digest would change; name another "
                      "folder",
                      out.string());
  if (file_exists(out / (split + ".jsonl")) && !force)
    return make_error(ErrorCode::usage,
                      "{} holds a split {} already; choose another --out, or give --force",
                      out.string(), split);
  return {};
}

std::vector<std::string> tasks_in(const Dataset& dataset) {
  std::set<std::string> there;
  for (const Sample& sample : dataset.samples) there.insert(sample.task);
  std::vector<std::string> tasks;
  for (const std::string& task : star_task_ids())
    if (there.contains(task)) tasks.push_back(task);
  return tasks;
}

Result<PlanOptions> read_plan(const OptionParser& parser, const ModelOptions& model,
                              const Dataset& dataset) {
  PlanOptions plan;
  plan.tasks = tasks_in(dataset);
  if (parser.has("task")) {
    STAREVAL_TRY(plan.tasks, parse_tasks(parser.text("task")));
  }
  if (parser.has("limit")) {
    STAREVAL_TRY(plan.limit, parser.number("limit", 1, UINT64_MAX));
  }
  plan.decoding = model.decoding;
  plan.model = model.model;
  return plan;
}

// Send what the run folder does not hold yet.
Result<EvaluationResult> ask(const OptionParser& parser, const ModelOptions& model,
                             const PlanOptions& plan, const Dataset& dataset,
                             const std::atomic<bool>& stop) {
  STAREVAL_TRY(const std::unique_ptr<Backend> backend, make_backend(model, dataset));
  Evaluation evaluation;
  evaluation.plan = plan;
  evaluation.backend = model.backend;
  evaluation.keep = true;
  evaluation.folder = parser.text("run");
  evaluation.runner.concurrency = model.concurrency;
  const bool quiet = parser.has("quiet");
  ProgressLine line(!quiet);
  evaluation.runner.on_progress = [&](const RunProgress& progress) { line.show(progress); };
  evaluation.runner.stop = &stop;
  auto result = evaluate(writing_registry(), dataset, *backend, evaluation);
  line.clear();
  if (result.has_value() && !quiet) fmt::print(stderr, "run folder: {}\n", result->folder.string());
  return result;
}

// The verdict on each reply of the run folder, by sample.
Result<std::map<std::string, CheckedRationale>> check_replies(const Dataset& dataset,
                                                              const PlanOptions& options,
                                                              const fs::path& run) {
  const auto writer = make_writer();
  STAREVAL_TRY(const Plan plan, Plan::make(writing_registry(), dataset, options));
  STAREVAL_TRY(const Journal journal, Journal::open_for_reading(run / "replies.jsonl"));
  std::map<std::string, CheckedRationale> checked;
  for (const PlanItem& item : plan.items()) {
    Reply reply;
    if (journal.state(plan.key(item)).attempts > 0) {
      STAREVAL_TRY(JournalEntry entry, journal.read(plan.key(item)));
      reply = std::move(entry.reply);
    }
    checked[item.sample->id] = writer->check(*item.sample, reply);
  }
  return checked;
}

using Counts = std::map<RationaleFault, std::size_t>;

json::object rejected_of(const Counts& counts) {
  json::object rejected;
  for (const auto& [fault, count] : counts)
    if (fault != RationaleFault::none) rejected[engine::to_string(fault)] = count;
  return rejected;
}

std::size_t count_of(const Counts& counts, RationaleFault fault) {
  const auto hit = counts.find(fault);
  return hit == counts.end() ? 0 : hit->second;
}

// What dataset.json says beside the splits: as the source does, and who wrote the rationales.
Result<json::object> about(const Dataset& source, const fs::path& out, const ModelOptions& model,
                           const Counts& counts) {
  STAREVAL_TRY(json::object about, read_dataset_manifest(source.folder));
  for (const char* own : {"schema", "name", "version", "splits"}) about.erase(own);
  json::object rationales;
  if (file_exists(out / "dataset.json")) {
    STAREVAL_TRY(const json::object old, read_dataset_manifest(out));
    if (const auto* of_old = old.if_contains("rationales"); of_old && of_old->is_object())
      rationales = of_old->get_object();
  }
  rationales[source.split] = json::object{{"backend", model.backend},
                                          {"model", model.model},
                                          {"source", source.digest},
                                          {"kept", count_of(counts, RationaleFault::none)},
                                          {"rejected", rejected_of(counts)}};
  about["rationales"] = std::move(rationales);
  return about;
}

// Write the dataset with the texts that were kept. It becomes that of the new folder.
Result<Counts> write(Dataset& dataset, const std::map<std::string, CheckedRationale>& checked,
                     const ModelOptions& model, const fs::path& out, bool force) {
  Counts counts;
  for (const auto& [id, verdict] : checked) ++counts[verdict.fault];
  STAREVAL_TRY(const json::object text, about(dataset, out, model, counts));
  for (Sample& sample : dataset.samples) {
    for (const Image& image : sample.images)
      STAREVAL_CHECK(training::copy_picture({dataset.folder / image.path, image.digest},
                                            out / image.path, force));
    if (const auto verdict = checked.find(sample.id); verdict != checked.end())
      engine::adopt_rationale(verdict->second, model.backend, model.model, sample);
  }
  dataset.folder = out;
  STAREVAL_CHECK(write_dataset(dataset, text));
  return counts;
}

void print(const Dataset& dataset, const Counts& counts, std::size_t asked) {
  const std::size_t kept = count_of(counts, RationaleFault::none);
  fmt::print("{}: kept {} of {} rationales in {}\n", dataset.name, kept, asked,
             dataset.folder.string());
  for (const auto& [fault, count] : counts)
    if (fault != RationaleFault::none)
      fmt::print("  rejected {:>6}  {}\n", count, engine::to_string(fault));
  fmt::print("digest {}\n", dataset.digest);
}

}  // namespace

Result<int> rationale_command(const Arguments& arguments) {
  OptionParser parser = make_parser();
  STAREVAL_CHECK(parser.parse(arguments));
  if (parser.help()) return kSuccess;
  STAREVAL_CHECK(require(parser));
  const Registry registry = app_registry();
  STAREVAL_TRY(const ModelOptions model, read_model_options(parser, registry));
  STAREVAL_TRY(const fs::path folder, find_data("datasets", parser.text("dataset")));
  const fs::path out = parser.text("out");
  const bool force = parser.has("force");
  STAREVAL_CHECK(check_place(folder, out, parser.text("split"), force));
  STAREVAL_TRY(Dataset dataset, read_dataset(folder, parser.text("split")));
  STAREVAL_TRY(const PlanOptions plan, read_plan(parser, model, dataset));
  const std::atomic<bool>& stop = stop_on_signals();
  STAREVAL_TRY(const EvaluationResult asked, ask(parser, model, plan, dataset, stop));
  if (stop.load() && asked.progress.done < asked.progress.total) {
    fmt::print(stderr, "stopped; the same command goes on. No dataset was written\n");
    return kInterrupted;
  }

  STAREVAL_TRY(const auto checked, check_replies(dataset, plan, asked.folder));
  STAREVAL_TRY(const Counts counts, write(dataset, checked, model, out, force));
  print(dataset, counts, checked.size());
  if (count_of(counts, RationaleFault::no_reply) == 0) return kSuccess;
  fmt::print(stderr, "for the {} without a reply, give the same command again with --force\n",
             count_of(counts, RationaleFault::no_reply));
  return kWorldFailed;
}

}  // namespace stareval::app
