// The replies of tests/data/replies/name.jsonl, labelled by hand; cases of the interface by hand.
#include "libstareval/extract/name.h"

#include "tests/support/labelled_replies.h"

namespace stareval {
namespace {

TEST(ExtractName, ReadsLikeAPerson) {
  testing::expect_reads_like_a_person("name", 1, [](const testing::LabelledReply& row) {
    const auto got = extract_name(row.reply);
    return testing::LabelledReading{got.status, json::value(got.value), got.rule, got.span};
  });
}

TEST(ExtractName, SaysWhereTheNameStands) {
  const std::string reply = "The answer is **St. Peter Port**.";
  const auto got = extract_name(reply);
  EXPECT_EQ(got.value, "St. Peter Port");
  EXPECT_EQ(reply.substr(got.span.begin, got.span.end - got.span.begin), got.value);
}

TEST(ExtractName, TakesTwoSpellingsOfOneFormForOne) {
  const auto got = extract_name("<answer>New York</answer>\n<answer>new york.</answer>");
  ASSERT_EQ(got.status, ReadStatus::found);
  EXPECT_EQ(got.value, "new york");
}

}  // namespace
}  // namespace stareval
