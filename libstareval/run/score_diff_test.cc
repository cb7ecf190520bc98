#include "libstareval/run/score_diff.h"

#include <gtest/gtest.h>

#include "tests/support/errors.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

Sample sample_named(const std::string& id) {
  Sample sample;
  sample.id = id;
  sample.task = "EC";
  return sample;
}

Score read_as(const std::string& answer, const std::string& rule) {
  Score score;
  score.outcome = answer.empty() ? Outcome::unparsed : Outcome::answered;
  score.answer = answer;
  score.rule = rule;
  if (!answer.empty()) score.values = {{"accuracy", 1.0}, {"error", 0.0}};
  return score;
}

constexpr const char* kThen =
    R"({"sample":"a","task":"EC","repeat":0,"outcome":"answered","answer":"7","rule":"bare","span":[0,1],"values":{"accuracy":1E0,"error":0E0}}
{"sample":"b","task":"EC","repeat":0,"outcome":"answered","answer":"3","rule":"single","values":{"accuracy":0E0}}
{"sample":"c","task":"EC","repeat":0,"outcome":"unparsed","answer":"","rule":"","values":{}}
{"sample":"gone","task":"EC","repeat":0,"outcome":"skipped","answer":"","rule":"","values":{}}
)";

TEST(ScoreDiff, ListsWhatIsReadInAnotherWay) {
  const testing::TempFolder folder;
  testing::write_bytes(folder / "scores.jsonl", kThen);
  const auto then = read_scores(folder.path());
  ASSERT_TRUE(then.has_value()) << testing::error_text(then);
  const std::vector<Sample> samples{sample_named("a"), sample_named("b"), sample_named("c"),
                                    sample_named("new")};
  const std::vector<Scored> now{{&samples[0], 0, read_as("7", "statement")},
                                {&samples[1], 0, read_as("", "")},
                                {&samples[2], 0, read_as("", "")},
                                {&samples[3], 0, read_as("1", "bare")}};
  const ScoreDiff diff = diff_scores(*then, now);
  EXPECT_EQ(diff.compared, 3U);
  EXPECT_EQ(diff.other_rule, 1U);
  EXPECT_EQ(diff.only_then, 1U);
  EXPECT_EQ(diff.only_now, 1U);
  ASSERT_EQ(diff.flips.size(), 1U);
  EXPECT_EQ(diff.flips[0].then.answer, "3");
  EXPECT_EQ(diff.flips[0].then.headline, 0.0);
  EXPECT_EQ(diff.flips[0].now.outcome, Outcome::unparsed);
  EXPECT_EQ(diff.flips[0].now.headline, std::nullopt);
}

TEST(ScoreDiff, SaysWhichLineIsWrong) {
  const testing::TempFolder folder;
  testing::write_bytes(folder / "s", "{\"sample\":\"a\",\"task\":\"EC\",\"repeat\":0}\n");
  const auto read = read_scores(folder / "s");
  EXPECT_EQ(testing::error_code(read), ErrorCode::bad_data);
  EXPECT_NE(testing::error_text(read).find("s:1: field \"outcome\""), std::string::npos);
  EXPECT_EQ(testing::error_code(read_scores(folder / "none")), ErrorCode::io);
}

}  // namespace
}  // namespace stareval
