// The vendors' formats: a request after the documentation is read, and each that the real API is
// documented to refuse is refused. What the answers become: the conformance suite of the backends.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apps/star_mock_server/mock_apis.h"
#include "libstareval/base/digest.h"

namespace stareval {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Result<MockQuestion> ask(const char* target, const std::string& body) {
  const MockApi* api = find_api(target);
  if (api == nullptr) return make_error(ErrorCode::usage, "no format for {}", target);
  return api->parse(target, body);
}

std::string refusal(const char* target, const std::string& body) {
  const auto question = ask(target, body);
  return question.has_error() ? question.error().message : "";
}

constexpr const char* kMessages = "/v1/messages";
constexpr const char* kResponses = "/v1/responses";
constexpr const char* kGemini = "/v1beta/models/gemini-3.8-flash:generateContent";
constexpr const char* kOllama = "/api/chat";

TEST(VendorApis, EachHasItsTarget) {
  EXPECT_EQ(find_api("/v1/chat/completions")->name, "chat");
  EXPECT_EQ(find_api(kMessages)->name, "messages");
  EXPECT_EQ(find_api(kResponses)->name, "responses");
  EXPECT_EQ(find_api(kGemini)->name, "gemini");
  EXPECT_EQ(find_api(kOllama)->name, "ollama");
  EXPECT_EQ(find_api("/v1beta/models/x:streamGenerateContent"), nullptr);
}

// "iVBORw==" is \x89PNG.
TEST(VendorApis, ReadQuestionsAndPictures) {
  const std::string digest = sha256("\x89PNG");
  const std::pair<const char*, const char*> cases[] = {
      {kMessages,
       R"({"model":"m","max_tokens":5,"system":"S","messages":[{"role":"user","content":[)"
       R"({"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw=="}},)"
       R"({"type":"text","text":"Q"}]}]})"},
      {kResponses, R"({"model":"m","instructions":"S","input":[{"role":"user","content":[)"
                   R"({"type":"input_image","image_url":"data:image/png;base64,iVBORw=="},)"
                   R"({"type":"input_text","text":"Q"}]}]})"},
      {"/v1beta/models/m:generateContent",
       R"({"systemInstruction":{"parts":[{"text":"S"}]},"contents":[{"role":"user","parts":[)"
       R"({"inlineData":{"mimeType":"image/png","data":"iVBORw=="}},{"text":"Q"}]}]})"},
      {kOllama, R"({"model":"m","stream":false,"messages":[{"role":"system","content":"S"},)"
                R"({"role":"user","content":"Q","images":["iVBORw=="]}]})"},
  };
  for (const auto& [target, body] : cases) {
    const auto question = ask(target, body);
    ASSERT_TRUE(question.has_value()) << target << question.error().message;
    EXPECT_EQ(question->model, "m");
    EXPECT_EQ(question->prompt, "S\nQ") << target;
    EXPECT_THAT(question->pictures, ElementsAre(digest)) << target;
  }
}

TEST(MessagesApi, RefusesWhatTheRealOneRefuses) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"model":"m","messages":[{"role":"user","content":"Q"}]})", "max_tokens"},
      {R"({"model":"m","max_tokens":0,"messages":[{"role":"user","content":"Q"}]})", "max_tokens"},
      {R"({"max_tokens":5,"messages":[{"role":"user","content":"Q"}]})", "model"},
      {R"({"model":"m","max_tokens":5,"messages":[]})", "at least one message"},
      {R"({"model":"m","max_tokens":5,"messages":[{"role":"system","content":"Q"}]})", "role"},
      {R"({"model":"m","max_tokens":5,"messages":[{"role":"user","content":[]}]})", "one block"},
      {R"({"model":"m","max_tokens":5,"messages":[{"role":"user","content":[{"type":"text","text":""}]}]})",
       "not empty"},
      {R"({"model":"m","max_tokens":5,"stream":true,"messages":[{"role":"user","content":"Q"}]})",
       "stream"},
      {R"({"model":"m","max_tokens":5,"logprobs":true,"messages":[{"role":"user","content":"Q"}]})",
       "unknown field \"logprobs\""},
      {R"({"model":"m","max_tokens":5,"temperature":1.5,"messages":[{"role":"user","content":"Q"}]})",
       "temperature"},
      {R"({"model":"m","max_tokens":5,"temperature":0,"thinking":{"type":"enabled","budget_tokens":1024},)"
       R"("messages":[{"role":"user","content":"Q"}]})",
       "temperature"},
      {R"({"model":"m","max_tokens":5,"messages":[{"role":"user","content":[{"type":"image",)"
       R"("source":{"type":"base64","media_type":"image/png","data":"***"}}]}]})",
       "base64"},
      {R"({"model":"m","max_tokens":5,"messages":[{"role":"user","content":[{"type":"image",)"
       R"("source":{"type":"base64","media_type":"image/bmp","data":"iVBORw=="}}]}]})",
       "image/bmp"},
  };
  for (const auto& [body, why] : cases)
    EXPECT_THAT(refusal(kMessages, body), HasSubstr(why)) << body;
}

TEST(ResponsesApi, RefusesWhatTheRealOneRefuses) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"model":"m"})", "input"},
      {R"({"model":"m","input":[]})", "at least one message"},
      {R"({"model":"m","input":"Q","messages":[]})", "unknown field \"messages\""},
      {R"({"model":"m","input":"Q","max_tokens":5})", "unknown field \"max_tokens\""},
      {R"({"model":"m","input":"Q","max_output_tokens":5})", "max_output_tokens"},
      {R"({"model":"m","input":"Q","top_logprobs":21})", "top_logprobs"},
      {R"({"model":"m","input":"Q","stream":true})", "stream"},
      {R"({"model":"m","input":[{"role":"robot","content":"Q"}]})", "role"},
      {R"({"model":"m","input":[{"role":"user","content":[{"type":"text","text":"Q"}]}]})",
       "input_text"},
      {R"({"model":"m","input":[{"role":"assistant","content":[{"type":"input_text","text":"Q"}]}]})",
       "output_text"},
      {R"({"model":"m","input":[{"role":"user","content":[{"type":"input_image","image_url":"http://x"}]}]})",
       "data:image"},
  };
  for (const auto& [body, why] : cases)
    EXPECT_THAT(refusal(kResponses, body), HasSubstr(why)) << body;
}

TEST(GeminiApi, RefusesWhatTheRealOneRefuses) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({})", "contents"},
      {R"({"contents":[]})", "at least one content"},
      {R"({"contents":[{"role":"assistant","parts":[{"text":"Q"}]}]})", "valid role: user, model"},
      {R"({"contents":[{"role":"user","parts":[]}]})", "at least one part"},
      {R"({"contents":[{"role":"user","parts":[{"image":"x"}]}]})", "unknown field \"image\""},
      {R"({"contents":[{"parts":[{"text":"Q"}]}],"max_tokens":5})", "unknown field \"max_tokens\""},
      {R"({"contents":[{"parts":[{"text":"Q"}]}],"generationConfig":{"max_tokens":5}})",
       "generationConfig: unknown field"},
      {R"({"contents":[{"parts":[{"text":"Q"}]}],"generationConfig":{"temperature":3}})",
       "temperature"},
      {R"({"contents":[{"parts":[{"text":"Q"}]}],"generationConfig":{"logprobs":3}})",
       "responseLogprobs"},
      {R"({"contents":[{"parts":[{"inlineData":{"mimeType":"image/png","data":"a"}}]}]})",
       "base64"},
  };
  for (const auto& [body, why] : cases) EXPECT_THAT(refusal(kGemini, body), HasSubstr(why)) << body;
}

TEST(OllamaApi, RefusesWhatTheRealOneRefuses) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"model":"m","messages":[]})", "stream"},  // streams unless it is told not to
      {R"({"model":"m","stream":true,"messages":[]})", "stream"},
      {R"({"stream":false,"messages":[]})", "model"},
      {R"({"model":"m","stream":false,"messages":[{"role":"robot","content":"Q"}]})", "role"},
      {R"({"model":"m","stream":false,"messages":[{"role":"user","content":[{"type":"text"}]}]})",
       "content"},
      {R"({"model":"m","stream":false,"messages":[{"role":"user","content":"Q","images":["?"]}]})",
       "base64"},
      {R"({"model":"m","stream":false,"messages":[{"role":"user","content":"Q","images":[5]}]})",
       "base64"},
  };
  for (const auto& [body, why] : cases) EXPECT_THAT(refusal(kOllama, body), HasSubstr(why)) << body;
}

TEST(VendorApis, NoHostileBodyIsRead) {
  for (const MockApi& api : mock_apis())
    for (const char* body : {"", "[]", "null", "{", R"({"messages":5})", R"({"contents":[5]})"})
      EXPECT_TRUE(api.parse("/v1/models/m:generateContent", body).has_error()) << api.name << body;
}

}  // namespace
}  // namespace stareval
