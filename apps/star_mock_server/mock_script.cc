#include "apps/star_mock_server/mock_script.h"

#include <algorithm>
#include <array>
#include <utility>

#include "libstareval/base/json.h"
#include "libstareval/base/random.h"
#include "libstareval/tasks/task.h"

namespace stareval {
namespace {

using Defect = MockStep::Defect;

constexpr std::int64_t kLongest_s = 86'400;

constexpr std::array<std::pair<std::string_view, Defect>, 5> kDefects{
    {{"cut", Defect::cut},
     {"stall", Defect::stall},
     {"wrong_json", Defect::wrong_json},
     {"html", Defect::html},
     {"echo_authorization", Defect::echo}}};

constexpr std::array<std::string_view, 9> kStepKeys{
    "status",  "retry_after_s", "text",         "finish_reason", "reasoning",
    "refusal", "latency_ms",    "input_tokens", "output_tokens"};

bool is_defect(std::string_view key) {
  return std::any_of(kDefects.begin(), kDefects.end(), [&](auto& d) { return d.first == key; });
}

// A misspelt key would silently play another script.
void refuse_unknown_keys(ObjectReader& in, const json::object& step) {
  for (const auto& entry : step) {
    const std::string_view key = entry.key();
    if (std::find(kStepKeys.begin(), kStepKeys.end(), key) == kStepKeys.end() && !is_defect(key))
      in.fail(key, "a key of a step (README.md)", "another");
  }
}

MockStep read_step(ObjectReader& in, const json::object& object) {
  refuse_unknown_keys(in, object);
  MockStep step;
  if (in.has("status")) step.status = static_cast<int>(in.integer_in("status", 200, 599));
  if (in.has("retry_after_s"))
    step.retry_after_s = static_cast<int>(in.integer_in("retry_after_s", 0, kLongest_s));
  if (in.has("text")) step.text = in.string("text");
  step.finish_reason = in.string_or("finish_reason", "stop");
  step.reasoning = in.string_or("reasoning", "");
  step.refusal = in.string_or("refusal", "");
  if (in.has("latency_ms"))
    step.latency = std::chrono::milliseconds(in.integer_in("latency_ms", 0, kLongest_s * 1000));
  step.input_tokens = in.integer_or("input_tokens", step.input_tokens);
  step.output_tokens = in.integer_or("output_tokens", step.output_tokens);
  for (const auto& [name, defect] : kDefects)
    if (in.boolean_or(name, false)) step.defect = defect;
  return step;
}

void read_samples(MockScript& script, ObjectReader in, const json::object& samples) {
  for (const auto& entry : samples) {
    const json::array& steps = in.array(entry.key());
    for (std::size_t i = 0; i < steps.size(); ++i) {
      ObjectReader step = in.element(entry.key(), i, steps[i]);
      if (!steps[i].is_object()) return;
      script.samples[entry.key()].push_back(read_step(step, steps[i].get_object()));
    }
  }
}

bool fails_by_chance(const MockScript& script, const std::string& sample, int attempt) {
  if (script.fail_rate <= 0) return false;
  return Random(script.seed)
      .fork(sample)
      .fork(static_cast<std::uint64_t>(attempt))
      .chance(script.fail_rate);
}

const MockStep* scripted_step(const MockScript& script, const std::string& sample, int attempt) {
  const auto steps = script.samples.find(sample);
  if (steps == script.samples.end()) return nullptr;
  const auto index = static_cast<std::size_t>(attempt);
  return index < steps->second.size() ? &steps->second[index] : nullptr;
}

}  // namespace

Result<MockScript> parse_script(std::string_view text, const std::string& where) {
  STAREVAL_TRY(const json::object object, parse_json_object(text, where));
  ObjectReader in(object, where);
  for (const auto& entry : object)
    if (entry.key() != "default" && entry.key() != "samples")
      in.fail(entry.key(), "default or samples", "another key");
  MockScript script;
  if (in.has("default")) {
    ObjectReader step = in.child("default");
    script.fallback = read_step(step, in.object_or_empty("default"));
  }
  if (in.has("samples")) read_samples(script, in.child("samples"), in.object_or_empty("samples"));
  STAREVAL_CHECK(in.status());
  return script;
}

std::map<std::string, std::string> gold_answers(const Dataset& dataset) {
  std::map<std::string, std::string> answers;
  for (const Sample& sample : dataset.samples) answers[sample.id] = gold_answer(sample);
  return answers;
}

MockStep step_of(const MockScript& script, const std::string& sample, int attempt) {
  const MockStep* scripted = scripted_step(script, sample, attempt);
  MockStep step = scripted == nullptr ? script.fallback : *scripted;
  if (scripted == nullptr && fails_by_chance(script, sample, attempt)) step.status = 500;
  const auto answer = script.answers.find(sample);
  if (!step.text && answer != script.answers.end()) step.text = answer->second;
  if (!step.text) step.text = script.fallback.text.value_or("");
  if (!step.latency) step.latency = script.latency;
  return step;
}

}  // namespace stareval
