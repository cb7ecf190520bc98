// Golden: the bytes of requests, written by hand after the documentation of the API. Table: which
// response becomes which reply. Properties: no reply holds the key, every text is valid UTF-8.
#include "backends/shared/chat_codec.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libstareval/base/json.h"
#include "libstareval/base/text.h"

namespace stareval::chat {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kKey = "sk-0123456789abcdefghij";

Request question() {
  Request request;
  request.sample_id = "EC-0001";
  request.model = "gpt-4o";
  request.messages = {{"user", {ImagePart{"a.png", ""}, TextPart{"How many \"nodes\"?"}}}};
  return request;
}

TEST(Encode, GoldenWithOnePicture) {
  const std::vector<PictureFile> pictures{{{"x/a.png", ""}, "image/png", 5}};
  EXPECT_EQ(encode(question(), pictures, "max_tokens").outline(),
            R"({"model":"gpt-4o","messages":[{"role":"user","content":[)"
            R"({"type":"image_url","image_url":{"url":"data:image/png;base64,<base64 of a.png>"}},)"
            R"({"type":"text","text":"How many \"nodes\"?"}]}],)"
            R"("temperature":0,"max_tokens":4096})");
}

TEST(Encode, GoldenWithSystemPromptAndAllParameters) {
  Request request = question();
  request.messages = {{"system", {TextPart{"Be brief."}}},
                      {"user", {TextPart{"A"}, ImagePart{"1", ""}, ImagePart{"2", ""}}},
                      {"assistant", {TextPart{"B\n"}}}};
  request.decoding = {.temperature = 0.7, .top_p = 0.95, .max_tokens = 16};
  const std::vector<PictureFile> pictures{{{"1", ""}, "image/png", 1},
                                          {{"2", ""}, "image/jpeg", 1}};
  EXPECT_EQ(encode(request, pictures, "max_completion_tokens").outline(),
            R"({"model":"gpt-4o","messages":[{"role":"system","content":"Be brief."},)"
            R"({"role":"user","content":[{"type":"text","text":"A"},)"
            R"({"type":"image_url","image_url":{"url":"data:image/png;base64,<base64 of 1>"}},)"
            R"({"type":"image_url","image_url":{"url":"data:image/jpeg;base64,<base64 of 2>"}}]},)"
            R"({"role":"assistant","content":"B\n"}],)"
            R"("temperature":0.7,"top_p":0.95,"max_completion_tokens":16})");
}

TEST(Encode, LeavesOutWhatIsNotSetAndIsJson) {
  Request request = question();
  request.decoding.temperature.reset();
  request.messages = {{"user", {TextPart{"\u00fc \x01 \\ \" \u65e5\u672c"}}}};
  const std::string body = encode(request, {}, "max_tokens").outline();
  EXPECT_THAT(body, Not(HasSubstr("temperature")));
  EXPECT_THAT(body, Not(HasSubstr("EC-0001")));
  const auto parsed = parse_json_object(body, "body");
  ASSERT_TRUE(parsed.has_value()) << parsed.error().message;
  EXPECT_EQ(parsed->at("messages").as_array()[0].as_object().at("content").as_string(),
            "\u00fc \x01 \\ \" \u65e5\u672c");
}

TEST(Encode, AsksForLogprobsAndMergesExtraFields) {
  Request request = question();
  request.messages = {{"user", {TextPart{"A"}}}};
  request.decoding.logprobs = 5;
  request.decoding.extra = {
      {"seed", 7}, {"temperature", 1}, {"reasoning", json::object{{"effort", "none"}}}};
  EXPECT_EQ(encode(request, {}, "max_tokens").outline(),
            R"({"model":"gpt-4o","messages":[{"role":"user","content":"A"}],"temperature":1,)"
            R"("max_tokens":4096,"logprobs":true,"top_logprobs":5,"seed":7,)"
            R"("reasoning":{"effort":"none"}})");
}

HttpResponse response(int status, std::string body) {
  HttpResponse http;
  http.status = status;
  http.body = std::move(body);
  http.latency = std::chrono::milliseconds(12);
  return http;
}

Reply decoded(int status, std::string body) {
  return decode(response(status, std::move(body)), Secret{kKey});
}

// A completion with this message and finish_reason, both as JSON.
std::string completion(const std::string& message, const std::string& finish_reason) {
  return R"({"id":"chatcmpl-1","choices":[{"index":0,"message":)" + message +
         R"(,"finish_reason":)" + finish_reason +
         R"(}],"usage":{"prompt_tokens":11,"completion_tokens":3}})";
}

struct Case {
  const char* message;
  const char* finish_reason;
  Outcome outcome;
  const char* text;
  const char* reasoning;
};

TEST(Decode, TableOfCompletions) {
  const Case cases[] = {
      {R"({"content":"5"})", R"("stop")", Outcome::answered, "5", ""},
      {R"({"content":""})", R"("stop")", Outcome::answered, "", ""},
      {R"({"content":null})", R"("stop")", Outcome::answered, "", ""},
      {R"({})", R"("tool_calls")", Outcome::answered, "", ""},
      {R"({"content":"5"})", "null", Outcome::answered, "5", ""},
      {R"({"content":"5 no"})", R"("length")", Outcome::truncated, "5 no", ""},
      {R"({"content":"5 no"})", R"("model_length")", Outcome::truncated, "5 no", ""},
      {R"({"content":"5"})", R"("content_filter")", Outcome::refused, "5", ""},
      {R"({"content":null,"refusal":"I can't."})", R"("stop")", Outcome::refused, "I can't.", ""},
      {R"({"content":"5","refusal":null})", R"("stop")", Outcome::answered, "5", ""},
      {R"({"content":[{"type":"text","text":"a"},{"type":"x"},{"type":"text","text":"b"}]})",
       R"("stop")", Outcome::answered, "ab", ""},
      {R"({"content":[{"type":"refusal","refusal":"No."}]})", R"("stop")", Outcome::refused, "No.",
       ""},
      {R"({"content":"5","reasoning_content":"It is 4 or 5."})", R"("stop")", Outcome::answered,
       "5", "It is 4 or 5."},
      {R"({"content":"5","reasoning":"Hm."})", R"("stop")", Outcome::answered, "5", "Hm."},
  };
  for (const Case& c : cases) {
    const Reply reply = decoded(200, completion(c.message, c.finish_reason));
    EXPECT_EQ(reply.outcome, c.outcome) << c.message << ": " << reply.error;
    EXPECT_EQ(reply.text, c.text) << c.message;
    EXPECT_EQ(reply.reasoning, c.reasoning) << c.message;
    EXPECT_EQ(reply.failure, Failure::none);
    EXPECT_EQ(reply.usage.input_tokens, 11);
    EXPECT_EQ(reply.usage.output_tokens, 3);
    EXPECT_EQ(reply.latency, std::chrono::milliseconds(12));
  }
}

TEST(Decode, PrefersTheRequestIdOfTheHeader) {
  HttpResponse http = response(200, completion(R"({"content":"5"})", R"("stop")"));
  EXPECT_EQ(decode(http, {}).provider_request_id, "chatcmpl-1");
  http.headers = {{"x-request-id", "req_7"}};
  EXPECT_EQ(decode(http, {}).provider_request_id, "req_7");
}

// The example of the documentation, shortened.
TEST(Decode, ReadsDetailsOfUsage) {
  const Reply reply =
      decoded(200, R"({"choices":[{"message":{"content":"5"},"finish_reason":"stop"}],"usage":{)"
                   R"("prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,)"
                   R"("prompt_tokens_details":{"cached_tokens":1920,"audio_tokens":0},)"
                   R"("completion_tokens_details":{"reasoning_tokens":256}}})");
  EXPECT_EQ(reply.usage.input_tokens, 2006);
  EXPECT_EQ(reply.usage.cached_tokens, 1920);
  EXPECT_EQ(reply.usage.output_tokens, 300);
  EXPECT_EQ(reply.usage.reasoning_tokens, 256);
}

TEST(Decode, ReadsLogprobs) {
  const Reply reply = decoded(
      200,
      R"({"choices":[{"message":{"content":"5."},"finish_reason":"stop","logprobs":{"content":[)"
      R"({"token":"5","logprob":-0.25,"bytes":[53],"top_logprobs":[{"token":"5","logprob":-0.25},)"
      R"({"token":"4","logprob":-1.5}]},{"token":".","logprob":0,"top_logprobs":[]}]}}]})");
  ASSERT_EQ(reply.logprobs.size(), 2U);
  EXPECT_EQ(reply.logprobs[0].token, "5");
  EXPECT_EQ(reply.logprobs[0].logprob, -0.25);
  ASSERT_EQ(reply.logprobs[0].top.size(), 2U);
  EXPECT_EQ(reply.logprobs[0].top[1], (std::pair<std::string, double>("4", -1.5)));
  EXPECT_TRUE(reply.logprobs[1].top.empty());
}

TEST(Decode, TheContentFilterOfAzureIsARefusal) {
  const Reply reply = decoded(
      400, R"({"error":{"message":"The response was filtered","type":null,"param":"prompt",)"
           R"("code":"content_filter","status":400,"innererror":{)"
           R"("code":"ResponsibleAIPolicyViolation","content_filter_result":{)"
           R"("violence":{"filtered":true,"severity":"medium"}}}}})");
  EXPECT_EQ(reply.outcome, Outcome::refused);
  EXPECT_EQ(reply.failure, Failure::none);
  EXPECT_EQ(reply.finish_reason, "content_filter");
  EXPECT_EQ(reply.text, "The response was filtered");
}

TEST(Decode, SaysWhatToDoAboutAModelThatRefusesATemperature) {
  const Reply reply = decoded(
      400, R"({"error":{"message":"Unsupported value: 'temperature' does not support 0 with this )"
           R"(model.","type":"invalid_request_error","param":"temperature",)"
           R"("code":"unsupported_value"}})");
  EXPECT_EQ(reply.error,
            "the server answered 400: \"Unsupported value: 'temperature' does not support 0 with "
            "this model.\"; leave it out with --set temperature=none");
}

TEST(Decode, ReadsTheLimitsOfEveryStatus) {
  for (const int status : {200, 429, 500}) {
    HttpResponse http =
        response(status, status == 200 ? completion(R"({"content":"5"})", R"("stop")") : "{}");
    http.headers = {{"x-ratelimit-remaining-requests", "59"}, {"x-ratelimit-reset-tokens", "6m0s"}};
    const Reply reply = decode(http, {});
    EXPECT_EQ(reply.limits.requests.remaining, 59) << status;
    EXPECT_EQ(reply.limits.tokens.reset, std::chrono::minutes(6)) << status;
  }
}

TEST(Decode, UsageMayBeMissing) {
  const Reply reply = decoded(200, R"({"choices":[{"message":{"content":"5"}}],"usage":null})");
  EXPECT_EQ(reply.outcome, Outcome::answered);
  EXPECT_EQ(reply.usage.input_tokens, 0);
}

struct ErrorCase {
  int status;
  Failure failure;
  const char* body;
  const char* error;
};

TEST(Decode, TableOfErrors) {
  const ErrorCase cases[] = {
      {400, Failure::permanent, R"({"error":{"message":"no such model"}})",
       R"(the server answered 400: "no such model")"},
      {401, Failure::permanent,
       R"({"error":{"message":"Incorrect API key: sk-0123456789abcdefghij"}})",
       R"(the server answered 401: "Incorrect API key: [key removed]"; check the API key)"},
      {404, Failure::permanent, R"({"detail":"Not Found"})",
       R"(the server answered 404: "Not Found"; check --base-url (it usually ends in /v1) and --model)"},
      {429, Failure::rate_limited,
       R"({"error":{"message":"slow down","code":"rate_limit_exceeded"}})",
       R"(the server answered 429: "slow down")"},
      {429, Failure::permanent, R"({"error":{"message":"no money","code":"insufficient_quota"}})",
       R"(the server answered 429: "no money")"},
      {500, Failure::server, R"({"error":"boom"})", R"(the server answered 500: "boom")"},
      {503, Failure::server, "", "the server answered 503: an empty body"},
      {502, Failure::server, "<html>Bad gateway</html>",
       R"(the server answered 502: "<html>Bad gateway</html>")"},
      {307, Failure::permanent, "",
       "the server answered 307: an empty body; redirects are not followed: check --base-url"},
      {200, Failure::permanent, "<html>Welcome</html>",
       R"(expected a chat completion, found something else: "<html>Welcome</html>"; check --base-url)"},
      {200, Failure::permanent, R"({"choices":[{"mess)",
       R"(expected a chat completion, found something else: "{"choices":[{"mess"; check --base-url)"},
      {200, Failure::permanent, R"([1])",
       R"(expected a chat completion, found something else: "[1]"; check --base-url)"},
      {200, Failure::permanent, R"({"choices":[]})",
       R"(expected a chat completion, found an empty list of choices: "{"choices":[]}"; check --base-url)"},
      {200, Failure::permanent, R"({"choices":[{}]})",
       R"(expected a chat completion, found a choice without a message: "{"choices":[{}]}"; check --base-url)"},
      {200, Failure::permanent, R"({"object":"list"})",
       R"(expected a chat completion, found JSON without "choices": "{"object":"list"}"; check --base-url)"},
      {200, Failure::server, R"({"error":{"message":"upstream","code":502}})",
       R"(the server answered 502: "upstream")"},
      {200, Failure::permanent, R"({"error":{"message":"odd","code":"what"}})",
       R"(the server answered 400: "odd")"},
  };
  for (const ErrorCase& c : cases) {
    const Reply reply = decoded(c.status, c.body);
    EXPECT_EQ(reply.outcome, Outcome::api_error) << c.body;
    EXPECT_EQ(reply.failure, c.failure) << c.body;
    EXPECT_EQ(reply.error, c.error);
    EXPECT_EQ(reply.text, "");
  }
}

// PITFALLS 10: a failure that came as the text of a reply was scored as an answer.
TEST(Decode, ABrokenGenerationIsNeverAnAnswer) {
  const ErrorCase cases[] = {
      {200, Failure::server, R"({"choices":[{"message":{"content":"5"},"finish_reason":"error"}]})",
       R"(the server broke the reply off with finish_reason "error")"},
      {200, Failure::server, R"({"choices":[{"message":{"content":"5"},"finish_reason":"abort"}]})",
       R"(the server broke the reply off with finish_reason "abort")"},
      {200, Failure::server,
       R"({"choices":[{"message":{"content":"5"},"finish_reason":"insufficient_system_resource"}]})",
       R"(the server broke the reply off with finish_reason "insufficient_system_resource")"},
      {200, Failure::server,
       R"({"choices":[{"message":{"content":"5"},"finish_reason":"error",)"
       R"("error":{"code":502,"message":"upstream"}}]})",
       R"(the server answered 502: "upstream")"},
      {200, Failure::rate_limited,
       R"({"choices":[{"message":{"content":"5"},"finish_reason":"stop",)"
       R"("error":{"code":429,"message":"busy"}}]})",
       R"(the server answered 429: "busy")"},
      {200, Failure::server, R"({"choices":[{"finish_reason":null,"error":"cut"}]})",
       R"(the server answered 500: "cut")"},
      {200, Failure::server, R"({"choices":[],"error":{"message":"upstream","code":503}})",
       R"(the server answered 503: "upstream")"},
      {200, Failure::permanent, R"({"choices":[],"error":"no such model"})",
       R"(the server answered 400: "no such model")"},
      {200, Failure::server,
       R"({"choices":[{"message":{"content":"5"}}],"error":{"code":500,"message":"late"}})",
       R"(the server answered 500: "late")"},
  };
  for (const ErrorCase& c : cases) {
    const Reply reply = decoded(c.status, c.body);
    EXPECT_EQ(reply.outcome, Outcome::api_error) << c.body;
    EXPECT_EQ(reply.failure, c.failure) << c.body;
    EXPECT_EQ(reply.error, c.error);
    EXPECT_EQ(reply.text, "");
  }
}

TEST(Decode, AnEmptyErrorBesideAChoiceIsNone) {
  for (const char* error : {"null", "{}", R"("")"}) {
    const Reply reply =
        decoded(200, fmt::format(R"({{"choices":[{{"message":{{"content":"5"}},"error":{}}}],)"
                                 R"("error":{},"message":"fine"}})",
                                 error, error));
    EXPECT_EQ(reply.outcome, Outcome::answered) << error << ": " << reply.error;
    EXPECT_EQ(reply.text, "5");
  }
}

TEST(Decode, HandsOnRetryAfter) {
  HttpResponse http = response(429, "{}");
  http.headers = {{"retry-after", "3"}};
  EXPECT_EQ(decode(http, {}).retry_after, std::chrono::seconds(3));
}

TEST(Decode, NoTextHoldsTheKeyAlsoWhereItIsEscaped) {
  const std::string echoed = completion(
      R"({"content":"\u0073k-0123456789abcdefghij","reasoning":"sk-0123456789abcdefghij"})",
      R"("sk-0123456789abcdefghij")");
  const Reply reply = decoded(200, echoed);
  EXPECT_EQ(reply.text, "[key removed]");
  EXPECT_EQ(reply.reasoning, "[key removed]");
  EXPECT_EQ(reply.finish_reason, "[key removed]");
}

TEST(Decode, MendsBytesThatAreNotUtf8) {
  const Reply reply = decoded(200, completion("{\"content\":\"a\xff\"}", R"("stop")"));
  EXPECT_EQ(reply.outcome, Outcome::answered) << reply.error;
  EXPECT_EQ(reply.text, "a\uFFFD");
  EXPECT_EQ(reply.provider_request_id, "chatcmpl-1");
  EXPECT_TRUE(is_valid_utf8(decoded(200, "\xff\xfe").error));
}

// Every prefix of a good reply is a cut reply: none may crash or be answered.
TEST(Decode, NoPrefixOfACompletionIsAnAnswer) {
  const std::string whole = completion(R"({"content":"5"})", R"("stop")");
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_EQ(decoded(200, whole.substr(0, size)).failure, Failure::permanent) << size;
}

TEST(Decode, TakesHostileShapes) {
  for (const char* body :
       {R"({"choices":{}})", R"({"choices":[null]})", R"({"choices":[{"message":[]}]})",
        R"({"choices":[{"message":{"content":5}}]})", R"({"error":[],"choices":null})",
        R"({"choices":[{"message":{"content":[null,1,[]]},"finish_reason":1}],"usage":[]})",
        R"({"choices":[{"message":{}}],"usage":{"prompt_tokens":"x"}})", "null", "\"text\"", "{}"})
    EXPECT_NE(decoded(200, body).outcome, Outcome::truncated) << body;
}

// A server that cut an emoji in two: the reply is paid for, and must not be asked for again.
TEST(ChatDecode, KeepsAReplyWithALoneSurrogate) {
  HttpResponse response;
  response.status = 200;
  response.body = R"({"choices":[{"message":{"content":"8 \ud83d."},"finish_reason":"stop"}]})";
  const Reply reply = chat::decode(response, Secret(""));
  EXPECT_EQ(reply.outcome, Outcome::answered);
  EXPECT_EQ(reply.text, "8 \xEF\xBF\xBD.");
}

}  // namespace
}  // namespace stareval::chat
