// The backend "command" with programs of a few lines of shell: what they answer, how they fail,
// end, hang and talk out of turn, and that nothing of them is left.
#include "backends/command/command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <thread>

#include "backends/command/command_pool.h"
#include "tests/support/backend_probe.h"
#include "tests/support/errors.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using testing::ask;
using testing::error_code;
using testing::error_text;
using ::testing::HasSubstr;
using testing::Mailbox;
using testing::request_for;
using namespace std::chrono_literals;

// A shell program that runs `body` for each line, with its id in $id; `say TEXT` answers.
std::string program(const std::string& body, const std::string& first = "") {
  return "say() { printf '{\"id\":\"%s\",\"text\":\"%s\"}\\n' \"$id\" \"$1\"; }; " + first +
         "\nwhile IFS= read -r line; do id=${line#*'\"id\":\"'}; id=${id%%'\"'*}\n" + body +
         "\ndone";
}

class CommandTest : public ::testing::Test {
 protected:
  static Result<std::unique_ptr<Backend>> try_make(std::map<std::string, std::string> settings) {
    BackendConfig config;
    config.settings = std::move(settings);
    return make_command(config);
  }

  static std::unique_ptr<Backend> make(const std::string& command,
                                       std::map<std::string, std::string> settings = {}) {
    settings["command"] = command;
    return try_make(std::move(settings)).value();
  }

  // Whether the process that wrote its number there has ended, or does so within half a minute; its
  // new parent may not have waited for it yet.
  [[nodiscard]] bool is_gone(const char* file) const {
    const std::string stat =
        "/proc/" + std::to_string(std::stoi(testing::read_bytes(folder_ / file))) + "/stat";
    const auto limit = std::chrono::steady_clock::now() + 30s;
    while (std::chrono::steady_clock::now() < limit) {
      const std::string text = testing::read_bytes(stat);
      if (text.empty() || text.find(") Z ") != std::string::npos) return true;
      std::this_thread::yield();
    }
    return false;
  }

  [[nodiscard]] std::string path(const char* name) const { return (folder_ / name).string(); }

  const testing::TempFolder folder_;
};

TEST_F(CommandTest, answers_and_keeps_its_program_alive) {
  const auto backend = make(program("n=$((n+1)); say $n"));
  EXPECT_EQ(ask(*backend, request_for("a")).text, "1");
  const Reply second = ask(*backend, request_for("b"));
  EXPECT_EQ(second.text, "2");
  EXPECT_EQ(second.outcome, Outcome::answered);
  EXPECT_FALSE(second.cached);
}

TEST_F(CommandTest, measures_from_when_the_program_has_the_request) {
  const auto backend = make(program("sleep 0.05; say 4"));
  Mailbox mailbox;
  for (int i = 0; i < 3; ++i) backend->submit(request_for("a"), mailbox.completion());
  for (const Reply& reply : mailbox.wait(3)) EXPECT_GE(reply.latency, 50ms);
}

TEST_F(CommandTest, starts_its_program_anew_when_it_ends) {
  const auto backend = make(
      program("case $line in *die*) echo one >&2; echo 'no memory' >&2; exit 3;; esac; say $$"));
  const Reply before = ask(*backend, request_for("a"));
  const Reply lost = ask(*backend, request_for("die"));
  EXPECT_EQ(lost.failure, Failure::connection);
  EXPECT_EQ(lost.error,
            "the command ended (exit status 3) before it answered; its stderr ends with \"no "
            "memory\"");
  const Reply after = ask(*backend, request_for("b"));
  EXPECT_EQ(after.outcome, Outcome::answered);
  EXPECT_NE(after.text, before.text);
}

TEST_F(CommandTest, sees_that_its_program_ended_though_another_holds_its_stdout) {
  const auto backend = make("read line; sleep 600 & echo gone >&2; exit 1");
  const Reply reply = ask(*backend, request_for("a"));
  EXPECT_EQ(reply.failure, Failure::connection);
  EXPECT_THAT(reply.error, HasSubstr("\"gone\""));
}

TEST_F(CommandTest, serves_with_a_program_that_answers_once_and_ends) {
  const auto backend = make(
      "read line; id=${line#*'\"id\":\"'}; id=${id%%'\"'*}; echo "
      "\"{\\\"id\\\":\\\"$id\\\",\\\"text\\\":\\\"4\\\"}\"");
  int answered = 0;
  for (int i = 0; i < 20; ++i)
    for (int attempt = 0; attempt < 5; ++attempt) {  // it may end with the next request in its pipe
      if (ask(*backend, request_for("a")).outcome != Outcome::answered) continue;
      ++answered;
      break;
    }
  EXPECT_EQ(answered, 20);
}

TEST_F(CommandTest, gives_up_on_a_program_that_never_answers) {
  const auto backend = make("read line; echo Traceback >&2; echo 'No module: torch' >&2; exit 1");
  for (int i = 0; i < 2; ++i)
    EXPECT_EQ(ask(*backend, request_for("a")).failure, Failure::connection);
  const Reply last = ask(*backend, request_for("a"));
  EXPECT_EQ(last.failure, Failure::permanent);
  EXPECT_EQ(last.error,
            "the command ended (exit status 1) 3 times in a row without an answer; its stderr ends "
            "with \"Traceback / No module: torch\"");
}

TEST_F(CommandTest, says_that_there_is_no_such_program) {
  const auto backend = make("exec /nonexistent/model");
  const Reply reply = ask(*backend, request_for("a"));
  EXPECT_EQ(reply.failure, Failure::connection);
  EXPECT_THAT(reply.error, HasSubstr("(exit status 127)"));
  EXPECT_THAT(reply.error, HasSubstr("/nonexistent/model"));
}

TEST_F(CommandTest, ends_a_program_that_is_late_with_all_that_it_started) {
  const auto backend = make(program("case $line in *slow*) sleep 600 & echo $! > " + path("pid") +
                                    "; wait;; esac; say 4"),
                            {{"timeout_s", "0.3"}});
  const Reply late = ask(*backend, request_for("slow"));
  EXPECT_EQ(late.failure, Failure::timeout);
  EXPECT_EQ(late.error,
            "the command gave no answer within 0.3 s (--set timeout_s), and is started anew");
  EXPECT_EQ(ask(*backend, request_for("a")).text, "4");
  EXPECT_TRUE(is_gone("pid"));
}

TEST_F(CommandTest, quotes_a_line_that_is_no_answer_and_starts_the_program_anew) {
  const auto backend = make(program("case $line in *loud*) echo 'Loading: 100%';; esac; say $$"));
  const Reply before = ask(*backend, request_for("a"));
  const Reply loud = ask(*backend, request_for("loud"));
  EXPECT_EQ(loud.failure, Failure::permanent);
  EXPECT_THAT(loud.error, HasSubstr("\"Loading: 100%\""));
  EXPECT_THAT(loud.error, HasSubstr("print all else to stderr"));
  const Reply after = ask(*backend, request_for("a"));
  EXPECT_EQ(after.outcome, Outcome::answered);
  EXPECT_NE(after.text, before.text);
}

TEST_F(CommandTest, blames_what_came_after_an_answer_on_the_next_request) {
  const auto backend = make(program("printf '{\"id\":\"%s\",\"text\":\"4\"}\\nDone!\\n' $id"));
  EXPECT_EQ(ask(*backend, request_for("a")).text, "4");
  const Reply next = ask(*backend, request_for("b"));
  EXPECT_EQ(next.failure, Failure::permanent);
  EXPECT_THAT(next.error, HasSubstr("\"Done!\""));
}

TEST_F(CommandTest, refuses_an_answer_to_what_was_not_asked) {
  const auto backend = make(program("echo '{\"id\":\"99\",\"text\":\"4\"}'"));
  const Reply reply = ask(*backend, request_for("a"));
  EXPECT_EQ(reply.failure, Failure::permanent);
  EXPECT_THAT(reply.error, HasSubstr("answered the id \"99\", which it was not asked"));
}

TEST_F(CommandTest, passes_over_empty_lines_and_takes_a_last_line_without_its_end) {
  const auto backend = make("read line; echo; echo '  '; printf '{\"id\":\"1\",\"text\":\"4\"}'");
  EXPECT_EQ(ask(*backend, request_for("a")).text, "4");
}

TEST_F(CommandTest, takes_answers_in_any_order) {
  const auto backend = make(
      "read a; read b; read c; for id in 3 1 2; do echo "
      "\"{\\\"id\\\":\\\"$id\\\",\\\"text\\\":\\\"$id\\\"}\"; done; read end",
      {{"in_flight", "3"}});
  std::vector<std::unique_ptr<Mailbox>> mailboxes;
  for (int i = 0; i < 3; ++i) {
    mailboxes.push_back(std::make_unique<Mailbox>());
    backend->submit(request_for("a"), mailboxes.back()->completion());
  }
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(mailboxes[static_cast<std::size_t>(i)]->wait(1).at(0).text, std::to_string(i + 1));
}

TEST_F(CommandTest, gives_a_program_one_request_at_a_time_unless_it_asks_for_more) {
  // A second line that is there already would be read at once.
  const auto backend = make(program("if read -r more < /dev/null; then :; fi; say 4"));
  Mailbox mailbox;
  for (int i = 0; i < 20; ++i) backend->submit(request_for("a"), mailbox.completion());
  for (const Reply& reply : mailbox.wait(20)) EXPECT_EQ(reply.text, "4");
}

TEST_F(CommandTest, runs_workers_side_by_side_that_share_no_pipe) {
  const std::string go = path("go");
  const auto backend = make(program("while [ ! -e " + go +
                                    " ]; do sleep 0.01; done; set -- /proc/$$/fd/*; say \"$$ $#\""),
                            {{"workers", "2"}});
  Mailbox mailbox;
  backend->submit(request_for("a"), mailbox.completion());
  backend->submit(request_for("b"), mailbox.completion());
  testing::write_bytes(go, "");
  const auto replies = mailbox.wait(2);
  ASSERT_EQ(replies.size(), 2u);
  const auto words = [](const Reply& reply) {
    const auto space = reply.text.find(' ');
    return std::pair(reply.text.substr(0, space), reply.text.substr(space));
  };
  EXPECT_NE(words(replies[0]).first, words(replies[1]).first);
  EXPECT_EQ(words(replies[0]).second, words(replies[1]).second);
}

TEST_F(CommandTest, carries_large_lines_both_ways) {
  const auto backend = make(program("say \"${#line} $(head -c 1000000 /dev/zero | tr '\\0' x)\""));
  Request request = request_for("a");
  request.messages[0].parts.emplace_back(TextPart{std::string(300'000, 'y')});
  const Reply reply = ask(*backend, request);
  EXPECT_GT(std::stoi(reply.text), 300'000);
  EXPECT_GT(reply.text.size(), 1'000'000u);
}

TEST_F(CommandTest, outlives_a_program_that_closes_its_stdin) {
  const auto backend = make("exec <&-; exec sleep 600", {{"timeout_s", "0.3"}});
  Request request = request_for("a");
  request.messages[0].parts.emplace_back(TextPart{std::string(200'000, 'y')});
  EXPECT_EQ(ask(*backend, request).failure, Failure::timeout);
}

TEST_F(CommandTest, hands_on_what_the_program_says_of_a_request) {
  const auto backend =
      make(program("printf '{\"id\":\"%s\",\"error\":\"busy\",\"retry\":true}\\n' $id"));
  const Reply reply = ask(*backend, request_for("a"));
  EXPECT_EQ(reply.failure, Failure::server);
  EXPECT_EQ(reply.error, "the command says: busy");
}

TEST_F(CommandTest, tells_the_program_where_a_picture_lies_once_it_has_its_digest) {
  const auto backend = make(program("p=${line#*'\"path\":\"'}; p=${p%%'\"'*}; say \"$p\""));
  const ImagePart picture = testing::write_picture(folder_ / "sub/../a.png", 10);
  EXPECT_EQ(ask(*backend, request_for("a", {picture})).text, path("a.png"));
  testing::write_bytes(picture.path, "changed");
  const Reply changed = ask(*backend, request_for("a", {picture}));
  EXPECT_EQ(changed.failure, Failure::permanent);
  EXPECT_THAT(changed.error, HasSubstr("the file was changed"));
}

TEST_F(CommandTest, sends_pictures_inline_where_it_is_asked_to) {
  const auto backend =
      make(program("p=${line#*'\"base64\":\"'}; say \"${p%%'\"'*}\""), {{"pictures", "base64"}});
  const ImagePart picture = testing::write_picture(folder_ / "a.png", 1);
  EXPECT_EQ(ask(*backend, request_for("a", {picture})).text, "iVBORw0KGgoB");
}

TEST_F(CommandTest, copies_stderr_to_a_file) {
  {
    const auto backend = make(program("echo hint >&2; say 4"), {{"stderr", path("err.txt")}});
    (void)ask(*backend, request_for("a"));
  }
  EXPECT_EQ(testing::read_bytes(folder_ / "err.txt"), "hint\n");
}

TEST_F(CommandTest, has_the_command_for_its_identity) {
  EXPECT_EQ(make("cat")->identity(), (json::object{{"command", "cat"}, {"pictures", "path"}}));
}

TEST_F(CommandTest, completes_all_once_and_leaves_nothing_behind_when_it_goes) {
  Mailbox mailbox;
  {
    const auto backend = make(program("sleep 600 & echo $! > " + path("child") + "; echo $$ > " +
                                      path("own") + "; echo >> " + path("ready") + "; wait"));
    for (int i = 0; i < 5; ++i) backend->submit(request_for("a"), mailbox.completion());
    while (!std::filesystem::exists(folder_ / "ready")) ::usleep(1000);
  }
  const auto replies = mailbox.wait(5);
  ASSERT_EQ(replies.size(), 5u);
  for (const Reply& reply : replies) EXPECT_EQ(reply.failure, Failure::connection);
  EXPECT_TRUE(is_gone("own"));
  EXPECT_TRUE(is_gone("child"));
}

TEST_F(CommandTest, lets_an_idle_program_end_by_itself) {
  {
    const auto backend = make(program("say 4") + "; echo end > " + path("end"));
    (void)ask(*backend, request_for("a"));
  }
  EXPECT_EQ(testing::read_bytes(folder_ / "end"), "end\n");
}

std::size_t open_descriptors() {
  const std::filesystem::directory_iterator begin("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin, std::filesystem::directory_iterator()));
}

TEST_F(CommandTest, leaves_no_descriptor_open) {
  const std::size_t before = open_descriptors();
  for (int i = 0; i < 3; ++i) {
    const auto backend = make(program("exit 1"), {{"workers", "3"}, {"stderr", path("err")}});
    (void)ask(*backend, request_for("a"));
    (void)ask(*backend, request_for("a"));
  }
  EXPECT_EQ(open_descriptors(), before);
}

TEST_F(CommandTest, refuses_settings_that_do_not_fit) {
  EXPECT_EQ(error_text(try_make({})),
            "the backend command needs a program: --backend command --set command=\"python3 "
            "my_model.py\"");
  EXPECT_EQ(error_text(try_make({{"command", "cat"}, {"workers", "0"}})),
            "--set workers: expected a whole number from 1 to 256, found \"0\"");
  EXPECT_EQ(error_code(try_make({{"command", "cat"}, {"in_flight", "x"}})), ErrorCode::usage);
  EXPECT_EQ(error_code(try_make({{"command", "cat"}, {"pictures", "url"}})), ErrorCode::usage);
  EXPECT_EQ(error_code(try_make({{"command", "cat"}, {"speed", "1"}})), ErrorCode::usage);
  EXPECT_EQ(error_code(try_make({{"command", "cat"}, {"stderr", path("no/such")}})), ErrorCode::io);
}

// ---- with limits that a user cannot set ----

Reply ask_pool(command::PoolOptions options, const std::string& line) {
  const auto mailbox = std::make_shared<Mailbox>();
  const auto pool = command::Pool::make(std::move(options)).value();
  command::Job job;
  job.id = "1";
  job.line = line + "\n";
  job.done = mailbox->completion();
  pool->give(std::move(job));
  return mailbox->wait(1).at(0);
}

TEST(CommandPool, refuses_a_line_without_end) {
  command::PoolOptions options;
  options.command = "read line; tr '\\0' x < /dev/zero";
  options.longest_line = 1000;
  const Reply reply = ask_pool(options, "{}");
  EXPECT_EQ(reply.failure, Failure::permanent);
  EXPECT_THAT(reply.error, HasSubstr("wrote more than 1000 bytes to stdout without a line feed"));
}

TEST(CommandPool, kills_a_program_that_does_not_heed_the_signal) {
  command::PoolOptions options;
  options.command = "trap '' TERM; while :; do sleep 0.01; done";
  options.timeout = 100ms;
  options.grace = 50ms;
  EXPECT_EQ(ask_pool(options, "{}").failure, Failure::timeout);  // and the pool ends
}

}  // namespace
}  // namespace stareval
