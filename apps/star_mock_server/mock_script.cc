#include "apps/star_mock_server/mock_script.h"

#include <algorithm>
#include <charconv>

#include "libstareval/base/random.h"
#include "libstareval/tasks/task.h"

namespace stareval {
namespace {

using Defect = MockStep::Defect;
using Mix = std::vector<std::pair<std::string, double>>;

const MockStep* failure_mode(std::string_view name) {
  for (const auto& [known, step] : failure_modes())
    if (known == name) return &step;
  return nullptr;
}

std::string names_of_modes() {
  std::string names = "all";
  for (const auto& mode : failure_modes()) names += fmt::format(", {}", mode.first);
  return names;
}

// The failure that the mix gives to an attempt; nullptr where it goes well. fail_rate comes first.
const MockStep* failure_by_chance(const MockScript& script, const std::string& sample,
                                  int attempt) {
  if (script.fail_rate <= 0 && script.mix.empty()) return nullptr;
  double drawn =
      Random(script.seed).fork(sample).fork(static_cast<std::uint64_t>(attempt)).uniform();
  if (drawn < script.fail_rate) return failure_mode("server_error");
  drawn -= script.fail_rate;
  for (const auto& [name, share] : script.mix) {
    if (drawn < share) return failure_mode(name);
    drawn -= share;
  }
  return nullptr;
}

const MockStep* scripted_step(const MockScript& script, const std::string& sample, int attempt) {
  const auto steps = script.samples.find(sample);
  if (steps == script.samples.end()) return nullptr;
  const auto index = static_cast<std::size_t>(attempt);
  return index < steps->second.size() ? &steps->second[index] : nullptr;
}

const MockStep* burst_step(const MockScript& script, std::int64_t order) {
  for (const MockBurst& burst : script.bursts)
    if (order >= burst.from && order <= burst.to) return &burst.step;
  return nullptr;
}

const MockStep& raw_step(const MockScript& script, const std::string& sample, int attempt,
                         std::int64_t order) {
  if (const MockStep* step = scripted_step(script, sample, attempt)) return *step;
  if (const MockStep* step = burst_step(script, order)) return *step;
  if (const MockStep* step = failure_by_chance(script, sample, attempt)) return *step;
  return script.fallback;
}

Result<double> read_share(std::string_view text) {
  double share = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), share);
  if (failure != std::errc() || end != text.data() + text.size() || !(share >= 0 && share <= 1))
    return make_error(ErrorCode::usage, "--mix: expected a share from 0 to 1, found \"{}\"", text);
  return share;
}

void add_modes(Mix& mix, std::string_view name, double share) {
  if (name != "all") {
    mix.emplace_back(name, share);
    return;
  }
  const auto& modes = failure_modes();
  for (const auto& mode : modes)
    mix.emplace_back(mode.first, share / static_cast<double>(modes.size()));
}

}  // namespace

const std::vector<std::pair<std::string_view, MockStep>>& failure_modes() {
  using std::chrono::milliseconds;
  static const std::vector<std::pair<std::string_view, MockStep>> modes{
      {"rate_limited", {.status = 429}},
      {"rate_limited_seconds", {.status = 429, .retry_after_s = 1}},
      {"rate_limited_date", {.status = 429, .retry_after_date_s = 1}},
      {"server_error", {.status = 500}},
      {"overloaded", {.status = 503}},
      {"bad_gateway", {.status = 502, .defect = Defect::html}},
      {"html", {.defect = Defect::html}},
      {"cut", {.defect = Defect::cut}},
      {"cut_before", {.defect = Defect::cut_before}},
      {"cut_idle", {.defect = Defect::cut_idle}},
      {"cut_next", {.defect = Defect::cut_next}},
      {"stall", {.defect = Defect::stall}},
      {"stall_body", {.defect = Defect::stall_body}},
      {"drip", {.drip = milliseconds(10)}},
      {"wrong_json", {.defect = Defect::wrong_json}},
      {"wrong_type", {.defect = Defect::wrong_type}},
      {"wrong_length", {.length_off = 10}},
      {"duplicate", {.defect = Defect::duplicate}},
      {"huge", {.huge_mib = 32}},
      {"invalid_utf8", {.defect = Defect::invalid_utf8}},
      {"empty_body", {.defect = Defect::empty_body}},
      {"null_content", {.defect = Defect::null_content}},
      {"error_200", {.defect = Defect::error_200}},
      {"echo_authorization", {.status = 401, .defect = Defect::echo}}};
  return modes;
}

Result<Mix> parse_mix(std::string_view text) {
  Mix mix;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    const auto colon = part.find(':');
    const std::string_view name = part.substr(0, colon);
    if (colon == std::string_view::npos || (name != "all" && failure_mode(name) == nullptr))
      return make_error(ErrorCode::usage, "--mix: expected NAME:SHARE,... of {}; found \"{}\"",
                        names_of_modes(), part);
    STAREVAL_TRY(const double share, read_share(part.substr(colon + 1)));
    add_modes(mix, name, share);
  }
  return mix;
}

Result<void> check_mix(const MockScript& script) {
  double sum = script.fail_rate;
  for (const auto& [name, share] : script.mix) {
    if (failure_mode(name) == nullptr)
      return make_error(ErrorCode::bad_data, "mix: expected one of {}; found \"{}\"",
                        names_of_modes(), name);
    if (!(share >= 0)) return make_error(ErrorCode::bad_data, "mix.{}: expected 0 or more", name);
    sum += share;
  }
  if (!(sum <= 1 + 1e-9))
    return make_error(ErrorCode::bad_data, "the shares of failures: expected 1 at most, found {}",
                      sum);
  return {};
}

std::map<std::string, std::string> gold_answers(const Dataset& dataset) {
  std::map<std::string, std::string> answers;
  for (const Sample& sample : dataset.samples) answers[sample.id] = gold_answer(sample);
  return answers;
}

MockStep step_of(const MockScript& script, const std::string& sample, int attempt,
                 std::int64_t order) {
  MockStep step = raw_step(script, sample, attempt, order);
  const auto answer = script.answers.find(sample);
  if (!step.text && answer != script.answers.end()) step.text = answer->second;
  if (!step.text) step.text = script.fallback.text.value_or("");
  if (!step.latency) step.latency = script.latency;
  return step;
}

}  // namespace stareval
