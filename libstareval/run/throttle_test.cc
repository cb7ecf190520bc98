// How fast and how much at once: the window, the rates, the health of an endpoint, and what the
// headers of a server do. By hand, with times that are given, never waited for.
#include <gtest/gtest.h>

#include "libstareval/run/endpoint_health.h"
#include "libstareval/run/throttle_internal.h"

namespace stareval {
namespace {

using namespace std::chrono_literals;
using TimePoint = std::chrono::steady_clock::time_point;

constexpr TimePoint kStart{1000s};

// ---- the window ----

TEST(ConcurrencyWindow, begins_at_the_most_and_never_exceeds_it) {
  ConcurrencyWindow window(64);
  EXPECT_EQ(window.limit(), 64);
  for (int i = 0; i < 1000; ++i) window.on_reply(100ms);
  EXPECT_EQ(window.limit(), 64);
}

TEST(ConcurrencyWindow, is_halved_once_for_the_attempts_that_were_under_way_together) {
  ConcurrencyWindow window(64);
  for (int i = 0; i < 64; ++i) window.on_overload(kStart, kStart + 1s);
  EXPECT_EQ(window.limit(), 32);
  window.on_overload(kStart + 1s,
                     kStart + 2s);  // sent at the moment of the cut: still the old ones
  EXPECT_EQ(window.limit(), 32);
  window.on_overload(kStart + 2s, kStart + 3s);
  EXPECT_EQ(window.limit(), 16);
}

TEST(ConcurrencyWindow, never_falls_below_one) {
  ConcurrencyWindow window(5);
  for (int i = 0; i < 10; ++i) window.on_overload(kStart + i * 2s, kStart + i * 2s + 1s);
  EXPECT_EQ(window.limit(), 1);
}

TEST(ConcurrencyWindow, grows_by_a_sixteenth_of_the_most_for_each_window_of_replies) {
  ConcurrencyWindow window(64);
  window.on_overload(kStart, kStart + 1s);
  for (int i = 0; i < 33; ++i) window.on_reply(100ms);
  EXPECT_EQ(window.limit(), 35);  // 32 + 4, a little less, for the window grows meanwhile
  for (int i = 0; i < 500; ++i) window.on_reply(100ms);
  EXPECT_EQ(window.limit(), 64);
}

TEST(ConcurrencyWindow, does_not_grow_while_replies_are_slow) {
  ConcurrencyWindow window(64);
  for (int i = 0; i < 64; ++i) window.on_reply(100ms);
  window.on_overload(kStart, kStart + 1s);
  for (int i = 0; i < 64; ++i) window.on_reply(400ms);  // one window until it is noticed
  const int noticed = window.limit();
  for (int i = 0; i < 300; ++i) window.on_reply(400ms);
  EXPECT_EQ(window.limit(), noticed);
  for (int i = 0; i < 400; ++i) window.on_reply(120ms);
  EXPECT_EQ(window.limit(), 64);
}

// ---- rates ----

// How many units are taken in a minute by somebody who always takes as soon as it may.
int taken_in_a_minute(RateBucket& bucket, double amount) {
  int taken = 0;
  for (TimePoint now = kStart; now < kStart + 60s; now += 1ms)
    while (bucket.next() <= now) {
      bucket.take(amount, now);
      ++taken;
    }
  return taken;
}

TEST(RateBucket, keeps_its_rate_evenly) {
  RateBucket slow(60);
  slow.take(1, kStart);
  EXPECT_GE(slow.next(), kStart + 980ms);
  EXPECT_LE(slow.next(), kStart + 1000ms);
  for (const double rate : {1.0, 7.0, 60.0, 500.0, 100000.0}) {
    RateBucket bucket(rate);
    const int taken = taken_in_a_minute(bucket, 1);
    EXPECT_LE(taken, rate * 1.001 + 1) << rate;
    EXPECT_GE(taken, rate * 0.999) << rate;
  }
}

TEST(RateBucket, counts_amounts_and_takes_corrections) {
  RateBucket bucket(6000);
  EXPECT_EQ(taken_in_a_minute(bucket, 1000), 7);  // one at once, then six
  RateBucket corrected(6000);
  corrected.take(1000, kStart);
  const TimePoint before = corrected.next();
  corrected.take(-500, kStart);
  EXPECT_EQ(before - corrected.next(), 5s);
}

TEST(RateBucket, saves_nothing_up_while_nothing_is_taken) {
  RateBucket bucket(60);
  bucket.take(1, kStart);
  bucket.take(1, kStart + 1h);
  EXPECT_GE(bucket.next(), kStart + 1h + 980ms);
}

// ---- health ----

TEST(EndpointHealth, is_silent_after_the_first_failure_before_a_reply_and_after_eight_later) {
  EndpointHealth fresh;
  EXPECT_FALSE(fresh.is_silent());
  fresh.on_failure(Failure::server, false, kStart);
  EXPECT_TRUE(fresh.is_silent());
  EndpointHealth used;
  used.on_reply();
  for (int i = 0; i < 7; ++i) used.on_failure(Failure::server, false, kStart);
  EXPECT_FALSE(used.is_silent());
  used.on_failure(Failure::timeout, false, kStart);
  EXPECT_TRUE(used.is_silent());
  used.on_reply();
  EXPECT_FALSE(used.is_silent());
}

TEST(EndpointHealth, takes_a_rate_limit_for_a_sign_of_life_and_a_refusal_for_none_of_illness) {
  EndpointHealth health;
  health.on_reply();
  for (int i = 0; i < 100; ++i) {
    health.on_failure(Failure::rate_limited, false, kStart);
  }
  EXPECT_FALSE(health.is_silent());
  EXPECT_FALSE(health.is_dead(kStart + 1h));
}

TEST(EndpointHealth, is_dead_where_samples_are_turned_away_to_the_end_of_their_retries) {
  EndpointHealth health;
  health.on_reply();
  for (int i = 0; i < 8; ++i) {
    EXPECT_FALSE(health.is_dead(kStart)) << i;
    health.on_failure(Failure::rate_limited, true, kStart);
  }
  EXPECT_TRUE(health.is_dead(kStart));
}

TEST(EndpointHealth, is_dead_after_a_reply_only_once_many_in_a_row_are_refused_for_good) {
  EndpointHealth health;
  health.on_reply();
  for (int i = 0; i < 31; ++i) health.on_failure(Failure::permanent, true, kStart);
  EXPECT_FALSE(health.is_dead(kStart));
  EXPECT_FALSE(health.is_silent());
  health.on_failure(Failure::permanent, true, kStart);
  EXPECT_TRUE(health.is_dead(kStart));
}

TEST(EndpointHealth, is_dead_before_the_first_reply_after_connections_that_fail_for_a_second) {
  EndpointHealth health;
  for (int i = 0; i < 50; ++i) health.on_failure(Failure::connection, false, kStart);
  EXPECT_FALSE(health.is_dead(kStart + 999ms));
  EXPECT_TRUE(health.is_dead(kStart + 1s));
}

TEST(EndpointHealth, is_dead_later_only_after_eight_samples_in_a_row_were_given_up) {
  EndpointHealth health;
  health.on_reply();
  for (int i = 0; i < 7; ++i) health.on_failure(Failure::connection, true, kStart);
  EXPECT_FALSE(health.is_dead(kStart + 1h));
  health.on_failure(Failure::connection, true, kStart);
  EXPECT_TRUE(health.is_dead(kStart));
}

// ---- what the server says ----

Reply answer(std::int64_t tokens) {
  Reply reply = answered_reply("4");
  reply.usage = {tokens, 0};
  return reply;
}

TEST(Throttle, heeds_a_limit_of_requests_that_is_used_up) {
  Throttle throttle(RunnerOptions{});
  Reply reply = answer(100);
  reply.limits.requests = {10, 1, 5s};
  throttle.on_reply(reply, kStart, 0, kStart);
  EXPECT_LE(throttle.next(), kStart);
  reply.limits.requests.remaining = 0;
  throttle.on_reply(reply, kStart, 0, kStart);
  EXPECT_EQ(throttle.next(), kStart + 5s);
}

TEST(Throttle, heeds_a_limit_of_tokens_below_what_a_request_takes) {
  Throttle throttle(RunnerOptions{});
  Reply reply = answer(1000);
  reply.limits.tokens = {50'000, 1001, 7s};
  throttle.on_reply(reply, kStart, 0, kStart);
  EXPECT_LE(throttle.next(), kStart);
  reply.limits.tokens.remaining = 999;
  throttle.on_reply(reply, kStart, 0, kStart);
  EXPECT_EQ(throttle.next(), kStart + 7s);
}

TEST(Throttle, holds_everything_for_a_retry_after_and_halves_the_window) {
  Throttle throttle(RunnerOptions{});
  Reply reply = failed_reply(Failure::rate_limited, "429");
  throttle.on_reply(reply, kStart, 0, kStart);
  EXPECT_LE(throttle.next(), kStart);
  EXPECT_EQ(throttle.window(), 8);
  reply.retry_after = 3s;
  throttle.on_reply(reply, kStart + 1s, 0, kStart + 2s);
  EXPECT_EQ(throttle.next(), kStart + 5s);
  EXPECT_EQ(throttle.window(), 4);
}

TEST(Throttle, does_not_take_replies_from_the_cache_for_news_of_the_server) {
  Throttle throttle(RunnerOptions{});
  throttle.on_reply(failed_reply(Failure::timeout, "slow"), kStart, 0, kStart);
  Reply reply = answer(100);
  reply.cached = true;
  for (int i = 0; i < 1000; ++i) throttle.on_reply(reply, kStart, 0, kStart);
  EXPECT_EQ(throttle.window(), 8);
}

TEST(Throttle, gives_back_what_a_reply_from_the_cache_was_taken_for) {
  RunnerOptions options;
  options.requests_per_minute = 60;
  options.tokens_per_minute = 600;
  options.likely_tokens = [](const Request&) { return 100.0; };
  Throttle throttle(options);
  const double taken = throttle.take({}, kStart);
  EXPECT_GT(throttle.next(), kStart + 900ms);
  Reply reply = answer(100);
  reply.cached = true;
  throttle.on_reply(reply, kStart, taken, kStart);
  EXPECT_LE(throttle.next(), kStart);
}

TEST(Throttle, survives_a_server_that_states_nonsense) {
  RunnerOptions options;
  options.tokens_per_minute = 1;
  Throttle throttle(options);
  throttle.on_reply(answer(std::int64_t{1} << 62), kStart, 0, kStart);
  EXPECT_GT(throttle.next(), kStart);
}

TEST(Throttle, holds_and_halves_for_an_overloaded_server_that_says_when_to_come_again) {
  Throttle throttle(RunnerOptions{});
  Reply reply = failed_reply(Failure::server, "529: overloaded");
  throttle.on_reply(reply, kStart, 0, kStart);
  EXPECT_EQ(throttle.window(), 16);
  reply.retry_after = 30s;
  throttle.on_reply(reply, kStart, 0, kStart);
  EXPECT_EQ(throttle.window(), 8);
  EXPECT_EQ(throttle.next(), kStart + 30s);
}

TEST(Throttle, paces_tokens_by_what_was_likely_then_by_what_was_used) {
  RunnerOptions options;
  options.tokens_per_minute = 6000;
  options.likely_tokens = [](const Request&) { return 1000.0; };
  Throttle throttle(options);
  const double taken = throttle.take({}, kStart);
  EXPECT_EQ(taken, 1000);
  EXPECT_NEAR(std::chrono::duration<double>(throttle.next() - kStart).count(), 10, 0.03);
  throttle.on_reply(answer(200), kStart, taken, kStart);
  EXPECT_NEAR(std::chrono::duration<double>(throttle.next() - kStart).count(), 2, 0.03);
  EXPECT_EQ(throttle.take({}, kStart), 200);
}

}  // namespace
}  // namespace stareval
