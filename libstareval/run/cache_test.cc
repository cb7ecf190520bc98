// The response cache on disk. By hand: the field by field table of what makes another key. Crash
// and concurrency: a process killed between stores, two processes and many threads on one file.
// Refusals: other versions, other programs' files, files that are no database.
#include "libstareval/run/cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "tests/support/cache_rows.h"
#include "tests/support/errors.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using testing::error_code;
using testing::error_text;
using ::testing::HasSubstr;
using testing::question_about;
using testing::request_for;
using testing::row_of;
using testing::run_sql;

std::string key_of(const Request& request) { return cache_key(question_about(request)); }

TEST(CacheKey, changes_with_each_field_that_decides_a_reply) {
  const Request plain = request_for("a", {{"x.png", "sha256:1"}});
  const auto with = [&](auto change) {
    Request request = plain;
    change(request);
    return key_of(request);
  };
  const std::string key = key_of(plain);
  EXPECT_NE(key, with([](Request& r) { r.model = "other"; }));
  EXPECT_NE(key, with([](Request& r) { r.repeat = 1; }));
  EXPECT_NE(key, with([](Request& r) { r.decoding.temperature = 0.5; }));
  EXPECT_NE(key, with([](Request& r) { r.decoding.temperature.reset(); }));
  EXPECT_NE(key, with([](Request& r) { r.decoding.top_p = 1.0; }));
  EXPECT_NE(key, with([](Request& r) { r.decoding.max_tokens = 1; }));
  EXPECT_NE(key, with([](Request& r) { r.decoding.extra = {{"seed", 1}}; }));
  EXPECT_NE(key, with([](Request& r) { r.messages[0].role = "system"; }));
  EXPECT_NE(key, with([](Request& r) { r.messages[0].parts[1] = TextPart{"How many?"}; }));
  EXPECT_NE(key, with([](Request& r) {  // one pixel of a picture
              r.messages[0].parts[0] = ImagePart{"x.png", "sha256:2"};
            }));
  EXPECT_NE(key, cache_key(question_about(plain, R"({"endpoint":"https://f"})")));
  EXPECT_NE(key, cache_key(cache_question("gemini", R"({"endpoint":"https://e"})", plain)));
}

TEST(CacheKey, stays_where_only_the_sample_the_path_or_the_order_of_keys_differ) {
  Request plain = request_for("a", {{"x.png", "sha256:1"}});
  plain.decoding.extra = {{"seed", 1}, {"user", "me"}};
  Request same = request_for("b", {{"elsewhere/y.png", "sha256:1"}});
  same.decoding.extra = {{"user", "me"}, {"seed", 1}};
  EXPECT_EQ(key_of(plain), key_of(same));
}

TEST(CacheKey, is_the_digest_of_canonical_json) {
  const CacheQuestion question = question_about(request_for("a"));
  const json::object object{{"request", parse_json(question.request, "").value()},
                            {"identity", parse_json(question.identity, "").value()},
                            {"backend", "openai"}};
  EXPECT_EQ(cache_key(question), sha256(to_canonical_json(object)));
}

class CacheTest : public ::testing::Test {
 protected:
  ResponseCache open() { return ResponseCache::open(path_).value(); }

  const testing::TempFolder folder_;
  const std::filesystem::path path_ = folder_ / "private/replies.sqlite";
};

TEST_F(CacheTest, gives_back_the_whole_reply) {
  Reply reply = answered_reply("4 – vier");
  reply.reasoning = "3 + 1";
  reply.finish_reason = "length";
  reply.outcome = Outcome::truncated;
  reply.usage = {11, 7, 3, 2};
  reply.latency = std::chrono::milliseconds(812);
  reply.provider_request_id = "req-1";
  reply.logprobs = {{"4", -0.25, {{"4", -0.25}, {"5", -1.5}}}};
  const CacheRow row = cache_row(question_about(request_for("a")), reply, 5);
  ResponseCache cache = open();
  ASSERT_EQ(error_text(cache.store({&row, 1})), "(no error)");
  const Reply found = open().find(row.key).value().value();
  EXPECT_EQ(found.outcome, Outcome::truncated);
  EXPECT_EQ(found.text, reply.text);
  EXPECT_EQ(found.reasoning, reply.reasoning);
  EXPECT_EQ(found.finish_reason, reply.finish_reason);
  EXPECT_EQ(found.usage.input_tokens, 11);
  EXPECT_EQ(found.usage.reasoning_tokens, 2);
  EXPECT_EQ(found.latency, reply.latency);
  EXPECT_EQ(found.provider_request_id, "req-1");
  ASSERT_EQ(found.logprobs.size(), 1u);
  EXPECT_EQ(found.logprobs[0].top[1].second, -1.5);
  EXPECT_FALSE(cache.find("sha256:other").value().has_value());
}

TEST_F(CacheTest, keeps_its_file_to_its_owner) {
  open();
  struct stat found {};
  ASSERT_EQ(::stat(path_.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0600U);
  ASSERT_EQ(::stat(path_.parent_path().c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0700U);
}

TEST_F(CacheTest, takes_a_damaged_row_for_none_and_mends_it_with_the_next_store) {
  const CacheRow row = row_of("a", "4");
  ResponseCache cache = open();
  ASSERT_EQ(error_text(cache.store({&row, 1})), "(no error)");
  run_sql(path_, R"(UPDATE replies SET reply = replace(reply, '"4"', '"5"'))");
  EXPECT_FALSE(cache.find(row.key).value().has_value());
  ASSERT_EQ(error_text(cache.store({&row, 1})), "(no error)");
  EXPECT_EQ(cache.find(row.key).value().value().text, "4");
  EXPECT_EQ(cache.stats().value().rows, 1u);
}

TEST_F(CacheTest, finds_the_rows_of_a_sample_newest_first) {
  ResponseCache cache = open();
  Request hot = request_for("a");
  hot.decoding.temperature = 1.0;
  const CacheRow rows[] = {row_of("a", "4", 1), row_of("b", "5", 2),
                           cache_row(question_about(hot), answered_reply("6"), 3)};
  ASSERT_EQ(error_text(cache.store(rows)), "(no error)");
  const auto found = cache.rows_of("a").value();
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].key, rows[2].key);
  EXPECT_EQ(found[0].question.request, rows[2].question.request);
  EXPECT_EQ(found[1].created, 1);
}

TEST_F(CacheTest, refuses_another_version_and_says_what_to_do) {
  open();
  run_sql(path_, "PRAGMA user_version = 2");
  const auto opened = ResponseCache::open(path_);
  EXPECT_EQ(error_code(opened), ErrorCode::mismatch);
  EXPECT_EQ(error_text(opened),
            "cache " + path_.string() +
                ": expected version 1 of its format, found 2: another version of StarEval made it; "
                "use that one, name another file with --cache, or delete this one (run folders "
                "keep their replies)");
}

TEST_F(CacheTest, refuses_the_database_of_another_program_and_leaves_it_as_it_is) {
  std::filesystem::create_directories(path_.parent_path());
  run_sql(path_, "CREATE TABLE bookmarks (url TEXT)");
  const std::string before = testing::read_bytes(path_);
  EXPECT_EQ(error_code(ResponseCache::open(path_)), ErrorCode::mismatch);
  EXPECT_THAT(error_text(ResponseCache::open(path_)), HasSubstr("another program"));
  EXPECT_EQ(testing::read_bytes(path_), before);
}

TEST_F(CacheTest, refuses_a_file_that_is_no_database) {
  testing::write_bytes(path_, std::string(4096, 'x'));
  const auto opened = ResponseCache::open(path_);
  EXPECT_EQ(error_code(opened), ErrorCode::bad_data);
  EXPECT_EQ(error_text(opened), "cache " + path_.string() +
                                    ": file is not a database; delete the file, or name another "
                                    "with --cache; run folders keep their replies");
}

TEST_F(CacheTest, makes_nothing_where_it_is_only_to_be_read) {
  EXPECT_EQ(error_code(ResponseCache::open_existing(path_)), ErrorCode::io);
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(CacheTest, is_made_once_by_threads_that_open_it_at_the_same_time) {
  std::vector<std::thread> threads;
  std::vector<std::string> errors(8);
  for (std::size_t i = 0; i < errors.size(); ++i)
    threads.emplace_back([&, i] {
      auto cache = ResponseCache::open(path_);
      if (cache.has_error()) errors[i] = cache.error().message;
      else {
        const CacheRow row = row_of("s" + std::to_string(i), "4");
        errors[i] = error_text(cache->store({&row, 1}));
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(errors, ::testing::Each("(no error)"));
  EXPECT_EQ(open().stats().value().rows, errors.size());
}

// A child that stores rows without end, a byte to the pipe for each.
[[noreturn]] void store_for_ever(const std::filesystem::path& path, int pipe) {
  auto cache = ResponseCache::open(path);
  for (int i = 0; cache.has_value(); ++i) {
    const CacheRow row = row_of("s" + std::to_string(i), std::string(5000, 'x'));
    if (cache->store({&row, 1}).has_error() || ::write(pipe, "x", 1) != 1) break;
  }
  ::_exit(1);
}

TEST_F(CacheTest, survives_a_kill_in_the_middle_of_stores) {
  int pipe[2];
  ASSERT_EQ(::pipe(pipe), 0);
  const pid_t child = ::fork();
  if (child == 0) store_for_ever(path_, pipe[1]);
  ::close(pipe[1]);
  char bytes[1];
  for (int stored = 0; stored < 40; ++stored) ASSERT_EQ(::read(pipe[0], bytes, 1), 1);
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(pipe[0]);
  ASSERT_TRUE(WIFSIGNALED(status));
  ResponseCache cache = open();
  EXPECT_THAT(cache.verify().value(), ::testing::IsEmpty());
  EXPECT_GE(cache.stats().value().rows, 40u);
  const CacheRow row = row_of("after", "4");
  EXPECT_EQ(error_text(cache.store({&row, 1})), "(no error)");
}

TEST_F(CacheTest, is_shared_by_two_processes_at_once) {
  constexpr int kRows = 200;
  ResponseCache cache = open();
  const pid_t child = ::fork();
  const auto store_all = [](ResponseCache& into, const std::string& prefix) {
    for (int i = 0; i < kRows; ++i) {
      const CacheRow row = row_of(prefix + std::to_string(i), "4");
      if (into.store({&row, 1}).has_error()) return 1;
    }
    return 0;
  };
  if (child == 0) {
    ResponseCache own = ResponseCache::open(path_).value();
    ::_exit(store_all(own, "child"));
  }
  EXPECT_EQ(store_all(cache, "parent"), 0);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(cache.stats().value().rows, 2U * kRows);
}

}  // namespace
}  // namespace stareval
