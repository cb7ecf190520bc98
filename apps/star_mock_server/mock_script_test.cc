// Scripts: what is read, which step an attempt gets, and the refusals. The format of the server's
// side: worked out by hand after the documentation of the API.
#include "apps/star_mock_server/mock_script.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apps/star_mock_server/chat_api.h"
#include "libstareval/base/digest.h"

namespace stareval {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using Defect = MockStep::Defect;

constexpr const char* kScript = R"({
  "default": {"text": "4", "latency_ms": 5},
  "samples": {"RC-0001": [{"status": 429, "retry_after_s": 1}, {"cut": true}, {"text": "5"}]}})";

TEST(MockScript, StepsAreUsedUpThenTheDefaultAnswers) {
  const auto script = parse_script(kScript, "script.json");
  ASSERT_TRUE(script.has_value()) << script.error().message;
  EXPECT_EQ(step_of(*script, "RC-0001", 0).status, 429);
  EXPECT_EQ(step_of(*script, "RC-0001", 0).retry_after_s, 1);
  EXPECT_EQ(step_of(*script, "RC-0001", 1).defect, Defect::cut);
  EXPECT_EQ(step_of(*script, "RC-0001", 2).text, "5");
  EXPECT_EQ(step_of(*script, "RC-0001", 3).text, "4");
  EXPECT_EQ(step_of(*script, "other", 0).text, "4");
  EXPECT_EQ(step_of(*script, "other", 0).latency, milliseconds(5));
}

TEST(MockScript, AnswersFillStepsWithoutText) {
  MockScript script = parse_script(kScript, "script.json").value();
  script.fallback.text.reset();
  script.answers = {{"RC-0001", "7"}, {"EC-1", "3"}};
  script.latency = milliseconds(9);
  EXPECT_EQ(step_of(script, "RC-0001", 1).text, "7");
  EXPECT_EQ(step_of(script, "RC-0001", 1).latency, milliseconds(9));
  EXPECT_EQ(step_of(script, "RC-0001", 2).text, "5");
  EXPECT_EQ(step_of(script, "EC-1", 0).text, "3");
  EXPECT_EQ(step_of(script, "none", 0).text, "");
}

TEST(MockScript, FailuresFollowFromSeedSampleAndAttempt) {
  MockScript script;
  script.fail_rate = 0.25;
  int failed = 0;
  for (int i = 0; i < 1000; ++i) {
    const auto sample = std::to_string(i);
    failed += step_of(script, sample, 0).status == 500 ? 1 : 0;
    EXPECT_EQ(step_of(script, sample, 0).status, step_of(script, sample, 0).status);
  }
  EXPECT_NEAR(failed, 250, 70);  // five standard deviations
}

TEST(MockScript, RefusesWhatIsNoScript) {
  const auto refusal = [](const char* text) {
    const auto script = parse_script(text, "s.json");
    return script.has_error() ? script.error().message : std::string();
  };
  EXPECT_THAT(refusal("nonsense"), HasSubstr("s.json: expected JSON"));
  EXPECT_THAT(refusal(R"({"sample": {}})"), HasSubstr("\"sample\""));
  EXPECT_THAT(refusal(R"({"default": {"txt": "4"}})"), HasSubstr("default.txt"));
  EXPECT_THAT(refusal(R"({"default": {"status": 99}})"), HasSubstr("200 to 599"));
  EXPECT_THAT(refusal(R"({"samples": {"a": {}}})"), HasSubstr("samples.a"));
  EXPECT_THAT(refusal(R"({"samples": {"a": [{"cut": 1}]}})"), HasSubstr("samples.a[0].cut"));
  EXPECT_THAT(refusal(R"({"samples": {"a": [4]}})"), HasSubstr("samples.a[0]"));
}

TEST(ChatApi, ReadsTextsAndPictures) {
  const auto request = chat_api().parse(
      "/v1/chat/completions",
      R"({"model":"m","messages":[{"role":"system","content":"S"},{"role":"user","content":[)"
      R"({"type":"image_url","image_url":{"url":"data:image/png;base64,YWJj"}},)"
      R"({"type":"text","text":"T"}]}]})");
  ASSERT_TRUE(request.has_value()) << request.error().message;
  EXPECT_EQ(request->model, "m");
  EXPECT_EQ(request->prompt, "S\nT");
  EXPECT_THAT(request->pictures, ElementsAre(sha256("abc")));
}

// A request whose only message has this one part.
std::string request_with(const std::string& part) {
  return R"({"model":"m","messages":[{"role":"user","content":[)" + part + "]}]}";
}

TEST(ChatApi, RefusesWhatIsNoRequest) {
  for (const char* body :
       {"", "[]", R"({"messages":[]})", R"({"model":"m"})", R"({"model":"m","messages":[1]})",
        R"({"model":"m","messages":[],"stream":true})",
        R"({"model":"m","messages":[{"role":"user"}]})"})
    EXPECT_TRUE(chat_api().parse("/v1/chat/completions", body).has_error()) << body;
  for (const char* part :
       {R"({"type":"video"})", R"({"type":"image_url","image_url":{"url":"http://x/a.png"}})",
        R"({"type":"image_url","image_url":{"url":"data:image/png;base64,a"}})", "5"})
    EXPECT_TRUE(chat_api().parse("/v1/chat/completions", request_with(part)).has_error()) << part;
}

TEST(ChatApi, TakesTheModelFromThePathWhereTheBodyHasNone) {
  const MockApi api = chat_api();
  constexpr const char* kPath = "/openai/deployments/my-gpt/chat/completions?api-version=1";
  EXPECT_TRUE(api.matches(kPath));
  EXPECT_FALSE(api.matches("/v1/completions"));
  EXPECT_EQ(api.parse(kPath, R"({"messages":[]})").value().model, "my-gpt");
  EXPECT_EQ(api.parse(kPath, R"({"messages":[],"model":"m"})").value().model, "m");
}

TEST(ChatApi, WritesCompletionsAndErrors) {
  const MockStep step{.text = "5", .reasoning = "four and one"};
  EXPECT_EQ(chat_api().answer(step, "id-1", "m"),
            R"({"id":"id-1","object":"chat.completion","created":0,"model":"m","choices":[)"
            R"({"index":0,"message":{"role":"assistant","content":"5",)"
            R"("reasoning_content":"four and one"},"finish_reason":"stop"}],)"
            R"("usage":{"prompt_tokens":100,"completion_tokens":10,"total_tokens":110}})");
  EXPECT_EQ(chat_api().error(503, "down"),
            R"({"error":{"message":"down","type":"mock_error","code":null}})");
}

}  // namespace
}  // namespace stareval
