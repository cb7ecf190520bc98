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

TEST(AnswerForm, is_read_and_written) {
  for (const AnswerForm form : {AnswerForm::choice, AnswerForm::ranking, AnswerForm::open})
    EXPECT_EQ(*parse_answer_form(to_string(form)), form);
  EXPECT_EQ(parse_answer_form("essay").error().message,
            "--answer-form: expected choice, ranking or open, found \"essay\"");
}

TEST(AnswerForm, is_there_to_choose_for_completion_alone) {
  for (const char* task : {"ER", "RR", "m3str-complete-entity", "somebody's own"})
    EXPECT_TRUE(has_answer_forms(task)) << task;
  for (const char* task : {"EC", "RC", "IC", "TC", "SD", "ED", "m3str-detect-any"})
    EXPECT_FALSE(has_answer_forms(task)) << task;
}

}  // namespace
}  // namespace stareval
