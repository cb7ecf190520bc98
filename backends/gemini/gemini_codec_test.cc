// Golden: whole bodies, written by hand after the documentation. Table: which response becomes
// which reply. Refusals: what the API has no place for.
#include "backends/gemini/gemini_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/wire.h"

namespace stareval::gemini {
namespace {

using namespace std::chrono_literals;
using testing::conversation;
using ::testing::HasSubstr;
using testing::picture;
using testing::question;
using testing::response;

TEST(GeminiEncode, GoldenWithOnePicture) {
  const std::vector<PictureFile> pictures{picture("a.png")};
  EXPECT_EQ(encode(question("gemini-3.8-flash"), pictures)->outline(),
            R"({"contents":[{"role":"user","parts":[{"inlineData":{"mimeType":"image/png",)"
            R"("data":"<base64 of a.png>"}},{"text":"How many \"nodes\"?"}]}],)"
            R"("generationConfig":{"temperature":0,"maxOutputTokens":4096}})");
}

TEST(GeminiEncode, GoldenWithSystemPromptAndAllParameters) {
  Request request = conversation("gemini-3.8-flash");
  request.decoding.logprobs = 4;
  request.decoding.extra = {{"generationConfig", json::object{{"seed", 3}, {"temperature", 0.1}}},
                            {"safetySettings", json::array()}};
  const std::vector<PictureFile> pictures{picture("1"), picture("2")};
  EXPECT_EQ(encode(request, pictures)->outline(),
            R"({"systemInstruction":{"parts":[{"text":"Be brief."}]},"contents":[)"
            R"({"role":"user","parts":[{"text":"A"},)"
            R"({"inlineData":{"mimeType":"image/png","data":"<base64 of 1>"}},)"
            R"({"inlineData":{"mimeType":"image/png","data":"<base64 of 2>"}}]},)"
            R"({"role":"model","parts":[{"text":"B\n"}]},{"role":"user","parts":[{"text":"C"}]}],)"
            R"("generationConfig":{"temperature":0.1,"topP":0.95,"maxOutputTokens":16,)"
            R"("responseLogprobs":true,"logprobs":4,"seed":3},"safetySettings":[]})");
}

TEST(GeminiEncode, RefusesWhatTheApiHasNoPlaceFor) {
  Request request = question("m");
  request.messages = {{"tool", {TextPart{"A"}}}};
  EXPECT_THAT(encode(request, {}).error().message, HasSubstr("found \"tool\""));
}

TEST(GeminiPath, NamesTheModel) {
  EXPECT_EQ(path_of("gemini-3.8-flash"), "models/gemini-3.8-flash:generateContent");
  EXPECT_EQ(path_of("models/x"), "models/x:generateContent");
  EXPECT_EQ(path_of("tunedModels/x"), "tunedModels/x:generateContent");
  EXPECT_EQ(path_of("a b?c"), "models/a%20b%3Fc:generateContent");
}

Reply decoded(int status, std::string body) {
  return decode(response(status, std::move(body)), Secret{"AIza0123456789abcdefghij"});
}

constexpr const char* kAnswer =
    R"({"candidates":[{"content":{"parts":[{"text":"Let me count.","thought":true},)"
    R"({"text":"It is "},{"text":"5"}],"role":"model"},"finishReason":"STOP","index":0,)"
    R"("avgLogprobs":-0.1,"logprobsResult":{"topCandidates":[{"candidates":[)"
    R"({"token":"5","tokenId":7,"logProbability":-0.25},{"token":"6","logProbability":-3}]}],)"
    R"("chosenCandidates":[{"token":"5","tokenId":7,"logProbability":-0.25},)"
    R"({"token":"!","logProbability":-1}]}}],"usageMetadata":{"promptTokenCount":264,)"
    R"("candidatesTokenCount":4,"totalTokenCount":300,"thoughtsTokenCount":32,)"
    R"("cachedContentTokenCount":200},"modelVersion":"gemini-3.8-flash","responseId":"mAitaL"})";

TEST(GeminiDecode, TheDocumentedExample) {
  const Reply reply = decoded(200, kAnswer);
  EXPECT_EQ(reply.outcome, Outcome::answered) << reply.error;
  EXPECT_EQ(reply.text, "It is 5");
  EXPECT_EQ(reply.reasoning, "Let me count.");
  EXPECT_EQ(reply.finish_reason, "STOP");
  EXPECT_EQ(reply.provider_request_id, "mAitaL");
  EXPECT_EQ(reply.usage.input_tokens, 264);
  EXPECT_EQ(reply.usage.cached_tokens, 200);
  EXPECT_EQ(reply.usage.output_tokens, 36);  // 4 + 32
  EXPECT_EQ(reply.usage.reasoning_tokens, 32);
  ASSERT_EQ(reply.logprobs.size(), 2U);
  EXPECT_EQ(reply.logprobs[0].logprob, -0.25);
  ASSERT_EQ(reply.logprobs[0].top.size(), 2U);
  EXPECT_EQ(reply.logprobs[0].top[1].first, "6");
  EXPECT_TRUE(reply.logprobs[1].top.empty());
}

TEST(GeminiDecode, TableOfFinishReasons) {
  const std::pair<const char*, Outcome> cases[] = {{"STOP", Outcome::answered},
                                                   {"A_NEW_WORD", Outcome::answered},
                                                   {"MAX_TOKENS", Outcome::truncated},
                                                   {"SAFETY", Outcome::refused},
                                                   {"RECITATION", Outcome::refused},
                                                   {"PROHIBITED_CONTENT", Outcome::refused},
                                                   {"BLOCKLIST", Outcome::refused},
                                                   {"SPII", Outcome::refused},
                                                   {"LANGUAGE", Outcome::refused},
                                                   {"IMAGE_SAFETY", Outcome::refused},
                                                   {"OTHER", Outcome::api_error},
                                                   {"MALFORMED_FUNCTION_CALL", Outcome::api_error},
                                                   {"UNEXPECTED_TOOL_CALL", Outcome::api_error}};
  for (const auto& [reason, outcome] : cases) {
    const Reply reply = decoded(
        200, std::string(R"({"candidates":[{"content":{"parts":[{"text":"5"}]},"finishReason":")") +
                 reason + R"("}]})");
    EXPECT_EQ(reply.outcome, outcome) << reason << reply.error;
    if (outcome == Outcome::api_error) {
      EXPECT_EQ(reply.failure, Failure::server) << reason;
      EXPECT_EQ(reply.error, std::string(R"(the server broke the reply off with finishReason ")") +
                                 reason + "\"");
      EXPECT_EQ(reply.text, "");
    } else {
      EXPECT_EQ(reply.text, "5") << reason;
      EXPECT_EQ(reply.finish_reason, reason);
    }
  }
}

// The whole limit went into thinking: no content at all.
TEST(GeminiDecode, ACandidateMayHaveNoContent) {
  EXPECT_EQ(decoded(200, R"({"candidates":[{"finishReason":"MAX_TOKENS"}]})").outcome,
            Outcome::truncated);
  const Reply reply = decoded(200, R"({"candidates":[{"content":{},"finishReason":"STOP"}]})");
  EXPECT_EQ(reply.outcome, Outcome::answered);
  EXPECT_EQ(reply.text, "");
}

TEST(GeminiDecode, ABlockedPromptIsARefusal) {
  const Reply reply =
      decoded(200, R"({"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},"usageMetadata":)"
                   R"({"promptTokenCount":12559,"totalTokenCount":12559},"modelVersion":"m"})");
  EXPECT_EQ(reply.outcome, Outcome::refused);
  EXPECT_EQ(reply.failure, Failure::none);
  EXPECT_EQ(reply.finish_reason, "PROHIBITED_CONTENT");
  EXPECT_EQ(reply.text, "");
}

// As the API answers when a quota is spent, shortened.
TEST(GeminiDecode, WaitsAsLongAsTheDetailsSay) {
  const std::string body =
      R"({"error":{"code":429,"message":"You exceeded your current quota","status":)"
      R"("RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure",)"
      R"("violations":[]},{"@type":"type.googleapis.com/google.rpc.RetryInfo",)"
      R"("retryDelay":"30s"}]}})";
  const Reply reply = decoded(429, body);
  EXPECT_EQ(reply.failure, Failure::rate_limited);
  EXPECT_EQ(reply.retry_after, 30s);
  EXPECT_EQ(reply.error, R"(the server answered 429: "You exceeded your current quota")");
  HttpResponse with_header = response(429, body);
  with_header.headers = {{"retry-after", "7"}};
  EXPECT_EQ(decode(with_header, {}).retry_after, 7s);
}

struct ErrorCase {
  int status;
  const char* body;
  Failure failure;
  const char* error;
};

TEST(GeminiDecode, TableOfErrors) {
  const ErrorCase cases[] = {
      {400, R"({"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT"}})",
       Failure::permanent, R"(the server answered 400: "API key not valid.")"},
      {403, R"({"error":{"code":403,"message":"no","status":"PERMISSION_DENIED"}})",
       Failure::permanent, R"(the server answered 403: "no"; check the API key)"},
      {404, R"({"error":{"code":404,"message":"no model","status":"NOT_FOUND"}})",
       Failure::permanent, R"(the server answered 404: "no model"; check --base-url and --model)"},
      {503, R"({"error":{"code":503,"message":"overloaded","status":"UNAVAILABLE"}})",
       Failure::server, R"(the server answered 503: "overloaded")"},
      {200, R"({"error":{"code":503,"message":"late","status":"UNAVAILABLE"}})", Failure::server,
       R"(the server answered 503: "late")"},
      {200, R"({"error":{"message":"late"}})", Failure::server,
       R"(the server answered 500: "late")"},
      {200, R"({"candidates":[]})", Failure::permanent,
       R"(expected a reply of generateContent, found JSON without "candidates": "{"candidates":[]}"; check --base-url)"},
      {200, "[1]", Failure::permanent,
       R"(expected a reply of generateContent, found something else: "[1]"; check --base-url)"},
  };
  for (const ErrorCase& c : cases) {
    const Reply reply = decoded(c.status, c.body);
    EXPECT_EQ(reply.outcome, Outcome::api_error) << c.body;
    EXPECT_EQ(reply.failure, c.failure) << c.body;
    EXPECT_EQ(reply.error, c.error);
  }
}

TEST(GeminiDecode, NoPrefixOfAReplyIsAnAnswer) {
  const std::string whole = kAnswer;
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_EQ(decoded(200, whole.substr(0, size)).failure, Failure::permanent) << size;
}

}  // namespace
}  // namespace stareval::gemini
