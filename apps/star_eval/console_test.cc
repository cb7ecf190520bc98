// What the terminal shows: the progress line by hand, the summary against tests/golden/summary.txt.
#include "apps/star_eval/console.h"

#include <gtest/gtest.h>

#include "tests/support/golden.h"
#include "tests/support/summaries.h"

namespace stareval::app {
namespace {

RunProgress progress_of(std::size_t total, std::size_t resumed, std::size_t done,
                        std::size_t in_flight = 0) {
  RunProgress progress;
  progress.total = total;
  progress.resumed = resumed;
  progress.done = done;
  progress.in_flight = in_flight;
  return progress;
}

// Every outcome once, in one task.
Summary all_outcomes() {
  TaskSummary task = testing::task_summary("RC", 45);
  for (std::size_t i = 0; i < kOutcomes.size(); ++i) task.outcomes[i] = i + 1;
  return testing::run_summary("m", {task});
}

TEST(ProgressText, shows_how_far_and_how_fast) {
  EXPECT_EQ(progress_text(progress_of(400, 0, 100, 16), 10),
            "[######..................] 100/400  16 in flight  10.0/s  0:30 left");
}

TEST(ProgressText, counts_only_what_was_done_in_this_run_as_speed) {
  EXPECT_EQ(progress_text(progress_of(400, 200, 300, 4), 50),
            "[##################......] 300/400  4 in flight  2.0/s  0:50 left");
}

TEST(ProgressText, promises_nothing_before_the_first_reply) {
  EXPECT_EQ(progress_text(progress_of(400, 100, 100, 4), 5),
            "[######..................] 100/400  4 in flight");
}

TEST(ProgressText, shows_what_is_retried_and_what_failed) {
  RunProgress progress = progress_of(10, 0, 5, 1);
  progress.retrying = 2;
  progress.failed = 1;
  EXPECT_EQ(progress_text(progress, 5),
            "[############............] 5/10  1 in flight, 2 retrying, 1 failed  1.0/s  0:05 left");
}

TEST(ProgressText, is_full_at_the_end_and_for_nothing) {
  EXPECT_EQ(progress_text(progress_of(8, 0, 8), 2),
            "[########################] 8/8  0 in flight  4.0/s  0:00 left");
  EXPECT_EQ(progress_text(progress_of(0, 0, 0), 0), "[########################] 0/0  0 in flight");
}

TEST(ProgressText, bears_no_time_at_all_and_times_without_end) {
  EXPECT_EQ(progress_text(progress_of(2, 0, 1), 0),
            "[############............] 1/2  0 in flight  1000.0/s  0:00 left");
  EXPECT_EQ(progress_text(progress_of(1'000'000'000, 0, 1), 1e9),
            "[........................] 1/1000000000  0 in flight  0.0/s  16666666:40 left");
}

TEST(SummaryText, is_the_golden_file) {
  Summary summary = all_outcomes();
  summary.tasks.push_back(testing::task_summary("SD", 400));
  summary.tasks.push_back(testing::task_summary("ER", 1));
  summary.tasks.back().metrics[0] = {"accuracy", std::nullopt, std::nullopt, std::nullopt, 0, ""};
  summary.average = testing::metric("average", 2.0 / 3, 0.5, 0.8125, 446);
  summary.digest = "sha256:0123456789abcdef0123456789abcdef";
  testing::expect_golden("summary.txt", summary_text(summary));
}

TEST(SummaryText, of_hostile_names_has_a_line_a_task_all_the_same) {
  Summary summary = testing::hostile_summary();
  summary.model = "m";
  summary.split = "s";
  EXPECT_NE(summary_text(summary).find("XX|<b>"), std::string::npos);
}

TEST(SummaryWarnings, say_what_is_not_in_the_numbers_and_what_to_do) {
  EXPECT_EQ(summary_warnings(all_outcomes()),
            "RC: 5 of 45 replies were cut at the token limit and are not scored: raise it with "
            "--set max_tokens=N\n"
            "RC: 6 of 45 samples got no reply and are not scored: the same command sends them "
            "again\n"
            "RC: 9 of 45 samples were not asked: the same command goes on with them\n"
            "RC: 8 of 45 samples were not asked, for the budget was spent: a higher --budget goes "
            "on with them\n"
            "RC: 2 of 45 replies held no answer that could be read, and count as wrong\n");
}

TEST(SummaryWarnings, are_none_where_everything_was_answered) {
  EXPECT_EQ(summary_warnings(testing::run_summary("m", {testing::task_summary("EC")})), "");
}

}  // namespace
}  // namespace stareval::app
