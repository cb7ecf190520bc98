// How a run ends early, and how it goes on. Cases by hand; a run that is stopped anywhere and goes
// on holds the same replies as one that was not, as a property.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <atomic>
#include <csignal>
#include <functional>
#include <set>
#include <stdexcept>
#include <thread>

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
Reply refused_connection(const Request&, int) {
  return failed_reply(Failure::connection, "connection refused");
}

class RunnerStopTest : public ::testing::Test {
 protected:
  void SetUp() override {
    options_.concurrency = 4;
    options_.retry.first_delay = 1ms;
    options_.retry.longest_delay = 1ms;
    options_.retry.longest_retry_after = 2ms;
    options_.stop = &stop_;
  }

  void plan_for(int n) {
    std::vector<Sample> all;
    for (int i = 0; i < n; ++i) all.push_back(testing::count_sample("s" + std::to_string(i)));
    dataset_ = testing::make_dataset(std::move(all));
    PlanOptions options;
    options.tasks = {"EC"};
    plan_.emplace(Plan::make(registry_, dataset_, options).value());
  }

  [[nodiscard]] Journal open() const { return Journal::open(path_).value(); }

  Result<RunProgress> run(Backend& backend) {
    Journal journal = open();
    return run_plan(*plan_, backend, journal, options_);
  }

  // Put the items from `begin` to `end` into the journal, as an earlier run would have.
  void answer_before(std::size_t begin, std::size_t end, const Reply& reply) {
    Journal journal = open();
    for (std::size_t i = begin; i < end; ++i)
      ASSERT_TRUE(journal.append({plan_->key(plan_->items()[i]), "EC", 1, reply}).has_value());
  }

  const TempFolder folder_;
  const std::filesystem::path path_ = folder_ / "replies.jsonl";
  const Registry registry_ = testing::fake_registry();
  Dataset dataset_;
  std::optional<Plan> plan_;
  RunnerOptions options_;
  std::atomic<bool> stop_ = false;
};

TEST_F(RunnerStopTest, sends_nothing_that_the_journal_holds_already) {
  plan_for(10);
  answer_before(2, 7, answered_reply("earlier"));
  ImmediateBackend backend(echo);
  const RunProgress progress = run(backend).value();
  EXPECT_EQ(progress.resumed, 5u);
  EXPECT_EQ(progress.done, 10u);
  EXPECT_EQ(backend.order(), (std::vector<std::string>{"s0", "s1", "s7", "s8", "s9"}));
  EXPECT_EQ(open().read(plan_->key(plan_->items()[3])).value().reply.text, "earlier");
}

TEST_F(RunnerStopTest, sends_nothing_at_all_where_everything_is_answered) {
  plan_for(3);
  answer_before(0, 3, answered_reply("earlier"));
  ImmediateBackend backend(refused_connection);
  EXPECT_EQ(run(backend)->resumed, 3u);
  EXPECT_TRUE(backend.order().empty());
}

TEST_F(RunnerStopTest, sends_failures_of_an_earlier_run_again_and_counts_their_attempts_on) {
  plan_for(2);
  answer_before(0, 2, failed_reply(Failure::permanent, "earlier"));
  answer_before(0, 1, failed_reply(Failure::permanent, "earlier"));
  ImmediateBackend backend(echo);
  EXPECT_EQ(run(backend)->resumed, 0u);
  EXPECT_EQ(open().read(plan_->key(plan_->items()[0])).value().attempt, 3);
  EXPECT_EQ(open().read(plan_->key(plan_->items()[1])).value().attempt, 2);
}

TEST_F(RunnerStopTest, asks_again_where_the_journal_holds_a_reply_to_another_prompt) {
  plan_for(1);
  {
    Journal journal = open();
    JournalKey older = plan_->key(plan_->items()[0]);
    older.request = "sha256:older";
    ASSERT_TRUE(journal.append({older, "EC", 1, answered_reply("stale")}).has_value());
  }
  ImmediateBackend backend(echo);
  EXPECT_EQ(run(backend)->resumed, 0u);
  EXPECT_EQ(open().read(plan_->key(plan_->items()[0])).value().reply.text, "to s0");
}

TEST_F(RunnerStopTest, stops_when_it_is_told_and_keeps_what_is_under_way) {
  plan_for(50);
  ImmediateBackend backend([&](const Request& request, int attempt) {
    if (request.sample_id == "s5") stop_ = true;
    return echo(request, attempt);
  });
  const RunProgress progress = run(backend).value();
  EXPECT_EQ(progress.in_flight, 0u);
  EXPECT_EQ(progress.done, backend.order().size());
  EXPECT_LE(progress.done, 8u);  // the round of four that was being sent ends
  EXPECT_EQ(open().size(), progress.done);
}

TEST_F(RunnerStopTest, waits_for_no_retry_once_it_is_told_to_stop) {
  plan_for(2);
  options_.retry.first_delay = 1h;
  options_.retry.longest_delay = 1h;
  ImmediateBackend backend([&](const Request& request, int attempt) {
    if (request.sample_id == "s0") return echo(request, attempt);
    stop_ = true;
    return failed_reply(Failure::server, "500");
  });
  const RunProgress progress = run(backend).value();
  EXPECT_EQ(progress.done, 1u);
  EXPECT_EQ(progress.retrying, 1u);
}

TEST_F(RunnerStopTest, goes_on_after_a_stop_until_everything_is_answered_once) {
  plan_for(40);
  for (int rounds = 0; open().size() < 40; ++rounds) {
    ASSERT_LT(rounds, 41);
    stop_ = false;
    std::atomic<int> replies = 0;
    ThreadedBackend backend(
        [&](const Request& request, int attempt) {
          if (++replies == 3) stop_ = true;
          return echo(request, attempt);
        },
        2);
    ASSERT_TRUE(run(backend).has_value());
  }
  const Journal journal = open();
  EXPECT_EQ(journal.size(), 40u);
  for (const PlanItem& item : plan_->items())
    EXPECT_EQ(journal.read(plan_->key(item)).value().reply.text, "to " + item.sample->id);
}

TEST_F(RunnerStopTest, stops_soon_at_an_endpoint_that_is_dead) {
  plan_for(500);
  ThreadedBackend backend(refused_connection, 2);
  const auto progress = run(backend);
  EXPECT_EQ(error_code(progress), ErrorCode::network);
  EXPECT_EQ(error_text(progress), "no request got a reply: connection refused");
  EXPECT_LE(open().size(), 20u);  // four samples, five attempts each at most
}

TEST_F(RunnerStopTest, outlives_a_burst_of_errors_while_the_server_starts) {
  plan_for(40);
  ThreadedBackend backend(
      [](const Request& request, int attempt) {
        if (attempt <= 3) return failed_reply(Failure::server, "503: loading");
        return echo(request, attempt);
      },
      2);
  const auto progress = run(backend);
  ASSERT_EQ(error_text(progress), "(no error)");
  EXPECT_EQ(progress->failed, 0u);
}

TEST_F(RunnerStopTest, stops_at_a_server_that_dies_in_the_middle_and_says_how_to_go_on) {
  plan_for(200);
  ImmediateBackend backend([](const Request& request, int attempt) {
    if (request.sample_id == "s0") return echo(request, attempt);
    return refused_connection(request, attempt);
  });
  const auto progress = run(backend);
  EXPECT_EQ(error_code(progress), ErrorCode::network);
  EXPECT_NE(error_text(progress).find("the same command goes on"), std::string::npos);
  EXPECT_LE(open().size(), 1u + 5u * 16u);
}

TEST_F(RunnerStopTest, turns_what_a_backend_throws_into_a_failure_of_its_sample) {
  plan_for(3);
  ImmediateBackend backend([](const Request& request, int attempt) -> Reply {
    if (request.sample_id == "s1") throw std::runtime_error("out of memory");
    return echo(request, attempt);
  });
  const auto progress = run(backend);
  ASSERT_EQ(error_text(progress), "(no error)");
  EXPECT_EQ(progress->failed, 1u);
  EXPECT_EQ(open().read(plan_->key(plan_->items()[1])).value().reply.error,
            "internal error: out of memory");
}

// A retry that is due while every slot is taken must not keep the runner turning.
TEST_F(RunnerStopTest, waits_quietly_for_a_slot_when_a_retry_is_due) {
  plan_for(5);
  options_.concurrency = 1;
  std::atomic<int> turns = 0;
  options_.on_progress = [&](const RunProgress&) { ++turns; };
  int sent = 0;
  class Holding : public Backend {
   public:
    explicit Holding(std::function<void(const Request&, Completion)> take)
        : take_(std::move(take)) {}
    void submit(const Request& request, Completion done) override {
      take_(request, std::move(done));
    }

   private:
    std::function<void(const Request&, Completion)> take_;
  } backend([&](const Request& request, Completion done) {
    if (++sent == 2) {  // the first sample waits for its retry, this one holds the only slot
      std::thread([done = std::move(done), &turns] {
        const int before = turns;
        std::this_thread::sleep_for(
            100ms);  // what is measured: turns in a time, not the time itself
        EXPECT_LE(turns - before, 5);
        done(answered_reply("late"));
      }).detach();
      return;
    }
    done(sent == 1 ? failed_reply(Failure::server, "500") : echo(request, 1));
  });
  EXPECT_EQ(run(backend)->done, 5u);
}

TEST_F(RunnerStopTest, is_an_error_where_every_one_of_few_requests_failed) {
  plan_for(3);
  ImmediateBackend backend(
      [](const Request&, int) { return failed_reply(Failure::permanent, "401: no such key"); });
  const auto progress = run(backend);
  EXPECT_EQ(error_code(progress), ErrorCode::network);
  EXPECT_EQ(error_text(progress), "no request got a reply: 401: no such key");
}

TEST_F(RunnerStopTest, is_no_error_where_the_last_samples_of_a_run_that_goes_on_are_refused) {
  plan_for(10);
  answer_before(0, 8, answered_reply("earlier"));
  ImmediateBackend backend(
      [](const Request&, int) { return failed_reply(Failure::permanent, "400: content"); });
  const auto progress = run(backend);
  ASSERT_EQ(error_text(progress), "(no error)");
  EXPECT_EQ(progress->failed, 2u);
  EXPECT_EQ(progress->done, 10u);
}

TEST_F(RunnerStopTest, stops_where_the_server_refuses_many_samples_in_a_row_for_good) {
  plan_for(60);
  ImmediateBackend backend([](const Request& request, int attempt) {
    if (request.sample_id == "s0") return echo(request, attempt);
    return failed_reply(Failure::permanent, "401: the key was revoked");
  });
  EXPECT_EQ(error_code(run(backend)), ErrorCode::network);
  EXPECT_LE(backend.order().size(), 1u + 32u + 4u);
}

TEST_F(RunnerStopTest, goes_on_where_some_samples_are_refused) {
  plan_for(30);
  ImmediateBackend backend([](const Request& request, int attempt) {
    if (request.sample_id == "s0") return echo(request, attempt);
    return failed_reply(Failure::permanent, "400");
  });
  EXPECT_EQ(run(backend)->failed, 29u);
}

TEST_F(RunnerStopTest, takes_a_rate_limit_for_a_sign_of_life) {
  plan_for(30);
  ImmediateBackend backend([](const Request& request, int attempt) {
    if (attempt >= 4) return echo(request, attempt);
    return failed_reply(Failure::rate_limited, "429");
  });
  const auto progress = run(backend);
  ASSERT_EQ(error_text(progress), "(no error)");
  EXPECT_EQ(progress->failed, 0u);
  EXPECT_EQ(open().size(), 120u);
}

TEST_F(RunnerStopTest, reports_progress_that_adds_up) {
  plan_for(20);
  answer_before(0, 5, answered_reply("earlier"));
  std::vector<RunProgress> seen;
  options_.on_progress = [&](const RunProgress& progress) { seen.push_back(progress); };
  ThreadedBackend backend(
      [](const Request& request, int attempt) {
        if (attempt == 1) return failed_reply(Failure::rate_limited, "429");
        return echo(request, attempt);
      },
      2);
  ASSERT_EQ(run(backend)->done, 20u);
  ASSERT_FALSE(seen.empty());
  EXPECT_EQ(seen.front().done, 5u);
  EXPECT_EQ(seen.back().done, 20u);
  std::size_t done = 0;
  for (const RunProgress& progress : seen) {
    EXPECT_EQ(progress.total, 20u);
    EXPECT_EQ(progress.resumed, 5u);
    EXPECT_LE(progress.in_flight, 4u);
    EXPECT_GE(progress.done, done);
    EXPECT_LE(progress.done + progress.in_flight + progress.retrying, progress.total);
    done = progress.done;
  }
}

// A full disk, by the limit on the size of files.
TEST_F(RunnerStopTest, stops_where_the_journal_cannot_be_written) {
  plan_for(50);
  answer_before(0, 3, answered_reply("earlier"));
  const auto size = std::filesystem::file_size(path_);
  ImmediateBackend backend(echo);
  rlimit usual{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &usual), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{size + 700, usual.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto progress = run(backend);
  ::setrlimit(RLIMIT_FSIZE, &usual);
  std::signal(SIGXFSZ, handler);
  EXPECT_EQ(error_code(progress), ErrorCode::io);
  EXPECT_LE(backend.order().size(), 12u);
  const Journal journal = open();
  EXPECT_GT(journal.size(), 3u);
  EXPECT_LT(journal.size(), 50u);
}

}  // namespace
}  // namespace stareval
