#include "libstareval/protocol/prompt.h"

#include <gtest/gtest.h>

namespace stareval {
namespace {

TEST(MakeTemplate, HoldsQuestionChoicesAndFormat) {
  EXPECT_EQ(make_template(Mode::direct, "one number", false),
            "{question}\n\nAnswer with one number, and nothing else.");
  EXPECT_EQ(make_template(Mode::cot, "a letter", true),
            "{question}\n\n{choices}\n\nThink step by step between <think> and </think>. Then "
            "answer between <answer> and </answer> with a letter, and nothing else.");
}

TEST(RenderPrompt, PutsInTheSampleAndExpandsNothingTwice) {
  Sample sample;
  sample.question = "What is {choices}?";
  sample.choices = {"France", "{question}"};
  EXPECT_EQ(render_prompt("{question}\n{choices}\n{other}", sample).text,
            "What is {choices}?\nA. France\nB. {question}\n{other}");
  EXPECT_EQ(render_prompt("{labels}.", sample).text, "- France\n- {question}.");
  EXPECT_EQ(render_prompt("", sample).text, "");
  EXPECT_EQ(render_prompt("x", sample).system, "");
}

TEST(SetPrompt, DigestsTheTemplate) {
  ProtocolInfo a, b;
  set_prompt(a, "{question} One.");
  set_prompt(b, "{question} Two.");
  EXPECT_EQ(a.prompt_template, "{question} One.");
  EXPECT_TRUE(a.prompt_digest.starts_with("sha256:"));
  EXPECT_NE(a.prompt_digest, b.prompt_digest);
}

TEST(ParseMode, KnowsBothAndRefusesOthers) {
  EXPECT_EQ(*parse_mode("cot"), Mode::cot);
  EXPECT_EQ(*parse_mode(to_string(Mode::direct)), Mode::direct);
  EXPECT_EQ(parse_mode("fast").error().code, ErrorCode::usage);
}

}  // namespace
}  // namespace stareval
