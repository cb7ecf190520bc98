// By hand: which replies decline to answer.
#include "libstareval/extract/refusal.h"

#include <gtest/gtest.h>

#include <string>

namespace stareval {
namespace {

TEST(IsRefusal, TellsRefusalsFromFailures) {
  EXPECT_TRUE(is_refusal("I'm sorry, but I can't help with that."));
  EXPECT_TRUE(is_refusal("I\xE2\x80\x99m sorry, but I can\xE2\x80\x99t assist with this request."));
  EXPECT_TRUE(is_refusal("I cannot view images."));
  EXPECT_TRUE(is_refusal("As an AI, I am unable to process this picture."));
  EXPECT_TRUE(is_refusal("<think>hm</think>I can't answer this."));
  EXPECT_TRUE(is_refusal("I can't do that."));
  EXPECT_FALSE(is_refusal("Taxi can't help here."));
  EXPECT_FALSE(is_refusal(""));
  EXPECT_FALSE(is_refusal("I cannot tell how many there are."));
  EXPECT_FALSE(is_refusal("The graph cannot help but show it."));
  EXPECT_FALSE(is_refusal("<think>I can't help with that."));
  EXPECT_FALSE(is_refusal("I can't see. " + std::string(1000, 'x')));
}

// What is not seen in the picture is an answer, if a poor one; the picture not seen is none.
TEST(IsRefusal, TellsAPictureThatIsNotSeenFromWhatIsNotSeenInIt) {
  for (const char* reply :
       {"I cannot see the image.", "I'm unable to view the picture.", "I can't see it.",
        "I cannot see any image attached.", "I can't access or view external images.",
        "I am not able to see the image in your message", "I cannot see the contents of the image.",
        "I'm unable to analyze images directly, so I cannot count.",
        "I cannot process this request.",
        "I can't see any error. In fact I can't see the picture."})
    EXPECT_TRUE(is_refusal(reply)) << reply;
  for (const char* reply :
       {"I can't see any error.", "I cannot see any wrong fact", "I can't see an image on any node",
        "I cannot see any pictures on the nodes.", "I can't see a picture for France.",
        "I can't see the image of any entity.", "I cannot see how many there are.",
        "I can't see any.", "I am unable to see a wrong arrow in the picture."})
    EXPECT_FALSE(is_refusal(reply)) << reply;
}

}  // namespace
}  // namespace stareval
