#include "libstareval/run/predictions.h"

#include <gtest/gtest.h>

#include "tests/support/errors.h"
#include "tests/support/fake_protocol.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using testing::expect_error;

class Predictions : public ::testing::Test {
 protected:
  Result<PredictionTable> read(const std::string& text) {
    testing::write_bytes(folder_ / "p.jsonl", text);
    return read_predictions(folder_ / "p.jsonl");
  }
  testing::TempFolder folder_;
};

TEST_F(Predictions, ReadsIdAndTextALine) {
  const auto table = read(
      "{\"id\": \"a\", \"text\": \"7\", \"note\": 1}\n\n"
      "{\"id\": \"a\", \"text\": \"8\", \"repeat\": 1}\n"
      "{\"id\": \"b\", \"outcome\": \"truncated\"}");
  ASSERT_TRUE(table.has_value()) << table.error().message;
  EXPECT_EQ(table->size(), 3U);
  EXPECT_EQ(table->repeats(), 2);
  EXPECT_EQ(table->find("a", 0)->text, "7");
  EXPECT_EQ(table->find("a", 1)->text, "8");
  EXPECT_EQ(table->find("b", 0)->outcome, Outcome::truncated);
  EXPECT_EQ(table->find("c", 0), nullptr);
}

TEST_F(Predictions, CountsTheFirstOfSeveralAndNamesTheOthers) {
  const auto table = read(
      "{\"id\": \"a\", \"text\": \"7\"}\n{\"id\": \"a\", \"text\": \"8\"}\n"
      "{\"id\": \"a\", \"text\": \"9\"}\n");
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->find("a", 0)->text, "7");
  EXPECT_EQ(table->duplicates(), (std::vector<std::string>{"a", "a"}));
}

TEST_F(Predictions, SaysWhereALineIsWrong) {
  expect_error(read("{\"id\": \"a\", \"text\": \"7\"}\n{\"id\": \"b\"}\n"), ErrorCode::bad_data,
               "p.jsonl:2: field \"text\"");
  expect_error(read("{\"text\": \"7\"}\n"), ErrorCode::bad_data, "field \"id\"");
  expect_error(read("{\"id\": 4, \"text\": \"7\"}\n"), ErrorCode::bad_data, "expected a string");
  expect_error(read("[]\n"), ErrorCode::bad_data, "p.jsonl:1");
  expect_error(read("{\"id\": \"a\", \"text\": \"\", \"outcome\": \"skipped\"}\n"),
               ErrorCode::bad_data, "outcome");
  expect_error(read("{\"id\": \"a\", \"text\": \"7\", \"repeat\": -1}\n"), ErrorCode::bad_data,
               "repeat");
  expect_error(read("\n\n"), ErrorCode::bad_data, "holds no prediction");
  expect_error(read_predictions(folder_ / "none.jsonl"), ErrorCode::io, "none.jsonl");
}

// Three samples, of which one has no prediction, and a prediction of a fourth.
TEST_F(Predictions, ScoresWhatIsThereAndNamesTheRest) {
  Dataset dataset;
  dataset.name = "three";
  for (const char* id : {"a", "b", "c"}) {
    Sample sample;
    sample.id = id;
    sample.task = "EC";
    sample.cluster = id;
    sample.gold = CountGold{7};
    dataset.samples.push_back(sample);
  }
  const Registry registry = testing::fake_registry();
  const auto table = read(
      "{\"id\": \"b\", \"text\": \"7\"}\n{\"id\": \"a\", \"text\": \"6\"}\n"
      "{\"id\": \"x\", \"text\": \"7\"}\n");
  PlanOptions options;
  options.tasks = {"EC"};
  options.model = "mine";
  const auto plan = Plan::make(registry, dataset, options);
  ASSERT_TRUE(plan.has_value()) << plan.error().message;
  const PredictionGaps gaps = gaps_of(*plan, *table);
  EXPECT_EQ(gaps.unknown, std::vector<std::string>{"x"});
  EXPECT_EQ(gaps.missing, std::vector<std::string>{"c"});
  const auto run = score_predictions(*plan, *table);
  ASSERT_TRUE(run.has_value()) << run.error().message;
  const TaskSummary& task = run->summary.tasks.front();
  EXPECT_EQ(task.n, 3U);
  EXPECT_DOUBLE_EQ(task.coverage(), 2.0 / 3.0);
  EXPECT_EQ(headline_value(run->scored[0].score), 0.0);
  EXPECT_EQ(headline_value(run->scored[1].score), 1.0);
  EXPECT_EQ(run->scored[2].score.outcome, Outcome::skipped);
  EXPECT_EQ(run->summary.model, "mine");
  EXPECT_EQ(run->summary.decoding, "unknown");
  EXPECT_EQ(task.prompt_digest, "unknown");
}

}  // namespace
}  // namespace stareval
