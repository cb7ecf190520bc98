// star-eval cache explain: would a run with these options be answered from the cache for a sample,
// and if not, in what does its request differ from the nearest that is stored.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "apps/star_eval/cache_command_internal.h"
#include "apps/star_eval/cache_option.h"
#include "apps/star_eval/registry.h"
#include "apps/star_eval/run_options.h"
#include "libstareval/data/locations.h"
#include "libstareval/run/cache.h"
#include "libstareval/run/cache_difference.h"

namespace stareval::app {
namespace {

// What is to be said of one repeat of the sample.
struct Finding {
  int repeat = 0;
  std::string key;
  bool hit = false;
  std::size_t rows = 0;                // that are stored of this sample
  std::optional<std::int64_t> stored;  // of the hit, or of the nearest row
  std::vector<std::string> differences;
};

OptionParser make_parser() {
  OptionParser parser("star-eval cache explain SAMPLE [OPTIONS of run]",
                      "  star-eval cache explain RC-0001 --backend openai\n"
                      "  star-eval cache explain RC-0001 --backend openai --mode cot "
                      "--set temperature=0.5 --json\n");
  add_run_options(parser);
  parser.add()("sample", po::value<std::string>(), "");
  parser.positional("sample", 1);
  return parser;
}

// The dataset with this sample alone.
Result<Dataset> only(const Dataset& dataset, const std::string& id) {
  const auto sample = std::find_if(dataset.samples.begin(), dataset.samples.end(),
                                   [&](const Sample& s) { return s.id == id; });
  if (sample == dataset.samples.end())
    return make_error(ErrorCode::usage,
                      "cache explain: dataset {}: no sample \"{}\" in its split {}", dataset.name,
                      id, dataset.split);
  Dataset one = dataset;
  one.samples = {*sample};
  return one;
}

Result<Finding> explain(ResponseCache& cache, const CacheQuestion& question, int repeat) {
  Finding finding;
  finding.repeat = repeat;
  finding.key = cache_key(question);
  STAREVAL_TRY(const auto reply, cache.find(finding.key));
  finding.hit = reply.has_value();
  STAREVAL_TRY(const auto rows, cache.rows_of(question.sample));
  finding.rows = rows.size();
  if (const auto nearest = nearest_row(rows, question)) {
    finding.stored = nearest->row.created;
    finding.differences = nearest->differences;
  }
  return finding;
}

json::object to_json_object(const Finding& finding) {
  json::object object{
      {"repeat", finding.repeat},
      {"hit", finding.hit},
      {"key", finding.key},
      {"stored_requests", finding.rows},
      {"differences", json::array(finding.differences.begin(), finding.differences.end())}};
  object["stored_unix_s"] = finding.stored ? json::value(*finding.stored) : json::value();
  return object;
}

void print(const std::string& sample, const Finding& finding) {
  const std::string name = fmt::format("{}, repeat {}", sample, finding.repeat);
  const std::string when = finding.stored ? " on " + time_text(*finding.stored) : "";
  if (finding.hit) return fmt::print("{}: hit; stored{}\n", name, when);
  if (!finding.stored) return fmt::print("{}: miss; no request of this sample is stored\n", name);
  if (finding.differences.empty())
    return fmt::print(
        "{}: miss; the reply that was stored{} is damaged: see `star-eval cache "
        "verify`\n",
        name, when);
  fmt::print("{}: miss; of {} stored requests of this sample, the nearest, stored{}, differs in\n",
             name, finding.rows, when);
  for (const std::string& line : finding.differences) fmt::print("  {}\n", line);
}

}  // namespace

Result<int> cache_explain(const Arguments& arguments) {
  OptionParser parser = make_parser();
  STAREVAL_CHECK(parser.parse(arguments));
  if (parser.help()) return kSuccess;
  if (!parser.has("sample") || !parser.has("backend"))
    return make_error(ErrorCode::usage,
                      "cache explain: name a sample and a backend: star-eval cache explain RC-0001 "
                      "--backend openai");
  STAREVAL_TRY(const auto folder, find_data("datasets", parser.text("dataset")));
  STAREVAL_TRY(const Dataset dataset, read_dataset(folder, parser.text("split")));
  STAREVAL_TRY(const Dataset one, only(dataset, parser.text("sample")));
  Arguments completed = arguments;
  if (!parser.has("task")) completed.push_back("--task=" + one.samples.front().task);
  OptionParser run = make_parser();
  STAREVAL_CHECK(run.parse(completed));

  const Registry registry = app_registry();
  STAREVAL_TRY(const ModelOptions model, read_model_options(run, registry));
  STAREVAL_TRY(const Evaluation evaluation, read_evaluation(run, registry, model));
  STAREVAL_TRY(const auto backend, make_backend(model, dataset));
  STAREVAL_TRY(const Plan plan, Plan::make(registry, one, evaluation.plan));
  STAREVAL_TRY(const auto used, cache_of_run(run.text("cache"), *backend, environment_of_process));
  STAREVAL_TRY(const auto path, cache_to_look_at(run.text("cache"), environment_of_process));
  STAREVAL_TRY(ResponseCache cache, ResponseCache::open_existing(path));

  const std::string identity = to_canonical_json(backend->identity());
  json::array findings;
  for (const PlanItem& item : plan.items()) {
    const CacheQuestion question = cache_question(model.backend, identity, plan.request(item));
    STAREVAL_TRY(const Finding finding, explain(cache, question, item.repeat));
    if (parser.has("json")) findings.push_back(to_json_object(finding));
    else print(item.sample->id, finding);
  }
  if (parser.has("json"))
    fmt::print("{}", to_pretty_json(json::object{{"schema", "stareval.cache-explain/1"},
                                                 {"cache", path.string()},
                                                 {"used_by_run", used.has_value()},
                                                 {"sample", parser.text("sample")},
                                                 {"repeats", std::move(findings)}}));
  else if (!used)
    fmt::print("a run with these options does not use the cache; --cache on has it do so\n");
  return kSuccess;
}

}  // namespace stareval::app
