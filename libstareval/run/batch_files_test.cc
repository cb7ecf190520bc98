// Parts within both limits, and runs whose files somebody else runs. By hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libstareval/run/batch_ledger_internal.h"
#include "tests/support/batch_fixture.h"

namespace stareval {
namespace {

using testing::answer_line;
using testing::BatchFixture;
using ::testing::ElementsAre;
using testing::error_code;
using testing::error_text;
using testing::FakeBatchApi;
using ::testing::HasSubstr;
using testing::read_bytes;

class BatchFiles : public BatchFixture {
 protected:
  void SetUp() override { options_.files = true; }

  [[nodiscard]] std::size_t lines(const std::string& name) const {
    const std::string text = read_bytes(file(name));
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  }

  // What an offline runner makes of a part: an answer for each item from `from` to `to`.
  void write_output(const std::string& part, std::size_t from, std::size_t to) const {
    std::string text;
    for (std::size_t i = from; i <= to; ++i)
      text += answer_line(batch_custom_id(plan_->key(plan_->items()[i])), "4");
    write_file_atomic(file(part + ".out.jsonl"), text).value();
  }
};

TEST_F(BatchFiles, PartsHaveAtMostSoManyLines) {
  options_.most_lines = 2;
  ASSERT_TRUE(run()->waiting);
  EXPECT_EQ(lines("part-0001.jsonl"), 2U);
  EXPECT_EQ(lines("part-0002.jsonl"), 2U);
  EXPECT_EQ(lines("part-0003.jsonl"), 1U);
  EXPECT_EQ(lines("part-0003.ids"), 1U);
  EXPECT_FALSE(file_exists(file("part-0004.jsonl")));
}

TEST_F(BatchFiles, PartsHaveAtMostSoManyBytes) {
  const Request request = plan_->request(plan_->items()[0]);
  const std::uint64_t line =
      FakeBatchApi(vendor_).line(batch_custom_id(key_of(request)), request).value().size();
  options_.most_bytes = 3 * line;  // all lines have one size
  ASSERT_TRUE(run()->waiting);
  EXPECT_EQ(std::filesystem::file_size(file("part-0001.jsonl")), 3 * line);
  EXPECT_EQ(std::filesystem::file_size(file("part-0002.jsonl")), 2 * line);
  run_ = folder_ / "one-less";
  options_.most_bytes = 3 * line - 1;
  ASSERT_TRUE(run()->waiting);
  EXPECT_EQ(std::filesystem::file_size(file("part-0001.jsonl")), 2 * line);
  run_ = folder_ / "none";
  options_.most_bytes = line - 1;
  EXPECT_EQ(run()->progress.failed, 5U);
  EXPECT_THAT(results(), HasSubstr(fmt::format("the request takes {} bytes; a file of a batch may "
                                               "have {}",
                                               line, line - 1)));
}

TEST_F(BatchFiles, APictureThatCannotBeReadIsAFailureOfItsSample) {
  FakeBatchApi api(vendor_);
  api.unreadable = "s1";
  ASSERT_TRUE(run(api)->waiting);
  EXPECT_EQ(lines("part-0001.jsonl"), 4U);
  EXPECT_THAT(results(), HasSubstr("s1#0 api_error picture gone\n"));
}

TEST_F(BatchFiles, TellsWhatToRunReadsItBackAndWritesWhatIsMissing) {
  options_.most_lines = 3;
  const auto written = run();
  ASSERT_EQ(error_text(written), "(no error)");
  const std::string folder = batch_folder(run_).string();
  EXPECT_THAT(written->notes, ElementsAre("to be run, for example by vLLM:",
                                          fmt::format("  vllm run-batch -i {0}/part-0001.jsonl -o "
                                                      "{0}/part-0001.out.jsonl --model m",
                                                      folder),
                                          fmt::format("  vllm run-batch -i {0}/part-0002.jsonl -o "
                                                      "{0}/part-0002.out.jsonl --model m",
                                                      folder),
                                          "then give the same command again"));

  write_output("part-0001", 0, 1);  // s2 is missing
  const auto half = run();
  EXPECT_TRUE(half->waiting);
  EXPECT_EQ(half->progress.done, 2U);
  EXPECT_EQ(half->notes.size(), 3U);  // one part is left

  write_output("part-0002", 3, 4);
  EXPECT_TRUE(run()->waiting);
  EXPECT_EQ(lines("part-0003.jsonl"), 1U);

  write_output("part-0003", 2, 2);
  const auto finished = run();
  EXPECT_FALSE(finished->waiting);
  EXPECT_EQ(finished->progress.done, 5U);
  EXPECT_EQ(finished->progress.failed, 0U);
  EXPECT_TRUE(file_exists(file("part-0001.jsonl")));  // the user's: left to them
}

TEST_F(BatchFiles, AFileThatIsStillWrittenIsAnErrorAndNothingIsLost) {
  ASSERT_TRUE(run()->waiting);
  write_output("part-0001", 0, 4);
  const std::string whole = read_bytes(file("part-0001.out.jsonl"));
  testing::write_bytes(file("part-0001.out.jsonl"), whole.substr(0, whole.size() - 10));
  const auto torn = run();
  EXPECT_EQ(error_code(torn), ErrorCode::bad_data);
  EXPECT_THAT(error_text(torn), HasSubstr("part-0001.out.jsonl:5: expected a line with"));
  testing::write_bytes(file("part-0001.out.jsonl"), whole);
  EXPECT_EQ(run()->progress.done, 5U);
  EXPECT_EQ(journal().size(), 5U);
}

}  // namespace
}  // namespace stareval
