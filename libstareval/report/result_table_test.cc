// Runs side by side: the layout, and the exact text of each refusal, by hand.
#include "libstareval/report/result_table.h"

#include <gtest/gtest.h>

#include <functional>

#include "tests/support/errors.h"
#include "tests/support/summaries.h"

namespace stareval {
namespace {

using testing::error_code;
using testing::error_text;
using testing::run_summary;
using testing::task_summary;

// The refusal of two runs of EC, equal but for a change of the second.
std::string refusal_after(const std::function<void(Summary&)>& change) {
  std::vector<Summary> runs{run_summary("a", {task_summary("EC")}),
                            run_summary("b", {task_summary("EC")})};
  change(runs[1]);
  const auto table = build_table(runs);
  EXPECT_EQ(error_code(table), ErrorCode::mismatch);
  return error_text(table);
}

std::string refusal(const std::string& what, const std::string& in_a, const std::string& in_b) {
  return "these runs cannot be compared: " + what + " is " + in_a + " in openai a, and " + in_b +
         " in openai b; report them apart";
}

TEST(ResultTable, of_no_runs_is_refused) {
  EXPECT_EQ(error_code(build_table({})), ErrorCode::usage);
  EXPECT_EQ(error_text(build_table({})), "a report needs at least one run");
}

TEST(ResultTable, has_a_row_a_run_and_a_column_a_task) {
  std::vector<Summary> runs{run_summary("a", {task_summary("EC"), task_summary("RC")}),
                            run_summary("b", {task_summary("RC")})};
  runs[0].average = testing::metric("average", 0.5, 0.4, 0.6, 20);
  const ResultTable table = build_table(runs).value();
  EXPECT_EQ(table.dataset, "little");
  EXPECT_EQ(table.split, "test");
  EXPECT_EQ(table.digest, "sha256:d");
  EXPECT_EQ(table.mode, "direct");
  ASSERT_EQ(table.columns.size(), 2u);
  EXPECT_EQ(table.columns[0].task, "EC");
  EXPECT_EQ(table.columns[0].headline, "accuracy");
  ASSERT_EQ(table.rows.size(), 2u);
  EXPECT_EQ(table.rows[0].model, "a");
  EXPECT_TRUE(table.rows[0].average.has_value());
  EXPECT_EQ(table.rows[0].cells[1]->n, 10u);
  EXPECT_EQ(table.rows[1].cells[0], std::nullopt);
  EXPECT_EQ(table.rows[1].cells[1]->metric.value, 0.5);
  EXPECT_EQ(table.rows[1].average.has_value(), false);
  EXPECT_EQ(table.summaries.size(), 2u);
}

TEST(ResultTable, has_its_columns_in_the_order_of_the_paper_and_those_of_plug_ins_last) {
  const std::vector<Summary> runs{
      run_summary("a", {task_summary("X1"), task_summary("RR"), task_summary("TC")}),
      run_summary("b", {task_summary("X2"), task_summary("EC"), task_summary("RR")})};
  const ResultTable table = build_table(runs).value();
  std::string tasks;
  for (const ResultColumn& column : table.columns) tasks += column.task + " ";
  EXPECT_EQ(tasks, "EC TC RR X1 X2 ");
}

TEST(ResultTable, refuses_another_dataset) {
  EXPECT_EQ(refusal_after([](Summary& s) { s.digest = "sha256:e"; }),
            refusal("the dataset", "little test sha256:d", "little test sha256:e"));
  EXPECT_EQ(refusal_after([](Summary& s) { s.split = "train"; }),
            refusal("the dataset", "little test sha256:d", "little train sha256:d"));
}

TEST(ResultTable, refuses_another_mode) {
  EXPECT_EQ(refusal_after([](Summary& s) { s.mode = "cot"; }),
            refusal("the mode", "direct", "cot"));
}

TEST(ResultTable, refuses_another_form_of_answers) {
  EXPECT_EQ(refusal_after([](Summary& s) { s.answer_form = "ranking"; }),
            refusal("the form of the answers", "choice", "ranking"));
}

TEST(ResultTable, names_a_form_that_is_not_choice_behind_the_mode) {
  Summary run = run_summary("a", {task_summary("RR")});
  EXPECT_EQ(build_table(std::vector{run})->mode, "direct");
  run.answer_form = "open";
  EXPECT_EQ(build_table(std::vector{run})->mode, "direct, open");
}

TEST(ResultTable, refuses_another_protocol_or_version_in_a_column) {
  EXPECT_EQ(refusal_after([](Summary& s) { s.tasks[0].protocol_version = "2"; }),
            refusal("the protocol of EC", "counting 1", "counting 2"));
  EXPECT_EQ(refusal_after([](Summary& s) { s.tasks[0].protocol = "guessing"; }),
            refusal("the protocol of EC", "counting 1", "guessing 1"));
}

TEST(ResultTable, refuses_another_prompt_in_a_column) {
  EXPECT_EQ(refusal_after([](Summary& s) { s.tasks[0].prompt_digest = "sha256:q"; }),
            refusal("the prompt of EC", "sha256:p", "sha256:q"));
}

TEST(ResultTable, refuses_another_number_of_samples_in_a_column) {
  EXPECT_EQ(refusal_after([](Summary& s) { s.tasks[0] = task_summary("EC", 9); }),
            refusal("the number of samples of EC", "10", "9"));
}

TEST(ResultTable, refuses_two_later_runs_that_differ_in_a_task_that_the_first_lacks) {
  std::vector<Summary> runs{run_summary("first", {task_summary("TC")}),
                            run_summary("a", {task_summary("EC")}),
                            run_summary("b", {task_summary("EC")})};
  runs[2].tasks[0].protocol_version = "2";
  EXPECT_EQ(error_text(build_table(runs)),
            refusal("the protocol of EC", "counting 1", "counting 2"));
}

TEST(ResultTable, lets_tasks_differ_between_columns) {
  std::vector<Summary> runs{run_summary("a", {task_summary("EC", 5)}),
                            run_summary("b", {task_summary("RC", 9)})};
  runs[1].tasks[0].protocol_version = "2";
  EXPECT_TRUE(build_table(runs).has_value());
}

TEST(ResultTable, takes_the_same_run_twice) {
  const Summary run = run_summary("a", {task_summary("EC")});
  EXPECT_EQ(build_table(std::vector<Summary>{run, run})->rows.size(), 2u);
}

}  // namespace
}  // namespace stareval
