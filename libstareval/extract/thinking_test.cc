// By hand: which texts hold a tag that parts thinking from answers.
#include "libstareval/extract/thinking.h"

#include <gtest/gtest.h>

namespace stareval::extract {
namespace {

TEST(HasReplyTags, FindsEveryTagOfAReply) {
  for (const char* text : {"<think>", "a </think> b", "<THINKING>", "</thought>", "<reasoning>",
                           "<answer>", "</Answer>", "<answer type='x'>", "x < y <think >"})
    EXPECT_TRUE(has_reply_tags(text)) << text;
}

TEST(HasReplyTags, LeavesOtherTextAlone) {
  for (const char* text : {"", "<", "</", "< answer", "<image>", "think>", "a < b, the answer",
                           "<thinker>", "<an answer>"})
    EXPECT_FALSE(has_reply_tags(text)) << text;
}

TEST(WithoutThinking, KeepsPlacesAndBlanksTheThinking) {
  EXPECT_EQ(without_thinking("a<think>b</think>c"), "a" + std::string(16, '\n') + "c");
  EXPECT_EQ(without_thinking("a</think>c"), std::string(9, '\n') + "c");
  EXPECT_EQ(without_thinking("a<think>b"), "a" + std::string(8, '\n'));
}

TEST(WithoutReplyTags, BlanksTheTagsAndKeepsWhatStandsBetween) {
  EXPECT_EQ(without_reply_tags("a<think>b</think>"),
            "a" + std::string(7, '\n') + "b" + std::string(8, '\n'));
  EXPECT_EQ(without_reply_tags("<answer type='x'>7"), std::string(17, '\n') + "7");
  EXPECT_EQ(without_reply_tags("1 < 2 > 0 <b>x</b>"), "1 < 2 > 0 <b>x</b>");
  EXPECT_EQ(without_reply_tags("<answer is not\nclosed> <answer"),
            "<answer is not\nclosed> <answer");
}

}  // namespace
}  // namespace stareval::extract
