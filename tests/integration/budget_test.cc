// The plan and the budget of a run, as a user meets them: the dry run sends nothing, needs no key
// and writes nothing; a budget ends a run below its cap, and a higher one goes on.
#include <gtest/gtest.h>

#include <filesystem>

#include "apps/star_mock_server/mock_server.h"
#include "libstareval/base/file.h"
#include "libstareval/base/json.h"
#include "libstareval/data/dataset.h"
#include "tests/integration/program.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using testing::ProgramResult;
using testing::star_eval;
using testing::TempFolder;

constexpr const char* kPrices = R"({"schema": "stareval.prices/1", "prices": [
  {"provider": "openai", "models": ["mock"], "input": 1, "output": 10,
   "pictures": {"rule": "per_picture", "tile": 1000}, "as_of": "2026-11-23", "source": "this test"}]})";

std::unique_ptr<MockServer> gold_server() {
  MockScript script;
  script.answers =
      gold_answers(read_dataset(STAREVAL_TEST_SOURCE_DIR "/share/datasets/atlas", "test").value());
  return MockServer::start(std::move(script)).value();
}

// 50 samples, whose replies may have 100 tokens.
std::vector<std::string> run_rc(const MockServer& server, std::vector<std::string> more) {
  std::vector<std::string> arguments{"--backend", "openai", "--base-url",     server.base_url(),
                                     "--model",   "mock",   "--task",         "RC",
                                     "--out",     "run",    "--prices",       "prices.json",
                                     "--json",    "--set",  "max_tokens=100", "--concurrency",
                                     "4"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

json::object document(const ProgramResult& result) {
  return parse_json_object(result.out, "stdout").value();
}

std::int64_t outcome(const json::object& summary, const char* name) {
  const json::value* count =
      summary.at("tasks").at("RC").at("outcomes").as_object().if_contains(name);
  return count == nullptr ? 0 : count->to_number<std::int64_t>();
}

class BudgetRun : public ::testing::Test {
 protected:
  BudgetRun() { testing::write_bytes(folder_ / "prices.json", kPrices); }

  ProgramResult run(std::vector<std::string> more) {
    return star_eval(run_rc(*server_, std::move(more)), {folder_.path(), {}});
  }

  const TempFolder folder_;
  const std::unique_ptr<MockServer> server_ = gold_server();
};

TEST_F(BudgetRun, ADryRunSendsNothingAndWritesNothing) {
  const ProgramResult result = run({"--dry-run", "--rpm", "60", "--budget", "1"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const json::object forecast = document(result);
  EXPECT_EQ(forecast.at("schema"), "stareval.forecast/1");
  EXPECT_EQ(forecast.at("total").at("to_send"), 50);
  EXPECT_EQ(forecast.at("total").at("picture_tokens").at("high"), 50'000);
  EXPECT_EQ(forecast.at("run_folder"), "run");
  EXPECT_TRUE(server_->requests().empty());
  EXPECT_FALSE(file_exists(folder_ / "run"));
}

TEST_F(BudgetRun, ADryRunOfAVendorNeedsNoKey) {
  const ProgramResult result =
      star_eval({"--backend", "openai", "--model", "gpt-4o", "--task", "all", "--dry-run"},
                {folder_.path(), {}});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("2.50 for input, 10.00 for output"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("400"), std::string::npos);
  EXPECT_FALSE(file_exists(folder_ / "runs"));
}

TEST_F(BudgetRun, ALocalServerHasNoPriceAndABudgetNeedsOne) {
  const std::vector<std::string> local{"--backend", "openai", "--model",    "gpt-4o",
                                       "--task",    "RC",     "--base-url", server_->base_url()};
  std::vector<std::string> dry = local;
  dry.emplace_back("--dry-run");
  const ProgramResult unknown = star_eval(dry, {folder_.path(), {}});
  EXPECT_EQ(unknown.exit_code, 0);
  EXPECT_NE(unknown.out.find("no price known for gpt-4o; give --prices"), std::string::npos);
  std::vector<std::string> capped = local;
  capped.insert(capped.end(), {"--budget", "5"});
  const ProgramResult refused = star_eval(capped, {folder_.path(), {}});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_NE(refused.err.find("--budget: no price known for the model gpt-4o"), std::string::npos)
      << refused.err;
  EXPECT_TRUE(server_->requests().empty());
}

// An attempt reserves (1000 + some 600 + 128) x 1 and 100 x 10 millionths, about 0.0027 USD, and is
// billed 100 x 1 and 10 x 10: 0.0002 USD.
TEST_F(BudgetRun, ARunEndsBelowItsCapAndAHigherOneGoesOn) {
  const ProgramResult first = run({"--budget", "0.006"});
  ASSERT_EQ(first.exit_code, 1) << first.err;
  const json::object stopped = document(first);
  const std::int64_t answered = outcome(stopped, "answered");
  EXPECT_GT(answered, 0);
  EXPECT_LT(answered, 50);
  EXPECT_EQ(outcome(stopped, "budget_stopped"), 50 - answered) << first.out;
  EXPECT_NE(first.err.find("a higher --budget goes on with them"), std::string::npos) << first.err;
  EXPECT_NE(first.err.find("spent: 0.0"), std::string::npos) << first.err;
  EXPECT_EQ(server_->requests().size(), static_cast<std::size_t>(answered));

  const ProgramResult offline = star_eval({"score", "run", "--json"}, {folder_.path(), {}});
  EXPECT_EQ(document(offline), stopped) << "the same table without the network";
  EXPECT_EQ(star_eval({"verify", "run"}, {folder_.path(), {}}).exit_code, 0);

  const ProgramResult same = run({"--budget", "0.006"});
  EXPECT_EQ(same.exit_code, 1);
  EXPECT_EQ(server_->requests().size(), static_cast<std::size_t>(answered))
      << "what the first run spent counts in the second";

  const ProgramResult more = run({"--budget", "1"});
  EXPECT_EQ(more.exit_code, 0) << more.err;
  EXPECT_EQ(outcome(document(more), "answered"), 50);
  EXPECT_EQ(server_->requests().size(), 50U) << "nothing is sent twice";
  EXPECT_FALSE(file_exists(folder_ / "run" / "stopped.json"));
}

TEST_F(BudgetRun, AnAmountThatIsNoneIsWrongUse) {
  const ProgramResult result = run({"--budget", "five"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.err.find("--budget: expected an amount in USD"), std::string::npos);
}

}  // namespace
}  // namespace stareval
