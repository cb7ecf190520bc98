// When a failed attempt is made again: tables worked out by hand.
#include "libstareval/run/retry_policy.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace stareval {
namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

Reply failed(Failure failure) { return failed_reply(failure, "no"); }

Reply limited(milliseconds retry_after) {
  Reply reply = failed(Failure::rate_limited);
  reply.retry_after = retry_after;
  return reply;
}

TEST(RetryPolicy, doubles_its_delay_up_to_the_longest) {
  RetryPolicy policy;
  policy.retries.server = 100;
  const Reply reply = failed(Failure::server);
  EXPECT_EQ(policy.delay(reply, 1), 500ms);
  EXPECT_EQ(policy.delay(reply, 2), 1000ms);
  EXPECT_EQ(policy.delay(reply, 3), 2000ms);
  EXPECT_EQ(policy.delay(reply, 6), 16'000ms);
  EXPECT_EQ(policy.delay(reply, 7), 30'000ms);
  EXPECT_EQ(policy.delay(reply, 99), 30'000ms);
}

TEST(RetryPolicy, spreads_its_delays_by_a_quarter) {
  const Reply reply = failed(Failure::server);
  EXPECT_EQ(RetryPolicy{}.delay(reply, 2, 0), 750ms);
  EXPECT_EQ(RetryPolicy{}.delay(reply, 2, 0.5), 1000ms);
  EXPECT_EQ(RetryPolicy{}.delay(reply, 2, 0.999), 1249ms);
}

TEST(RetryPolicy, ends_each_kind_of_failure_after_its_own_number_of_retries) {
  const RetryPolicy policy{
      .retries = {.rate_limited = 4, .server = 3, .connection = 2, .timeout = 1}};
  const std::vector<std::pair<Failure, int>> kinds{{Failure::rate_limited, 4},
                                                   {Failure::server, 3},
                                                   {Failure::connection, 2},
                                                   {Failure::timeout, 1}};
  for (const auto& [failure, retries] : kinds) {
    EXPECT_TRUE(policy.delay(failed(failure), retries).has_value()) << retries;
    EXPECT_EQ(policy.delay(failed(failure), retries + 1), std::nullopt) << retries;
  }
}

TEST(RetryPolicy, can_be_switched_off_for_each_kind) {
  const RetryPolicy policy{
      .retries = {.rate_limited = 0, .server = 0, .connection = 0, .timeout = 0}};
  for (const Failure failure :
       {Failure::rate_limited, Failure::server, Failure::connection, Failure::timeout})
    EXPECT_EQ(policy.delay(failed(failure), 1), std::nullopt);
}

TEST(RetryPolicy, tries_again_what_may_pass) {
  for (const Failure failure :
       {Failure::rate_limited, Failure::server, Failure::connection, Failure::timeout})
    EXPECT_EQ(RetryPolicy{}.delay(failed(failure), 1), 500ms);
}

TEST(RetryPolicy, never_tries_again_what_will_not) {
  EXPECT_EQ(RetryPolicy{}.delay(failed(Failure::permanent), 1), std::nullopt);
  EXPECT_EQ(RetryPolicy{}.delay(failed(Failure::none), 1), std::nullopt);
  Reply permanent = limited(1s);
  permanent.failure = Failure::permanent;
  EXPECT_EQ(RetryPolicy{}.delay(permanent, 1), std::nullopt);
}

TEST(RetryPolicy, never_asks_again_where_there_is_a_reply) {
  for (const Outcome outcome : kOutcomes) {
    if (outcome == Outcome::api_error) continue;
    Reply reply = failed(Failure::server);
    reply.outcome = outcome;
    EXPECT_EQ(RetryPolicy{}.delay(reply, 1), std::nullopt) << to_string(outcome);
  }
}

TEST(RetryPolicy, waits_as_long_as_the_server_asks) {
  EXPECT_EQ(RetryPolicy{}.delay(limited(7s), 1), 7s);
  EXPECT_EQ(RetryPolicy{}.delay(limited(100s), 1), 100s);  // also beyond its own longest delay
  EXPECT_EQ(RetryPolicy{}.delay(limited(10min), 1), 10min);
}

TEST(RetryPolicy, leaves_a_server_that_asks_for_more_than_the_limit_instead_of_coming_early) {
  EXPECT_EQ(RetryPolicy{}.delay(limited(10min + 1ms), 1), std::nullopt);
}

TEST(RetryPolicy, waits_its_own_delay_where_the_server_asks_for_less) {
  EXPECT_EQ(RetryPolicy{}.delay(limited(0ms), 1), 500ms);
  EXPECT_EQ(RetryPolicy{}.delay(limited(-5s), 1), 500ms);
  EXPECT_EQ(RetryPolicy{}.delay(limited(600ms), 4), 4000ms);
}

TEST(RetryPolicy, never_waits_less_than_the_server_asks_within_the_limit) {
  for (int attempts = 1; attempts < 5; ++attempts)
    for (milliseconds asked = 0ms; asked <= 600s; asked += 1250ms)
      ASSERT_GE(*RetryPolicy{}.delay(limited(asked), attempts), asked);
}

}  // namespace
}  // namespace stareval
