// Answers that were not made by a run: scored, compared and explained through the command.
#include <gtest/gtest.h>

#include <filesystem>

#include "libstareval/base/json.h"
#include "tests/integration/program.h"
#include "tests/support/real_data.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using testing::ProgramResult;

class Predictions : public ::testing::Test {
 protected:
  ProgramResult score(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "score");
    return testing::star_eval(arguments, {folder_.path(), {}});
  }
  json::object score_json(std::vector<std::string> arguments) {
    arguments.emplace_back("--json");
    const ProgramResult result = score(std::move(arguments));
    EXPECT_EQ(result.exit_code, 0) << result.err;
    auto parsed = parse_json_object(result.out, "stdout");
    return parsed.has_value() ? *parsed : json::object();
  }
  testing::TempFolder folder_;
};

const json::object& metric(const json::object& summary, const char* task, const char* name) {
  return summary.at("tasks").at(task).at("metrics").at(name).as_object();
}

double value(const json::object& summary, const char* task, const char* name) {
  return metric(summary, task, name).at("value").to_number<double>();
}

// What the code of M3STR printed for a real model.
TEST_F(Predictions, GivesTheAccuraciesThatM3strPrinted) {
  const auto data = testing::real_data_folder() / "m3str";
  if (!std::filesystem::exists(data)) GTEST_SKIP() << "no real data at " << data;
  const auto of = [&](const char* file) {
    return score_json({"--format", "m3str", "--predictions", (data / file).string()});
  };
  constexpr double kExact = 1e-12;
  const auto task1 = of("qwen2.5-vl-3b_task1.json");
  EXPECT_NEAR(value(task1, "m3str-count-entity", "accuracy"), 0.39284851413384875, kExact);
  EXPECT_NEAR(value(task1, "m3str-count-relation", "accuracy"), 0.22980812137438644, kExact);
  EXPECT_EQ(task1.at("tasks").at("m3str-count-entity").at("n"), 4139);
  EXPECT_EQ(task1.at("tasks").at("m3str-count-relation").at("n"), 4482);

  const auto task2 = of("qwen2.5-vl-3b_task2.json");
  EXPECT_NEAR(value(task2, "m3str-detect-entity", "accuracy"), 0.6664751508187302, kExact);
  EXPECT_NEAR(value(task2, "m3str-detect-relation", "accuracy"), 0.8351048549267452, kExact);
  EXPECT_NEAR(value(task2, "m3str-detect-any", "accuracy"), 0.5015800057454755, kExact);
  for (const char* task : {"m3str-detect-entity", "m3str-detect-relation", "m3str-detect-any"}) {
    EXPECT_EQ(task2.at("tasks").at(task).at("n"), 3481);
    EXPECT_EQ(value(task2, task, "balanced_accuracy"), 0.5) << task;
    EXPECT_TRUE(metric(task2, task, "mcc").at("value").is_null()) << task;
    EXPECT_EQ(value(task2, task, "yes_rate"), 0.0) << task;
  }

  const auto task3 = of("qwen3-vl-2b_task3.json");
  EXPECT_NEAR(value(task3, "m3str-complete-entity", "accuracy"), 0.6686973660634294, kExact);
  EXPECT_NEAR(value(task3, "m3str-complete-relation", "accuracy"), 0.8306118787008793, kExact);
  EXPECT_EQ(task3.at("tasks").at("m3str-complete-entity").at("n"), 5581);
  EXPECT_EQ(task3.at("tasks").at("m3str-complete-relation").at("n"), 5573);
  for (const auto& summary : {task1, task2, task3})
    EXPECT_EQ(summary.at("predictions").at("has_ids"), false);
}

TEST_F(Predictions, SaysThatListsNameNoSamplesAndThatTheirAccuracyIsAnother) {
  testing::write_bytes(
      folder_ / "r.json",
      R"({"m": {"mix": {"result": 0.9, "answer": [0, 0, 1, 0], "predict": [0, 0, 0, 0]}}})");
  const auto result = score({"--format", "m3str", "--predictions", "r.json"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.err.find("the lists name no samples"), std::string::npos) << result.err;
  EXPECT_NE(result.err.find("states an accuracy of 0.9, its lists give 0.75"), std::string::npos)
      << result.err;
  EXPECT_NE(result.err.find("every answer is the same decision"), std::string::npos) << result.err;
}

// Of the shipped dataset: one right, one wrong, one unreadable; an unknown id and one given twice.
TEST_F(Predictions, ScoresLinesWithIdsAndNamesWhatDoesNotFit) {
  const auto run = testing::star_eval({"run", "--backend", "baseline", "--model", "oracle",
                                       "--task", "EC", "--limit", "3", "--out", "run", "--quiet"},
                                      {folder_.path(), {}});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  std::vector<std::string> ids;
  std::string gold;
  const std::string scores = testing::read_bytes(folder_ / "run/scores.jsonl");
  for (std::size_t at = 0; at < scores.size(); at = scores.find('\n', at) + 1) {
    const auto line = parse_json_object(scores.substr(at, scores.find('\n', at) - at), "line");
    ids.emplace_back(line->at("sample").as_string());
    if (gold.empty()) gold = line->at("answer").as_string();
  }
  ASSERT_EQ(ids.size(), 3U);
  testing::write_bytes(folder_ / "p.jsonl",
                       "{\"id\": \"" + ids[0] + "\", \"text\": \"There are " + gold +
                           " entities.\"}\n{\"id\": \"" + ids[0] +
                           "\", \"text\": \"99\"}\n{\"id\": \"" + ids[1] +
                           "\", \"text\": \"I like graphs\"}\n{\"id\": \"nobody\", \"text\": "
                           "\"4\"}\n");
  const std::vector<std::string> arguments{"--predictions", "p.jsonl", "--dataset",
                                           "atlas",         "--task",  "EC"};
  const auto summary = score_json(arguments);
  const auto& task = summary.at("tasks").at("EC").as_object();
  EXPECT_EQ(task.at("n"), 50);
  EXPECT_EQ(task.at("outcomes").at("answered"), 1);
  EXPECT_EQ(task.at("outcomes").at("unparsed"), 1);
  EXPECT_EQ(task.at("outcomes").at("skipped"), 48);
  EXPECT_EQ(value(summary, "EC", "accuracy"), 0.5);
  const auto& about = summary.at("predictions").as_object();
  EXPECT_EQ(about.at("unknown"), json::value({"nobody"}));
  EXPECT_EQ(about.at("duplicates"), json::value({ids[0]}));
  EXPECT_EQ(about.at("missing").as_array().size(), 48U);
  EXPECT_EQ(about.at("rows"), 4);

  const auto text = score(arguments);
  EXPECT_NE(text.err.find("48 samples have no prediction"), std::string::npos) << text.err;
  EXPECT_NE(text.err.find("nobody"), std::string::npos) << text.err;

  auto explain = arguments;
  explain.insert(explain.end(), {"--explain", ids[0]});
  const auto explained = score(explain);
  EXPECT_NE(explained.out.find("There are »" + gold + "« entities."), std::string::npos)
      << explained.out;
  explain.back() = "nobody";
  EXPECT_EQ(score(explain).exit_code, 2);

  auto diff = arguments;
  diff.insert(diff.end(), {"--extractor-diff", "run"});
  const auto differences = score(diff);
  EXPECT_EQ(differences.exit_code, 0) << differences.err;
  EXPECT_NE(differences.out.find("2 of 3 replies are read differently"), std::string::npos)
      << differences.out;
}

TEST_F(Predictions, RefusesWhatCannotBeMeant) {
  testing::write_bytes(folder_ / "p.jsonl", "{\"id\": \"x\", \"text\": \"4\"}\n");
  const auto none = score({"--predictions", "p.jsonl", "--dataset", "atlas"});
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_NE(none.err.find("none of its ids is asked for"), std::string::npos) << none.err;
  EXPECT_EQ(score({"--predictions", "p.jsonl"}).exit_code, 2);
  EXPECT_EQ(score({"--predictions", "p.jsonl", "--dataset", "atlas", "run"}).exit_code, 2);
  EXPECT_EQ(score({"--predictions", "p.jsonl", "--format", "xml"}).exit_code, 2);
  EXPECT_EQ(score({"--predictions", "missing.jsonl", "--dataset", "atlas"}).exit_code, 3);
  EXPECT_EQ(score({"somewhere", "--model", "m"}).exit_code, 2);
}

}  // namespace
}  // namespace stareval
