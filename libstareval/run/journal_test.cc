// What the journal says of its entries, by hand. Its file stands in journal_file_test.cc.
#include "libstareval/run/journal.h"

#include <gtest/gtest.h>

#include "libstareval/base/text.h"
#include "tests/support/errors.h"
#include "tests/support/journal_fixture.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using testing::entry_of;
using testing::error_code;
using testing::error_text;
using testing::key_of;
using testing::read_bytes;
using testing::TempFolder;
using namespace std::chrono_literals;

class JournalTest : public testing::JournalFixture {};

TEST_F(JournalTest, begins_empty_and_makes_its_folder) {
  const Journal journal = open();
  EXPECT_EQ(journal.size(), 0u);
  EXPECT_EQ(journal.state(key_of("a")).attempts, 0);
  EXPECT_FALSE(journal.state(key_of("a")).settled);
  EXPECT_EQ(error_code(journal.read(key_of("a"))), ErrorCode::usage);
  EXPECT_EQ(error_text(journal.read(key_of("a"))),
            "journal " + path_.string() + ": holds no reply for the sample a");
}

TEST_F(JournalTest, gives_back_every_field_of_a_reply) {
  Reply reply = answered_reply("forty \"two\"\n");
  reply.reasoning = "because";
  reply.finish_reason = "length";
  reply.outcome = Outcome::truncated;
  reply.usage = {1234567890123, 7, 64, 5};
  reply.logprobs = {{"4", -0.25, {{"4", -0.25}, {"5", -2}}}, {".", 0, {}}};
  reply.cached = true;
  reply.latency = 321ms;
  reply.provider_request_id = "req-1";
  Journal journal = open();
  ASSERT_TRUE(journal.append({key_of("a", 3), "RC", 2, reply}).has_value());
  const JournalEntry read = journal.read(key_of("a", 3)).value();
  EXPECT_EQ(read.key.sample, "a");
  EXPECT_EQ(read.key.repeat, 3);
  EXPECT_EQ(read.key.request, "sha256:1");
  EXPECT_EQ(read.task, "RC");
  EXPECT_EQ(read.attempt, 2);
  EXPECT_EQ(read.reply.outcome, Outcome::truncated);
  EXPECT_EQ(read.reply.text, "forty \"two\"\n");
  EXPECT_EQ(read.reply.reasoning, "because");
  EXPECT_EQ(read.reply.finish_reason, "length");
  EXPECT_EQ(read.reply.usage.input_tokens, 1234567890123);
  EXPECT_EQ(read.reply.usage.output_tokens, 7);
  EXPECT_EQ(read.reply.usage.cached_tokens, 64);
  EXPECT_EQ(read.reply.usage.reasoning_tokens, 5);
  ASSERT_EQ(read.reply.logprobs.size(), 2u);
  EXPECT_EQ(read.reply.logprobs[0].token, "4");
  EXPECT_EQ(read.reply.logprobs[0].logprob, -0.25);
  EXPECT_EQ(read.reply.logprobs[0].top, reply.logprobs[0].top);
  EXPECT_TRUE(read.reply.logprobs[1].top.empty());
  EXPECT_TRUE(read.reply.cached);
  EXPECT_EQ(read.reply.latency, 321ms);
  EXPECT_EQ(read.reply.provider_request_id, "req-1");
}

TEST_F(JournalTest, gives_back_every_kind_of_failure) {
  Journal journal = open();
  for (const Failure failure : {Failure::none, Failure::rate_limited, Failure::server,
                                Failure::connection, Failure::timeout, Failure::permanent}) {
    Reply reply = failed_reply(failure, "why");
    reply.retry_after = 1500ms;
    const std::string sample = std::to_string(static_cast<int>(failure));
    ASSERT_TRUE(journal.append(entry_of(sample, reply)).has_value());
    const Reply read = journal.read(key_of(sample)).value().reply;
    EXPECT_EQ(read.outcome, Outcome::api_error);
    EXPECT_EQ(read.failure, failure);
    EXPECT_EQ(read.error, "why");
    EXPECT_EQ(read.retry_after, 1500ms);
  }
}

TEST_F(JournalTest, stores_text_that_is_not_utf8_as_text_that_is) {
  Reply reply = answered_reply("a\xff\xc3");
  reply.reasoning = "\xed\xa0\x80";
  reply.provider_request_id = "\x80";
  {
    Journal journal = open();
    ASSERT_TRUE(journal.append(entry_of("a", reply)).has_value());
    ASSERT_TRUE(
        journal.append(entry_of("b", failed_reply(Failure::server, "bad \xfe"))).has_value());
  }
  EXPECT_TRUE(is_valid_utf8(read_bytes(path_)));
  const Journal journal = open();
  EXPECT_EQ(journal.read(key_of("a")).value().reply.text, "a\uFFFD\uFFFD");
  EXPECT_EQ(journal.read(key_of("b")).value().reply.error, "bad \uFFFD");
}

TEST_F(JournalTest, keeps_its_lines_when_it_is_opened_again) {
  write_three();
  Journal journal = open();
  EXPECT_EQ(journal.size(), 3u);
  EXPECT_TRUE(journal.state(key_of("a")).settled);
  EXPECT_FALSE(journal.state(key_of("b")).settled);
  EXPECT_EQ(journal.state(key_of("b")).attempts, 1);
  EXPECT_EQ(journal.read(key_of("c")).value().reply.text, "line\n\"two\" \u65E5");
  ASSERT_TRUE(journal.append(entry_of("d", answered_reply("4"))).has_value());
  EXPECT_EQ(journal.read(key_of("d")).value().reply.text, "4");
  EXPECT_EQ(journal.read(key_of("a")).value().reply.text, "1");
}

TEST_F(JournalTest, lets_the_first_reply_count_and_else_the_last_failure) {
  Journal journal = open();
  const auto put = [&](Reply reply, int attempt) {
    ASSERT_TRUE(journal.append(entry_of("a", std::move(reply), attempt)).has_value());
  };
  put(failed_reply(Failure::server, "first"), 1);
  put(failed_reply(Failure::timeout, "second"), 2);
  EXPECT_EQ(journal.read(key_of("a")).value().reply.error, "second");
  EXPECT_FALSE(journal.state(key_of("a")).settled);
  put(answered_reply("counts"), 3);
  put(answered_reply("late"), 4);
  put(failed_reply(Failure::server, "later"), 5);
  EXPECT_EQ(journal.read(key_of("a")).value().reply.text, "counts");
  EXPECT_EQ(journal.read(key_of("a")).value().attempt, 3);
  EXPECT_EQ(journal.state(key_of("a")).attempts, 5);
  EXPECT_TRUE(journal.state(key_of("a")).settled);
  EXPECT_EQ(journal.size(), 5u);
}

TEST_F(JournalTest, takes_refused_and_truncated_for_replies) {
  Journal journal = open();
  for (const Outcome outcome : {Outcome::refused, Outcome::truncated}) {
    Reply reply = answered_reply("no");
    reply.outcome = outcome;
    const std::string sample(to_string(outcome));
    ASSERT_TRUE(journal.append(entry_of(sample, reply)).has_value());
    EXPECT_TRUE(journal.state(key_of(sample)).settled);
  }
}

TEST_F(JournalTest, keeps_apart_what_differs_in_any_part_of_its_key) {
  Journal journal = open();
  ASSERT_TRUE(journal.append(entry_of("a", answered_reply("1"))).has_value());
  EXPECT_FALSE(journal.state(key_of("a", 1)).settled);
  EXPECT_FALSE(journal.state(key_of("a", 0, "sha256:2")).settled);
  EXPECT_FALSE(journal.state(key_of("A")).settled);
  EXPECT_FALSE(journal.state(key_of("a#0")).settled);
}

TEST_F(JournalTest, reads_each_of_many_lines_from_its_place) {
  Journal journal = open();
  for (int i = 0; i < 200; ++i)
    ASSERT_TRUE(journal
                    .append(entry_of("s" + std::to_string(i),
                                     answered_reply(std::string(static_cast<std::size_t>(i), 'x'))))
                    .has_value());
  ASSERT_TRUE(journal.sync().has_value());
  for (std::size_t i = 0; i < 200; ++i)
    ASSERT_EQ(journal.read(key_of("s" + std::to_string(i))).value().reply.text.size(), i);
}

}  // namespace
}  // namespace stareval
