// The runner, with scripted backends: what is sent, how often, and what the journal holds after it.
// Cases by hand. Threads and order are properties: whatever completes first, the journal says the
// same.
#include "libstareval/run/runner.h"

#include <gtest/gtest.h>

#include <set>

#include "libstareval/base/text.h"
#include "tests/support/errors.h"
#include "tests/support/fake_protocol.h"
#include "tests/support/samples.h"
#include "tests/support/scripted_backend.h"

namespace stareval {
namespace {

using testing::error_code;
using testing::error_text;
using testing::ImmediateBackend;
using testing::TempFolder;
using testing::ThreadedBackend;
using namespace std::chrono_literals;

constexpr int kMany = 60;

Reply echo(const Request& request, int) { return answered_reply("to " + request.sample_id); }

RunnerOptions quick() {
  RunnerOptions options;
  options.concurrency = 4;
  options.retry.first_delay = 1ms;
  options.retry.longest_delay = 1ms;
  options.retry.longest_retry_after = 2ms;
  return options;
}

Dataset samples(int n) {
  std::vector<Sample> all;
  for (int i = 0; i < n; ++i) all.push_back(testing::count_sample("s" + std::to_string(i)));
  return testing::make_dataset(std::move(all));
}

class RunnerTest : public ::testing::Test {
 protected:
  void plan_for(int n, int repeats = 1) {
    dataset_ = samples(n);
    PlanOptions options;
    options.tasks = {"EC"};
    options.repeats = repeats;
    plan_.emplace(Plan::make(registry_, dataset_, options).value());
  }

  [[nodiscard]] Journal open() const { return Journal::open(path_).value(); }

  // Run, and close the journal.
  Result<RunProgress> run(Backend& backend, const RunnerOptions& options = quick()) {
    Journal journal = open();
    return run_plan(*plan_, backend, journal, options);
  }

  // "s0/1 s0/2": the sample and the attempt of each line, sorted.
  [[nodiscard]] std::multiset<std::string> lines() const {
    std::multiset<std::string> all;
    const std::string text = testing::read_bytes(path_);
    for (const std::string_view line : split(text, '\n')) {
      if (line.empty()) continue;
      const json::object object = parse_json_object(line, "journal").value();
      const JournalEntry entry = journal_entry_from_json(object, "journal").value();
      all.insert(entry.key.sample + "/" + std::to_string(entry.attempt));
    }
    return all;
  }

  // Every item has one line, its first attempt, and its own reply.
  void expect_each_answered_once() const {
    const Journal journal = open();
    EXPECT_EQ(journal.size(), plan_->items().size());
    for (const PlanItem& item : plan_->items()) {
      const auto entry = journal.read(plan_->key(item));
      ASSERT_EQ(error_text(entry), "(no error)");
      EXPECT_EQ(entry->reply.text, "to " + item.sample->id);
      EXPECT_EQ(entry->attempt, 1);
      EXPECT_EQ(entry->task, "EC");
    }
  }

  const TempFolder folder_;
  const std::filesystem::path path_ = folder_ / "replies.jsonl";
  const Registry registry_ = testing::fake_registry();
  Dataset dataset_;
  std::optional<Plan> plan_;
};

TEST_F(RunnerTest, asks_everything_once_of_a_backend_that_completes_at_once) {
  plan_for(kMany);
  ImmediateBackend backend(echo);
  const RunProgress progress = run(backend).value();
  EXPECT_EQ(progress.total, 60u);
  EXPECT_EQ(progress.done, 60u);
  EXPECT_EQ(progress.resumed, 0u);
  EXPECT_EQ(progress.failed, 0u);
  EXPECT_EQ(progress.in_flight, 0u);
  expect_each_answered_once();
}

TEST_F(RunnerTest, asks_everything_once_of_a_backend_that_completes_from_other_threads) {
  plan_for(kMany);
  ThreadedBackend backend(echo, 3);
  EXPECT_EQ(run(backend)->done, 60u);
  expect_each_answered_once();
}

TEST_F(RunnerTest, asks_in_the_order_of_the_plan) {
  plan_for(5);
  ImmediateBackend backend(echo);
  ASSERT_TRUE(run(backend).has_value());
  EXPECT_EQ(backend.order(), (std::vector<std::string>{"s0", "s1", "s2", "s3", "s4"}));
}

TEST_F(RunnerTest, asks_each_repeat) {
  plan_for(3, 4);
  ThreadedBackend backend(echo, 2);
  EXPECT_EQ(run(backend)->done, 12u);
  expect_each_answered_once();
}

TEST_F(RunnerTest, has_no_more_under_way_than_it_may) {
  plan_for(kMany);
  for (const int bound : {1, 3}) {
    std::filesystem::remove(path_);
    ThreadedBackend backend(echo, 4);
    RunnerOptions options = quick();
    options.concurrency = bound;
    ASSERT_TRUE(run(backend, options).has_value());
    EXPECT_LE(backend.most_under_way(), bound);
  }
}

TEST_F(RunnerTest, uses_all_that_it_may_have_under_way) {
  plan_for(kMany);
  std::vector<Completion> held;
  class Holding : public Backend {
   public:
    explicit Holding(std::vector<Completion>& held) : held_(held) {}
    void submit(const Request&, Completion done) override {
      held_.push_back(std::move(done));
      if (held_.size() < 7) return;
      for (const Completion& completion : held_) completion(answered_reply("x"));
      held_.clear();
    }

   private:
    std::vector<Completion>& held_;
  } backend(held);
  RunnerOptions options = quick();
  options.concurrency = 7;
  plan_for(56);  // eight times seven: only a full batch is ever answered
  EXPECT_EQ(run(backend, options)->done, 56u);
}

TEST_F(RunnerTest, tries_again_what_may_pass_and_writes_down_each_attempt) {
  plan_for(2);
  ThreadedBackend backend(
      [](const Request& request, int attempt) {
        if (request.sample_id == "s0" || attempt == 3) return echo(request, attempt);
        return failed_reply(Failure::server, "500");
      },
      2);
  const RunProgress progress = run(backend).value();
  EXPECT_EQ(progress.done, 2u);
  EXPECT_EQ(progress.failed, 0u);
  EXPECT_EQ(progress.retrying, 0u);
  EXPECT_EQ(lines(), (std::multiset<std::string>{"s0/1", "s1/1", "s1/2", "s1/3"}));
  EXPECT_EQ(open().read(plan_->key(plan_->items()[1])).value().reply.text, "to s1");
}

TEST_F(RunnerTest, gives_up_on_one_sample_after_enough_attempts_and_ends_well) {
  plan_for(2);
  ImmediateBackend backend([](const Request& request, int attempt) {
    if (request.sample_id == "s0") return echo(request, attempt);
    return failed_reply(Failure::server, "slow");
  });
  const RunProgress progress = run(backend).value();
  EXPECT_EQ(progress.done, 2u);
  EXPECT_EQ(progress.failed, 1u);
  EXPECT_EQ(lines(), (std::multiset<std::string>{"s0/1", "s1/1", "s1/2", "s1/3", "s1/4", "s1/5"}));
}

TEST_F(RunnerTest, never_tries_again_what_is_refused) {
  plan_for(2);
  ImmediateBackend backend([](const Request& request, int attempt) {
    if (request.sample_id == "s0") return echo(request, attempt);
    return failed_reply(Failure::permanent, "400");
  });
  EXPECT_EQ(run(backend)->failed, 1u);
  EXPECT_EQ(lines(), (std::multiset<std::string>{"s0/1", "s1/1"}));
}

TEST_F(RunnerTest, waits_as_long_as_the_server_asks) {
  plan_for(1);
  std::vector<std::chrono::steady_clock::time_point> times;
  ImmediateBackend backend([&](const Request& request, int attempt) {
    times.push_back(std::chrono::steady_clock::now());
    if (attempt == 2) return echo(request, attempt);
    Reply reply = failed_reply(Failure::rate_limited, "429");
    reply.retry_after = 30ms;
    return reply;
  });
  RunnerOptions options = quick();
  options.retry.longest_retry_after = 1s;
  ASSERT_TRUE(run(backend, options).has_value());
  ASSERT_EQ(times.size(), 2u);
  EXPECT_GE(times[1] - times[0], 30ms);
}

TEST_F(RunnerTest, refuses_a_concurrency_below_one) {
  plan_for(1);
  ImmediateBackend backend(echo);
  RunnerOptions options = quick();
  options.concurrency = 0;
  const auto progress = run(backend, options);
  EXPECT_EQ(error_code(progress), ErrorCode::usage);
  EXPECT_EQ(error_text(progress), "concurrency: expected at least 1, found 0");
}

}  // namespace
}  // namespace stareval
