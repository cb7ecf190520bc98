// What holds a run back: deadlines, money, an endpoint that is silent or at its limit. Cases by
// hand with scripted backends.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>

#include "libstareval/run/runner.h"
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

Reply echo(const Request& request, int) { return answered_reply("to " + request.sample_id); }

class RunnerLimitsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    options_.concurrency = 4;
    options_.retry.first_delay = 1ms;
    options_.retry.longest_delay = 1ms;
  }

  void plan_for(int n) {
    std::vector<Sample> all;
    for (int i = 0; i < n; ++i) all.push_back(testing::count_sample("s" + std::to_string(i)));
    dataset_ = testing::make_dataset(std::move(all));
    PlanOptions options;
    options.tasks = {"EC"};
    plan_.emplace(Plan::make(registry_, dataset_, options).value());
  }

  [[nodiscard]] Journal open() const { return Journal::open(folder_ / "replies.jsonl").value(); }

  [[nodiscard]] std::string text_of(std::size_t index) const {
    return open().read(plan_->key(plan_->items()[index])).value().reply.text;
  }

  Result<RunProgress> run(Backend& backend) {
    Journal journal = open();
    return run_plan(*plan_, backend, journal, options_);
  }

  const TempFolder folder_;
  const Registry registry_ = testing::fake_registry();
  Dataset dataset_;
  std::optional<Plan> plan_;
  RunnerOptions options_;
};

// Keeps completions back until they are let go.
class HoldingBackend : public Backend {
 public:
  explicit HoldingBackend(std::function<bool(const Request&)> hold) : hold_(std::move(hold)) {}

  void submit(const Request& request, Completion done) override {
    if (hold_(request)) held_.push_back(std::move(done));
    else done(answered_reply("to " + request.sample_id));
  }

  std::vector<Completion>& held() { return held_; }

 private:
  std::function<bool(const Request&)> hold_;
  std::vector<Completion> held_;
};

TEST_F(RunnerLimitsTest, ends_an_attempt_that_never_comes_back_and_makes_another) {
  plan_for(5);
  int asked = 0;
  HoldingBackend backend(
      [&](const Request& request) { return request.sample_id == "s4" && ++asked == 1; });
  options_.attempt_deadline = 20ms;
  const auto progress = run(backend);
  ASSERT_EQ(error_text(progress), "(no error)");
  EXPECT_EQ(progress->done, 5u);
  EXPECT_EQ(progress->failed, 0u);
  EXPECT_EQ(asked, 2);
  EXPECT_EQ(open().size(), 6u);
  EXPECT_EQ(text_of(4), "to s4");
}

TEST_F(RunnerLimitsTest, ends_even_where_a_backend_never_answers_one_sample) {
  plan_for(3);
  HoldingBackend backend([](const Request& request) { return request.sample_id == "s1"; });
  options_.attempt_deadline = 10ms;
  const auto progress = run(backend);
  ASSERT_EQ(error_text(progress), "(no error)");
  EXPECT_EQ(progress->failed, 1u);
  const auto entry = open().read(plan_->key(plan_->items()[1]));
  EXPECT_EQ(entry->reply.failure, Failure::timeout);
  EXPECT_EQ(entry->reply.error, "the backend did not answer within 0.01 s");
  EXPECT_EQ(entry->attempt, 3);  // of timeouts two are tried again
}

TEST_F(RunnerLimitsTest, keeps_a_reply_that_comes_after_its_deadline_and_does_not_ask_again) {
  plan_for(2);
  HoldingBackend* held_by = nullptr;
  int asked = 0;
  HoldingBackend backend([&](const Request& request) {
    if (request.sample_id == "s0") return ++asked == 1;
    return false;
  });
  held_by = &backend;
  options_.concurrency = 1;
  options_.attempt_deadline = 10ms;
  options_.retry.first_delay = 100ms;
  options_.retry.longest_delay = 100ms;
  options_.on_progress = [&](const RunProgress& progress) {
    if (progress.retrying == 1 && !held_by->held().empty()) {
      held_by->held().front()(answered_reply("late"));
      held_by->held().clear();
    }
  };
  const auto progress = run(backend);
  ASSERT_EQ(error_text(progress), "(no error)");
  EXPECT_EQ(progress->done, 2u);
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(text_of(0), "late");
}

TEST_F(RunnerLimitsTest, begins_no_attempt_after_the_deadline_of_the_sample) {
  plan_for(2);
  options_.retry.first_delay = 30ms;
  options_.retry.longest_delay = 30ms;
  options_.retry.retries.server = 1000;
  options_.sample_deadline = 100ms;
  ImmediateBackend backend([](const Request& request, int attempt) {
    if (request.sample_id == "s0") return echo(request, attempt);
    return failed_reply(Failure::server, "500");
  });
  const auto progress = run(backend);
  ASSERT_EQ(error_text(progress), "(no error)");
  EXPECT_EQ(progress->failed, 1u);
  EXPECT_LE(backend.order().size(), 1u + 5u);  // at 0 and every 23 to 37 ms up to 100
  EXPECT_GE(backend.order().size(), 1u + 2u);
}

TEST_F(RunnerLimitsTest, asks_a_silent_endpoint_with_one_attempt_at_a_time) {
  plan_for(40);
  options_.concurrency = 8;
  options_.retry.retries.server = 100;
  std::atomic<int> failures = 0;
  ThreadedBackend behind(
      [&](const Request& request, int attempt) {
        if (++failures <= 30) return failed_reply(Failure::server, "503");
        return echo(request, attempt);
      },
      2);
  // The most under way when an attempt begins, of those that begin after the first eight failed,
  // which were sent together, and before the server is back.
  class Watching : public Backend {
   public:
    Watching(Backend& behind, const std::atomic<int>& failures)
        : behind_(behind), failures_(failures) {}
    void submit(const Request& request, Completion done) override {
      const int now = ++under_way_;
      if (failures_ >= 8 && failures_ < 30) most_ = std::max(most_, now);
      behind_.submit(request, [this, done = std::move(done)](Reply reply) {
        --under_way_;
        done(std::move(reply));
      });
    }
    [[nodiscard]] int most() const { return most_; }

   private:
    Backend& behind_;
    const std::atomic<int>& failures_;
    std::atomic<int> under_way_ = 0;
    int most_ = 0;
  } backend(behind, failures);
  const auto progress = run(backend);
  ASSERT_EQ(error_text(progress), "(no error)");
  EXPECT_EQ(progress->failed, 0u);
  EXPECT_EQ(progress->done, 40u);
  EXPECT_EQ(backend.most(), 1);
}

TEST_F(RunnerLimitsTest, asks_less_at_once_of_a_server_that_says_429) {
  plan_for(60);
  options_.concurrency = 32;
  ThreadedBackend backend(
      [&](const Request& request, int attempt) {
        if (attempt == 1) return failed_reply(Failure::rate_limited, "429");
        return echo(request, attempt);
      },
      2);
  int least = 32;
  options_.on_progress = [&](const RunProgress& progress) {
    least = std::min(least, progress.limit);
  };
  ASSERT_EQ(run(backend)->failed, 0u);
  EXPECT_LE(least, 16);
}

TEST_F(RunnerLimitsTest, leaves_a_server_that_asks_for_more_than_ten_minutes_and_says_so) {
  plan_for(50);
  ImmediateBackend backend([](const Request& request, int attempt) {
    if (request.sample_id == "s0") return echo(request, attempt);
    Reply reply = failed_reply(Failure::rate_limited, "429: daily quota");
    reply.retry_after = 2h;
    return reply;
  });
  const auto progress = run(backend);
  EXPECT_EQ(error_code(progress), ErrorCode::network);
  EXPECT_EQ(
      error_text(progress),
      "the server asks to be left alone for 7200 s: 429: daily quota; the same command goes on "
      "from here");
  EXPECT_LE(backend.order().size(), 8u);
}

TEST_F(RunnerLimitsTest, keeps_to_a_rate_of_requests) {
  plan_for(6);
  options_.requests_per_minute = 60.0 * 50;  // one each 20 ms
  std::vector<std::chrono::steady_clock::time_point> times;
  ImmediateBackend backend([&](const Request& request, int attempt) {
    times.push_back(std::chrono::steady_clock::now());
    return echo(request, attempt);
  });
  ASSERT_TRUE(run(backend).has_value());
  ASSERT_EQ(times.size(), 6u);
  EXPECT_GE(times.back() - times.front(), 80ms);  // five steps, of which 20 ms may be caught up
}

// ---- money ----

// Allows so many attempts at once, and so many in all.
class Purse : public CostGuard {
 public:
  Purse(int at_once, int in_all) : at_once_(at_once), in_all_(in_all) {}
  bool admit(const Request&) override {
    if (under_way_ == at_once_ || admitted_ == in_all_) return false;
    ++admitted_;
    ++under_way_;
    return true;
  }
  void settle(const Request& request, const Reply&) override {
    --under_way_;
    settled_.push_back(request.sample_id);
  }
  [[nodiscard]] int admitted() const { return admitted_; }
  [[nodiscard]] int under_way() const { return under_way_; }
  [[nodiscard]] const std::vector<std::string>& settled() const { return settled_; }

 private:
  int at_once_, in_all_;
  int admitted_ = 0, under_way_ = 0;
  std::vector<std::string> settled_;
};

TEST_F(RunnerLimitsTest, stops_where_the_money_is_spent_and_counts_what_is_left) {
  plan_for(20);
  Purse purse(100, 7);
  options_.cost_guard = &purse;
  ThreadedBackend backend(echo, 2);
  const auto progress = run(backend);
  ASSERT_EQ(error_text(progress), "(no error)");
  EXPECT_EQ(progress->done, 7u);
  EXPECT_EQ(progress->unpaid, 13u);
  EXPECT_EQ(progress->failed, 0u);
  EXPECT_EQ(purse.settled().size(), 7u);
  EXPECT_EQ(open().size(), 7u);
}

TEST_F(RunnerLimitsTest, waits_for_money_that_is_set_aside_to_come_back) {
  plan_for(20);
  Purse purse(2, 1000);
  options_.cost_guard = &purse;
  ThreadedBackend backend(echo, 2);
  const auto progress = run(backend);
  EXPECT_EQ(progress->done, 20u);
  EXPECT_EQ(progress->unpaid, 0u);
  EXPECT_LE(backend.most_under_way(), 2);
  EXPECT_EQ(purse.under_way(), 0);
}

TEST_F(RunnerLimitsTest, pays_for_each_attempt) {
  plan_for(2);
  Purse purse(100, 1000);
  options_.cost_guard = &purse;
  ImmediateBackend backend([](const Request& request, int attempt) {
    if (attempt == 1) return failed_reply(Failure::server, "500");
    return echo(request, attempt);
  });
  ASSERT_EQ(run(backend)->done, 2u);
  EXPECT_EQ(purse.admitted(), 4);
  EXPECT_EQ(purse.settled().size(), 4u);
}

}  // namespace
}  // namespace stareval
