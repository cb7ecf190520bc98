#include "libstareval/report/result_table.h"

#include <algorithm>

#include "libstareval/tasks/task.h"

namespace stareval {
namespace {

std::string label(const Summary& summary) {
  return fmt::format("{} {}", summary.backend, summary.model);
}

// One property in which two summaries must agree to stand in one table.
Result<void> agree(std::string_view what, const Summary& a, const std::string& in_a,
                   const Summary& b, const std::string& in_b) {
  if (in_a == in_b) return {};
  return make_error(
      ErrorCode::mismatch,
      "these runs cannot be compared: {} is {} in {}, and {} in {}; report them apart", what, in_a,
      label(a), in_b, label(b));
}

// Columns in the order of the paper, then a plug-in's own tasks as they come.
std::vector<ResultColumn> columns_of(std::span<const Summary> summaries) {
  std::vector<ResultColumn> columns;
  const auto add = [&](const TaskSummary& task) {
    if (std::none_of(columns.begin(), columns.end(),
                     [&](const ResultColumn& column) { return column.task == task.task; }))
      columns.push_back({task.task, task.headline});
  };
  for (const Task& task : star_tasks())
    for (const Summary& summary : summaries)
      for (const TaskSummary& done : summary.tasks)
        if (done.task == task.id) add(done);
  for (const Summary& summary : summaries)
    for (const TaskSummary& done : summary.tasks) add(done);
  return columns;
}

ResultRow row_of(const Summary& summary, const std::vector<ResultColumn>& columns) {
  ResultRow row{summary.backend, summary.model, {}, summary.average};
  for (const ResultColumn& column : columns) {
    const auto task = std::find_if(summary.tasks.begin(), summary.tasks.end(),
                                   [&](const TaskSummary& t) { return t.task == column.task; });
    if (task == summary.tasks.end()) row.cells.emplace_back();
    else row.cells.emplace_back(ResultCell{task->metrics.front(), task->coverage(), task->n});
  }
  return row;
}

}  // namespace

Result<void> check_comparable(const Summary& a, const Summary& b) {
  const auto dataset = [](const Summary& s) { return s.dataset + " " + s.split + " " + s.digest; };
  STAREVAL_CHECK(agree("the dataset", a, dataset(a), b, dataset(b)));
  STAREVAL_CHECK(agree("the mode", a, a.mode, b, b.mode));
  STAREVAL_CHECK(agree("the form of the answers", a, a.answer_form, b, b.answer_form));
  const auto asked = [](const Summary& s) {
    const std::string first = s.limit ? fmt::format("the first {}", *s.limit) : "all";
    return fmt::format("{} samples of a task, {} times", first, s.repeats);
  };
  STAREVAL_CHECK(agree("what was asked", a, asked(a), b, asked(b)));
  for (const TaskSummary& task_a : a.tasks) {
    for (const TaskSummary& task_b : b.tasks) {
      if (task_a.task != task_b.task) continue;
      const auto protocol = [](const TaskSummary& t) {
        return t.protocol + " " + t.protocol_version;
      };
      STAREVAL_CHECK(
          agree("the protocol of " + task_a.task, a, protocol(task_a), b, protocol(task_b)));
      STAREVAL_CHECK(
          agree("the prompt of " + task_a.task, a, task_a.prompt_digest, b, task_b.prompt_digest));
      STAREVAL_CHECK(agree("the number of samples of " + task_a.task, a, std::to_string(task_a.n),
                           b, std::to_string(task_b.n)));
    }
  }
  return {};
}

Result<ResultTable> build_table(std::span<const Summary> summaries) {
  if (summaries.empty()) return make_error(ErrorCode::usage, "a report needs at least one run");
  // Each with each: two later runs may share a task that the first does not have.
  for (std::size_t i = 0; i < summaries.size(); ++i)
    for (std::size_t j = i + 1; j < summaries.size(); ++j)
      STAREVAL_CHECK(check_comparable(summaries[i], summaries[j]));
  const Summary& first = summaries.front();
  const bool by_choice = first.answer_form == "choice";
  ResultTable table{first.dataset,
                    first.split,
                    first.digest,
                    by_choice ? first.mode : first.mode + ", " + first.answer_form,
                    columns_of(summaries),
                    {},
                    {},
                    {}};
  for (const Summary& summary : summaries) table.rows.push_back(row_of(summary, table.columns));
  table.summaries.assign(summaries.begin(), summaries.end());
  return table;
}

}  // namespace stareval
