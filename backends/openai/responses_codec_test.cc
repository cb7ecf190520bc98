// Golden: whole bodies, written by hand after the documentation. Table: which response becomes
// which reply. Properties: no prefix of a reply is an answer.
#include "backends/openai/responses_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/wire.h"

namespace stareval::responses {
namespace {

using testing::conversation;
using testing::picture;
using testing::question;
using testing::response;
using ::testing::StartsWith;

TEST(ResponsesEncode, GoldenWithOnePicture) {
  const std::vector<PictureFile> pictures{picture("a.png")};
  EXPECT_EQ(encode(question("gpt-5.4"), pictures).outline(),
            R"({"model":"gpt-5.4","input":[{"role":"user","content":[)"
            R"({"type":"input_image","image_url":"data:image/png;base64,<base64 of a.png>"},)"
            R"({"type":"input_text","text":"How many \"nodes\"?"}]}],)"
            R"("temperature":0,"max_output_tokens":4096,"store":false})");
}

TEST(ResponsesEncode, GoldenWithAllParameters) {
  Request request = conversation("gpt-5.4");
  request.messages[2].parts.emplace_back(TextPart{"D"});
  request.decoding.logprobs = 3;
  request.decoding.extra = {{"reasoning", json::object{{"effort", "none"}}}, {"store", true}};
  const std::vector<PictureFile> pictures{picture("1"), picture("2")};
  EXPECT_EQ(encode(request, pictures).outline(),
            R"({"model":"gpt-5.4","input":[{"role":"system","content":"Be brief."},)"
            R"({"role":"user","content":[{"type":"input_text","text":"A"},)"
            R"({"type":"input_image","image_url":"data:image/png;base64,<base64 of 1>"},)"
            R"({"type":"input_image","image_url":"data:image/png;base64,<base64 of 2>"}]},)"
            R"({"role":"assistant","content":[{"type":"output_text","text":"B\n"},)"
            R"({"type":"output_text","text":"D"}]},{"role":"user","content":"C"}],)"
            R"("temperature":0.7,"top_p":0.95,"max_output_tokens":16,"store":true,)"
            R"("include":["message.output_text.logprobs"],"top_logprobs":3,)"
            R"("reasoning":{"effort":"none"}})");
}

Reply decoded(int status, std::string body) {
  return decode(response(status, std::move(body)), Secret{"sk-0123456789abcdefghij"});
}

// The example of the documentation, shortened; with a reasoning item as models that reason send it.
constexpr const char* kAnswer =
    R"({"id":"resp_67","object":"response","status":"completed","error":null,)"
    R"("incomplete_details":null,"output":[{"type":"reasoning","id":"rs_1","summary":[)"
    R"({"type":"summary_text","text":"Count."},{"type":"summary_text","text":"Again."}]},)"
    R"({"type":"message","id":"msg_1","status":"completed","role":"assistant","content":[)"
    R"({"type":"output_text","text":"5","annotations":[],"logprobs":[{"token":"5","logprob":-0.5,)"
    R"("top_logprobs":[{"token":"5","logprob":-0.5},{"token":"6","logprob":-2}]}]}]}],)"
    R"("usage":{"input_tokens":36,"input_tokens_details":{"cached_tokens":30},"output_tokens":87,)"
    R"("output_tokens_details":{"reasoning_tokens":64},"total_tokens":123}})";

TEST(ResponsesDecode, TheDocumentedExample) {
  const Reply reply = decoded(200, kAnswer);
  EXPECT_EQ(reply.outcome, Outcome::answered) << reply.error;
  EXPECT_EQ(reply.text, "5");
  EXPECT_EQ(reply.reasoning, "Count.\nAgain.");
  EXPECT_EQ(reply.finish_reason, "completed");
  EXPECT_EQ(reply.provider_request_id, "resp_67");
  EXPECT_EQ(reply.usage.input_tokens, 36);
  EXPECT_EQ(reply.usage.cached_tokens, 30);
  EXPECT_EQ(reply.usage.output_tokens, 87);
  EXPECT_EQ(reply.usage.reasoning_tokens, 64);
  ASSERT_EQ(reply.logprobs.size(), 1U);
  EXPECT_EQ(reply.logprobs[0].logprob, -0.5);
  EXPECT_EQ(reply.logprobs[0].top[1].first, "6");
  EXPECT_EQ(reply.latency, std::chrono::milliseconds(12));
}

struct Case {
  const char* body;
  Outcome outcome;
  const char* text;
  const char* finish_reason;
};

TEST(ResponsesDecode, TableOfAnswers) {
  const Case cases[] = {
      {R"({"status":"completed","output":[]})", Outcome::answered, "", "completed"},
      {R"({"output":[{"type":"message","content":[{"type":"output_text","text":"a"},)"
       R"({"type":"output_text","text":"b"}]}]})",
       Outcome::answered, "ab", ""},
      {R"({"status":"completed","output":[{"type":"message","content":[{"type":"refusal",)"
       R"("refusal":"I cannot."}]}]})",
       Outcome::refused, "I cannot.", "completed"},
      {R"({"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"output":[)"
       R"({"type":"message","content":[{"type":"output_text","text":"5 no"}]}]})",
       Outcome::truncated, "5 no", "max_output_tokens"},
      {R"({"status":"incomplete","incomplete_details":{"reason":"content_filter"},"output":[]})",
       Outcome::refused, "", "content_filter"},
      {R"({"status":"incomplete","incomplete_details":null,"output":[]})", Outcome::truncated, "",
       "incomplete"},
      {R"({"status":"completed","output":[{"type":"function_call","name":"x"},null,3]})",
       Outcome::answered, "", "completed"},
  };
  for (const Case& c : cases) {
    const Reply reply = decoded(200, c.body);
    EXPECT_EQ(reply.outcome, c.outcome) << c.body << reply.error;
    EXPECT_EQ(reply.text, c.text) << c.body;
    EXPECT_EQ(reply.finish_reason, c.finish_reason) << c.body;
  }
}

struct ErrorCase {
  int status;
  const char* body;
  Failure failure;
  const char* error;
};

TEST(ResponsesDecode, TableOfErrors) {
  const ErrorCase cases[] = {
      {200,
       R"({"status":"failed","error":{"code":"server_error","message":"The model failed"},"output":[]})",
       Failure::server, R"(the server answered 500: "The model failed")"},
      {200,
       R"({"status":"failed","error":{"code":"rate_limit_exceeded","message":"slow"},"output":[]})",
       Failure::rate_limited, R"(the server answered 429: "slow")"},
      {200, R"({"status":"failed","error":{"code":"invalid_prompt","message":"no"},"output":[]})",
       Failure::permanent, R"(the server answered 400: "no")"},
      {200, R"({"status":"failed","error":null,"output":[]})", Failure::server,
       R"(the server answered 500: "the response failed")"},
      {200, R"({"status":"cancelled","output":[]})", Failure::server,
       R"(the server broke the reply off with status "cancelled")"},
      {200, R"({"error":{"message":"upstream","code":502}})", Failure::server,
       R"(the server answered 502: "upstream")"},
      {200, R"({"object":"list"})", Failure::permanent,
       R"(expected a response, found JSON without "output": "{"object":"list"}"; check --base-url)"},
      {429, R"({"error":{"message":"no money","code":"insufficient_quota"}})", Failure::permanent,
       R"(the server answered 429: "no money")"},
      {503, "", Failure::server, "the server answered 503: an empty body"},
      {404, R"({"error":{"message":"no such model","code":"model_not_found"}})", Failure::permanent,
       R"(the server answered 404: "no such model"; check --base-url (it usually ends in /v1) and --model)"},
  };
  for (const ErrorCase& c : cases) {
    const Reply reply = decoded(c.status, c.body);
    EXPECT_EQ(reply.outcome, Outcome::api_error) << c.body;
    EXPECT_EQ(reply.failure, c.failure) << c.body;
    EXPECT_EQ(reply.error, c.error);
    EXPECT_EQ(reply.text, "");
  }
}

TEST(ResponsesDecode, NoPrefixOfAResponseIsAnAnswer) {
  const std::string whole = kAnswer;
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_EQ(decoded(200, whole.substr(0, size)).failure, Failure::permanent) << size;
}

}  // namespace
}  // namespace stareval::responses
