// stareval.audit/1.
#include <algorithm>
#include <string_view>

#include "engine/audit/page.h"

namespace stareval::engine {
namespace {

std::string_view name_of(CheckState state) {
  switch (state) {
    case CheckState::passed: return "passed";
    case CheckState::failed: return "failed";
    case CheckState::noted: return "noted";
    case CheckState::not_checked: return "not checked";
  }
  return "";
}

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::fair: return "at chance";
    case Verdict::expected: return "above chance, expected";
    case Verdict::biased: return "above chance";
  }
  return "";
}

std::string_view name_of(AnswerKind kind) {
  switch (kind) {
    case AnswerKind::other: return "text";
    case AnswerKind::counting: return "counting";
    case AnswerKind::detection: return "detection";
    case AnswerKind::choice: return "choice";
  }
  return "";
}

json::value to_json_value(const std::optional<ChiSquare>& test) {
  if (!test) return nullptr;
  return json::object{{"chi_square", test->statistic}, {"freedom", test->freedom}, {"p", test->p}};
}

json::object to_json_object(const TaskBalance& task) {
  json::object golds;
  for (const auto& [gold, count] : task.golds) golds[std::to_string(gold)] = count;
  json::object object{{"n", task.n},
                      {"answers", name_of(task.kind)},
                      {"golds", std::move(golds)},
                      {"majority", nullptr},
                      {"entropy", nullptr},
                      {"wordings", task.wordings},
                      {"wording_balance", to_json_value(task.wording)},
                      {"position_balance", to_json_value(task.positions)}};
  if (!task.golds.empty()) object["majority"] = task.majority;
  if (task.entropy) object["entropy"] = *task.entropy;
  return object;
}

json::object to_json_object(const SplitAudit& split) {
  json::array tasks;
  for (const TaskBalance& task : split.tasks) {
    json::object of_task{{"task", task.task}};
    for (auto& field : to_json_object(task)) of_task[field.key()] = std::move(field.value());
    tasks.push_back(std::move(of_task));
  }
  return {{"split", split.name},
          {"samples", split.samples},
          {"pictures", split.pictures},
          {"tasks", std::move(tasks)}};
}

json::object to_json_object(const Check& check) {
  json::object object{{"split", check.splits},
                      {"check", check.what},
                      {"found", check.found},
                      {"state", name_of(check.state)},
                      {"examples", json::array(check.examples.begin(), check.examples.end())}};
  if (!check.note.empty()) object["note"] = check.note;
  return object;
}

json::object to_json_object(const PositionTest& row) {
  return {{"split", row.split},
          {"task", row.task},
          {"chi_square", row.test.statistic},
          {"freedom", row.test.freedom},
          {"p", row.test.p},
          {"p_adjusted", row.adjusted},
          {"state", fails(row) ? "failed" : "passed"}};
}

json::object to_json_object(const Prior& prior) {
  return {{"split", prior.split},
          {"task", prior.task},
          {"prior", prior.name},
          {"learnt_of", prior.learnt_of},
          {"n", prior.n},
          {"accuracy", prior.accuracy},
          {"low", prior.interval.low},
          {"high", prior.interval.high},
          {"method", prior.interval.method},
          {"chance", prior.chance},
          {"p", prior.p},
          {"p_adjusted", prior.adjusted},
          {"verdict", name_of(prior.verdict)}};
}

template <class T>
json::array all(const std::vector<T>& rows) {
  json::array array;
  for (const T& row : rows) array.push_back(to_json_object(row));
  return array;
}

}  // namespace

json::object to_json_object(const Audit& audit) {
  return {{"schema", "stareval.audit/1"},
          {"dataset", audit.name},
          {"ok", audit.failures() == 0},
          {"failures", audit.failures()},
          {"splits", all(audit.splits)},
          {"checks", all(audit.checks)},
          {"positions", all(audit.positions)},
          {"priors", all(audit.priors)},
          {"notes", json::array(audit.notes.begin(), audit.notes.end())}};
}

}  // namespace stareval::engine
