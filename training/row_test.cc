// By hand: rows of each mode, tokens, faults. Property: on the shipped dataset, the assistant's
// turn of all eight tasks, scored by the protocol as a reply, gets full marks in both modes.
#include "training/row.h"

#include <gtest/gtest.h>

#include <set>

#include "libstareval/run/registry.h"
#include "protocols/protocols.h"
#include "tests/support/samples.h"

namespace stareval::training {
namespace {

std::unique_ptr<Protocol> protocol_for(const std::string& task, Mode mode) {
  Registry registry;
  register_protocols(registry);
  return registry.protocol_for_task(task, {.mode = mode}).value();
}

RowResult row_of(const Sample& sample, Mode mode) {
  return make_row(sample, *protocol_for(sample.task, mode), mode);
}

// One option, and the wrong answer, are written as a token is.
Sample token_sample() {
  Sample sample = testing::count_sample("a", "ER");
  sample.question = "Is it <image>, or <video>?";
  sample.choices = {"Spain", "<image>"};
  sample.gold = ChoiceGold{1};
  sample.change = {Change::Kind::mask_entity, 0, {}, false};
  sample.rationale = "<image> fits.";
  return sample;
}

TEST(Row, HoldsWhatTheProtocolAsks) {
  const Sample sample = testing::count_sample("a");
  const Row row = row_of(sample, Mode::direct).row;
  EXPECT_EQ(row.system, "");
  EXPECT_EQ(row.user, protocol_for("EC", Mode::direct)->prompt(sample).text);
  EXPECT_EQ(row.assistant, "4");
  EXPECT_EQ(row.solution, "4");
  EXPECT_FALSE(row.escaped);
}

TEST(Row, ThinksBeforeItAnswersInTheModeCot) {
  const Sample sample = testing::count_sample("a");
  const Row row = row_of(sample, Mode::cot).row;
  EXPECT_EQ(row.user, protocol_for("EC", Mode::cot)->prompt(sample).text);
  EXPECT_EQ(row.assistant, "<think>France, Paris, Spain and Madrid: 4.</think><answer>4</answer>");
  EXPECT_EQ(row.solution, "4");
}

TEST(Row, NeedsARationaleInTheModeCotAlone) {
  Sample sample = testing::count_sample("a");
  sample.rationale.clear();
  EXPECT_EQ(row_of(sample, Mode::cot).fault, RowFault::no_rationale);
  EXPECT_EQ(row_of(sample, Mode::direct).fault, RowFault::none);
}

TEST(Row, IsRefusedWhereTheRationaleHoldsTheTagsOfTheReply) {
  Sample sample = testing::count_sample("a");
  for (const char* rationale :
       {"It was <answer>5</answer> at first.", "No.</think>4", "a <Think> b"}) {
    sample.rationale = rationale;
    EXPECT_EQ(row_of(sample, Mode::cot).fault, RowFault::tags) << rationale;
    EXPECT_EQ(row_of(sample, Mode::direct).fault, RowFault::none) << rationale;
  }
}

TEST(Row, IsRefusedWhereTheGoldWouldNotBeRead) {
  Sample sample = testing::count_sample("a");
  sample.gold = ErrorGold{};  // of another task
  EXPECT_EQ(row_of(sample, Mode::direct).fault, RowFault::not_full_marks);
}

TEST(Row, RewritesTheTokensOfTrainersSoThatTheyCompareEqual) {
  for (const Mode mode : {Mode::direct, Mode::cot}) {
    const RowResult result = row_of(token_sample(), mode);
    EXPECT_EQ(result.fault, RowFault::none);
    EXPECT_TRUE(result.row.escaped);
    EXPECT_EQ(result.row.user.find("<image>"), std::string::npos);
    EXPECT_TRUE(result.row.user.starts_with("Is it ＜image＞, or ＜video＞?")) << result.row.user;
    EXPECT_NE(result.row.user.find("B. ＜image＞"), std::string::npos);
    EXPECT_EQ(result.row.assistant.find("<image>"), std::string::npos);
  }
}

TEST(Row, AnEntityNamedLikeATokenIsStillReadAsTheAnswer) {
  Sample sample = testing::count_sample("a", "ED");
  const Triple wrong{"France", "capital", "<image>"};
  sample.change = {Change::Kind::corrupt_triple, 0, wrong, false};
  sample.gold = ErrorGold{wrong};
  const RowResult result = row_of(sample, Mode::direct);
  EXPECT_EQ(result.row.assistant, "(France, capital, ＜image＞)");
  EXPECT_EQ(result.fault, RowFault::none);
}

TEST(EscapeTokens, LeavesOtherTextAlone) {
  for (const char* text : {"", "<", "<image", "image>", "< image >", "<IMAGE>",
                           "<answer>4</answer>", "<think>a</think>", "1 < 2 > 0"})
    EXPECT_EQ(escape_tokens(text), text);
  EXPECT_EQ(escape_tokens("a<image><image>b<<video>>"), "a＜image＞＜image＞b<＜video＞>");
}

class EachTask : public ::testing::TestWithParam<std::tuple<const char*, Mode>> {};

TEST_P(EachTask, GetsFullMarksForTheExportedReply) {
  const auto [task, mode] = GetParam();
  static const Dataset dataset =
      read_dataset(STAREVAL_TEST_SOURCE_DIR "/share/datasets/atlas", "test").value();
  const auto protocol = protocol_for(task, mode);
  std::size_t rows = 0;
  for (const Sample& sample : dataset.samples) {
    if (sample.task != task) continue;
    ++rows;
    const RowResult result = make_row(sample, *protocol, mode);
    ASSERT_EQ(result.fault, RowFault::none) << sample.id;
    const Score score = protocol->score(sample, answered_reply(result.row.assistant));
    EXPECT_EQ(score.outcome, Outcome::answered) << sample.id;
    EXPECT_EQ(headline_value(score), 1.0) << sample.id << "\n" << result.row.assistant;
    EXPECT_EQ(result.row.assistant.find(sample.rationale) != std::string::npos, mode == Mode::cot);
  }
  EXPECT_EQ(rows, 50U);
}

INSTANTIATE_TEST_SUITE_P(Star, EachTask,
                         ::testing::Combine(::testing::Values("EC", "RC", "IC", "TC", "SD", "ED",
                                                              "ER", "RR"),
                                            ::testing::Values(Mode::direct, Mode::cot)),
                         [](const auto& test) {
                           return std::string(std::get<0>(test.param)) + "_" +
                                  std::string(to_string(std::get<1>(test.param)));
                         });

}  // namespace
}  // namespace stareval::training
