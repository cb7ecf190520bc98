// By hand: which rule reads a count, and where. Replies with their labels: replies_test.cc.
#include "libstareval/extract/number.h"

#include <gtest/gtest.h>

namespace stareval {
namespace {

TEST(ExtractCount, SaysWhereAndByWhichRule) {
  const auto tagged = extract_count("so <answer> 7 </answer>");
  EXPECT_EQ(tagged.rule, "answer_tag");
  EXPECT_EQ(tagged.span, (Span{12, 13}));
  EXPECT_EQ(extract_count("\\boxed{7}").rule, "boxed");
  EXPECT_EQ(extract_count("The answer is 7.").rule, "statement");
  EXPECT_EQ(extract_count("7").rule, "bare");
  EXPECT_EQ(extract_count("I see 7 of them here.").rule, "single");
}

}  // namespace
}  // namespace stareval
