// Every row of the tables was labelled by hand: what a careful person would take the reply to say,
// "-" where it gives no count, "?" where it is unclear which.
#include "libstareval/extract/number.h"

#include <gtest/gtest.h>

#include <string>

#include "libstareval/extract/table_internal.h"

namespace stareval {
namespace {

using extract::kUnclear;
using extract::kUnread;
using extract::LabelledReply;

void expect_counts(std::span<const LabelledReply> table) {
  extract::expect_table(table, extract_count, [](std::int64_t v) { return std::to_string(v); });
}

TEST(ExtractCount, ReadsPlainAnswers) {
  constexpr LabelledReply kTable[] = {
      {"7", "7"},
      {"  7\n", "7"},
      {"7.", "7"},
      {"**7**", "7"},
      {"`7`", "7"},
      {"(7)", "7"},
      {"\xE2\x80\x9C"
       "7\xE2\x80\x9D",
       "7"},
      {"7 entities", "7"},
      {"7 different entities in total.", "7"},
      {"0", "0"},
      {"007", "7"},
      {"1,234", "1234"},
      {"1,234,567 triples", "1234567"},
      {"3.0", "3"},
      {"about 7", "7"},
      {"~7", "7"},
      {"\xE2\x89\x88 7", "7"},
      {"Approximately 12 nodes.", "12"},
      {"seven", "7"},
      {"Seven entities.", "7"},
      {"twenty-one", "21"},
      {"twenty one relations", "21"},
      {"one hundred and five", "105"},
      {"two thousand three hundred and forty-five", "2345"},
      {"zero", "0"},
      {"one", "1"},
      {"7 (seven)", "7"},
      {"There are 7 entities.", "7"},
      {"There are 7 relations between the entities.", "7"},
      {"The graph shows exactly seven nodes.", "7"},
      {"$7$", "7"},
      {"#7", "7"},
      {"<|begin_of_box|>7<|end_of_box|>", "7"},
      {"-> 7", "7"},
      {"\\(7\\)", "7"},
      {"\xE5\x85\xB1"
       "7\xE4\xB8\xAA",
       "7"},
      {"- 7 entities", "7"},
      {"The number of triples is 12", "12"},
      {"How many entities are there? There are 7.", "7"},
      {"This is one graph; it has exactly one entity.", "1"},
  };
  expect_counts(kTable);
}

// PITFALLS 18: of several boxes that differ, none is picked, nor the one that happens to be a
// count.
TEST(ExtractCount, FlagsBoxesAndTagsThatCannotAllBeRead) {
  constexpr LabelledReply kTable[] = {
      {"\\boxed{31.8} then \\boxed{7}", kUnclear},
      {"\\boxed{7} then \\boxed{31.8}", kUnclear},
      {"\\boxed{x} and \\boxed{7}", kUnclear},
      {"<answer>many</answer> <answer>7</answer>", kUnclear},
      {"<answer>7</answer> or <answer>-7</answer>", kUnclear},
      {"<answer>\\boxed{31.8} \\boxed{7}</answer>", kUnclear},
      {"\\boxed{} then \\boxed{7}", "7"},
      {"\\boxed{...} then \\boxed{7}", "7"},
      {"<answer> </answer><answer>7</answer>", "7"},
      {"<answer>\xE2\x80\xA6</answer><answer>7</answer>", "7"},
      {"It stands between <answer> and </answer>. <answer>7</answer>", "7"},
  };
  expect_counts(kTable);
}

TEST(ExtractCount, ReadsTagsBoxesAndStatements) {
  constexpr LabelledReply kTable[] = {
      {"<answer>7</answer>", "7"},
      {"<answer> 7 entities </answer>", "7"},
      {"<ANSWER>7</ANSWER>", "7"},
      {"I counted 3, then 4. <answer>7</answer>", "7"},
      {"<answer>6</answer> No. <answer>7</answer>", kUnclear},
      {"<answer>7</answer> as said <answer>7</answer>", "7"},
      {"<answer>...</answer> is the format. <answer>7</answer>", "7"},
      {"<answer></answer> There are 7.", kUnread},
      {"<answer>7", "7"},
      {"<answer>The answer is 7</answer>", "7"},
      {"<answer>\\boxed{7}</answer>", "7"},
      {"\\boxed{7}", "7"},
      {"So 3 + 4 gives \\boxed{7}.", "7"},
      {"\\boxed{\\text{7}}", "7"},
      {"\\boxed{ 7 \\text{ entities}}", "7"},
      {"\\boxed{7} and again $\\boxed{7}$", "7"},
      {"\\boxed{31} and \\boxed{22}", kUnclear},
      {"\\boxed{\\boxed{7}}", "7"},
      {"\\boxed{7", "7"},
      {"The answer is 7.", "7"},
      {"The answer is: 7", "7"},
      {"Answer: 7", "7"},
      {"**Answer:** 7", "7"},
      {"Answer:\n\n7", "7"},
      {"answer = 7", "7"},
      {"I see 3 on the left and 4 on the right. The answer is 7.", "7"},
      {"The answer to the question is 7, as 3 and 4 make that.", "7"},
      {"The answer should be seven.", "7"},
      {"The answer would be about 7 entities, because I saw 3 and 4.", "7"},
      {"Answer: 5. Final answer: 6", "6"},
      {"Answer: 5. Answer: 6", kUnclear},
      {"The answer is 7. Wait, I missed one. It is 8.", kUnclear},
      {"The answer is 7. Actually, let me see. The answer is 7.", "7"},
      {"Whether the answer is 7 I cannot tell.", kUnclear},
      {"If the answer is 7, I win.", kUnclear},
  };
  expect_counts(kTable);
}

TEST(ExtractCount, FlagsWhatIsUnclear) {
  constexpr LabelledReply kTable[] = {
      {"5-7", kUnclear},
      {"5\xE2\x80\x93"
       "7",
       kUnclear},
      {"5 - 7 entities", kUnclear},
      {"5 or 6", kUnclear},
      {"5 to 7", kUnclear},
      {"between 5 and 7", kUnclear},
      {"five or six", kUnclear},
      {"The answer is 5 or 6.", kUnclear},
      {"The answer is 5-7.", kUnclear},
      {"The answer is 3 * 4", kUnclear},
      {"3 + 4 = 7", kUnclear},
      {"more than 7", kUnclear},
      {"at least 7", kUnclear},
      {"up to 7 entities", kUnclear},
      {"almost 7", kUnclear},
      {"7+", kUnclear},
      {"Answer: 3 nodes + 4 nodes = 7", kUnclear},
      {"Answer: 7 triples and 3 entities", kUnclear},
      {"The answer is 7; or is it 8?", kUnclear},
      {"Answer: 6, no, 7", kUnclear},
      {"Answer: twice 5", kUnclear},
      {"The count is >= 7", kUnclear},
      {"> 7", kUnclear},
      {"7 or more", kUnclear},
      {"The answer is not 7.", kUnclear},
      {"It isn't 7.", kUnclear},
      {"There aren\xE2\x80\x99t 7 nodes.", kUnclear},
      {"I count 3 flags and 5 names.", kUnclear},
      {"There are several nodes, 3 of them with a flag.", kUnclear},
      {"There are a dozen nodes, 3 with flags.", kUnclear},
      {"6, 7", kUnclear},
      {"The answer is the number of nodes minus 3", kUnclear},
      {"1. The graph has 7 entities", kUnclear},
  };
  expect_counts(kTable);
}

// What is struck out, denied or replaced is never read.
TEST(ExtractCount, DoesNotReadWhatIsTakenBack) {
  constexpr LabelledReply kTable[] = {
      {"~~7~~", kUnread},
      {"~~7~~ 8", "8"},
      {"<s>7</s> 8", "8"},
      {"~~~\n7\n~~~", "7"},
      {"7 (wrong)", kUnclear},
      {"\\boxed{7} (wrong)", kUnclear},
      {"<answer>7</answer> is wrong.", kUnclear},
      {"Answer: 7? No.", kUnclear},
      {"The answer is 7? No", kUnclear},
      {"The answer 7 is ruled out.", kUnclear},
      {"Answer: 7 is not right", kUnclear},
      {"Answer: 7 \xE2\x9D\x8C", kUnclear},
      {"\\boxed{7} \xE2\x9C\x97", kUnclear},
      {"It is not true that the answer is 7.", kUnclear},
      {"It is false that the answer is 7.", kUnclear},
      {"The answer is not \\boxed{7}.", kUnclear},
      {"The answer is anything but 7.", kUnclear},
      {"There are other than 7 nodes.", kUnclear},
      {"I ruled out 7.", kUnclear},
      {"Answer: \xE2\x89\xA0 8", kUnclear},
      {"\\boxed{\\neq 8}", kUnclear},
      {"\xE2\x89\xA0"
       "8",
       kUnclear},
      {"\\boxed{7}, no, 9", kUnclear},
      {"Answer: 7 entities, no, it's nine", kUnclear},
      {"8 less 1", kUnclear},
      {"8 minus", kUnclear},
      {"8 squared", kUnclear},
      {"Answer: 8 squared", kUnclear},
      {"It is not hard to see, but the answer is 7.", "7"},
      {"The answer is 7. Nothing else is wrong with it.", "7"},
  };
  expect_counts(kTable);
}

TEST(ExtractCount, ReadsALoneNumberOnlyOfWhatIsCounted) {
  constexpr LabelledReply kTable[] = {
      {"I looked and saw 8 arrows.", "8"},
      {"I looked and saw 8 distinct relation labels.", "8"},
      {"After a look I say 8.", "8"},
      {"See step 8.", kUnread},
      {"This is question 8.", kUnread},
      {"It failed with code 8", kUnread},
      {"As figure 8 shows.", kUnread},
      {"I take option 8.", kUnread},
      {"The image is 8 pixels wide.", kUnread},
      {"I wrote 8 words.", kUnread},
      {"I am 8 % sure.", kUnread},
      {"I can't help with that. 8", kUnread},
      {"As an AI, I can't see images, but 8 is a nice number.", kUnread},
  };
  expect_counts(kTable);
}

TEST(ExtractCount, DoesNotReadWhatIsNoCount) {
  constexpr LabelledReply kTable[] = {
      {"", kUnread},
      {"   \n", kUnread},
      {"I don't know.", kUnread},
      {"3.5", kUnread},
      {"1.000", kUnread},
      {"two million", kUnread},
      {"3 million", kUnread},
      {"Answer: one hundred million", kUnread},
      {"10 K", kUnread},
      {"-7", kUnread},
      {"\xE2\x88\x92"
       "7",
       kUnread},
      {"50%", kUnread},
      {"2/3", kUnread},
      {"7e3", kUnread},
      {"12:30", kUnread},
      {"99999999999999999999999", kUnread},
      {"The 7th node is France.", kUnread},
      {"G20 and UTF-8", kUnread},
      {"France, Spain and Italy", kUnread},
      {"One can see a graph.", kUnread},
      {"someone, nobody, often", kUnread},
      {"a 7-node graph", kUnread},
      {"1. France\n2. Spain\n3. Italy", kUnread},
      {"1. France\n1. Spain", kUnread},
      {"weight", kUnread},
      {"The answer is because.", kUnread},
  };
  expect_counts(kTable);
}

TEST(ExtractCount, PassesOverTheNumbersOfAList) {
  constexpr LabelledReply kTable[] = {
      {"There are 3 entities:\n1. France\n2. Spain\n3. Italy", "3"},
      {"1) France\n2) Spain\nTotal: 2", "2"},
      {"3 on the left.\n7. Total", kUnclear},
  };
  expect_counts(kTable);
}

// PITFALLS 19: answers read out of unfinished thinking.
TEST(ExtractCount, NeverReadsThinking) {
  constexpr LabelledReply kTable[] = {
      {"<think>The answer is 5.", kUnread},
      {"<think>5</think>7", "7"},
      {"<think>The answer is 5.</think>", kUnread},
      {"<think>\\boxed{5}</think> \\boxed{7}", "7"},
      {"<think><answer>5</answer></think><answer>7</answer>", "7"},
      {"<think><answer>5</answer>", kUnread},
      {"I count 5, no, 6.</think>7", "7"},
      {"<think>a</think>7<think>9", "7"},
      {"<Think>5</THINK>7", "7"},
      {"<thinking>5</thinking>7", "7"},
      {"<reasoning>5", kUnread},
      {"<think>a<think>b</think>c 5</think>7", "7"},
      {"</think></think></think>7", "7"},
      {"<answer>6</answer><think>hm</think><answer>8</answer>", kUnclear},
  };
  expect_counts(kTable);
}

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
