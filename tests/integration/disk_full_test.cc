// The disk of the run folder, or of the cache, is full: nothing that was paid for is lost, and the
// run goes on once there is room. The disk is a small tmpfs in a mount namespace of its own, which
// a child process makes; where the kernel lets no user make one, the tests are skipped.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>

#include "apps/star_mock_server/mock_server.h"
#include "libstareval/base/file.h"
#include "libstareval/data/dataset.h"
#include "tests/support/run_folder.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using ::testing::HasSubstr;
using testing::TempFolder;

constexpr int kNoNamespace = 77;
constexpr std::size_t kReply_bytes = 20'000;

// Each reply is the gold, and so many bytes of nothing.
std::unique_ptr<MockServer> server_of_long_replies() {
  const Dataset atlas =
      read_dataset(STAREVAL_TEST_SOURCE_DIR "/share/datasets/atlas", "test").value();
  MockScript script;
  script.answers = gold_answers(atlas);
  for (auto& [sample, text] : script.answers) text += std::string(kReply_bytes, ' ');
  return MockServer::start(std::move(script)).value();
}

class DiskFull : public ::testing::Test {
 protected:
  // Run a script of sh with a tmpfs of so many KiB at $DISK, $OUT outside of it, and `run N ARG...`
  // for star-eval: its exit code goes to $OUT/codeN, its outputs to $OUT/outN and $OUT/errN.
  void run_with_disk(int kib, const std::string& script) {
    testing::write_bytes(
        folder_ / "script.sh",
        fmt::format(R"(
mount -t tmpfs -o size={}k none "$DISK" || exit {}
touch "$OUT/begun"
run() {{
  n=$1; shift
  "{}" --backend openai --base-url "{}" --quiet "$@" > "$OUT/out$n" 2> "$OUT/err$n" && code=0 || code=$?
  echo $code > "$OUT/code$n"
}}
set -e
{}
)",
                    kib, kNoNamespace, STAREVAL_TEST_PROGRAM, server_->base_url(), script));
    std::filesystem::create_directories(folder_ / "disk");
    std::filesystem::create_directories(folder_ / "out");
    const std::string command = fmt::format(
        "DISK={0}/disk OUT={0}/out STAREVAL_DATA={1}/share unshare -Urm sh {0}/script.sh 2>&1",
        folder_.path().string(), STAREVAL_TEST_SOURCE_DIR);
    const int status = std::system(command.c_str());
    ASSERT_TRUE(WIFEXITED(status));
    // unshare(1) itself ends with 1 where it is refused.
    if (WEXITSTATUS(status) == kNoNamespace || (WEXITSTATUS(status) == 1 && !has_begun()))
      GTEST_SKIP() << "no user may mount a tmpfs here";
    ASSERT_EQ(WEXITSTATUS(status), 0);
  }

  [[nodiscard]] bool has_begun() const { return file_exists(folder_ / "out/begun"); }

  [[nodiscard]] std::string out(const std::string& name) const {
    return testing::read_bytes(folder_ / "out" / name);
  }

  [[nodiscard]] std::size_t journal_lines(const std::string& name) const {
    return testing::whole_lines(out(name)).size();
  }

  const std::unique_ptr<MockServer> server_ = server_of_long_replies();
  const TempFolder folder_;
};

TEST_F(DiskFull, EachReplyThatWasSentIsKeptAndTheSameCommandGoesOn) {
  const std::string words = "--task RC --repeat 4 --concurrency 16";
  run_with_disk(6 * 1024, fmt::format(R"(
run 0 {0} --out "$OUT/unbroken"
cd "$DISK"
head -c 3000000 /dev/zero > filler
run 1 {0} --out run
cp run/replies.jsonl "$OUT/replies1"
rm filler
run 2 {0} --out run
cp run/summary.json run/scores.jsonl run/replies.jsonl "$OUT"
)",
                                      words));
  if (IsSkipped()) return;
  ASSERT_EQ(out("code0"), "0\n") << out("err0");
  EXPECT_EQ(out("code1"), "3\n");
  EXPECT_THAT(out("err1"), HasSubstr("No space left on device"));
  EXPECT_THAT(out("err1"), HasSubstr("all replies so far are kept: mend this, and give the same "
                                     "command again"));
  EXPECT_EQ(out("code2"), "0\n") << out("err2");
  // 200 of the unbroken run, then all that were answered, each once.
  EXPECT_EQ(server_->requests().size(), 400U);
  EXPECT_GT(journal_lines("replies1"), 16U);
  EXPECT_LT(journal_lines("replies1"), 200U);
  EXPECT_EQ(journal_lines("replies.jsonl"), 200U);
  EXPECT_EQ(out("summary.json"), out("unbroken/summary.json"));
  EXPECT_EQ(out("scores.jsonl"), out("unbroken/scores.jsonl"));
}

// What was set aside for replies must not be what is missing for the scores.
TEST_F(DiskFull, TheRoomThatWasSetAsideIsThereForTheScores) {
  run_with_disk(6 * 1024, R"(
cd "$DISK"
head -c $((2008 * 1024)) /dev/zero > filler
run 1 --task EC --limit 20 --concurrency 1 --out run
cp run/summary.json "$OUT"
)");
  if (IsSkipped()) return;
  EXPECT_EQ(out("code1"), "0\n") << out("err1");
  EXPECT_NE(out("summary.json"), "");
}

TEST_F(DiskFull, ACacheOnAFullDiskDoesNotEndTheRun) {
  run_with_disk(512, R"(
run 1 --task RC --cache "$DISK/c.sqlite" --out "$OUT/run"
)");
  if (IsSkipped()) return;
  EXPECT_EQ(out("code1"), "0\n");
  EXPECT_THAT(out("err1"), HasSubstr("cache"));
  EXPECT_THAT(out("err1"), HasSubstr("full"));
  EXPECT_EQ(journal_lines("run/replies.jsonl"), 50U);
  EXPECT_EQ(server_->requests().size(), 50U);
}

}  // namespace
}  // namespace stareval
