// A process that is killed at any call of the vendor's interface, before or after the call took
// effect, and started again: the same result as of an unbroken run, no batch made twice, nothing
// paid for twice. Calls that fail in place of a kill are made again.
#include <gtest/gtest.h>

#include "tests/support/batch_fixture.h"

namespace stareval {
namespace {

using testing::answer_line;
using testing::BatchFixture;
using testing::BatchVendor;
using testing::error_text;
using testing::failure_line;
using testing::FakeBatchApi;
using testing::Killed;
using testing::VendorLines;

// Five samples in parts of two: s1 has to be asked again, s3 is missing at first, s4 is refused for
// good. Eight answers are to be paid for.
class BatchKill : public BatchFixture {
 protected:
  void SetUp() override { options_.most_lines = 2; }

  void start_anew(const std::string& name) {
    run_ = folder_ / name;
    vendor_ = BatchVendor();
    vendor_.script = [](const std::string& id, const std::string& sample, int time) -> VendorLines {
      if (sample == "s1" && time == 1) return {{}, {failure_line(id, Failure::server, time)}};
      if (sample == "s3" && time == 1) return {};
      if (sample == "s4") return {{}, {failure_line(id, Failure::permanent, time)}};
      return {{answer_line(id, "4 of " + sample)}, {}};
    };
  }

  void expect_the_result_of_an_unbroken_run(const std::string& where) {
    EXPECT_EQ(results(),
              "s0#0 answered 4 of s0\ns1#0 answered 4 of s1\ns2#0 answered 4 of s2\n"
              "s3#0 answered 4 of s3\ns4#0 api_error by script\n")
        << where;
    EXPECT_EQ(vendor_.batches.size(), 4U) << where;
    EXPECT_EQ(vendor_.asked,
              (std::map<std::string, int>{{"s0", 1}, {"s1", 2}, {"s2", 1}, {"s3", 2}, {"s4", 1}}))
        << where;
    EXPECT_EQ(journal().size(), 7U) << where;
  }
};

TEST_F(BatchKill, AtAnyCallTheRunGoesOnAndNothingIsMadeTwice) {
  for (const bool after : {true, false}) {
    int kills = 0;
    for (bool killed = true; killed; ++kills) {
      const std::string where = fmt::format("killed-{}-call-{}", after, kills + 1);
      start_anew(where);
      FakeBatchApi victim(vendor_);
      victim.kill_at = kills + 1;
      victim.after_effect = after;
      killed = false;
      try {
        EXPECT_EQ(error_text(run(victim)), "(no error)") << where;
      } catch (const Killed&) {
        killed = true;
        EXPECT_EQ(error_text(run()), "(no error)") << where;
      }
      expect_the_result_of_an_unbroken_run(where);
    }
    EXPECT_GT(kills, 20);
  }
}

TEST_F(BatchKill, AtEveryCallInTurnOfOneRun) {
  start_anew("run");
  for (int call = 1;; ++call) {
    ASSERT_LT(call, 100);
    FakeBatchApi victim(vendor_);
    victim.kill_at = 1 + call % 3;
    victim.after_effect = call % 2 == 0;
    try {
      ASSERT_EQ(error_text(run(victim)), "(no error)");
      break;
    } catch (const Killed&) {
    }
  }
  expect_the_result_of_an_unbroken_run("in turn");
}

TEST_F(BatchKill, ACallThatBreaksOffIsMadeAgainAndTheBatchIsNot) {
  for (const bool after : {true, false})
    for (int call = 1; call <= 20; ++call) {
      const std::string where = fmt::format("failed-{}-call-{}", after, call);
      start_anew(where);
      FakeBatchApi api(vendor_);
      api.fail_at = call;
      api.after_effect = after;
      EXPECT_EQ(error_text(run(api)), "(no error)") << where;
      expect_the_result_of_an_unbroken_run(where);
    }
}

TEST_F(BatchKill, ABatchThatTheListDoesNotShowAtOnceIsFoundAtTheSecondLook) {
  start_anew("run");
  FakeBatchApi victim(vendor_);
  victim.kill_at = 2;
  EXPECT_THROW((void)run(victim), Killed);
  ASSERT_EQ(vendor_.batches.size(), 1U);
  FakeBatchApi api(vendor_);
  const auto hidden = vendor_.batches;
  api.before_call = [&](const std::string& name) {
    if (name == "find") vendor_.batches = api.calls.empty() ? decltype(hidden){} : hidden;
  };
  EXPECT_EQ(error_text(run(api)), "(no error)");
  expect_the_result_of_an_unbroken_run("second look");
}

TEST_F(BatchKill, AFailureThatAKilledProcessWroteDownIsNotWrittenAgain) {
  start_anew("run");
  FakeBatchApi victim(vendor_);
  (void)run(victim);
  const std::size_t lines = journal().size();
  BatchState state = read_batch_state(run_).value().value();
  state.parts.back().step = BatchPart::Step::ended;  // as if the last line of the state was lost
  write_file_atomic(file(state.parts.back().name(".ids")), "").value();
  write_batch_state(run_, state).value();
  EXPECT_EQ(error_text(run()), "(no error)");
  EXPECT_EQ(journal().size(), lines + 1);  // s4, which the new command sends again
}

}  // namespace
}  // namespace stareval
