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

// Worked out by hand: sample, then burst, then mix, then default.
TEST(MockScript, StepsComeBeforeBurstsBeforeTheMix) {
  const auto script = parse_script(R"({"samples": {"a": [{"text": "5"}]},
      "bursts": [{"from": 0, "to": 3, "stall": true}], "mix": {"cut": 1}})",
                                   "s")
                          .value();
  EXPECT_EQ(step_of(script, "a", 0, 0).defect, Defect::none);
  EXPECT_EQ(step_of(script, "a", 1, 3).defect, Defect::stall);
  EXPECT_EQ(step_of(script, "a", 1, 3).status, 200);
  EXPECT_EQ(step_of(script, "a", 1, 4).defect, Defect::cut);
  EXPECT_EQ(step_of(script, "a", 1).defect, Defect::cut);
}

TEST(MockScript, AMixGivesEachFailureItsShareWhateverTheOrder) {
  MockScript script;
  script.mix = parse_mix("rate_limited:0.2,cut:0.1").value();
  std::map<std::string, int> count;
  for (int i = 0; i < 2000; ++i) {
    const MockStep step = step_of(script, std::to_string(i), i % 3, i);
    const MockStep again = step_of(script, std::to_string(i), i % 3, 7);
    EXPECT_EQ(step.status, again.status);
    EXPECT_EQ(step.defect, again.defect);
    ++count[fmt::format("{} {}", step.status, defect_name(step))];
  }
  EXPECT_NEAR(count["429 none"], 400, 90);  // five standard deviations
  EXPECT_NEAR(count["200 cut"], 200, 67);
  EXPECT_EQ(count.size(), 3U);
}

TEST(MockScript, AllIsEachFailureAtEqualParts) {
  const auto mix = parse_mix("all:0.48").value();
  ASSERT_EQ(mix.size(), failure_modes().size());
  for (const auto& entry : mix)
    EXPECT_DOUBLE_EQ(entry.second, 0.48 / static_cast<double>(mix.size()));
  for (const char* wrong : {"alll:0.1", "cut", "cut:", "cut:x", "cut:-1", "cut:2", "cut:nan", ","})
    EXPECT_TRUE(parse_mix(wrong).has_error()) << wrong;
}

TEST(MockScript, NamesWhatGoesWrong) {
  EXPECT_EQ(defect_name({}), "none");
  EXPECT_EQ(defect_name({.defect = Defect::echo}), "echo_authorization");
  EXPECT_EQ(defect_name({.drip = milliseconds(1)}), "drip_ms");
  EXPECT_EQ(defect_name({.huge_mib = 1}), "huge_mib");
  EXPECT_EQ(defect_name({.length_off = -1}), "length_off");
}

TEST(MockScript, ReadsEveryKeyOfAStep) {
  const auto script = parse_script(R"({"default": {"status": 429, "retry_after_s": 1,
      "retry_after_date_s": 2, "headers": {"x-a": "b"}, "text": "t", "refusal": "r",
      "finish_reason": "f", "reasoning": "c", "chunked": true, "latency_ms": 3, "drip_ms": 4,
      "input_tokens": 5, "output_tokens": 6, "huge_mib": 7, "length_off": -8, "stall_body": true},
      "batch": {"missing": ["a"], "expired": ["b"], "fail": true, "polls": 9}})",
                                   "s")
                          .value();
  const MockStep& step = script.fallback;
  EXPECT_EQ(step.status, 429);
  EXPECT_EQ(step.retry_after_s, 1);
  EXPECT_EQ(step.retry_after_date_s, 2);
  EXPECT_THAT(step.headers, ElementsAre(std::pair<std::string, std::string>("x-a", "b")));
  EXPECT_EQ(step.text.value() + step.refusal + step.finish_reason + step.reasoning, "trfc");
  EXPECT_TRUE(step.chunked);
  EXPECT_EQ(step.latency, milliseconds(3));
  EXPECT_EQ(step.drip, milliseconds(4));
  EXPECT_EQ(step.input_tokens * 10 + step.output_tokens, 56);
  EXPECT_EQ(step.huge_mib, 7);
  EXPECT_EQ(step.length_off, -8);
  EXPECT_EQ(step.defect, Defect::stall_body);
  EXPECT_THAT(script.batch.missing, ElementsAre("a"));
  EXPECT_THAT(script.batch.expired, ElementsAre("b"));
  EXPECT_TRUE(script.batch.fail);
  EXPECT_EQ(script.batch.polls, 9);
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
  EXPECT_THAT(refusal(R"({"default": {"cut": true, "stall": true}})"), HasSubstr("one defect"));
  EXPECT_THAT(refusal(R"({"default": {"headers": {"a b": "c"}}})"), HasSubstr("a b"));
  EXPECT_THAT(refusal(R"({"default": {"headers": {"a": "b\r\nc: d"}}})"), HasSubstr("headers.a"));
  EXPECT_THAT(refusal(R"({"bursts": [{"from": 2, "to": 1}]})"), HasSubstr("bursts[0].to"));
  EXPECT_THAT(refusal(R"({"bursts": [3]})"), HasSubstr("bursts[0]"));
  EXPECT_THAT(refusal(R"({"default": {"from": 2}})"), HasSubstr("default.from"));
  EXPECT_THAT(refusal(R"({"mix": {"nonsense": 0.1}})"), HasSubstr("rate_limited"));
  EXPECT_THAT(refusal(R"({"mix": {"cut": 0.6, "stall": 0.6}})"), HasSubstr("1 at most"));
  EXPECT_THAT(refusal(R"({"mix": {"cut": -0.6}})"), HasSubstr("mix.cut"));
  EXPECT_THAT(refusal(R"({"batch": {"lost": 1}})"), HasSubstr("batch.lost"));
  EXPECT_THAT(refusal(R"({"batch": {"missing": [1]}})"), HasSubstr("batch.missing"));
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
