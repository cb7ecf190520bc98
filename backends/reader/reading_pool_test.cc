// Threads of the reader, with engines made here. Properties: each request ends exactly once, with
// its own reply; an engine is used by one thread at a time. Ends by hand: engines that cannot be
// made or throw, and a pool that is destroyed while something is read and something waits.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <memory>
#include <set>
#include <stdexcept>

#include "backends/reader/reading_pool_internal.h"
#include "tests/support/backend_probe.h"

namespace stareval::reader {
namespace {

using namespace std::chrono_literals;
using stareval::testing::Mailbox;
using stareval::testing::request_for;

// Answers with the name of the sample.
Result<Engine> echo() {
  return Engine([](const Request& request) { return answered_reply(request.sample_id); });
}

Reply ask(ReadingPool& pool, const std::string& sample) {
  const auto mailbox = std::make_shared<Mailbox>();
  pool.give(request_for(sample),
            [mailbox, done = mailbox->completion()](Reply reply) { done(std::move(reply)); });
  const auto replies = mailbox->wait(1);
  return replies.empty() ? failed_reply(Failure::none, "no reply in the test") : replies.front();
}

std::size_t count_failed(const std::vector<Reply>& replies, Failure failure) {
  return static_cast<std::size_t>(
      std::count_if(replies.begin(), replies.end(),
                    [&](const Reply& reply) { return reply.failure == failure; }));
}

TEST(ReadingPool, EndsEachRequestOnceWithItsOwnReply) {
  constexpr int kRequests = 500;
  std::mutex mutex;
  std::vector<std::string> right;
  {
    ReadingPool pool(4, echo);
    std::vector<std::promise<void>> ended(kRequests);
    for (int i = 0; i < kRequests; ++i) {
      const std::string sample = std::to_string(i);
      pool.give(request_for(sample), [&, i, sample](const Reply& reply) {
        const std::lock_guard lock(mutex);
        if (reply.text == sample) right.push_back(sample);
        ended[static_cast<std::size_t>(i)].set_value();  // a second time, it throws
      });
    }
    for (auto& one : ended) one.get_future().wait();
  }
  EXPECT_EQ(right.size(), kRequests);
  EXPECT_EQ(std::set<std::string>(right.begin(), right.end()).size(), kRequests);
}

// An engine that is told how often it was made, and whether two threads were in one of them.
struct Census {
  std::atomic<int> made = 0;
  std::atomic<bool> shared = false;

  Result<Engine> make() {
    ++made;
    const auto busy = std::make_shared<std::atomic<bool>>(false);
    return Engine([this, busy](const Request&) {
      if (busy->exchange(true)) shared = true;
      std::this_thread::yield();
      *busy = false;
      return answered_reply("");
    });
  }
};

TEST(ReadingPool, EachThreadHasAnEngineOfItsOwn) {
  Census census;
  Mailbox mailbox;
  {
    ReadingPool pool(3, [&] { return census.make(); });
    EXPECT_EQ(census.made, 0);
    for (int i = 0; i < 300; ++i) pool.give(request_for("x"), mailbox.completion());
    EXPECT_EQ(mailbox.wait(300).size(), 300U);
  }
  EXPECT_GE(census.made, 1);
  EXPECT_LE(census.made, 3);
  EXPECT_FALSE(census.shared);
}

TEST(ReadingPool, ReadsSideBySide) {
  std::atomic<int> inside = 0;
  std::promise<void> both;
  const auto meet = [&]() -> Result<Engine> {
    return Engine([&](const Request&) {
      if (++inside == 2) both.set_value();
      while (inside < 2) std::this_thread::yield();  // one thread alone would never end
      return answered_reply("");
    });
  };
  Mailbox mailbox;
  ReadingPool pool(2, meet);
  for (int i = 0; i < 2; ++i) pool.give(request_for("x"), mailbox.completion());
  EXPECT_EQ(both.get_future().wait_for(30s), std::future_status::ready);
  EXPECT_EQ(mailbox.wait(2).size(), 2U);
}

TEST(ReadingPool, AnEngineThatCannotBeMadeFailsEveryRequestForGood) {
  std::atomic<int> tried = 0;
  Mailbox mailbox;
  {
    ReadingPool pool(2, [&]() -> Result<Engine> {
      ++tried;
      return make_error(ErrorCode::io, "no data; install tesseract-ocr-eng");
    });
    for (int i = 0; i < 50; ++i) pool.give(request_for("x"), mailbox.completion());
    for (const Reply& reply : mailbox.wait(50)) {
      EXPECT_EQ(reply.failure, Failure::permanent);
      EXPECT_EQ(reply.error, "reader: no data; install tesseract-ocr-eng");
    }
  }
  EXPECT_EQ(mailbox.wait(50).size(), 50U);
  EXPECT_LE(tried, 2);  // once a thread
}

TEST(ReadingPool, WhatThrowsFailsOneRequestAndTheEngineIsMadeAnew) {
  int made = 0;  // by the one thread
  ReadingPool pool(1, [&]() -> Result<Engine> {
    ++made;
    return Engine([](const Request& request) {
      if (request.sample_id == "bad") throw std::runtime_error("(-215:Assertion failed)");
      return answered_reply(request.sample_id);
    });
  });
  EXPECT_EQ(ask(pool, "a").text, "a");
  const Reply bad = ask(pool, "bad");
  EXPECT_EQ(bad.failure, Failure::permanent);
  EXPECT_EQ(bad.error, "reader: (-215:Assertion failed)");
  EXPECT_EQ(ask(pool, "b").text, "b");
  EXPECT_EQ(made, 2);
}

TEST(ReadingPool, SaysHowLongTheReadingTook) {
  ReadingPool pool(1, [] {
    return Result<Engine>([](const Request&) {
      Reply reply = answered_reply("");
      reply.latency = 99h;
      return reply;
    });
  });
  EXPECT_LT(ask(pool, "a").latency, 1h);
}

// One request is held within the engine until it is let go.
struct Gate {
  std::promise<void> entered;
  std::promise<void> open;

  Result<Engine> make() {
    return Engine([this](const Request& request) {
      entered.set_value();
      open.get_future().wait();
      return answered_reply(request.sample_id);
    });
  }
};

TEST(ReadingPool, AtTheEndFinishesWhatIsReadAndFailsWhatWaits) {
  Gate gate;
  Mailbox mailbox;
  auto pool = std::make_unique<ReadingPool>(1, [&] { return gate.make(); });
  pool->give(request_for("read"), mailbox.completion());
  gate.entered.get_future().wait();
  for (int i = 0; i < 5; ++i) pool->give(request_for("waits"), mailbox.completion());
  std::thread closer([&] { pool.reset(); });
  const auto lost = mailbox.wait(5);
  EXPECT_EQ(count_failed(lost, Failure::connection), 5U);
  EXPECT_EQ(lost.front().error, "reader: the backend was closed before the picture was read");
  gate.open.set_value();
  closer.join();
  const auto all = mailbox.wait(6);
  ASSERT_EQ(all.size(), 6U);
  EXPECT_EQ(all.back().text, "read");
}

TEST(ReadingPool, WhatACompletionAsksForAtTheEndFailsAtOnce) {
  Gate gate;
  Mailbox mailbox;
  auto owner = std::make_unique<ReadingPool>(1, [&] { return gate.make(); });
  ReadingPool* pool = owner.get();
  pool->give(request_for("read"), mailbox.completion());
  gate.entered.get_future().wait();
  pool->give(request_for("waits"), [&](Reply reply) {
    mailbox.completion()(std::move(reply));
    pool->give(request_for("late"), mailbox.completion());
  });
  std::thread closer([&] { owner.reset(); });
  EXPECT_EQ(count_failed(mailbox.wait(2), Failure::connection), 2U);
  gate.open.set_value();
  closer.join();
  EXPECT_EQ(mailbox.wait(3).size(), 3U);
}

TEST(ReadingPool, EndsWithoutARequest) {
  int made = 0;
  {
    const ReadingPool pool(4, [&] { return ++made, echo(); });
  }
  EXPECT_EQ(made, 0);
}

}  // namespace
}  // namespace stareval::reader
