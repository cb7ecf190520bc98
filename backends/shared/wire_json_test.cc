// Bodies written field by field, with hand-written bytes; readers against hostile shapes.
#include "backends/shared/wire_json.h"

#include <gtest/gtest.h>

#include <limits>

#include "backends/shared/system_messages.h"

namespace stareval {
namespace {

json::object parsed(const char* text) { return parse_json_object(text, "test").value(); }

TEST(Merged, ObjectsMergeAndOfTheRestTheirsWins) {
  EXPECT_EQ(merged(parsed(R"({"a":1,"b":{"c":1,"d":2},"e":[1]})"),
                   parsed(R"({"a":"x","b":{"d":3,"f":4},"e":[2],"g":null})")),
            parsed(R"({"a":"x","b":{"c":1,"d":3,"f":4},"e":[2],"g":null})"));
  EXPECT_EQ(merged(parsed(R"({"b":{"c":1}})"), parsed(R"({"b":2})")), parsed(R"({"b":2})"));
}

TEST(FieldWriter, WritesInOrderWithTheRestAtTheEnd) {
  HttpBody body;
  const json::object extra = parsed(R"({"z":1,"options":{"seed":3},"list":"theirs"})");
  FieldWriter fields(body, extra);
  fields.add("first", "a\"b");
  fields.add("options", parsed(R"({"top_p":0.5})"));
  if (fields.begin("list")) body.add("[ours]");
  if (fields.begin("other")) body.add("[1]");
  fields.finish();
  EXPECT_EQ(
      body.outline(),
      R"({"first":"a\"b","options":{"top_p":0.5,"seed":3},"list":"theirs","other":[1],"z":1})");
}

TEST(FieldWriter, NothingIsAnEmptyObject) {
  HttpBody body;
  const json::object none;
  FieldWriter fields(body, none);
  fields.finish();
  EXPECT_EQ(body.outline(), "{}");
}

TEST(Readers, AreEmptyForWhatIsMissingOrOfAnotherKind) {
  const json::object object =
      parsed(R"({"text":5,"count":"5","list":{},"object":[],"number":"x","flag":1,"minus":-3})");
  EXPECT_EQ(text_at(object, "text"), "");
  EXPECT_EQ(count_at(object, "count"), 0);
  EXPECT_EQ(count_at(object, "minus"), 0);
  EXPECT_EQ(array_at(object, "list"), nullptr);
  EXPECT_EQ(object_at(object, "object"), nullptr);
  EXPECT_EQ(number_at(object, "number"), 0);
  EXPECT_FALSE(flag_at(object, "flag"));
  EXPECT_TRUE(objects_at(object, "list").empty());
  EXPECT_TRUE(objects_at(parsed(R"({"list":[1,null,[]]})"), "list").empty());
  EXPECT_EQ(text_at(object, "missing"), "");
}

TEST(Readers, CountsAreBoundedSoThatSumsAre) {
  const json::object object{{"n", std::numeric_limits<std::int64_t>::max()}};
  EXPECT_LT(count_at(object, "n"), std::numeric_limits<std::int64_t>::max() / 4);
}

TEST(TokenLogprobs, AreNeverAboveZero) {
  const auto tokens = token_logprobs_at(
      parsed(R"({"content":[{"token":"a","logprob":1e-9},{"token":"b"},3]})"), "content");
  ASSERT_EQ(tokens.size(), 2U);
  EXPECT_EQ(tokens[0].logprob, 0);
  EXPECT_EQ(tokens[1].logprob, 0);
}

TEST(SystemMessages, AreTakenOutInTheirOrder) {
  Request request;
  request.messages = {{"system", {TextPart{"a"}, TextPart{"b"}}},
                      {"user", {TextPart{"c"}}},
                      {"system", {TextPart{"d"}}},
                      {"assistant", {TextPart{"e"}}}};
  EXPECT_FALSE(check_roles(request, "x").has_error());
  EXPECT_EQ(system_texts(request), (std::vector<std::string>{"a", "b", "d"}));
  const auto others = without_system(request);
  ASSERT_EQ(others.size(), 2U);
  EXPECT_EQ(others[0].role, "user");
  EXPECT_EQ(others[1].role, "assistant");
}

TEST(SystemMessages, RefuseRolesAndPicturesWithoutAPlace) {
  Request request;
  request.messages = {{"tool", {TextPart{"a"}}}};
  EXPECT_EQ(check_roles(request, "x").error().message,
            "the backend x: expected the roles system, user and assistant, found \"tool\"");
  request.messages = {{"system", {ImagePart{"a.png", ""}}}};
  EXPECT_EQ(check_roles(request, "x").error().code, ErrorCode::usage);
}

}  // namespace
}  // namespace stareval
