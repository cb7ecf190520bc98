// star-eval compare, as a user runs it: on runs of the baselines, whose values stand in their own
// summaries, and with each mistake that a user can make.
#include <gtest/gtest.h>

#include <algorithm>

#include "libstareval/base/json.h"
#include "libstareval/tasks/task.h"
#include "tests/integration/program.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using testing::ProgramResult;
using testing::star_eval;
using testing::TempFolder;

class CompareTest : public ::testing::Test {
 protected:
  std::string must(std::vector<std::string> command) {
    const ProgramResult result = star_eval(std::move(command), {folder_.path(), {}});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return result.out;
  }

  json::object must_json(std::vector<std::string> command) {
    command.emplace_back("--json");
    return parse_json_object(must(std::move(command)), "stdout").value();
  }

  json::object run(const std::string& model, const std::string& seed, const std::string& folder,
                   const std::string& tasks = "all") {
    return must_json({"--backend", "baseline", "--model", model, "--seed", seed, "--task", tasks,
                      "--out", folder, "--quiet"});
  }

  void expect_refused(const std::vector<std::string>& command, int exit_code,
                      const std::string& piece) {
    const ProgramResult result = star_eval(command, {folder_.path(), {}});
    EXPECT_EQ(result.exit_code, exit_code) << result.err;
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
    EXPECT_NE(result.err.find(piece), std::string::npos) << result.err;
    EXPECT_EQ(result.out, "");
  }

  TempFolder folder_;
};

double number(const json::value& value) { return value.to_number<double>(); }

TEST_F(CompareTest, has_the_values_of_the_summaries_of_both_runs) {
  const json::object a = run("random", "1", "a");
  const json::object b = run("constant", "1", "b");
  const json::object comparison = must_json({"compare", "a", "b"});
  EXPECT_EQ(comparison.at("schema").as_string(), "stareval.comparison/1");
  EXPECT_EQ(comparison.at("a").at("run").as_string(), "a");
  EXPECT_EQ(comparison.at("b").at("model").as_string(), "constant");
  ASSERT_EQ(comparison.at("tasks").as_object().size(), 8U);
  for (const auto& entry : comparison.at("tasks").as_object()) {
    const json::object& row = entry.value().as_object();
    const std::string headline(row.at("headline").as_string());
    const auto value = [&](const json::object& summary) {
      return number(summary.at("tasks").at(entry.key()).at("metrics").at(headline).at("value"));
    };
    EXPECT_NEAR(number(row.at("a")), value(a), 1e-12) << entry.key();
    EXPECT_NEAR(number(row.at("b")), value(b), 1e-12) << entry.key();
  }
  EXPECT_NEAR(number(comparison.at("average").at("difference")),
              number(b.at("average").at("value")) - number(a.at("average").at("value")), 1e-12);
}

TEST_F(CompareTest, says_that_the_oracle_is_better_and_lists_where) {
  run("random", "1", "a", "ER,RR");
  run("oracle", "1", "b", "ER,RR");
  const std::string text = must({"compare", "a", "b", "--discordant", "3", "--margin", "0.02"});
  for (const char* piece :
       {"A        a: baseline random", "B        b: baseline oracle", "<0.001", "p within 2.0",
        "After Holm's correction over 2 tasks these differ: ER (+", "\nER    ER-0001"})
    EXPECT_NE(text.find(piece), std::string::npos) << piece << "\n" << text;
  const json::object comparison = must_json({"compare", "a", "b", "--discordant", "3"});
  EXPECT_TRUE(comparison.at("average").is_null()) << "two tasks of eight";
  const json::object& row = comparison.at("tasks").at("ER").as_object();
  ASSERT_EQ(row.at("discordant").as_array().size(), 3U);
  for (const auto& pair : row.at("discordant").as_array()) {
    EXPECT_EQ(pair.at("b").at("answer"), pair.at("gold"));
    EXPECT_NE(pair.at("a").at("answer"), pair.at("gold"));
  }
}

TEST_F(CompareTest, of_a_run_with_itself_finds_nothing_and_swapping_negates) {
  run("random", "1", "a");
  run("random", "2", "b");
  EXPECT_NE(must({"compare", "a", "a"}).find("same score on every sample"), std::string::npos);
  const json::object ab = must_json({"compare", "a", "b"});
  const json::object ba = must_json({"compare", "b", "a"});
  for (const std::string& task : star_task_ids()) {
    const json::object& row = ab.at("tasks").at(task).as_object();
    const json::object& swapped = ba.at("tasks").at(task).as_object();
    EXPECT_EQ(number(row.at("difference")), -number(swapped.at("difference"))) << task;
    EXPECT_EQ(row.at("sign_flips"), swapped.at("sign_flips")) << task;
    EXPECT_EQ(row.at("p_adjusted"), swapped.at("p_adjusted")) << task;
  }
  EXPECT_EQ(must({"compare", "a", "b", "--json"}), must({"compare", "a", "b", "--json"}));
}

TEST_F(CompareTest, leaves_out_what_one_run_did_not_reach) {
  run("random", "1", "a", "EC");
  run("random", "2", "b", "EC");
  const auto journal = folder_.path() / "b" / "replies.jsonl";
  std::string lines = testing::read_bytes(journal);
  for (int i = 0; i < 5; ++i) lines.erase(lines.rfind('\n', lines.size() - 2) + 1);
  testing::write_bytes(journal, lines);
  const std::string text = must({"compare", "a", "b"});
  EXPECT_NE(text.find("EC: left out are 5 attempts scored in A only, 0 in B only, 0 in neither"),
            std::string::npos)
      << text;
  EXPECT_EQ(number(must_json({"compare", "a", "b"}).at("tasks").at("EC").at("n")), 45);
}

TEST_F(CompareTest, refuses_what_cannot_be_compared) {
  run("random", "1", "a", "EC");
  run("random", "1", "other", "RC");
  must({"--backend", "baseline", "--model", "random", "--task", "EC", "--mode", "cot", "--out",
        "cot", "--quiet"});
  must({"synth", "--task", "EC", "--count", "3", "--out", "data"});
  must({"--backend", "baseline", "--model", "random", "--task", "EC", "--dataset", "data", "--out",
        "elsewhere", "--quiet"});
  expect_refused({"compare", "a", "other"}, 2, "they have no task in common");
  expect_refused({"compare", "a", "cot"}, 2, "the mode is direct");
  expect_refused({"compare", "a", "elsewhere"}, 2, "the dataset is atlas test");
  expect_refused({"compare", "a", "nowhere"}, 3, "nowhere");
}

TEST_F(CompareTest, refuses_wrong_use) {
  expect_refused({"compare", "a"}, 2, "name two run folders");
  expect_refused({"compare", "a", "b", "c"}, 2, "there are 3");
  for (const char* margin : {"0", "-0.02", "2", "nan", "0.02x", ""})
    expect_refused({"compare", "a", "b", std::string("--margin=") + margin}, 2, "--margin");
  expect_refused({"compare", "a", "b", "--seed", "x"}, 2, "--seed");
  expect_refused({"compare", "a", "b", "--replicates", "5"}, 2, "--replicates");
  expect_refused({"compare", "a", "b", "--discordant", "-1"}, 2, "--discordant");
}

}  // namespace
}  // namespace stareval
