// The file of the journal. By hand: locks and refusals. Properties: a file cut at any byte of its
// last line keeps the lines before and goes on; a write that fails part way leaves whole lines.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdlib>
#include <optional>

#include "libstareval/run/journal.h"
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
using testing::write_bytes;

class JournalFileTest : public testing::JournalFixture {};

TEST_F(JournalFileTest, goes_on_after_a_last_line_that_is_torn_at_any_byte) {
  write_three();
  const std::string whole = read_bytes(path_);
  const std::size_t last = whole.rfind('\n', whole.size() - 2) + 1;
  for (std::size_t size = last; size < whole.size(); ++size) {
    write_bytes(path_, whole.substr(0, size));
    {
      Journal journal = open();
      ASSERT_EQ(journal.size(), 2u) << size;
      ASSERT_EQ(journal.state(key_of("c")).attempts, 0);
      ASSERT_TRUE(journal.append(entry_of("d", answered_reply("4"))).has_value());
      ASSERT_EQ(journal.read(key_of("d")).value().reply.text, "4");
    }
    const Journal again = open();
    ASSERT_EQ(again.size(), 3u) << size;
    ASSERT_EQ(again.read(key_of("a")).value().reply.text, "1");
    ASSERT_EQ(again.read(key_of("d")).value().reply.text, "4");
  }
}

TEST_F(JournalFileTest, names_a_line_that_cannot_be_read) {
  write_three();
  const std::string whole = read_bytes(path_);
  const std::size_t second = whole.find('\n') + 1;
  const auto with = [&](const std::string& line) {
    write_bytes(path_, whole.substr(0, second) + line + "\n" + whole.substr(second));
    const auto journal = Journal::open(path_);
    EXPECT_EQ(error_code(journal), ErrorCode::bad_data);
    return error_text(journal);
  };
  const std::string place = path_.string() + ":2: ";
  EXPECT_EQ(with("{\"sample\":"), place + "expected JSON, found something else (incomplete JSON)");
  EXPECT_EQ(with(""), place + "expected JSON, found nothing");
  EXPECT_EQ(with("[]"), place + "expected a JSON object, found an array");
  EXPECT_EQ(with("{}"), place + "field \"sample\": expected a string, found nothing");
  const auto with_field = [&](const char* key, const json::value& value) {
    json::object line = to_json_object(entry_of("x", failed_reply(Failure::server, "")));
    line[key] = value;
    return with(to_json(line));
  };
  EXPECT_EQ(with_field("outcome", "great"),
            place + "field \"outcome\": expected the name of an outcome, found \"great\"");
  EXPECT_EQ(with_field("failure", "great"),
            place + "field \"failure\": expected a kind of failure, found \"great\"");
  EXPECT_EQ(with_field("repeat", -1),
            place + "field \"repeat\": expected an integer from 0 to 2147483647, found -1");
}

TEST_F(JournalFileTest, leaves_a_file_alone_that_it_cannot_read) {
  write_three();
  const std::string broken = "nonsense\n" + read_bytes(path_) + "{\"torn";
  write_bytes(path_, broken);
  EXPECT_TRUE(Journal::open(path_).has_error());
  EXPECT_EQ(read_bytes(path_), broken);
}

TEST_F(JournalFileTest, is_refused_to_a_second_writer_until_the_first_is_gone) {
  {
    const Journal first = open();
    const auto second = Journal::open(path_);
    EXPECT_EQ(error_code(second), ErrorCode::usage);
    EXPECT_EQ(error_text(second),
              "journal " + path_.string() +
                  ": another star-eval is writing to it; wait for it, or choose another --out");
  }
  EXPECT_TRUE(Journal::open(path_).has_value());
}

TEST_F(JournalFileTest, keeps_its_lock_and_its_lines_when_it_is_moved) {
  write_three();
  Journal first = open();
  Journal second = std::move(first);
  EXPECT_TRUE(Journal::open(path_).has_error());
  EXPECT_EQ(second.read(key_of("a")).value().reply.text, "1");
  ASSERT_TRUE(second.append(entry_of("d", answered_reply("4"))).has_value());
  EXPECT_EQ(second.size(), 4u);
}

TEST_F(JournalFileTest, can_be_read_while_it_is_written) {
  Journal writer = open();
  ASSERT_TRUE(writer.append(entry_of("a", answered_reply("1"))).has_value());
  const Journal reader = Journal::open_for_reading(path_).value();
  EXPECT_EQ(reader.read(key_of("a")).value().reply.text, "1");
  ASSERT_TRUE(writer.append(entry_of("b", answered_reply("2"))).has_value());
  EXPECT_EQ(reader.size(), 1u);
  EXPECT_EQ(Journal::open_for_reading(path_).value().size(), 2u);
}

TEST_F(JournalFileTest, does_not_cut_a_torn_line_when_it_only_reads) {
  write_three();
  const std::string torn = read_bytes(path_) + "{\"sample\":\"d";
  write_bytes(path_, torn);
  EXPECT_EQ(Journal::open_for_reading(path_).value().size(), 3u);
  EXPECT_EQ(read_bytes(path_), torn);
}

TEST_F(JournalFileTest, that_is_missing_cannot_be_read) {
  const auto journal = Journal::open_for_reading(folder_ / "none.jsonl");
  EXPECT_EQ(error_code(journal), ErrorCode::io);
  EXPECT_EQ(error_text(journal), "journal " + (folder_ / "none.jsonl").string() +
                                     ": cannot open: No such file or directory");
}

// A full disk, by the limit on the size of files: part of the line is written, and taken back.
TEST_F(JournalFileTest, keeps_whole_lines_where_the_disk_is_full) {
  write_three();
  const std::string before = read_bytes(path_);
  Journal journal = open();
  rlimit usual{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &usual), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{before.size() + 20, usual.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto written = journal.append(entry_of("d", answered_reply("4")));
  ::setrlimit(RLIMIT_FSIZE, &usual);
  std::signal(SIGXFSZ, handler);
  EXPECT_EQ(error_code(written), ErrorCode::io);
  EXPECT_TRUE(error_text(written).ends_with(
      "all replies so far are kept: mend this, and give the same command again"));
  EXPECT_EQ(read_bytes(path_), before);
  EXPECT_EQ(journal.state(key_of("d")).attempts, 0);
  ASSERT_TRUE(journal.append(entry_of("d", answered_reply("4"))).has_value());
  EXPECT_EQ(journal.read(key_of("d")).value().reply.text, "4");
}

// TMPDIR for as long as this lives.
class WithTmpdir {
 public:
  explicit WithTmpdir(const std::string& value) {
    if (const char* set = std::getenv("TMPDIR")) before_ = set;
    ::setenv("TMPDIR", value.c_str(), 1);
  }
  ~WithTmpdir() {
    if (before_) ::setenv("TMPDIR", before_->c_str(), 1);
    else ::unsetenv("TMPDIR");
  }
  WithTmpdir(const WithTmpdir&) = delete;
  WithTmpdir& operator=(const WithTmpdir&) = delete;

 private:
  std::optional<std::string> before_;
};

TEST(TemporaryJournal, has_no_name_and_works_like_any_other) {
  const TempFolder folder;
  const WithTmpdir set(folder.path().string());
  Journal journal = Journal::temporary().value();
  ASSERT_TRUE(journal.append(entry_of("a", failed_reply(Failure::server, "no"))).has_value());
  ASSERT_TRUE(journal.append(entry_of("a", answered_reply("1"), 2)).has_value());
  ASSERT_TRUE(journal.sync().has_value());
  EXPECT_EQ(journal.read(key_of("a")).value().reply.text, "1");
  EXPECT_EQ(journal.state(key_of("a")).attempts, 2);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(TemporaryJournal, is_refused_where_there_is_no_folder_for_it) {
  const WithTmpdir set("/no/such/folder");
  const auto journal = Journal::temporary();
  EXPECT_EQ(error_code(journal), ErrorCode::io);
  EXPECT_TRUE(error_text(journal).ends_with("; set TMPDIR")) << error_text(journal);
}

}  // namespace
}  // namespace stareval
