// Which field differs from what is stored, by hand.
#include "libstareval/run/cache_difference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/cache_rows.h"

namespace stareval {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::question_about;
using testing::request_for;

std::vector<std::string> lines_for(const CacheQuestion& stored, const CacheQuestion& asked) {
  return differences(deciding_fields(stored).value(), deciding_fields(asked).value());
}

std::vector<std::string> lines_for(const std::string& stored, const std::string& asked) {
  Request before = request_for("a");
  before.messages[0].parts[0] = TextPart{stored};
  Request after = request_for("a");
  after.messages[0].parts[0] = TextPart{asked};
  return lines_for(question_about(before), question_about(after));
}

TEST(CacheDifference, names_each_field_by_its_path) {
  const Request before = request_for("a", {{"x.png", "sha256:1"}});
  Request after = request_for("a", {{"x.png", "sha256:2"}});
  after.decoding.temperature = 0.5;
  after.decoding.top_p = 0.9;
  after.repeat = 2;
  EXPECT_THAT(lines_for(question_about(before), question_about(after, R"({"endpoint":"f"})")),
              ElementsAre("decoding.temperature: stored 0, now 0.5",
                          "decoding.top_p: stored nothing, now 0.9",
                          R"(identity.endpoint: stored "https://e", now "f")",
                          R"(messages[0].parts[0].image: stored "sha256:1", now "sha256:2")",
                          "repeat: stored 0, now 2"));
}

TEST(CacheDifference, finds_none_between_equals) {
  EXPECT_THAT(lines_for(question_about(request_for("a")), question_about(request_for("b"))),
              IsEmpty());
}

TEST(CacheDifference, says_where_long_texts_part) {
  const std::string same(100, '.');
  EXPECT_THAT(lines_for(same + "one" + same, same + "two"),
              ElementsAre("messages[0].parts[0].text: differs from byte 100 on: stored \"one" +
                          std::string(37, '.') + "\"..., now \"two\""));
}

TEST(CacheDifference, cuts_no_character_in_two) {
  const std::string same(99, '.');
  EXPECT_THAT(
      lines_for(same + "\xC3\xA4", same + "\xC3\xB6"),  // ä and ö share their first byte
      ElementsAre("messages[0].parts[0].text: differs from byte 99 on: stored \"\xC3\xA4\", now "
                  "\"\xC3\xB6\""));
}

TEST(CacheDifference, takes_the_nearest_row_and_of_equals_the_first) {
  Request far = request_for("a");
  far.model = "other";
  far.repeat = 7;
  Request near = request_for("a");
  near.repeat = 7;
  std::vector<CacheRow> rows;
  rows.push_back(cache_row(question_about(far), answered_reply("1"), 1));
  rows.push_back(cache_row(question_about(near), answered_reply("2"), 2));
  near.repeat = 8;
  rows.push_back(cache_row(question_about(near), answered_reply("3"), 3));
  const auto nearest = nearest_row(rows, question_about(request_for("a")));
  ASSERT_TRUE(nearest.has_value());
  EXPECT_EQ(nearest->row.created, 2);
  EXPECT_THAT(nearest->differences, ElementsAre("repeat: stored 7, now 0"));
}

TEST(CacheDifference, passes_over_rows_that_cannot_be_read) {
  CacheRow broken = cache_row(question_about(request_for("a")), answered_reply("1"), 1);
  broken.question.request = "{";
  EXPECT_FALSE(nearest_row({broken}, question_about(request_for("a"))).has_value());
}

}  // namespace
}  // namespace stareval
