// The runner and its cost guard. Cases by hand; with a budget and replies from many threads, as a
// property: what was sent never cost more than the cap.
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <optional>

#include "libstareval/run/budget.h"
#include "libstareval/run/runner.h"
#include "tests/support/fake_protocol.h"
#include "tests/support/samples.h"
#include "tests/support/scripted_backend.h"

namespace stareval {
namespace {

using testing::ImmediateBackend;
using testing::ThreadedBackend;
using namespace std::chrono_literals;

// Admits so many attempts, and gives a place back for each that settles where `returns`.
class CountingGuard : public CostGuard {
 public:
  CountingGuard(int places, bool returns) : places_(places), returns_(returns) {}

  bool admit(const Request& request) override {
    if (places_ == 0) {
      ++refused;
      return false;
    }
    --places_;
    ++open[request.sample_id];
    return true;
  }

  void settle(const Request& request, const Reply&) override {
    --open[request.sample_id];
    ++settled;
    if (returns_) ++places_;
  }

  std::map<std::string, int> open;  // admitted and not settled, by sample
  int settled = 0;
  int refused = 0;

 private:
  int places_;
  bool returns_;
};

class RunnerBudgetTest : public ::testing::Test {
 protected:
  RunnerBudgetTest() {
    std::vector<Sample> all;
    for (int i = 0; i < 20; ++i) all.push_back(testing::count_sample("s" + std::to_string(i)));
    dataset_ = testing::make_dataset(std::move(all));
    PlanOptions options;
    options.tasks = {"EC"};
    options.decoding.max_tokens = 50;
    plan_.emplace(Plan::make(registry_, dataset_, options).value());
    options_.concurrency = 4;
    options_.retry.first_delay = 1ms;
    options_.retry.longest_delay = 1ms;
  }

  Result<RunProgress> run(Backend& backend, CostGuard& guard) {
    options_.cost_guard = &guard;
    return run_plan(*plan_, backend, journal_, options_);
  }

  const Registry registry_ = testing::fake_registry();
  Dataset dataset_;
  std::optional<Plan> plan_;
  Journal journal_ = Journal::temporary().value();
  RunnerOptions options_;
};

TEST_F(RunnerBudgetTest, asks_and_settles_once_for_each_attempt) {
  ImmediateBackend backend([](const Request&, int attempt) {
    return attempt == 1 ? failed_reply(Failure::server, "503") : answered_reply("4");
  });
  CountingGuard guard(1000, false);
  const RunProgress progress = run(backend, guard).value();
  EXPECT_EQ(progress.done, 20u);
  EXPECT_EQ(guard.settled, 40);
  EXPECT_EQ(backend.order().size(), 40u);
  for (const auto& [sample, open] : guard.open) EXPECT_EQ(open, 0) << sample;
}

TEST_F(RunnerBudgetTest, sends_nothing_that_was_turned_down_and_writes_nothing_of_it) {
  ImmediateBackend backend([](const Request&, int) { return answered_reply("4"); });
  CountingGuard guard(7, false);
  const RunProgress progress = run(backend, guard).value();
  EXPECT_EQ(backend.order().size(), 7u);
  EXPECT_EQ(progress.done, 7u);
  EXPECT_EQ(progress.failed, 0u);
  EXPECT_EQ(journal_.size(), 7u);
}

TEST_F(RunnerBudgetTest, goes_on_when_what_was_under_way_makes_room) {
  ThreadedBackend backend([](const Request&, int) { return answered_reply("4"); }, 4);
  CountingGuard guard(2, true);  // fewer places than requests at once
  const RunProgress progress = run(backend, guard).value();
  EXPECT_EQ(progress.done, 20u);
  EXPECT_GT(guard.refused, 0);
  EXPECT_LE(backend.most_under_way(), 2);
}

TEST_F(RunnerBudgetTest, never_pays_more_than_the_cap) {
  Price price;
  price.input = price.cached_input = 1'000'000;
  price.output = 1'000'000;
  for (const std::int64_t cap : {0, 150'000, 400'000, 1'000'000, 2'000'000, 9'000'000}) {
    journal_ = Journal::temporary().value();
    std::atomic<std::int64_t> paid = 0;
    ThreadedBackend backend(
        [&](const Request& request, int attempt) {
          Reply reply = answered_reply("4");
          reply.usage = {100, 10 + static_cast<std::int64_t>(request.sample_id.size()), 0, 0};
          paid += cost_nanos(price, reply.usage);  // also where the reply is lost
          if (attempt == 1 && request.sample_id.back() == '3')
            return failed_reply(Failure::timeout, "cut");
          return reply;
        },
        4);
    Budget budget(cap, price, 0);
    const RunProgress progress = run(backend, budget).value();
    EXPECT_LE(paid.load(), cap);
    EXPECT_EQ(budget.reserved(), 0);
    EXPECT_EQ(budget.exhausted(), progress.done < progress.total) << cap;
  }
}

}  // namespace
}  // namespace stareval
