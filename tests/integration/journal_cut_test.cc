// A journal cut at every byte, as by a crash, and with every byte of a line in its middle damaged,
// as by a disk. Properties: the first goes on to the summary of the unbroken run and asks only for
// what has no whole line; the second is reported with its line number, and nothing is written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <optional>

#include "libstareval/base/file.h"
#include "libstareval/data/dataset.h"
#include "libstareval/run/evaluation.h"
#include "libstareval/run/scoring.h"
#include "libstareval/tasks/task.h"
#include "stareval/stareval.h"
#include "tests/support/run_folder.h"
#include "tests/support/scripted_backend.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using ::testing::HasSubstr;
using testing::ImmediateBackend;
using testing::TempFolder;

constexpr std::size_t kSamples = 5;

// Temporary folders in memory where the system has such a place: to wait for a disk 2,000 times
// proves nothing more.
class InMemory {
 public:
  InMemory() {
    if (const char* set = std::getenv("TMPDIR")) before_ = set;
    if (file_exists("/dev/shm")) ::setenv("TMPDIR", "/dev/shm", 1);
  }
  ~InMemory() {
    if (before_) ::setenv("TMPDIR", before_->c_str(), 1);
    else ::unsetenv("TMPDIR");
  }
  InMemory(const InMemory&) = delete;
  InMemory& operator=(const InMemory&) = delete;

 private:
  std::optional<std::string> before_;
};

class CutJournal : public ::testing::Test {
 protected:
  CutJournal() {
    evaluation_.plan.tasks = {"RC"};
    evaluation_.plan.limit = kSamples;
    evaluation_.runner.concurrency = 1;
    evaluation_.keep = true;
    evaluation_.folder = folder_ / "run";
    ImmediateBackend backend = gold_backend();
    EXPECT_TRUE(evaluate(registry_, dataset_, backend, evaluation_).has_value());
    journal_ = testing::read_bytes(path_);
    summary_ = testing::read_bytes(folder_ / "run/summary.json");
    scores_ = testing::read_bytes(folder_ / "run/scores.jsonl");
    EXPECT_EQ(testing::whole_lines(journal_).size(), kSamples);
  }

  // Every other sample is answered wrongly, so that a mix-up would show in the scores.
  [[nodiscard]] ImmediateBackend gold_backend() const {
    return ImmediateBackend([this](const Request& request, int) {
      for (std::size_t i = 0; i < dataset_.samples.size(); ++i)
        if (dataset_.samples[i].id == request.sample_id)
          return answered_reply(i % 2 == 0 ? gold_answer(dataset_.samples[i]) : "77");
      return failed_reply(Failure::permanent, "not asked for");
    });
  }

  // Where each line of the journal begins, and where the last one ends.
  [[nodiscard]] std::vector<std::size_t> line_bounds() const {
    std::vector<std::size_t> bounds{0};
    for (std::size_t i = 0; i < journal_.size(); ++i)
      if (journal_[i] == '\n') bounds.push_back(i + 1);
    return bounds;
  }

  const Registry registry_ = make_registry();
  const Dataset dataset_ =
      read_dataset(STAREVAL_TEST_SOURCE_DIR "/share/datasets/atlas", "test").value();
  const InMemory in_memory_;
  const TempFolder folder_;
  const std::filesystem::path path_ = folder_ / "run/replies.jsonl";
  Evaluation evaluation_;
  std::string journal_, summary_, scores_;
};

// By the parts of an evaluation, without the files that it writes at its end: those wait for the
// disk, 2,000 times.
TEST_F(CutJournal, AtEveryByteGoesOnToTheSameSummary) {
  const Plan plan = Plan::make(registry_, dataset_, evaluation_.plan).value();
  const Manifest manifest = read_manifest(folder_ / "run").value();
  for (std::size_t cut = 0; cut <= journal_.size(); ++cut) {
    SCOPED_TRACE(cut);
    const std::string kept = journal_.substr(0, cut);
    testing::write_bytes(path_, kept);
    Journal journal = Journal::open(path_).value();
    ImmediateBackend backend = gold_backend();
    ASSERT_TRUE(run_plan(plan, backend, journal, evaluation_.runner).has_value());
    ASSERT_EQ(backend.order().size(), kSamples - testing::whole_lines(kept).size());
    const ScoredRun scored = score_run(plan, manifest, journal).value();
    ASSERT_EQ(scored.summary_json(), summary_);
    ASSERT_EQ(scored.scores_jsonl(), scores_);
    ASSERT_EQ(testing::whole_lines(testing::read_bytes(path_)).size(), kSamples);
  }
}

TEST_F(CutJournal, AtEachLineGoesOnAsAWholeEvaluation) {
  for (const std::size_t bound : line_bounds()) {
    SCOPED_TRACE(bound);
    testing::write_bytes(path_, journal_.substr(0, bound + (bound < journal_.size() ? 9 : 0)));
    std::filesystem::remove(folder_ / "run/summary.json");
    ImmediateBackend backend = gold_backend();
    ASSERT_TRUE(evaluate(registry_, dataset_, backend, evaluation_).has_value());
    EXPECT_EQ(testing::read_bytes(folder_ / "run/summary.json"), summary_);
    EXPECT_EQ(testing::read_bytes(folder_ / "run/scores.jsonl"), scores_);
  }
}

// The lowest bit often leaves a line of JSON, with another answer in it: the sum of the line tells.
// A flip within the name of the sum leaves a line without one, whose text is whole.
TEST_F(CutJournal, AFlippedBitIsReportedOrChangesNothing) {
  const std::vector<std::size_t> bounds = line_bounds();
  const Plan plan = Plan::make(registry_, dataset_, evaluation_.plan).value();
  const Manifest manifest = read_manifest(folder_ / "run").value();
  std::size_t unnoticed = 0;
  for (std::size_t at = bounds[2]; at + 1 < bounds[3]; ++at) {
    SCOPED_TRACE(at);
    std::string damaged = journal_;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x01);
    testing::write_bytes(path_, damaged);
    const auto journal = Journal::open_for_reading(path_);
    if (journal.has_error()) {
      EXPECT_THAT(journal.error().message, HasSubstr(path_.string() + ":3"));
      continue;
    }
    ++unnoticed;
    ASSERT_EQ(score_run(plan, manifest, *journal)->summary_json(), summary_);
  }
  EXPECT_LE(unnoticed, std::string_view(R"(,"sum":")").size());
}

// The high bit: a byte that no text in UTF-8 has beside ASCII.
TEST_F(CutJournal, ADamagedByteInTheMiddleIsReportedWithItsLineAndNothingIsWritten) {
  const std::vector<std::size_t> bounds = line_bounds();
  ImmediateBackend backend = gold_backend();
  for (std::size_t at = bounds[2]; at < bounds[3]; ++at) {
    SCOPED_TRACE(at);
    std::string damaged = journal_;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x80);
    testing::write_bytes(path_, damaged);
    const auto result = evaluate(registry_, dataset_, backend, evaluation_);
    ASSERT_TRUE(result.has_error());
    EXPECT_EQ(result.error().code, ErrorCode::bad_data);
    EXPECT_THAT(result.error().message, HasSubstr(path_.string() + ":3"));
    ASSERT_EQ(testing::read_bytes(path_), damaged);
  }
  EXPECT_TRUE(backend.order().empty());
  EXPECT_EQ(testing::read_bytes(folder_ / "run/summary.json"), summary_);
}

}  // namespace
}  // namespace stareval
