// What comes back from a vendor and what becomes of it; what ends a run; what is refused. By hand.
#include "libstareval/run/batch_runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "libstareval/run/batch_ledger_internal.h"
#include "libstareval/run/evaluation.h"
#include "tests/support/batch_fixture.h"
#include "tests/support/scripted_backend.h"

namespace stareval {
namespace {

using testing::answer_line;
using testing::BatchFixture;
using ::testing::ElementsAre;
using testing::error_code;
using testing::error_text;
using testing::failure_line;
using testing::FakeBatchApi;
using ::testing::HasSubstr;
using testing::VendorLines;

class BatchRunner : public BatchFixture {};

TEST_F(BatchRunner, AnswersEveryItemAndLeavesOnlyItsState) {
  const auto result = run();
  ASSERT_EQ(error_text(result), "(no error)");
  EXPECT_EQ(result->progress.done, 5U);
  EXPECT_EQ(result->progress.failed, 0U);
  EXPECT_TRUE(result->notes.empty());
  EXPECT_EQ(
      results(),
      "s0#0 answered 4\ns1#0 answered 4\ns2#0 answered 4\ns3#0 answered 4\ns4#0 answered 4\n");
  EXPECT_EQ(vendor_.batches.size(), 1U);
  std::vector<std::string> left;
  for (const auto& entry : std::filesystem::directory_iterator(batch_folder(run_)))
    left.push_back(entry.path().filename());
  EXPECT_THAT(left, ElementsAre("state.json"));
}

TEST_F(BatchRunner, AFinishedRunCallsNobody) {
  ASSERT_EQ(error_text(run()), "(no error)");
  FakeBatchApi api(vendor_);
  const auto result = run(api);
  EXPECT_EQ(result->progress.resumed, 5U);
  EXPECT_TRUE(api.calls.empty());
}

TEST_F(BatchRunner, SendsOnlyWhatTheJournalDoesNotHold) {
  {
    Journal open = journal();
    const PlanItem& item = plan_->items()[2];
    (void)open.append({plan_->key(item), "EC", 1, answered_reply("live")});
  }
  ASSERT_EQ(error_text(run()), "(no error)");
  EXPECT_EQ(vendor_.asked.count("s2"), 0U);
  EXPECT_THAT(results(), HasSubstr("s2#0 answered live\n"));
}

TEST_F(BatchRunner, RepeatsOfASampleAreRequestsOfTheirOwn) {
  plan_of(2, 3);
  ASSERT_EQ(error_text(run()), "(no error)");
  EXPECT_EQ(vendor_.asked.at("s0"), 3);
  EXPECT_THAT(results(), HasSubstr("s1#2 answered 4\n"));
}

TEST_F(BatchRunner, CustomIdsAreDigestsOfTheWholeKey) {
  EXPECT_EQ(batch_custom_id({"s", 0, "sha256:1"}).size(), 32U);
  const std::set<std::string> ids{
      batch_custom_id({"s", 0, "sha256:1"}), batch_custom_id({"s", 1, "sha256:1"}),
      batch_custom_id({"t", 0, "sha256:1"}), batch_custom_id({"s", 0, "sha256:2"})};
  EXPECT_EQ(ids.size(), 4U);
}

TEST_F(BatchRunner, WhatIsMissingOrMayPassIsSentAgainAtMostSoOften) {
  vendor_.script = [](const std::string& id, const std::string& sample, int time) -> VendorLines {
    if (sample == "s0") return {};
    if (sample == "s1") return {{}, {failure_line(id, Failure::rate_limited, time)}};
    if (sample == "s2" && time < 3) return {{}, {failure_line(id, Failure::server, time)}};
    return {{answer_line(id, "4")}, {}};
  };
  const auto result = run();
  ASSERT_EQ(error_text(result), "(no error)");
  EXPECT_EQ(vendor_.batches.size(), 3U);
  EXPECT_EQ(vendor_.asked,
            (std::map<std::string, int>{{"s0", 3}, {"s1", 3}, {"s2", 3}, {"s3", 1}, {"s4", 1}}));
  EXPECT_EQ(result->progress.failed, 2U);
  EXPECT_EQ(result->progress.done, 5U);
  EXPECT_THAT(results(), HasSubstr("s0#0 api_error the batch batch-3 ended without a line"));
  EXPECT_THAT(results(), HasSubstr("s2#0 answered 4\n"));
}

TEST_F(BatchRunner, AnExpiredBatchKeepsWhatItHasAndTheRestIsSentAgain) {
  vendor_.end = BatchStatus::State::expired;
  vendor_.script = [](const std::string& id, const std::string& sample, int time) -> VendorLines {
    if (sample > "s2" && time == 1) return {{}, {failure_line(id, Failure::server, time)}};
    return {{answer_line(id, "4")}, {}};
  };
  ASSERT_EQ(error_text(run()), "(no error)");
  EXPECT_EQ(vendor_.asked,
            (std::map<std::string, int>{{"s0", 1}, {"s1", 1}, {"s2", 1}, {"s3", 2}, {"s4", 2}}));
}

TEST_F(BatchRunner, WhatIsRefusedForGoodIsSentAgainByTheNextCommandOnly) {
  vendor_.script = [](const std::string& id, const std::string& sample, int time) -> VendorLines {
    if (sample == "s1" && time == 1) return {{}, {failure_line(id, Failure::permanent, time)}};
    return {{answer_line(id, "4")}, {}};
  };
  EXPECT_EQ(run()->progress.failed, 1U);
  EXPECT_EQ(vendor_.batches.size(), 1U);
  EXPECT_EQ(run()->progress.failed, 0U);
  EXPECT_EQ(vendor_.asked.at("s1"), 2);
}

TEST_F(BatchRunner, OfTwoLinesForARequestTheFirstReplyCounts) {
  vendor_.script = [](const std::string& id, const std::string&, int) -> VendorLines {
    return {{answer_line(id, "4"), answer_line(id, "4")}, {failure_line(id, Failure::server)}};
  };
  ASSERT_EQ(error_text(run()), "(no error)");
  EXPECT_EQ(journal().size(), 5U);
}

TEST_F(BatchRunner, UnknownAndUnreadableLinesAreReportedAndNotScored) {
  vendor_.script = [](const std::string& id, const std::string& sample, int time) -> VendorLines {
    if (sample == "s0" && time == 1) return {{"half a line\n"}, {}};
    return {{answer_line(id, "4"), answer_line("other-" + sample, "5")}, {}};
  };
  const auto result = run();
  ASSERT_EQ(error_text(result), "(no error)");
  EXPECT_THAT(result->notes,
              ElementsAre(HasSubstr("5 lines of the batch name requests that are not of this run"),
                          HasSubstr("1 lines of the batch could not be read")));
  EXPECT_EQ(vendor_.asked.at("s0"), 2);  // its request counted as missing
  EXPECT_EQ(journal().size(), 6U);
}

TEST_F(BatchRunner, AFailedBatchEndsTheRunWithTheServersReason) {
  vendor_.end = BatchStatus::State::failed;
  const auto result = run();
  EXPECT_EQ(error_code(result), ErrorCode::network);
  EXPECT_THAT(error_text(result), HasSubstr("the batch batch-1 failed: line 1: no such model"));
  EXPECT_EQ(journal().size(), 0U);
  EXPECT_EQ(vendor_.batches.size(), 1U);
  vendor_.end = BatchStatus::State::completed;
  EXPECT_EQ(error_text(run()), "(no error)");
  EXPECT_EQ(vendor_.batches.size(), 2U);
}

TEST_F(BatchRunner, ABatchThatWasCancelledIsNotMadeAgainByItself) {
  vendor_.end = BatchStatus::State::cancelled;
  vendor_.script = [](const std::string& id, const std::string& sample, int) -> VendorLines {
    if (sample != "s0") return {};
    return {{answer_line(id, "4")}, {}};
  };
  EXPECT_THAT(error_text(run()), HasSubstr("the batch batch-1 was cancelled at the vendor"));
  EXPECT_EQ(journal().size(), 1U);
  vendor_ = {};
  EXPECT_EQ(error_text(run()), "(no error)");
  EXPECT_EQ(vendor_.asked.count("s0"), 0U);
}

TEST_F(BatchRunner, ARefusalOfTheServerEndsTheRunAndTheFileIsSentAnew) {
  FakeBatchApi api(vendor_);
  api.fail_at = 2;
  api.after_effect = false;
  api.failure = {ErrorCode::bad_data, "the server answered 401"};
  const auto result = run(api);
  EXPECT_EQ(error_code(result), ErrorCode::network);
  EXPECT_THAT(error_text(result),
              HasSubstr("the server answered 401; what was handed over goes on"));
  EXPECT_EQ(api.calls.size(), 2U);
  FakeBatchApi again(vendor_);
  EXPECT_EQ(error_text(run(again)), "(no error)");
  EXPECT_EQ(again.calls.front(), "upload");
  EXPECT_EQ(vendor_.batches.size(), 1U);
}

TEST_F(BatchRunner, AServerThatIsAwayIsTriedSoOften) {
  options_.retries = 2;
  FakeBatchApi api(vendor_);
  api.before_call = [&](const std::string&) {
    api.fail_at = static_cast<int>(api.calls.size()) + 1;
  };
  api.after_effect = false;
  EXPECT_THAT(error_text(run(api)), HasSubstr("the connection broke"));
  EXPECT_THAT(api.calls, ElementsAre("upload", "upload", "upload"));
}

TEST_F(BatchRunner, AStopLeavesTheBatchAtTheVendorAndTheSameCallPicksItUp) {
  std::atomic<bool> stop{false};
  options_.stop = &stop;
  options_.longest_poll = std::chrono::hours(1);  // a wait that is not broken off hangs the test
  options_.first_poll = options_.longest_poll;
  FakeBatchApi api(vendor_);
  api.before_call = [&](const std::string& name) {
    if (name == "status") stop = true;
  };
  const auto result = run(api);
  ASSERT_EQ(error_text(result), "(no error)");
  EXPECT_THAT(result->notes,
              ElementsAre("the batch batch-1 goes on at the vendor; the same command "
                          "picks it up"));
  EXPECT_EQ(result->progress.done, 0U);
  stop = false;
  vendor_.looks_until_the_end = 0;
  FakeBatchApi again(vendor_);
  EXPECT_EQ(run(again)->progress.done, 5U);
  EXPECT_THAT(again.calls, ElementsAre("status", "download"));
}

TEST_F(BatchRunner, BatchesOfAnotherRunOrKindAreRefused) {
  FakeBatchApi victim(vendor_);
  victim.kill_at = 3;
  EXPECT_THROW((void)run(victim), testing::Killed);
  FakeBatchApi api(vendor_);
  const auto other = run(api, "sha256:other");
  EXPECT_EQ(error_code(other), ErrorCode::mismatch);
  EXPECT_THAT(error_text(other), HasSubstr("its batches are of another run"));
  options_.files = true;
  EXPECT_THAT(error_text(run(api)), HasSubstr("give the command with --batch api"));
  EXPECT_TRUE(api.calls.empty());
  EXPECT_EQ(error_code(check_no_batch_waits(run_)), ErrorCode::mismatch);
  options_.files = false;
  EXPECT_EQ(error_text(run(api)), "(no error)");
  EXPECT_EQ(error_text(check_no_batch_waits(run_)), "(no error)");
}

// Admits so many requests until some are settled.
class FewAtATime : public CostGuard {
 public:
  explicit FewAtATime(int most) : left_(most) {}
  bool admit(const Request&) override { return left_ > 0 && left_-- > 0; }
  void settle(const Request&, const Reply&) override {
    ++settled;
    if (gives_back) ++left_;
  }
  int settled = 0;
  bool gives_back = false;

 private:
  int left_;
};

TEST_F(BatchRunner, WithABudgetOnlyWhatIsAdmittedIsSent) {
  FewAtATime guard(2);
  options_.cost_guard = &guard;
  const auto result = run();
  ASSERT_EQ(error_text(result), "(no error)");
  EXPECT_EQ(result->progress.done, 2U);
  EXPECT_EQ(result->progress.unpaid, 3U);
  EXPECT_EQ(guard.settled, 2);
  EXPECT_THAT(results(), HasSubstr("s2#0 -\n"));
}

TEST_F(BatchRunner, WhatTheFirstRoundDidNotCostTheNextMayTake) {
  FewAtATime guard(2);
  guard.gives_back = true;
  options_.cost_guard = &guard;
  EXPECT_EQ(run()->progress.done, 5U);
  EXPECT_EQ(vendor_.batches.size(), 3U);
}

TEST_F(BatchRunner, ABudgetBelowWhatIsUnderWayIsRefused) {
  FakeBatchApi victim(vendor_);
  victim.kill_at = 3;
  EXPECT_THROW((void)run(victim), testing::Killed);
  FewAtATime guard(4);
  options_.cost_guard = &guard;
  EXPECT_EQ(error_code(run()), ErrorCode::usage);
}

TEST_F(BatchRunner, ProgressNamesRoundPartsAndCounts) {
  options_.most_lines = 3;
  std::vector<BatchProgress> seen;
  options_.on_progress = [&](const BatchProgress& progress) { seen.push_back(progress); };
  ASSERT_EQ(error_text(run()), "(no error)");
  EXPECT_EQ(seen.front().round, 1);
  EXPECT_EQ(seen.front().parts, 2U);
  EXPECT_EQ(seen.front().run.in_flight, 5U);
  EXPECT_EQ(seen.back().parts_done, 2U);
  EXPECT_EQ(seen.back().run.done, 5U);
}

TEST(BatchEvaluation, ABackendWithoutBatchesIsRefused) {
  testing::ImmediateBackend backend([](const Request&, int) { return answered_reply("4"); });
  const Dataset dataset = testing::make_dataset({testing::count_sample("s0")});
  Evaluation evaluation;
  evaluation.plan.tasks = {"EC"};
  evaluation.batch.emplace();
  const auto result = evaluate(testing::fake_registry(), dataset, backend, evaluation);
  EXPECT_EQ(error_text(result), "the backend in-process has no batches; openai has");
}

}  // namespace
}  // namespace stareval
