// --batch and --batch-poll, and the line that shows progress. By hand.
#include "apps/star_eval/batch_option.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apps/star_eval/cache_option.h"
#include "apps/star_eval/command.h"
#include "apps/star_eval/runner_options.h"

namespace stareval::app {
namespace {

using ::testing::HasSubstr;

Result<std::optional<BatchOptions>> read(const Arguments& arguments) {
  OptionParser parser("usage", "");
  add_runner_options(parser);
  add_cache_option(parser);
  add_batch_option(parser);
  STAREVAL_CHECK(parser.parse(arguments));
  return read_batch_option(parser);
}

std::string refusal(const Arguments& arguments) {
  const auto options = read(arguments);
  return options.has_error() ? options.error().message : "";
}

TEST(BatchOption, ReadsKindAndPoll) {
  EXPECT_FALSE(read({}).value().has_value());
  EXPECT_FALSE(read({"--batch", "api"}).value()->files);
  EXPECT_TRUE(read({"--batch", "files"}).value()->files);
  const auto fast = read({"--batch", "api", "--batch-poll", "0.25"}).value();
  EXPECT_EQ(fast->longest_poll, std::chrono::milliseconds(250));
  EXPECT_EQ(fast->first_poll, std::chrono::milliseconds(250));
  const auto slow = read({"--batch", "api", "--batch-poll", "300"}).value();
  EXPECT_EQ(slow->longest_poll, std::chrono::minutes(5));
  EXPECT_EQ(slow->first_poll, std::chrono::seconds(1));
}

TEST(BatchOption, RefusesWhatHasNoMeaning) {
  EXPECT_EQ(refusal({"--batch", "soon"}), "--batch: expected api or files, found \"soon\"");
  EXPECT_THAT(refusal({"--batch-poll", "3"}), HasSubstr("it goes with --batch api"));
  for (const char* seconds : {"0", "-1", "x", "nan", "1e9", ""})
    EXPECT_THAT(refusal({"--batch", "api", "--batch-poll", seconds}), HasSubstr("--batch-poll"))
        << seconds;
  EXPECT_THAT(refusal({"--batch", "api", "--rpm", "5"}), HasSubstr("--rpm: it has no meaning"));
  EXPECT_THAT(refusal({"--batch", "api", "--cache", "on"}), HasSubstr("--cache"));
  EXPECT_EQ(refusal({"--batch", "api", "--cache", "off"}), "");
}

TEST(BatchOption, ProgressSaysStateAndCounts) {
  BatchProgress progress;
  progress.run.done = 7;
  progress.run.total = 400;
  progress.round = 2;
  progress.parts = 3;
  progress.parts_done = 1;
  progress.word = "in_progress";
  progress.answered = 120;
  EXPECT_EQ(batch_progress_text(progress),
            "7/400  round 2: 1/3 parts done, in_progress, 120 answered");
  progress.failed = 3;
  EXPECT_EQ(batch_progress_text(progress),
            "7/400  round 2: 1/3 parts done, in_progress, 120 answered, 3 failed");
}

}  // namespace
}  // namespace stareval::app
