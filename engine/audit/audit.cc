#include "engine/audit/audit.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace stareval::engine {
namespace {

constexpr const char* kTrain = "train";  // the split that others may be guessed from

template <class T>
void append(std::vector<T> from, std::vector<T>& to) {
  std::move(from.begin(), from.end(), std::back_inserter(to));
}

void look_within(const AuditSplit& split, const std::vector<TaskItems>& tasks, Audit& audit) {
  append(checks_within(split), audit.checks);
  SplitAudit of_split{split.name, split.items.size(), split.pictures, {}};
  for (const TaskItems& task : tasks) {
    of_split.tasks.push_back(balance_of(task.items));
    if (const auto& test = of_split.tasks.back().positions)
      audit.positions.push_back({split.name, task.task, *test, 1});
    append(priors_within(split.name, task), audit.priors);
  }
  audit.splits.push_back(std::move(of_split));
}

// The tasks of a split, guessed from the same tasks of the training split.
void look_from_train(const std::string& split, const std::vector<TaskItems>& tasks,
                     const std::vector<TaskItems>& train, Audit& audit) {
  for (const TaskItems& task : tasks)
    for (const TaskItems& known : train)
      if (known.task == task.task && known.kind == task.kind)
        append(priors_across(split, task, kTrain, known), audit.priors);
}

void look_across(const AuditInput& input, const std::vector<std::vector<TaskItems>>& tasks,
                 Audit& audit) {
  for (std::size_t i = 0; i < input.splits.size(); ++i)
    for (std::size_t j = 0; j < input.splits.size(); ++j) {
      if (i < j) append(checks_across(input.splits[i], input.splits[j]), audit.checks);
      if (i != j && input.splits[j].name == kTrain)
        look_from_train(input.splits[i].name, tasks[i], tasks[j], audit);
    }
}

void judge_all(Audit& audit) {
  std::vector<double> positions;
  for (const PositionTest& test : audit.positions) positions.push_back(test.test.p);
  const std::vector<double> adjusted = judge(audit.priors, positions);
  for (std::size_t i = 0; i < adjusted.size(); ++i) audit.positions[i].adjusted = adjusted[i];
}

}  // namespace

bool fails(const PositionTest& test) { return test.adjusted <= kFalseAlarms; }

std::size_t Audit::failures() const {
  const auto number = [](const auto& list, auto fails) {
    return static_cast<std::size_t>(std::count_if(list.begin(), list.end(), fails));
  };
  return number(checks, [](const Check& check) { return check.state == CheckState::failed; }) +
         number(positions, [](const PositionTest& test) { return fails(test); }) +
         number(priors, [](const Prior& prior) { return prior.verdict == Verdict::biased; });
}

Audit audit(const AuditInput& input) {
  Audit audit;
  audit.name = input.name;
  audit.notes = input.notes;
  std::vector<std::vector<TaskItems>> tasks;
  for (const AuditSplit& split : input.splits) {
    tasks.push_back(by_task(split.items));
    look_within(split, tasks.back(), audit);
  }
  if (input.are_splits) look_across(input, tasks, audit);
  judge_all(audit);
  return audit;
}

}  // namespace stareval::engine
