// star-eval run: evaluate a model on a dataset, or go on with an evaluation that was interrupted.
#include <fmt/format.h>

#include <atomic>
#include <cstdint>
#include <memory>

#include "apps/star_eval/batch_option.h"
#include "apps/star_eval/cache_option.h"
#include "apps/star_eval/command.h"
#include "apps/star_eval/console.h"
#include "apps/star_eval/dry_run.h"
#include "apps/star_eval/model_options.h"
#include "apps/star_eval/options.h"
#include "apps/star_eval/registry.h"
#include "apps/star_eval/run_options.h"
#include "apps/star_eval/runner_options.h"
#include "libstareval/data/locations.h"
#include "libstareval/run/evaluation.h"
#include "libstareval/tasks/task.h"

namespace stareval::app {

void add_run_options(OptionParser& parser) {
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  const auto preset = [&](const char* name, const char* value) {
    return text(name)->default_value(value);
  };
  parser.add()("backend", text("NAME"), "who answers: `star-eval list backends`");
  parser.add()("task", text("IDS"), "EC,RC,... or all: `star-eval list tasks`");
  parser.add()("dataset", preset("NAME|DIR", "atlas"),
               "what is asked (default: atlas, which is shipped)");
  parser.add()("split", preset("NAME", "test"), "of the dataset (default: test)");
  parser.add()("model", text("NAME"), "name that the backend knows (default: the backend's)");
  parser.add()("base-url", text("URL"), "of the server that answers (default: the vendor's)");
  parser.add()("mode", preset("MODE", "direct"),
               "direct: the answer only; cot: think first (default: direct)");
  parser.add()(
      "answer-form", preset("FORM", "choice"),
      "of ER and RR: choice, ranking or open (default: choice); other tasks have one form");
  parser.add()("limit", text("N"), "the first N samples of each task");
  parser.add()("repeat", preset("K", "1"), "ask each sample K times (default: 1)");
  parser.add()("seed", preset("S", "0"), "of the random baseline (default: 0)");
  parser.add()("concurrency", preset("N", "16"), "requests under way at once (default: 16)");
  add_runner_options(parser);
  add_cost_options(parser);
  parser.add()("shard", text("I/N"), "only part I of N, for `star-eval merge` to put together");
  parser.add()("out", text("DIR"), "run folder (default: made under runs/ and printed)");
  parser.add()("from", text("RUN"), "replay: the run folder whose replies are used");
  parser.add()(
      "set", po::value<std::vector<std::string>>()->value_name("KEY=VALUE"),
      "temperature, top_p, max_tokens, logprobs, extra={JSON}, or a setting of the backend");
  add_cache_option(parser);
  add_batch_option(parser);
  parser.add()("json", "the summary as JSON on stdout");
  parser.add()("quiet", "no progress, no notes");
}

Result<Evaluation> read_evaluation(const OptionParser& parser, const Registry& registry,
                                   const ModelOptions& model) {
  Evaluation evaluation;
  PlanOptions& plan = evaluation.plan;
  plan.decoding = model.decoding;
  plan.model = model.model;
  STAREVAL_TRY(plan.tasks, parse_tasks(parser.text("task"), registry.tasks()));
  STAREVAL_TRY(plan.mode, parse_mode(parser.text("mode")));
  STAREVAL_TRY(plan.form, parse_answer_form(parser.text("answer-form")));
  STAREVAL_TRY(const std::uint64_t repeats, parser.number("repeat", 1, kMostRepeats));
  plan.repeats = static_cast<int>(repeats);
  if (parser.has("limit")) {
    STAREVAL_TRY(plan.limit, parser.number("limit", 1, UINT64_MAX));
  }
  if (parser.has("shard")) {
    STAREVAL_TRY(plan.shard, parse_shard(parser.text("shard")));
  }
  STAREVAL_TRY(evaluation.runner, read_runner_options(parser));
  STAREVAL_TRY(evaluation.batch, read_batch_option(parser));
  evaluation.runner.concurrency = model.concurrency;
  evaluation.backend = model.backend;
  evaluation.keep = true;
  evaluation.folder = parser.text("out");
  return evaluation;
}

namespace {

OptionParser make_parser() {
  OptionParser parser(
      "star-eval run [OPTIONS]",
      "  star-eval --backend openai --task RC\n"
      "  star-eval --backend openai --base-url http://127.0.0.1:8000/v1 --model qwen "
      "--task all --mode cot\n"
      "  star-eval --backend baseline --model majority --task EC,RC --json\n"
      "  star-eval --backend replay --from runs/RUN --task RC\n");
  add_run_options(parser);
  return parser;
}

Result<void> require(const OptionParser& parser, const char* name, const char* example) {
  if (parser.has(name)) return {};
  return make_error(ErrorCode::usage,
                    "--{} is missing: for example {}; `star-eval run --help` says more", name,
                    example);
}

void print_notes(const EvaluationResult& result) {
  const RunProgress& progress = result.progress;
  if (progress.resumed > 0)
    fmt::print(stderr, "{} of {} replies were in the run folder already\n", progress.resumed,
               progress.total);
  for (const std::string& note : result.notes) fmt::print(stderr, "{}\n", note);
  if (result.spent_nanos > 0) fmt::print(stderr, "spent: {} USD\n", format_usd(result.spent_nanos));
  fmt::print(stderr, "run folder: {}\n", result.folder.string());
}

int finish(const EvaluationResult& result, bool stopped) {
  if (stopped && result.progress.done < result.progress.total) return kInterrupted;
  if (result.progress.failed > 0) return kWorldFailed;
  return result.budget_stopped ? kCheckFailed : kSuccess;
}

}  // namespace

Result<int> run_command(const Arguments& arguments) {
  OptionParser parser = make_parser();
  STAREVAL_CHECK(parser.parse(arguments));
  if (parser.help()) return kSuccess;
  STAREVAL_CHECK(require(parser, "backend", "--backend openai"));
  STAREVAL_CHECK(require(parser, "task", "--task RC"));

  const Registry registry = app_registry();
  STAREVAL_TRY(ModelOptions model, read_model_options(parser, registry));
  STAREVAL_TRY(Evaluation evaluation, read_evaluation(parser, registry, model));
  model.names_options = evaluation.plan.form != AnswerForm::choice;
  STAREVAL_TRY(const auto folder, find_data("datasets", parser.text("dataset")));
  STAREVAL_TRY(const Dataset dataset, read_dataset(folder, parser.text("split")));
  STAREVAL_TRY(auto plain, make_backend(model, dataset, !parser.has("dry-run")));
  if (parser.has("dry-run")) return print_dry_run(parser, registry, dataset, *plain, evaluation);
  for (const std::string& warning : plain->warnings()) fmt::print(stderr, "warning: {}\n", warning);
  STAREVAL_TRY(evaluation.budget, read_budget(parser, evaluation, *plain));
  STAREVAL_TRY(const CachedBackend backend, with_cache(parser, model, std::move(plain)));

  ProgressLine line(!parser.has("quiet"));
  const std::atomic<bool>& stop = stop_on_signals();
  evaluation.runner.on_progress = [&](const RunProgress& progress) { line.show(progress); };
  evaluation.runner.stop = &stop;
  if (evaluation.batch)
    evaluation.batch->on_progress = [&](const BatchProgress& progress) {
      line.show_text([&] { return batch_progress_text(progress); });
    };
  const auto result = evaluate(registry, dataset, *backend.backend, evaluation);
  line.clear();
  print_cache_notes(backend, parser.has("quiet"));
  if (result.has_error()) return result.error();

  if (result->waiting) {
    for (const std::string& note : result->notes) fmt::print("{}\n", note);
    return kSuccess;
  }
  if (!parser.has("quiet")) print_notes(*result);
  if (parser.has("json")) fmt::print("{}", to_pretty_json(to_json_object(result->summary)));
  else fmt::print("{}", summary_text(result->summary));
  fmt::print(stderr, "{}", summary_warnings(result->summary));
  return finish(*result, stop.load());
}

}  // namespace stareval::app
