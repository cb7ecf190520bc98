// star-eval is killed again and again, and the same command is given until it ends by itself: what
// it leaves is that of an unbroken run, and what it sends is known to the request. Each moment is
// an event (so many requests have come in, a file has been made), never a time; bench/kill_bench.py
// kills at random moments.
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstring>
#include <functional>
#include <set>
#include <thread>

#include "apps/star_mock_server/mock_server.h"
#include "libstareval/base/file.h"
#include "libstareval/data/dataset.h"
#include "libstareval/run/cache.h"
#include "tests/integration/program.h"
#include "tests/support/run_folder.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using testing::Program;
using testing::ProgramResult;
using testing::star_eval;
using testing::TempFolder;
using Words = std::vector<std::string>;

constexpr std::size_t kSamples = 50;  // of the task RC in the atlas
constexpr std::size_t kUnderWay = 4;

std::unique_ptr<MockServer> gold_server() {
  const Dataset atlas =
      read_dataset(STAREVAL_TEST_SOURCE_DIR "/share/datasets/atlas", "test").value();
  MockScript script;
  script.answers = gold_answers(atlas);
  return MockServer::start(std::move(script)).value();
}

Words run_words(const MockServer& server, const std::string& out, const Words& more = {}) {
  Words words{"--backend", "openai", "--base-url", server.base_url(), "--task", "RC",
              "--quiet",   "--out",  out,          "--concurrency",   "4"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

// What a run leaves that must not depend on how often it was killed.
struct RunFiles {
  std::string summary, scores, report;
  friend bool operator==(const RunFiles&, const RunFiles&) = default;
};

// The report names the folder of the run: it is moved to "run" first.
RunFiles result_in(const TempFolder& folder, const std::string& out) {
  if (out != "run") std::filesystem::rename(folder / out, folder / "run");
  const ProgramResult report = star_eval({"report", "run"}, {folder.path(), {}});
  EXPECT_EQ(report.exit_code, 0) << report.err;
  return {read_file(folder / "run/summary.json").value(),
          read_file(folder / "run/scores.jsonl").value(), report.out};
}

RunFiles unbroken_result(const MockServer& server) {
  const TempFolder folder;
  const ProgramResult run = star_eval(run_words(server, "run"), {folder.path(), {}});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  return result_in(folder, "run");
}

std::size_t count_journalled(const std::filesystem::path& run) {
  std::size_t lines = 0;
  for (const auto& [sample, entries] : testing::journalled(run)) lines += entries.size();
  return lines;
}

// The cache is written behind the run; SQLite has no event for it.
bool wait_for_rows(const std::filesystem::path& cache, std::size_t rows) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (std::chrono::steady_clock::now() < end) {
    auto open = ResponseCache::open_existing(cache);
    if (open.has_value() && open->stats().value().rows >= rows) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return false;
}

// Kill the command once `answered` more requests have been answered and kUnderWay are under way.
// The request after the last of these follows upon the line in the journal of each answered one.
void kill_after(MockServer& server, std::size_t answered, const Words& words,
                const TempFolder& folder, const std::function<void()>& before_kill = {}) {
  const std::size_t before = server.requests().size();
  server.hold_after(before + answered);
  Program victim(words, {folder.path(), {}});
  ASSERT_TRUE(server.wait_for_requests(before + answered + kUnderWay));
  if (before_kill) before_kill();
  victim.send_signal(SIGKILL);
  ASSERT_EQ(victim.wait().exit_code, 128 + SIGKILL);
  server.release();
}

TEST(Kills, EightKillsLoseNothingAndSendAgainOnlyWhatWasUnderWay) {
  constexpr std::size_t kKills = 8, kAnswered = 5;
  const auto server = gold_server();
  const RunFiles unbroken = unbroken_result(*server);
  const TempFolder folder;
  const std::size_t before = server->requests().size();
  for (std::size_t kill = 1; kill <= kKills; ++kill) {
    ASSERT_NO_FATAL_FAILURE(kill_after(*server, kAnswered, run_words(*server, "run"), folder));
    EXPECT_EQ(count_journalled(folder / "run"), kill * kAnswered);
  }
  const ProgramResult last = star_eval(run_words(*server, "run"), {folder.path(), {}});
  ASSERT_EQ(last.exit_code, 0) << last.err;
  EXPECT_EQ(count_journalled(folder / "run"), kSamples);
  EXPECT_EQ(server->requests().size() - before, kSamples + kKills * kUnderWay);
  EXPECT_EQ(result_in(folder, "run"), unbroken);
}

TEST(Kills, WithACacheNothingAnsweredIsPaidForAgainInAnotherFolder) {
  constexpr std::size_t kKills = 8, kAnswered = 5;
  const auto server = gold_server();
  const RunFiles unbroken = unbroken_result(*server);
  const TempFolder folder;
  const std::size_t before = server->requests().size();
  const Words cache{"--cache", "c.sqlite"};
  for (std::size_t kill = 1; kill <= kKills; ++kill)
    ASSERT_NO_FATAL_FAILURE(kill_after(
        *server, kAnswered, run_words(*server, fmt::format("run{}", kill), cache), folder,
        [&] { EXPECT_TRUE(wait_for_rows(folder / "c.sqlite", kill * kAnswered)); }));
  const ProgramResult last = star_eval(run_words(*server, "last", cache), {folder.path(), {}});
  ASSERT_EQ(last.exit_code, 0) << last.err;
  EXPECT_EQ(server->requests().size() - before, kSamples + kKills * kUnderWay);
  EXPECT_EQ(result_in(folder, "last"), unbroken);
  const ProgramResult verify =
      star_eval({"cache", "verify", "--cache", "c.sqlite"}, {folder.path(), {}});
  EXPECT_EQ(verify.out, "c.sqlite: 50 replies, all sound\n");
}

// A process that leaves the cache deletes its log where no other has it open. A run once looked as
// if it had not, and what it stored from then on was lost where it was killed.
TEST(Kills, ACacheThatAnotherProcessLeavesKeepsWhatIsStoredInIt) {
  const auto server = gold_server();
  const TempFolder folder;
  const Words small = run_words(*server, "small", {"--cache", "c.sqlite", "--limit", "1"});
  ASSERT_EQ(star_eval(small, {folder.path(), {}}).exit_code, 0);  // makes the cache
  server->hold_after(11);
  Program run(run_words(*server, "run", {"--cache", "c.sqlite"}), {folder.path(), {}});
  ASSERT_TRUE(server->wait_for_requests(15));
  EXPECT_EQ(star_eval({"cache", "stats", "--cache", "c.sqlite"}, {folder.path(), {}}).exit_code, 0);
  EXPECT_TRUE(file_exists(folder / "c.sqlite-wal")) << "the log was deleted under the run";
  server->release();
  EXPECT_EQ(run.wait().exit_code, 0);
  const ProgramResult verify =
      star_eval({"cache", "verify", "--cache", "c.sqlite"}, {folder.path(), {}});
  EXPECT_EQ(verify.out, "c.sqlite: 50 replies, all sound\n");
}

TEST(Kills, TwoShardsThatWereKilledMergeToTheUnbrokenWhole) {
  const auto server = gold_server();
  const RunFiles unbroken = unbroken_result(*server);
  const TempFolder folder;
  const std::size_t before = server->requests().size();
  for (const char* shard : {"1/2", "2/2"}) {
    const Words words = run_words(*server, std::string("part") + shard[0], {"--shard", shard});
    ASSERT_NO_FATAL_FAILURE(kill_after(*server, 6, words, folder));
    const ProgramResult again = star_eval(words, {folder.path(), {}});
    ASSERT_EQ(again.exit_code, 0) << again.err;
  }
  EXPECT_EQ(server->requests().size() - before, kSamples + 2 * kUnderWay);
  const ProgramResult merged =
      star_eval({"merge", "part1", "part2", "--out", "run"}, {folder.path(), {}});
  ASSERT_EQ(merged.exit_code, 0) << merged.err;
  EXPECT_EQ(result_in(folder, "run"), unbroken);
}

// What happens to the files of a folder, in their order.
class FolderWatch {
 public:
  explicit FolderWatch(const std::filesystem::path& folder) : fd_(::inotify_init1(IN_CLOEXEC)) {
    EXPECT_GE(::inotify_add_watch(fd_, folder.c_str(), IN_CREATE | IN_MODIFY | IN_MOVED_TO), 0);
  }
  ~FolderWatch() { ::close(fd_); }
  FolderWatch(const FolderWatch&) = delete;
  FolderWatch& operator=(const FolderWatch&) = delete;

  // Block until this has happened to a file whose name begins so. False after 30 s without events.
  [[nodiscard]] bool wait_for(std::uint32_t what, const std::string& name) const {
    alignas(inotify_event) std::array<char, 4096> buffer{};
    for (pollfd watched{fd_, POLLIN, 0}; ::poll(&watched, 1, 30'000) > 0;) {
      const ssize_t got = ::read(fd_, buffer.data(), buffer.size());
      for (ssize_t at = 0; at < got;) {
        inotify_event event{};
        std::memcpy(&event, buffer.data() + at, sizeof event);
        const std::string file(buffer.data() + at + sizeof event);
        if ((event.mask & what) != 0 && file.starts_with(name)) return true;
        at += static_cast<ssize_t>(sizeof event + event.len);
      }
    }
    return false;
  }

 private:
  int fd_;
};

struct Moment {
  std::string name;
  std::uint32_t what;
  std::string file;
  std::size_t under_way = 0;  // requests whose reply may not be in the journal yet
};

void PrintTo(const Moment& moment, std::ostream* out) { *out << moment.name; }

class KillsAtTheEnd : public ::testing::TestWithParam<Moment> {};

TEST_P(KillsAtTheEnd, LeaveAWholeFileOrNoneAndTheSameCommandMakesIt) {
  const auto server = gold_server();
  const RunFiles unbroken = unbroken_result(*server);
  const TempFolder folder;
  const std::size_t before = server->requests().size();
  server->hold_after(before + kSamples - kUnderWay);
  Program victim(run_words(*server, "run"), {folder.path(), {}});
  ASSERT_TRUE(server->wait_for_requests(before + kSamples));
  const FolderWatch watch(folder / "run");
  server->release();
  ASSERT_TRUE(watch.wait_for(GetParam().what, GetParam().file));
  victim.send_signal(SIGKILL);
  (void)victim.wait();
  if (file_exists(folder / "run/summary.json")) {
    EXPECT_EQ(read_file(folder / "run/summary.json").value(), unbroken.summary);
  }
  if (file_exists(folder / "run/scores.jsonl")) {
    EXPECT_EQ(read_file(folder / "run/scores.jsonl").value(), unbroken.scores);
  }
  const ProgramResult again = star_eval(run_words(*server, "run"), {folder.path(), {}});
  ASSERT_EQ(again.exit_code, 0) << again.err;
  EXPECT_LE(server->requests().size() - before, kSamples + GetParam().under_way);
  EXPECT_EQ(result_in(folder, "run"), unbroken);
}

INSTANTIATE_TEST_SUITE_P(
    Each, KillsAtTheEnd,
    ::testing::Values(Moment{"TheLastReply", IN_MODIFY, "replies.jsonl", kUnderWay - 1},
                      Moment{"ScoresBegun", IN_CREATE, "scores.jsonl."},
                      Moment{"SummaryBegun", IN_CREATE, "summary.json."},
                      Moment{"SummaryWrittenNotYetNamed", IN_MODIFY, "summary.json."},
                      Moment{"SummaryNamed", IN_MOVED_TO, "summary.json"}),
    [](const auto& about) { return about.param.name; });

}  // namespace
}  // namespace stareval
