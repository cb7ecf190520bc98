// Golden: whole bodies, written by hand after the documentation. Table: which response becomes
// which reply.
#include "backends/ollama/ollama_codec.h"

#include <gtest/gtest.h>

#include "tests/support/wire.h"

namespace stareval::ollama {
namespace {

using testing::conversation;
using testing::picture;
using testing::question;
using testing::response;

TEST(OllamaEncode, GoldenWithOnePicture) {
  const std::vector<PictureFile> pictures{picture("a.png")};
  EXPECT_EQ(encode(question("qwen3-vl:8b"), pictures, std::nullopt).outline(),
            R"({"model":"qwen3-vl:8b","messages":[{"role":"user","content":"How many \"nodes\"?",)"
            R"("images":["<base64 of a.png>"]}],"stream":false,)"
            R"("options":{"temperature":0,"num_predict":4096}})");
}

TEST(OllamaEncode, GoldenWithSystemPromptAndAllParameters) {
  Request request = conversation("m");
  request.messages[1].parts.emplace_back(TextPart{"Z"});
  request.decoding.logprobs = 2;
  request.decoding.extra = {{"options", json::object{{"num_ctx", 32768}}}, {"keep_alive", "5m"}};
  const std::vector<PictureFile> pictures{picture("1"), picture("2")};
  EXPECT_EQ(encode(request, pictures, json::value(true)).outline(),
            R"({"model":"m","messages":[{"role":"system","content":"Be brief."},)"
            R"({"role":"user","content":"A\nZ","images":["<base64 of 1>","<base64 of 2>"]},)"
            R"({"role":"assistant","content":"B\n"},{"role":"user","content":"C"}],)"
            R"("stream":false,"think":true,"options":{"temperature":0.7,"top_p":0.95,)"
            R"("num_predict":16,"num_ctx":32768},"logprobs":true,"top_logprobs":2,)"
            R"("keep_alive":"5m"})");
}

Reply decoded(int status, std::string body) {
  return decode(response(status, std::move(body)), Secret{"ollama-0123456789abcdefghij"});
}

constexpr const char* kAnswer =
    R"({"model":"qwen3-vl:8b","created_at":"2025-10-17T23:14:07.414671Z","message":)"
    R"({"role":"assistant","content":"5","thinking":"Let me count."},"done":true,)"
    R"("done_reason":"stop","total_duration":174560334,"prompt_eval_count":211,"eval_count":18,)"
    R"("logprobs":[{"token":"5","logprob":-0.5,"bytes":[53],"top_logprobs":[)"
    R"({"token":"5","logprob":-0.5},{"token":"4","logprob":-2}]}]})";

TEST(OllamaDecode, TheDocumentedExample) {
  const Reply reply = decoded(200, kAnswer);
  EXPECT_EQ(reply.outcome, Outcome::answered) << reply.error;
  EXPECT_EQ(reply.text, "5");
  EXPECT_EQ(reply.reasoning, "Let me count.");
  EXPECT_EQ(reply.finish_reason, "stop");
  EXPECT_EQ(reply.usage.input_tokens, 211);
  EXPECT_EQ(reply.usage.output_tokens, 18);
  ASSERT_EQ(reply.logprobs.size(), 1U);
  EXPECT_EQ(reply.logprobs[0].top[1].first, "4");
}

struct Case {
  int status;
  const char* body;
  Outcome outcome;
  Failure failure;
  const char* error;
};

TEST(OllamaDecode, Table) {
  const Case cases[] = {
      {200, R"({"message":{"content":"5 no"},"done":true,"done_reason":"length"})",
       Outcome::truncated, Failure::none, ""},
      {200, R"({"message":{"content":""},"done":true,"done_reason":"stop"})", Outcome::answered,
       Failure::none, ""},
      {200, R"({"message":{"content":null},"done":true})", Outcome::answered, Failure::none, ""},
      {200, R"({"message":{"content":"5"},"done":false})", Outcome::api_error, Failure::server,
       R"(the server broke the reply off with "done" not true)"},
      {200, R"({"message":{"content":""},"done":true,"done_reason":"load"})", Outcome::api_error,
       Failure::server, R"(the server broke the reply off with done_reason "load")"},
      {200, R"({"error":"an error was encountered while running the model"})", Outcome::api_error,
       Failure::server,
       R"(the server answered 500: "an error was encountered while running the model")"},
      {404, R"({"error":"model 'x' not found"})", Outcome::api_error, Failure::permanent,
       R"(the server answered 404: "model 'x' not found"; check --base-url (without /v1) and --model)"},
      {400, R"({"error":"\"x\" does not support thinking"})", Outcome::api_error,
       Failure::permanent, R"(the server answered 400: ""x" does not support thinking")"},
      {503, R"({"error":"server busy, please try again"})", Outcome::api_error, Failure::server,
       R"(the server answered 503: "server busy, please try again")"},
      {200, R"({"choices":[]})", Outcome::api_error, Failure::permanent,
       R"(expected a chat reply of Ollama, found JSON without a "message": "{"choices":[]}"; check --base-url)"},
  };
  for (const Case& c : cases) {
    const Reply reply = decoded(c.status, c.body);
    EXPECT_EQ(reply.outcome, c.outcome) << c.body;
    EXPECT_EQ(reply.failure, c.failure) << c.body;
    EXPECT_EQ(reply.error, c.error);
    if (c.outcome == Outcome::api_error) {
      EXPECT_EQ(reply.text, "");
    }
  }
}

TEST(OllamaDecode, NoPrefixOfAReplyIsAnAnswer) {
  const std::string whole = kAnswer;
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_EQ(decoded(200, whole.substr(0, size)).failure, Failure::permanent) << size;
}

}  // namespace
}  // namespace stareval::ollama
