// evaluate() in process: what a C++ test suite that links the library relies on.
#include "libstareval/run/evaluation.h"

#include <gtest/gtest.h>

#include "libstareval/data/dataset.h"
#include "stareval/stareval.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

Dataset atlas() {
  return read_dataset(STAREVAL_TEST_SOURCE_DIR "/share/datasets/atlas", "test").value();
}

// Answers each request with the reply that a function makes.
class FunctionBackend : public Backend {
 public:
  explicit FunctionBackend(std::function<Reply(const Request&)> reply) : reply_(std::move(reply)) {}
  void submit(const Request& request, Completion done) override { done(reply_(request)); }

 private:
  std::function<Reply(const Request&)> reply_;
};

Evaluation of_task(const std::string& task) {
  Evaluation evaluation;
  evaluation.plan.tasks = {task};
  evaluation.runner.retry.retries = {0, 0, 0, 0};
  return evaluation;
}

std::size_t count(const TaskSummary& task, Outcome outcome) {
  return task.outcomes[static_cast<std::size_t>(outcome)];
}

TEST(Evaluation, EveryOutcomeIsCountedAndTheCountsAddUp) {
  const Dataset dataset = atlas();
  int asked = 0;
  FunctionBackend backend([&](const Request&) {
    Reply reply = answered_reply("3");
    switch (asked++ % 6) {
      case 0: return reply;
      case 1: reply.text = "No idea."; return reply;
      case 2: reply.text = "Either 3 or 4."; return reply;
      case 3: reply.outcome = Outcome::refused; return reply;
      case 4: reply.outcome = Outcome::truncated; return reply;
      default: return failed_reply(Failure::permanent, "bad request");
    }
  });
  const auto result = evaluate(make_registry(), dataset, backend, of_task("RC"));
  ASSERT_TRUE(result.has_value()) << result.error().message;
  const TaskSummary& task = result->summary.tasks.front();
  std::size_t sum = 0;
  for (const std::size_t n : task.outcomes) sum += n;
  EXPECT_EQ(sum, task.n);
  for (const Outcome outcome : {Outcome::answered, Outcome::unparsed, Outcome::ambiguous,
                                Outcome::refused, Outcome::truncated, Outcome::api_error})
    EXPECT_GT(count(task, outcome), 0U) << to_string(outcome);
  EXPECT_EQ(task.metrics.front().n,
            task.n - count(task, Outcome::truncated) - count(task, Outcome::api_error));
}

// PITFALLS: messages of failure stored as answers and scored.
TEST(Evaluation, AnErrorTextIsNeverScored) {
  const Dataset dataset = atlas();
  int asked = 0;
  FunctionBackend backend([&](const Request&) {
    if (asked++ % 2 == 0) return answered_reply("3");
    return failed_reply(Failure::permanent, "3");
  });
  const auto result = evaluate(make_registry(), dataset, backend, of_task("RC"));
  ASSERT_TRUE(result.has_value()) << result.error().message;
  EXPECT_EQ(result->summary.tasks.front().metrics.front().n, 25U);
}

// PITFALLS: truncated replies read, or scored as wrong.
TEST(Evaluation, ATruncatedReplyIsNeitherReadNorScored) {
  const Dataset dataset = atlas();
  FunctionBackend backend([](const Request&) {
    Reply reply = answered_reply("The answer is 3");
    reply.outcome = Outcome::truncated;
    return reply;
  });
  const auto result = evaluate(make_registry(), dataset, backend, of_task("RC"));
  ASSERT_TRUE(result.has_value()) << result.error().message;
  const TaskSummary& task = result->summary.tasks.front();
  EXPECT_EQ(task.metrics.front().n, 0U);
  EXPECT_FALSE(task.metrics.front().value.has_value());
  EXPECT_EQ(task.coverage(), 0.0);
}

TEST(Evaluation, WithoutAFolderNothingIsKept) {
  const testing::TempFolder folder;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  FunctionBackend backend([](const Request&) { return answered_reply("3"); });
  const auto result = evaluate(make_registry(), atlas(), backend, of_task("RC"));
  std::filesystem::current_path(before);
  ASSERT_TRUE(result.has_value()) << result.error().message;
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Evaluation, TheAverageIsOfAllEightTasksOrNotThere) {
  const Dataset dataset = atlas();
  FunctionBackend backend([](const Request&) { return answered_reply("3"); });
  Evaluation evaluation = of_task("RC");
  EXPECT_FALSE(
      evaluate(make_registry(), dataset, backend, evaluation)->summary.average.has_value());
  evaluation.plan.tasks = {"EC", "RC", "IC", "TC", "SD", "ED", "ER", "RR"};
  const auto summary = evaluate(make_registry(), dataset, backend, evaluation)->summary;
  ASSERT_TRUE(summary.average.has_value());
  double sum = 0;
  for (const TaskSummary& task : summary.tasks) sum += *task.metrics.front().value;
  EXPECT_NEAR(*summary.average->value, sum / 8, 1e-12);
  EXPECT_EQ(summary.average->method, "BCa cluster bootstrap");
}

}  // namespace
}  // namespace stareval
