// The replay backend: what it answers from an earlier run, and what it refuses, by hand.
#include "backends/replay/replay.h"

#include <gtest/gtest.h>

#include "libstareval/run/manifest.h"
#include "libstareval/run/runner.h"
#include "tests/support/backend_probe.h"
#include "tests/support/errors.h"
#include "tests/support/fake_protocol.h"
#include "tests/support/samples.h"
#include "tests/support/scripted_backend.h"

namespace stareval {
namespace {

using testing::error_code;
using testing::error_text;
using namespace std::chrono_literals;

class ReplayTest : public ::testing::Test {
 protected:
  // A run of two samples by the model "m": the first answered, the second failed.
  void SetUp() override {
    dataset_ = testing::make_dataset({testing::count_sample("a"), testing::count_sample("b")});
    const Plan plan = plan_of("m");
    ASSERT_TRUE(write_or_match(folder_.path(), describe(plan), false).has_value());
    Journal journal = Journal::open(folder_ / "replies.jsonl").value();
    Reply answer = answered_reply("4");
    answer.usage = {100, 7};
    answer.latency = 250ms;
    ASSERT_TRUE(journal.append({plan.key(plan.items()[0]), "EC", 1, answer}).has_value());
    Reply failure = failed_reply(Failure::rate_limited, "429");
    failure.retry_after = 60s;
    ASSERT_TRUE(journal.append({plan.key(plan.items()[1]), "EC", 1, failure}).has_value());
  }

  [[nodiscard]] Plan plan_of(const std::string& model) const {
    PlanOptions options;
    options.tasks = {"EC"};
    options.model = model;
    return Plan::make(registry_, dataset_, options).value();
  }

  [[nodiscard]] static Result<std::unique_ptr<Backend>> make(
      std::map<std::string, std::string> settings) {
    BackendConfig config;
    config.settings = std::move(settings);
    return ReplayBackend::make(config);
  }

  [[nodiscard]] Reply reply_to(const Request& request) const {
    const auto backend = make({{"from", folder_.path().string()}}).value();
    std::vector<Reply> replies;
    backend->submit(request, [&](Reply reply) { replies.push_back(std::move(reply)); });
    EXPECT_EQ(replies.size(), 1u);
    return replies.at(0);
  }

  const testing::TempFolder folder_;
  const Registry registry_ = testing::fake_registry();
  Dataset dataset_;
};

TEST_F(ReplayTest, gives_back_the_recorded_reply_with_its_usage_and_latency) {
  const Plan plan = plan_of("m");
  const Reply reply = reply_to(plan.request(plan.items()[0]));
  EXPECT_EQ(reply.outcome, Outcome::answered);
  EXPECT_EQ(reply.text, "4");
  EXPECT_EQ(reply.usage.input_tokens, 100);
  EXPECT_EQ(reply.latency, 250ms);
}

TEST_F(ReplayTest, answers_under_whatever_name_it_is_asked) {
  const Plan plan = plan_of("recorded");
  EXPECT_EQ(reply_to(plan.request(plan.items()[0])).text, "4");
}

TEST_F(ReplayTest, gives_back_a_recorded_failure_as_one_that_will_not_pass) {
  const Plan plan = plan_of("m");
  const Reply reply = reply_to(plan.request(plan.items()[1]));
  EXPECT_EQ(reply.outcome, Outcome::api_error);
  EXPECT_EQ(reply.failure, Failure::permanent);
  EXPECT_EQ(reply.error, "429");
  EXPECT_EQ(reply.retry_after, std::nullopt);
}

TEST_F(ReplayTest, answers_no_request_that_differs) {
  const Plan plan = plan_of("m");
  const Request asked = plan.request(plan.items()[0]);
  std::vector<Request> others(4, asked);
  others[0].messages[0].parts.back() = TextPart{"another question"};
  others[1].decoding.max_tokens = 1;
  others[2].repeat = 1;
  others[3].sample_id = "b";
  for (const Request& other : others) {
    const Reply reply = reply_to(other);
    EXPECT_EQ(reply.outcome, Outcome::api_error);
    EXPECT_EQ(reply.failure, Failure::permanent);
    EXPECT_EQ(reply.error, "run " + folder_.path().string() +
                               " holds no reply to this request for the sample " + other.sample_id +
                               ": its prompt, picture or decoding differ, or it was not asked");
  }
}

TEST_F(ReplayTest, makes_a_run_with_the_same_replies_at_once) {
  const Plan plan = plan_of("recorded");
  const auto backend = make({{"from", folder_.path().string()}}).value();
  Journal journal = Journal::temporary().value();
  RunnerOptions options;  // with its usual delays of seconds
  const auto begin = std::chrono::steady_clock::now();
  const auto progress = run_plan(plan, *backend, journal, options);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 3s);  // retries would take 7.5 s
  ASSERT_EQ(error_text(progress), "(no error)");
  EXPECT_EQ(progress->failed, 1u);
  EXPECT_EQ(journal.read(plan.key(plan.items()[0])).value().reply.text, "4");
}

TEST_F(ReplayTest, leaves_the_run_that_it_reads_as_it_is) {
  const std::string before = testing::read_bytes(folder_ / "replies.jsonl");
  const Plan plan = plan_of("m");
  static_cast<void>(reply_to(plan.request(plan.items()[0])));
  EXPECT_EQ(testing::read_bytes(folder_ / "replies.jsonl"), before);
}

TEST_F(ReplayTest, needs_a_run_and_knows_no_other_setting) {
  EXPECT_EQ(error_code(make({})), ErrorCode::usage);
  EXPECT_EQ(error_text(make({})),
            "the backend replay needs a run: --backend replay --from runs/RUN");
  EXPECT_EQ(error_text(make({{"from", folder_.path().string()}, {"speed", "2"}})),
            "--set speed: the backend replay knows only \"from\"");
}

TEST_F(ReplayTest, has_no_base_url) {
  BackendConfig config;
  config.settings = {{"from", folder_.path().string()}};
  config.base_url = "http://127.0.0.1:8000/v1";
  EXPECT_EQ(error_text(ReplayBackend::make(config)),
            "the backend replay has no --base-url: it asks no server; leave the option out");
}

TEST_F(ReplayTest, says_that_the_journal_cannot_be_read_rather_than_that_it_holds_no_reply) {
  const auto backend = make({{"from", folder_.path().string()}}).value();
  std::filesystem::resize_file(folder_ / "replies.jsonl", 10);
  const Plan plan = plan_of("m");
  const Reply reply = testing::ask(*backend, plan.request(plan.items()[0]));
  EXPECT_EQ(reply.failure, Failure::permanent);
  EXPECT_EQ(reply.error, "journal " + (folder_ / "replies.jsonl").string() +
                             ": cannot read the reply of the sample a");
}

TEST_F(ReplayTest, refuses_a_folder_that_holds_no_run) {
  const testing::TempFolder empty;
  EXPECT_EQ(error_code(make({{"from", empty.path().string()}})), ErrorCode::io);
  std::filesystem::remove(folder_ / "replies.jsonl");
  EXPECT_EQ(error_code(make({{"from", folder_.path().string()}})), ErrorCode::io);
}

}  // namespace
}  // namespace stareval
