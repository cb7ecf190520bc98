// A cache that is damaged, locked, read-only or full: every reply still comes, from the backend,
// and the first failure is kept for the user.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

#include "libstareval/run/caching_backend.h"
#include "tests/support/cache_rows.h"
#include "tests/support/scripted_backend.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using testing::ask;
using ::testing::HasSubstr;
using testing::request_for;
using testing::run_sql;
using namespace std::chrono_literals;

constexpr unsigned kNobody = 65534;

class CachingFailureTest : public ::testing::Test {
 protected:
  std::unique_ptr<CachingBackend> make(std::size_t reply_bytes = 1) const {
    const auto script = [reply_bytes](const Request&, int) {
      return answered_reply(std::string(reply_bytes, '4'));
    };
    return std::make_unique<CachingBackend>(std::make_unique<testing::ImmediateBackend>(script),
                                            "b", path_, 20ms);
  }

  // Asks 20 different questions; the warning when all replies came.
  static std::string warning_of(CachingBackend& backend) {
    for (int i = 0; i < 20; ++i) {
      Request request = request_for("a");
      request.repeat = i;
      const Reply reply = ask(backend, request);
      EXPECT_EQ(reply.outcome, Outcome::answered);
      EXPECT_EQ(reply.text.substr(0, 1), "4");
      backend.flush();
    }
    return backend.warning().value_or("(no warning)");
  }

  const testing::TempFolder folder_;
  const std::filesystem::path path_ = folder_ / "replies.sqlite";
};

TEST_F(CachingFailureTest, a_file_that_is_no_database) {
  testing::write_bytes(path_, std::string(5000, 'x'));
  EXPECT_THAT(warning_of(*make()), HasSubstr(path_.string() + ": file is not a database"));
  EXPECT_EQ(testing::read_bytes(path_), std::string(5000, 'x'));
}

TEST_F(CachingFailureTest, a_file_that_is_damaged_while_it_is_used) {
  const auto backend = make();
  (void)ask(*backend, request_for("before"));
  backend->flush();
  run_sql(path_, "PRAGMA wal_checkpoint(TRUNCATE)");
  const std::string half(2048, '\xFF');
  std::string bytes = testing::read_bytes(path_);
  for (std::size_t page = 4096; page + half.size() <= bytes.size(); page += 4096)
    bytes.replace(page, half.size(), half);
  testing::write_bytes(path_, bytes);
  EXPECT_THAT(warning_of(*make()), HasSubstr("malformed"));
}

TEST_F(CachingFailureTest, a_file_of_another_version) {
  make();
  run_sql(path_, "PRAGMA user_version = 9");
  EXPECT_THAT(warning_of(*make()), HasSubstr("found 9: another version of StarEval made it"));
}

TEST_F(CachingFailureTest, a_file_that_another_process_has_locked) {
  const auto backend = make();
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(path_.c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_THAT(warning_of(*backend), HasSubstr("database is locked; another process holds it"));
  sqlite3_exec(other, "COMMIT", nullptr, nullptr, nullptr);
  sqlite3_close(other);
  Request later = request_for("later");
  later.repeat = 99;
  (void)ask(*backend, later);
  backend->flush();
  EXPECT_EQ(backend->counts().stored, 1u);  // goes on where the lock is gone
}

TEST_F(CachingFailureTest, a_folder_that_cannot_be_made) {
  testing::write_bytes(folder_ / "file", "");
  const auto script = [](const Request&, int) { return answered_reply("4"); };
  CachingBackend backend(std::make_unique<testing::ImmediateBackend>(script), "b",
                         folder_ / "file/replies.sqlite");
  EXPECT_THAT(warning_of(backend), HasSubstr("cannot"));
}

// Rights do not bind root: take another user's for a while.
class OtherUser {
 public:
  OtherUser() { changed_ = ::geteuid() == 0 && ::seteuid(kNobody) == 0; }
  ~OtherUser() {
    if (changed_) (void)!::seteuid(0);
  }
  OtherUser(const OtherUser&) = delete;
  OtherUser& operator=(const OtherUser&) = delete;

 private:
  bool changed_ = false;
};

TEST_F(CachingFailureTest, a_read_only_folder) {
  {
    const auto backend = make();
    (void)ask(*backend, request_for("known"));
  }
  ASSERT_EQ(::chmod(path_.c_str(), 0444), 0);
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0555), 0);
  {
    const OtherUser other;
    EXPECT_NE(warning_of(*make()), "(no warning)");
  }
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0755), 0);
}

// A limit on the size of files stands in for a disk that is full.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit now = before_;
    now.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &now);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  void (*handler_)(int);
  rlimit before_{};
};

TEST_F(CachingFailureTest, a_full_disk) {
  {
    const auto backend = make(50'000);
    const FullDisk disk(200'000);
    EXPECT_THAT(warning_of(*backend), HasSubstr("cache " + path_.string() + ": "));
    EXPECT_GT(backend->counts().stored, 0u);
    EXPECT_LT(backend->counts().stored, 20u);
  }
  ResponseCache cache = ResponseCache::open(path_).value();
  EXPECT_THAT(cache.verify().value(), ::testing::IsEmpty());
}

}  // namespace
}  // namespace stareval
