#include "apps/star_eval/prediction_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <optional>
#include <set>
#include <utility>

#include "apps/star_eval/registry.h"
#include "libstareval/base/digest.h"
#include "libstareval/base/file.h"
#include "libstareval/data/locations.h"
#include "libstareval/data/m3str.h"
#include "libstareval/data/m3str_results.h"
#include "libstareval/tasks/task.h"

namespace stareval::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kNamed = 5;  // ids in a note; the JSON has all

// "3 of 400 samples have no prediction: a, b, c"
std::string note_ids(const std::vector<std::string>& ids, const std::string& what) {
  std::string text = fmt::format("{} {}: ", ids.size(), what);
  for (std::size_t i = 0; i < std::min(ids.size(), kNamed); ++i)
    text += (i == 0 ? "" : ", ") + ids[i];
  if (ids.size() > kNamed) text += fmt::format(" and {} more", ids.size() - kNamed);
  return text;
}

json::array to_json_array(const std::vector<std::string>& texts) {
  return json::array(texts.begin(), texts.end());
}

// A folder or a name as for a run, or a file of M3STR.
Result<Dataset> open_dataset(const OptionParser& parser) {
  const std::string name = parser.text("dataset");
  std::error_code ignored;
  if (!fs::is_regular_file(name, ignored)) {
    STAREVAL_TRY(const fs::path folder, find_data("datasets", name));
    return read_dataset(folder, parser.text("split"));
  }
  STAREVAL_TRY(const std::string text, read_file(name));
  STAREVAL_TRY(const json::value document, parse_json(text, name));
  STAREVAL_TRY(M3strFile file, m3str_from_json(document, name));
  return Dataset{
      fs::path(name).filename().string(), "", "test", sha256(text), {}, std::move(file.samples)};
}

std::vector<std::string> tasks_of(const Dataset& dataset) {
  std::set<std::string> present;
  for (const Sample& sample : dataset.samples) present.insert(sample.task);
  std::vector<std::string> tasks;
  for (const std::string& known : known_task_ids())
    if (present.extract(known)) tasks.push_back(known);
  tasks.insert(tasks.end(), present.begin(), present.end());
  return tasks;
}

Result<void> make_plan(const OptionParser& parser, const std::string& model,
                       PredictionSource& source) {
  const Registry registry = app_registry();
  PlanOptions options;
  options.model = model;
  options.repeats = source.predictions.repeats();
  STAREVAL_TRY(options.mode, parse_mode(parser.text("mode")));
  STAREVAL_TRY(options.form, parse_answer_form(parser.text("answer-form")));
  options.tasks = tasks_of(*source.dataset);
  if (parser.has("task")) {
    STAREVAL_TRY(options.tasks, parse_tasks(parser.text("task"), registry.tasks()));
  }
  STAREVAL_TRY(Plan plan, Plan::make(registry, *source.dataset, options));
  source.plan = std::make_unique<Plan>(std::move(plan));
  return {};
}

Result<void> note_gaps(const std::string& file, PredictionSource& source) {
  const PredictionGaps gaps = gaps_of(*source.plan, source.predictions);
  const auto& items = source.plan->items();
  const bool any_fits = std::any_of(items.begin(), items.end(), [&](const PlanItem& item) {
    return source.predictions.find(item.sample->id, item.repeat) != nullptr;
  });
  if (!any_fits)
    return make_error(
        ErrorCode::usage,
        "{}: none of its ids is asked for: it holds \"{}\", the dataset {} has \"{}\"; "
        "check --dataset, --split and --task",
        file, source.predictions.replies().begin()->first.first, source.dataset->name,
        items.front().sample->id);
  source.about["unknown"] = to_json_array(gaps.unknown);
  source.about["missing"] = to_json_array(gaps.missing);
  source.about["duplicates"] = to_json_array(gaps.duplicates);
  const auto note = [&](const std::vector<std::string>& ids, const char* what) {
    if (!ids.empty()) source.notes.push_back(note_ids(ids, what));
  };
  note(gaps.unknown, "predictions are of no sample that is asked for, and are left out");
  const int repeats = source.predictions.repeats();
  note(gaps.missing, repeats == 1 ? "samples have no prediction, and lower the coverage"
                                  : "samples lack a prediction of some repeat, which lowers the "
                                    "coverage");
  source.about["repeats"] = repeats;
  if (repeats > 1)
    source.notes.push_back(
        fmt::format("the file holds repeats up to {}: each sample is taken to be asked {} times",
                    repeats - 1, repeats));
  note(gaps.duplicates, "further predictions of an id; its first one counts");
  return {};
}

Result<PredictionSource> open_jsonl(const OptionParser& parser, const std::string& file) {
  if (!parser.has("dataset"))
    return make_error(
        ErrorCode::usage,
        "score: --dataset is missing: it says what the predictions answer, for example "
        "--dataset atlas");
  PredictionSource source;
  STAREVAL_TRY(source.predictions, read_predictions(file));
  STAREVAL_TRY(Dataset dataset, open_dataset(parser));
  source.dataset = std::make_unique<Dataset>(std::move(dataset));
  const std::string model =
      parser.has("model") ? parser.text("model") : fs::path(file).stem().string();
  STAREVAL_CHECK(make_plan(parser, model, source));
  STAREVAL_CHECK(note_gaps(file, source));
  return source;
}

// Which of the three the tasks that were asked for are of.
Result<std::optional<M3strKind>> asked_kind(const OptionParser& parser) {
  if (!parser.has("task")) return std::optional<M3strKind>();
  STAREVAL_TRY(const auto tasks, parse_tasks(parser.text("task"), known_task_ids()));
  const auto all_start_with = [&](std::string_view prefix) {
    return std::all_of(tasks.begin(), tasks.end(),
                       [&](const std::string& task) { return task.starts_with(prefix); });
  };
  if (all_start_with("m3str-count")) return std::optional(M3strKind::counting);
  if (all_start_with("m3str-detect")) return std::optional(M3strKind::detection);
  if (all_start_with("m3str-complete")) return std::optional(M3strKind::completion);
  return make_error(
      ErrorCode::usage,
      "--task: a file of M3STR's results holds counting, detection or completion; name "
      "tasks of one of them, for example m3str-detect-entity,m3str-detect-any");
}

// The accuracy that the file states must be that of its lists.
void note_stated(const M3strResults& results, PredictionSource& source) {
  constexpr double kRounding = 1e-9;
  json::object stated;
  for (const auto& [task, accuracy] : results.stated) {
    stated[task] = accuracy;
    double right = 0;
    double n = 0;
    for (std::size_t i = 0; i < results.samples.size(); ++i) {
      if (results.samples[i].task != task) continue;
      right += results.answers[i].text == gold_answer(results.samples[i]) ? 1 : 0;
      n += 1;
    }
    if (n > 0 && std::abs(right / n - accuracy) > kRounding)
      source.notes.push_back(fmt::format("{}: the file states an accuracy of {}, its lists give {}",
                                         task, accuracy, right / n));
  }
  source.about["stated_accuracy"] = std::move(stated);
}

Result<PredictionSource> open_m3str(const OptionParser& parser, const std::string& file) {
  for (const char* option : {"dataset", "split", "answer-form"})
    if (parser.is_given(option))
      return make_error(
          ErrorCode::usage,
          "--{}: the lists of M3STR hold their golds, and name no samples; leave it out", option);
  STAREVAL_TRY(const std::string text, read_file(file));
  STAREVAL_TRY(const json::value document, parse_json(text, file));
  STAREVAL_TRY(const std::optional<M3strKind> kind, asked_kind(parser));
  STAREVAL_TRY(M3strResults results,
               m3str_results_from_json(document, parser.text("model"), kind, file));
  PredictionSource source;
  for (const M3strAnswer& answer : results.answers)
    source.predictions.add(answer.sample, 0, answered_reply(answer.text));
  note_stated(results, source);
  source.about["unknown"] = source.about["missing"] = source.about["duplicates"] = nullptr;
  source.notes.push_back(
      "the lists name no samples: they are scored as they stand, each item by itself; whether some "
      "are missing or share a picture cannot be seen");
  source.dataset = std::make_unique<Dataset>(Dataset{fs::path(file).filename().string(),
                                                     "",
                                                     "test",
                                                     sha256(text),
                                                     {},
                                                     std::move(results.samples)});
  STAREVAL_CHECK(make_plan(parser, results.model, source));
  return source;
}

}  // namespace

void add_prediction_options(OptionParser& parser) {
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  parser.add()("predictions", text("FILE"),
               "score answers of another pipeline: a line each, {\"id\": .., \"text\": ..}");
  parser.add()("format", text("NAME")->default_value("jsonl"),
               "of the predictions: jsonl, or m3str, the lists that its code writes");
  parser.add()("split", text("NAME")->default_value("test"),
               "predictions: of the dataset (default: test)");
  parser.add()("task", text("IDS"), "predictions: of these tasks only (default: all there are)");
  parser.add()("mode", text("MODE")->default_value("direct"),
               "predictions: direct, or cot where the model was asked to think first");
  parser.add()("answer-form", text("FORM")->default_value("choice"),
               "predictions: of ER and RR: choice, ranking or open (default: choice)");
  parser.add()("model", text("NAME"), "predictions: who answered (default: the name of the file)");
}

Result<PredictionSource> open_predictions(const OptionParser& parser) {
  const std::string file = parser.text("predictions");
  const std::string format = parser.text("format");
  if (format != "jsonl" && format != "m3str")
    return make_error(ErrorCode::usage, "--format: expected jsonl or m3str, found \"{}\"", format);
  STAREVAL_TRY(PredictionSource source,
               format == "m3str" ? open_m3str(parser, file) : open_jsonl(parser, file));
  source.about["file"] = file;
  source.about["format"] = format;
  source.about["rows"] = source.predictions.size() + source.predictions.duplicates().size();
  source.about["has_ids"] = format == "jsonl";
  return source;
}

}  // namespace stareval::app
