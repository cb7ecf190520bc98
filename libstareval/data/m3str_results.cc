#include "libstareval/data/m3str_results.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <string_view>
#include <utility>

namespace stareval {
namespace {

constexpr std::size_t kOptions = 5;  // of an item of completion: A to E
constexpr int kLeastCount = 2;       // what the published evaluation lets a model answer
constexpr int kMostCount = 9;

struct Subtask {
  std::string_view name;  // in the file
  std::string_view task;  // ours
};

constexpr std::array<Subtask, 2> kCounting{
    {{"entity", "m3str-count-entity"}, {"relation", "m3str-count-relation"}}};
constexpr std::array<Subtask, 3> kDetection{{{"entity", "m3str-detect-entity"},
                                             {"relation", "m3str-detect-relation"},
                                             {"mix", "m3str-detect-any"}}};
constexpr std::array<Subtask, 2> kCompletion{
    {{"entity", "m3str-complete-entity"}, {"relation", "m3str-complete-relation"}}};

char letter(std::size_t option) { return static_cast<char>('A' + option); }

std::span<const Subtask> subtasks_of(M3strKind kind) {
  switch (kind) {
    case M3strKind::counting: return kCounting;
    case M3strKind::detection: return kDetection;
    case M3strKind::completion: break;
  }
  return kCompletion;
}

const json::object* first_model(const json::value& document) {
  const auto* models = document.if_object();
  return models == nullptr || models->empty() ? nullptr : models->begin()->value().if_object();
}

bool has_flat_lists(const json::object& model) {
  return model.contains("entity_results") || model.contains("relation_results");
}

bool has_nested_lists(const json::object& model) {
  return std::any_of(kDetection.begin(), kDetection.end(), [&](const Subtask& subtask) {
    const auto* part = model.if_contains(subtask.name);
    return part != nullptr && part->is_object() && part->get_object().contains("predict");
  });
}

// A number as the model could have written it; 5.0 is 5.
std::optional<std::int64_t> whole_number(const json::value& value) {
  constexpr double kMost = 9e15;  // whole in a double
  if (const auto* number = value.if_int64()) return *number;
  const auto* number = value.if_double();
  if (number == nullptr || std::floor(*number) != *number || std::abs(*number) > kMost)
    return std::nullopt;
  return static_cast<std::int64_t>(*number);
}

// Detection has "mix", or completion a letter after B; two subtasks with A and B only may be
// either.
Result<M3strKind> tell_kind(const json::object& model, const std::string& where) {
  if (has_flat_lists(model)) return M3strKind::counting;
  if (model.contains("mix")) return M3strKind::detection;
  for (const Subtask& subtask : kCompletion) {
    const auto* part = model.if_contains(subtask.name);
    const auto* golds =
        part != nullptr && part->is_object() ? part->get_object().if_contains("answer") : nullptr;
    if (golds == nullptr || !golds->is_array()) continue;
    for (const json::value& gold : golds->get_array())
      if (whole_number(gold).value_or(0) > 1) return M3strKind::completion;
  }
  return make_error(ErrorCode::usage,
                    "{}: these may be results of detection or of completion; name the task: --task "
                    "m3str-detect-entity,m3str-detect-relation or --task "
                    "m3str-complete-entity,m3str-complete-relation",
                    where);
}

// The gold, and the form in which an answer is written, of one kind.
void set_gold(M3strKind kind, std::int64_t gold, Sample& sample) {
  switch (kind) {
    case M3strKind::counting:
      sample.gold = CountGold{gold};
      sample.meta["answer_range"] = json::array{kLeastCount, kMostCount};
      return;
    case M3strKind::detection:
      sample.choices = {"yes", "no"};
      sample.gold = ChoiceGold{gold == 1 ? 0U : 1U};
      return;
    case M3strKind::completion:
      for (std::size_t i = 0; i < kOptions; ++i)
        sample.choices.emplace_back(1, letter(i));  // the file does not hold their texts
      sample.gold = ChoiceGold{static_cast<std::size_t>(gold)};
  }
}

std::int64_t highest_gold(M3strKind kind) {
  switch (kind) {
    case M3strKind::counting: return std::numeric_limits<std::int64_t>::max();
    case M3strKind::detection: return 1;
    case M3strKind::completion: break;
  }
  return kOptions - 1;
}

std::string answer_text(M3strKind kind, std::int64_t answer) {
  if (kind == M3strKind::detection && (answer == 0 || answer == 1))
    return answer == 1 ? "yes" : "no";
  if (kind == M3strKind::completion && answer >= 0 && answer < 26)
    return {letter(static_cast<std::size_t>(answer))};
  return fmt::format("{}", answer);
}

class ResultsReader {
 public:
  explicit ResultsReader(M3strKind kind) : kind_(kind) {}

  void read(const Subtask& subtask, ObjectReader& part) {
    const json::array& golds = part.array("answer");
    const json::array& answers = part.array("predict");
    if (golds.size() != answers.size())
      part.fail("predict", fmt::format("{} values, as in \"answer\"", golds.size()),
                fmt::format("{}", answers.size()));
    for (std::size_t i = 0; i < std::min(golds.size(), answers.size()); ++i) {
      const std::string id = fmt::format("{}-{}", subtask.task, i);
      add_sample(subtask, id, golds[i], part);
      add_answer(id, answers[i], part);
    }
  }

  void state(const Subtask& subtask, double accuracy) {
    results_.stated.emplace(subtask.task, accuracy);
  }

  M3strResults take() && { return std::move(results_); }

 private:
  void add_sample(const Subtask& subtask, const std::string& id, const json::value& value,
                  ObjectReader& part) {
    const auto gold = whole_number(value);
    if (!gold || *gold < 0 || *gold > highest_gold(kind_))
      return part.fail("answer", "whole numbers that an answer can have", to_json(value));
    Sample sample;
    sample.id = id;
    sample.task = std::string(subtask.task);
    sample.question = fmt::format("{} of M3STR, not in the file", subtask.task);
    sample.split = "test";
    sample.cluster = id;
    set_gold(kind_, *gold, sample);
    results_.samples.push_back(std::move(sample));
  }

  void add_answer(const std::string& id, const json::value& value, ObjectReader& part) {
    if (const auto* text = value.if_string())
      return results_.answers.push_back({id, std::string(*text)});
    const auto number = whole_number(value);
    if (!number) return part.fail("predict", "whole numbers or texts", to_json(value));
    results_.answers.push_back({id, answer_text(kind_, *number)});
  }

  M3strKind kind_;
  M3strResults results_;
};

Result<std::string> pick_model(const json::object& models, const std::string& wanted,
                               const std::string& where) {
  std::vector<std::string> names;
  for (const auto& entry : models) names.emplace_back(entry.key());
  if (wanted.empty() && names.size() == 1) return names.front();
  if (std::find(names.begin(), names.end(), wanted) != names.end()) return wanted;
  return make_error(ErrorCode::usage, "{}: the file holds results of {}; {} with --model", where,
                    fmt::join(names, ", "),
                    wanted.empty() ? "name one" : "\"" + wanted + "\" is none of them; name one");
}

}  // namespace

bool is_m3str_results(const json::value& document) {
  const auto* model = first_model(document);
  return model != nullptr && (has_flat_lists(*model) || has_nested_lists(*model));
}

Result<M3strResults> m3str_results_from_json(const json::value& document, const std::string& model,
                                             std::optional<M3strKind> kind,
                                             const std::string& where) {
  if (!is_m3str_results(document))
    return make_error(
        ErrorCode::usage,
        "{}: expected results of M3STR, {{model: {{\"entity\": {{\"answer\": [..], "
        "\"predict\": [..]}}, ..}}}} or the same with \"entity_results\", found neither",
        where);
  const json::object& models = document.get_object();
  STAREVAL_TRY(const std::string name, pick_model(models, model, where));
  ObjectReader in(models, where);
  ObjectReader results = in.child(name);
  const json::object& object = in.object_or_empty(name);
  if (!kind) {
    STAREVAL_TRY(kind, tell_kind(object, where));
  }
  ResultsReader reader(*kind);
  const bool flat = has_flat_lists(object);
  for (const Subtask& subtask : subtasks_of(*kind)) {
    const std::string key = std::string(subtask.name) + (flat ? "_results" : "");
    if (!object.contains(key)) continue;
    ObjectReader part = results.child(key);
    reader.read(subtask, part);
    ObjectReader& holder = flat ? results : part;
    const std::string accuracy = flat ? std::string(subtask.name) : "result";
    if (holder.has(accuracy)) reader.state(subtask, holder.number(accuracy));
  }
  STAREVAL_CHECK(in.status());
  M3strResults read = std::move(reader).take();
  read.model = name;
  return read;
}

}  // namespace stareval
