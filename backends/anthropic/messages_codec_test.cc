// Golden: whole bodies, written by hand after the documentation. Table: which response becomes
// which reply. Refusals: what the API has no place for.
#include "backends/anthropic/messages_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/wire.h"

namespace stareval::messages {
namespace {

using testing::conversation;
using ::testing::HasSubstr;
using testing::picture;
using testing::question;
using testing::response;

TEST(MessagesEncode, GoldenWithOnePicture) {
  const std::vector<PictureFile> pictures{picture("a.png")};
  EXPECT_EQ(encode(question("claude-sonnet-4-6"), pictures)->outline(),
            R"({"model":"claude-sonnet-4-6","max_tokens":4096,"messages":[{"role":"user",)"
            R"("content":[{"type":"image","source":{"type":"base64","media_type":"image/png",)"
            R"("data":"<base64 of a.png>"}},{"type":"text","text":"How many \"nodes\"?"}]}],)"
            R"("temperature":0})");
}

TEST(MessagesEncode, GoldenWithSystemPromptAndAllParameters) {
  Request request = conversation("claude-sonnet-4-6");
  request.decoding.extra = {
      {"thinking", json::object{{"type", "enabled"}, {"budget_tokens", 1024}}}, {"temperature", 1}};
  const std::vector<PictureFile> pictures{picture("1"), picture("2")};
  EXPECT_EQ(
      encode(request, pictures)->outline(),
      R"({"model":"claude-sonnet-4-6","max_tokens":16,"system":"Be brief.","messages":[)"
      R"({"role":"user","content":[{"type":"text","text":"A"},)"
      R"({"type":"image","source":{"type":"base64","media_type":"image/png","data":"<base64 of 1>"}},)"
      R"({"type":"image","source":{"type":"base64","media_type":"image/png","data":"<base64 of 2>"}}]},)"
      R"({"role":"assistant","content":"B\n"},{"role":"user","content":"C"}],)"
      R"("temperature":1,"top_p":0.95,"thinking":{"type":"enabled","budget_tokens":1024}})");
}

TEST(MessagesEncode, SeveralSystemTextsAreBlocks) {
  Request request = question("m");
  request.decoding.temperature.reset();
  request.messages = {
      {"system", {TextPart{"A"}}}, {"user", {TextPart{"B"}}}, {"system", {TextPart{"C"}}}};
  EXPECT_EQ(encode(request, {})->outline(),
            R"({"model":"m","max_tokens":4096,"system":[{"type":"text","text":"A"},)"
            R"({"type":"text","text":"C"}],"messages":[{"role":"user","content":"B"}]})");
}

TEST(MessagesEncode, RefusesWhatTheApiHasNoPlaceFor) {
  Request request = question("m");
  request.decoding.logprobs = 1;
  EXPECT_EQ(encode(request, {}).error().code, ErrorCode::usage);
  EXPECT_THAT(encode(request, {}).error().message, HasSubstr("gives no log-probabilities"));
  request.decoding.logprobs = 0;
  request.messages = {{"developer", {TextPart{"A"}}}};
  EXPECT_THAT(encode(request, {}).error().message, HasSubstr("found \"developer\""));
}

Reply decoded(int status, std::string body) {
  return decode(response(status, std::move(body)), Secret{"sk-ant-0123456789abcdefghij"});
}

// The example of the documentation, with a thinking block and a prompt cache.
constexpr const char* kAnswer =
    R"({"id":"msg_013Zva2CMHLNnjNjJJKqJ2EF","type":"message","role":"assistant",)"
    R"("model":"claude-sonnet-4-6","content":[{"type":"thinking","thinking":"Let me count.",)"
    R"("signature":"WaUjzkypQ2mU"},{"type":"redacted_thinking","data":"Emw"},)"
    R"({"type":"text","text":"It is "},{"type":"text","text":"5"}],"stop_reason":"end_turn",)"
    R"("stop_sequence":null,"usage":{"input_tokens":12,"cache_creation_input_tokens":100,)"
    R"("cache_read_input_tokens":1000,"output_tokens":6}})";

TEST(MessagesDecode, TheDocumentedExample) {
  const Reply reply = decoded(200, kAnswer);
  EXPECT_EQ(reply.outcome, Outcome::answered) << reply.error;
  EXPECT_EQ(reply.text, "It is 5");
  EXPECT_EQ(reply.reasoning, "Let me count.");
  EXPECT_EQ(reply.finish_reason, "end_turn");
  EXPECT_EQ(reply.provider_request_id, "msg_013Zva2CMHLNnjNjJJKqJ2EF");
  EXPECT_EQ(reply.usage.input_tokens, 1112);
  EXPECT_EQ(reply.usage.cached_tokens, 1000);
  EXPECT_EQ(reply.usage.output_tokens, 6);
}

TEST(MessagesDecode, TableOfStopReasons) {
  const std::pair<const char*, Outcome> cases[] = {
      {R"("end_turn")", Outcome::answered},
      {R"("stop_sequence")", Outcome::answered},
      {R"("tool_use")", Outcome::answered},
      {R"("pause_turn")", Outcome::answered},
      {R"("a_new_word")", Outcome::answered},
      {"null", Outcome::answered},
      {R"("max_tokens")", Outcome::truncated},
      {R"("model_context_window_exceeded")", Outcome::truncated},
      {R"("refusal")", Outcome::refused},
  };
  for (const auto& [reason, outcome] : cases) {
    const Reply reply =
        decoded(200, std::string(R"({"content":[{"type":"text","text":"5"}],"stop_reason":)") +
                         reason + "}");
    EXPECT_EQ(reply.outcome, outcome) << reason << reply.error;
    EXPECT_EQ(reply.text, "5");
  }
}

TEST(MessagesDecode, NoContentIsAnEmptyAnswer) {
  const Reply reply = decoded(200, R"({"content":[],"stop_reason":"end_turn"})");
  EXPECT_EQ(reply.outcome, Outcome::answered);
  EXPECT_EQ(reply.text, "");
}

struct ErrorCase {
  int status;
  const char* type;
  Failure failure;
  const char* error;
};

// The documented errors, each in a response of its own status and hidden in one of 200.
TEST(MessagesDecode, TableOfErrors) {
  const ErrorCase cases[] = {
      {400, "invalid_request_error", Failure::permanent, R"(the server answered 400: "why")"},
      {401, "authentication_error", Failure::permanent,
       R"(the server answered 401: "why"; check the API key)"},
      {402, "billing_error", Failure::permanent, R"(the server answered 402: "why")"},
      {403, "permission_error", Failure::permanent,
       R"(the server answered 403: "why"; check the API key)"},
      {404, "not_found_error", Failure::permanent,
       R"(the server answered 404: "why"; check --base-url and --model)"},
      {413, "request_too_large", Failure::permanent,
       R"(the server answered 413: "why"; the pictures are too large for this server)"},
      {429, "rate_limit_error", Failure::rate_limited, R"(the server answered 429: "why")"},
      {500, "api_error", Failure::server, R"(the server answered 500: "why")"},
      {504, "timeout_error", Failure::server, R"(the server answered 504: "why")"},
      {529, "overloaded_error", Failure::server, R"(the server answered 529: "why")"},
  };
  for (const ErrorCase& c : cases)
    for (const int status : {c.status, 200}) {
      const Reply reply =
          decoded(status, std::string(R"({"type":"error","error":{"type":")") + c.type +
                              R"(","message":"why"},"request_id":"req_1"})");
      EXPECT_EQ(reply.outcome, Outcome::api_error) << c.type;
      EXPECT_EQ(reply.failure, c.failure) << c.type << status;
      EXPECT_EQ(reply.error, c.error);
    }
}

TEST(MessagesDecode, OtherBodiesArePermanent) {
  EXPECT_EQ(decoded(200, "<html>").error,
            R"(expected a message, found something else: "<html>"; check --base-url)");
  EXPECT_EQ(decoded(200, "{}").error,
            R"(expected a message, found JSON without "content": "{}"; check --base-url)");
  EXPECT_EQ(decoded(200, R"({"content":"text"})").failure, Failure::permanent);
}

TEST(MessagesDecode, ReadsHeadersOfEveryStatus) {
  HttpResponse http = response(429, R"({"type":"error","error":{"type":"rate_limit_error"}})");
  http.headers = {{"request-id", "req_7"},
                  {"retry-after", "5"},
                  {"anthropic-ratelimit-requests-remaining", "0"}};
  const Reply reply = decode(http, {});
  EXPECT_EQ(reply.provider_request_id, "req_7");
  EXPECT_EQ(reply.retry_after, std::chrono::seconds(5));
  EXPECT_EQ(reply.limits.requests.remaining, 0);
}

TEST(MessagesDecode, NoPrefixOfAMessageIsAnAnswer) {
  const std::string whole = kAnswer;
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_EQ(decoded(200, whole.substr(0, size)).failure, Failure::permanent) << size;
}

}  // namespace
}  // namespace stareval::messages
