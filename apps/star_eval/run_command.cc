// star-eval run: evaluate a model on a dataset, or go on with an evaluation that was interrupted.
#include <fmt/format.h>

#include <atomic>
#include <charconv>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>

#include "apps/star_eval/command.h"
#include "apps/star_eval/console.h"
#include "apps/star_eval/options.h"
#include "libstareval/data/locations.h"
#include "libstareval/run/evaluation.h"
#include "libstareval/tasks/task.h"
#include "stareval/stareval.h"

namespace stareval::app {
namespace {

using Settings = std::map<std::string, std::string>;

std::atomic<bool> g_stop{false};

// The first Ctrl-C (or TERM of a scheduler, or HUP of a closed terminal) ends the run in order; the
// second ends the program.
extern "C" void on_interrupt(int signal) {
  g_stop.store(true);
  std::signal(signal, SIG_DFL);
}

OptionParser make_parser() {
  OptionParser parser(
      "star-eval run [OPTIONS]",
      "  star-eval --backend openai --task RC\n"
      "  star-eval --backend openai --base-url http://127.0.0.1:8000/v1 --model qwen "
      "--task all --mode cot\n"
      "  star-eval --backend baseline --model majority --task EC,RC --json\n"
      "  star-eval --backend replay --from runs/RUN --task RC\n");
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
  parser.add()("base-url", text("URL"), "of an OpenAI-compatible server");
  parser.add()("mode", preset("MODE", "direct"),
               "direct: the answer only; cot: think first (default: direct)");
  parser.add()("limit", text("N"), "the first N samples of each task");
  parser.add()("repeat", preset("K", "1"), "ask each sample K times (default: 1)");
  parser.add()("seed", preset("S", "0"), "of the random baseline (default: 0)");
  parser.add()("concurrency", preset("N", "16"), "requests under way at once (default: 16)");
  parser.add()("out", text("DIR"), "run folder (default: made under runs/ and printed)");
  parser.add()("from", text("RUN"), "replay: the run folder whose replies are used");
  parser.add()("set", po::value<std::vector<std::string>>()->value_name("KEY=VALUE"),
               "temperature, top_p, max_tokens, or a setting of the backend");
  parser.add()("json", "the summary as JSON on stdout");
  parser.add()("quiet", "no progress, no notes");
  return parser;
}

std::string environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? "" : value;
}

Result<double> parse_fraction(const std::string& key, const std::string& text, double high) {
  double value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || end != text.data() + text.size() || !(value >= 0 && value <= high))
    return make_error(ErrorCode::usage, "--set {}: expected a number from 0 to {}, found \"{}\"",
                      key, high, text);
  return value;
}

Result<int> parse_token_limit(const std::string& text) {
  constexpr int kMost = 10'000'000;
  int value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || end != text.data() + text.size() || value < 1 || value > kMost)
    return make_error(ErrorCode::usage,
                      "--set max_tokens: expected a whole number from 1 to {}, found \"{}\"", kMost,
                      text);
  return value;
}

// Take the settings of decoding out of `settings`; what stays is the backend's.
Result<Decoding> take_decoding(Settings& settings) {
  Decoding decoding;
  const auto take = [&](const char* key) -> std::optional<std::string> {
    auto node = settings.extract(key);
    if (node.empty()) return std::nullopt;
    return std::move(node.mapped());
  };
  if (const auto text = take("temperature")) {
    decoding.temperature.reset();
    if (*text != "none") {
      STAREVAL_TRY(decoding.temperature, parse_fraction("temperature", *text, 2));
    }
  }
  if (const auto text = take("top_p")) {
    STAREVAL_TRY(decoding.top_p, parse_fraction("top_p", *text, 1));
  }
  if (const auto text = take("max_tokens")) {
    STAREVAL_TRY(decoding.max_tokens, parse_token_limit(*text));
  }
  return decoding;
}

Result<Evaluation> read_evaluation(const OptionParser& parser, const Registry& registry,
                                   const BackendEntry& backend, Settings& settings) {
  Evaluation evaluation;
  STAREVAL_TRY(settings, parse_settings(parser.texts("set")));
  if (parser.has("from")) settings["from"] = parser.text("from");
  PlanOptions& plan = evaluation.plan;
  STAREVAL_TRY(plan.decoding, take_decoding(settings));
  STAREVAL_TRY(plan.tasks, parse_tasks(parser.text("task"), registry.tasks()));
  STAREVAL_TRY(plan.mode, parse_mode(parser.text("mode")));
  STAREVAL_TRY(const std::uint64_t repeats, parser.number("repeat", 1, kMostRepeats));
  plan.repeats = static_cast<int>(repeats);
  if (parser.has("limit")) {
    STAREVAL_TRY(plan.limit, parser.number("limit", 1, UINT64_MAX));
  }
  plan.model = parser.has("model") ? parser.text("model") : backend.default_model;
  if (plan.model.empty())
    return make_error(ErrorCode::usage, "--model: the backend {} needs the name of a model",
                      parser.text("backend"));
  STAREVAL_TRY(const std::uint64_t concurrency, parser.number("concurrency", 1, 4096));
  evaluation.runner.concurrency = static_cast<int>(concurrency);
  evaluation.backend = parser.text("backend");
  evaluation.keep = true;
  evaluation.folder = parser.text("out");
  return evaluation;
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
  fmt::print(stderr, "run folder: {}\n", result.folder.string());
}

int finish(const EvaluationResult& result) {
  if (g_stop.load() && result.progress.done < result.progress.total) return kInterrupted;
  return result.progress.failed > 0 ? kWorldFailed : kSuccess;
}

}  // namespace

Result<int> run_command(const Arguments& arguments) {
  OptionParser parser = make_parser();
  STAREVAL_CHECK(parser.parse(arguments));
  if (parser.help()) return kSuccess;
  STAREVAL_CHECK(require(parser, "backend", "--backend openai"));
  STAREVAL_CHECK(require(parser, "task", "--task RC"));

  const Registry registry = make_registry();
  STAREVAL_TRY(const BackendEntry* const entry, registry.backend(parser.text("backend")));
  Settings settings;  // of the backend, once decoding has taken its own
  STAREVAL_TRY(Evaluation evaluation, read_evaluation(parser, registry, *entry, settings));
  STAREVAL_TRY(const std::uint64_t seed, parser.number("seed", 0, UINT64_MAX));
  STAREVAL_TRY(const auto folder, find_data("datasets", parser.text("dataset")));
  STAREVAL_TRY(const Dataset dataset, read_dataset(folder, parser.text("split")));
  STAREVAL_TRY(const std::unique_ptr<Backend> backend,
               entry->make({evaluation.plan.model, parser.text("base-url"), settings, seed,
                            &dataset, environment}));

  ProgressLine line(!parser.has("quiet"));
  evaluation.runner.on_progress = [&](const RunProgress& progress) { line.show(progress); };
  evaluation.runner.stop = &g_stop;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, on_interrupt);
  const auto result = evaluate(registry, dataset, *backend, evaluation);
  line.clear();
  if (result.has_error()) return result.error();

  if (!parser.has("quiet")) print_notes(*result);
  if (parser.has("json")) fmt::print("{}", to_pretty_json(to_json_object(result->summary)));
  else fmt::print("{}", summary_text(result->summary));
  fmt::print(stderr, "{}", summary_warnings(result->summary));
  return finish(*result);
}

}  // namespace stareval::app
