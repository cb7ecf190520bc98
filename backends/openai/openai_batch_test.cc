// Lines, by hand: golden ones that go out, and what comes back from OpenAI and from vLLM. Calls of
// the API need a server: tests/integration/batch_calls_test.cc.
#include "backends/openai/openai_batch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "backends/openai/openai.h"
#include "libstareval/base/base64.h"
#include "tests/support/backend_probe.h"
#include "tests/support/errors.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using testing::config_for;
using testing::error_code;
using ::testing::HasSubstr;

class OpenAiBatchLines : public ::testing::Test {
 protected:
  BatchApi& api(const std::string& base_url, std::map<std::string, std::string> settings = {}) {
    BackendConfig config = config_for(base_url);
    config.settings = std::move(settings);
    backend_ = make_openai(config).value();
    return *backend_->batch();
  }
  BatchApi& vendor() { return api("https://api.openai.com/v1"); }

  Reply read(const std::string& line) {
    const auto read = vendor().read_line(line);
    EXPECT_TRUE(read.has_value()) << line;
    EXPECT_EQ(read ? read->custom_id : "", "ab12") << line;
    return read ? read->reply : Reply();
  }

  const testing::TempFolder folder_;
  std::unique_ptr<Backend> backend_;
};

TEST_F(OpenAiBatchLines, GoldenWithAPicture) {
  const ImagePart picture = testing::write_picture(folder_ / "a.png", 3);
  const std::string bytes = testing::read_bytes(folder_ / "a.png");
  EXPECT_EQ(vendor().line("ab12", testing::request_for("EC-1", {picture})).value(),
            R"({"custom_id":"ab12","method":"POST","url":"/v1/chat/completions","body":)"
            R"({"model":"test-model","messages":[{"role":"user","content":[{"type":"image_url",)"
            R"("image_url":{"url":"data:image/png;base64,)" +
                base64_encode(bytes) +
                R"("}},{"type":"text","text":"How many entities are there?"}]}],)"
                R"("temperature":0,"max_completion_tokens":4096}})"
                "\n");
}

TEST_F(OpenAiBatchLines, GoldenOfResponsesAndOfALocalServerWhichIsToldTheSample) {
  EXPECT_EQ(api("http://127.0.0.1:9/v1", {{"api", "responses"}})
                .line("ab12", testing::request_for("EC-1"))
                .value(),
            R"({"custom_id":"EC-1#ab12","method":"POST","url":"/v1/responses","body":)"
            R"({"model":"test-model","input":[{"role":"user","content":)"
            R"("How many entities are there?"}],"temperature":0,"max_output_tokens":4096,)"
            R"("store":false}})"
            "\n");
}

TEST_F(OpenAiBatchLines, AChangedOrMissingPictureHasNoLine) {
  ImagePart picture = testing::write_picture(folder_ / "a.png", 3);
  picture.digest = sha256("another");
  EXPECT_EQ(error_code(vendor().line("ab12", testing::request_for("EC-1", {picture}))),
            ErrorCode::mismatch);
  picture.path = folder_ / "none.png";
  EXPECT_EQ(error_code(vendor().line("ab12", testing::request_for("EC-1", {picture}))),
            ErrorCode::io);
}

// The example of OpenAI's documentation, shortened.
TEST_F(OpenAiBatchLines, ReadsARepliedLine) {
  const Reply reply = read(
      R"({"id":"batch_req_123","custom_id":"ab12","response":{"status_code":200,"request_id":)"
      R"("req_123","body":{"id":"chatcmpl-123","object":"chat.completion","choices":[{"index":0,)"
      R"("message":{"role":"assistant","content":"Hello."},"finish_reason":"stop"}],"usage":)"
      R"({"prompt_tokens":22,"completion_tokens":2,"total_tokens":24}}},"error":null})");
  EXPECT_EQ(reply.outcome, Outcome::answered);
  EXPECT_EQ(reply.text, "Hello.");
  EXPECT_EQ(reply.usage.input_tokens, 22);
  EXPECT_EQ(reply.provider_request_id, "req_123");
}

TEST_F(OpenAiBatchLines, TakesTheNameOfTheSampleOffAnId) {
  EXPECT_EQ(
      vendor().read_line(R"({"custom_id":"EC#1#ab12","response":null,"error":{}})")->custom_id,
      "ab12");
}

struct Case {
  const char* rest;  // of the line
  Failure failure;
  const char* error;
};

TEST_F(OpenAiBatchLines, TableOfFailures) {
  const Case cases[] = {
      {R"("response":null,"error":{"code":"batch_expired","message":"This request could not be )"
       R"(executed before the completion window expired."})",
       Failure::server,
       R"(the batch has no reply to this request: "This request could not be executed before the )"
       R"(completion window expired.")"},
      {R"("response":null,"error":null)", Failure::server,
       R"(the batch has no reply to this request: "no reason given")"},
      {R"("response":{"status_code":429,"request_id":"r","body":{"error":{"message":"slow"}}},)"
       R"("error":null)",
       Failure::rate_limited, R"(the server answered 429: "slow")"},
      {R"("response":{"status_code":500,"request_id":"r","body":"half {"},"error":null)",
       Failure::server, R"(the server answered 500: "half {")"},
      {R"("response":{"status_code":400,"request_id":"r","body":{"error":{"message":"no"}}},)"
       R"("error":null)",
       Failure::permanent, R"(the server answered 400: "no")"},
      // vLLM: the status beside no body, the reason as a text or in an object of its own.
      {R"("response":{"status_code":400,"request_id":"r","body":null},"error":"too long")",
       Failure::permanent, R"(the server answered 400: "too long")"},
      {R"("response":{"status_code":400,"request_id":"r"},"error":{"error":{"message":"too long",)"
       R"("code":400}})",
       Failure::permanent, R"(the server answered 400: "too long")"},
      {R"("response":{"status_code":500,"request_id":"r","body":null},"error":{"object":"error",)"
       R"("message":"out of memory"})",
       Failure::server, R"(the server answered 500: "out of memory")"},
  };
  for (const Case& c : cases) {
    const Reply reply = read(R"({"id":"line-7","custom_id":"ab12",)" + std::string(c.rest) + "}");
    EXPECT_EQ(reply.outcome, Outcome::api_error) << c.rest;
    EXPECT_EQ(reply.failure, c.failure) << c.rest;
    EXPECT_EQ(reply.error, c.error);
    EXPECT_EQ(reply.provider_request_id, "line-7");
  }
}

TEST_F(OpenAiBatchLines, OtherLinesAreNotRead) {
  for (const char* line : {"", "{", "[]", "{}", R"({"custom_id":"a"})", R"({"response":{}})",
                           R"({"custom_id":"","error":null})"})
    EXPECT_FALSE(vendor().read_line(line).has_value()) << line;
}

TEST_F(OpenAiBatchLines, NoLineShowsTheKey) {
  const std::string key = testing::kCanaryKey;
  for (const std::string& rest :
       {R"("response":null,"error":{"message":")" + key + "\"}",
        R"("response":{"status_code":401,"body":{"error":{"message":")" + key + R"("}}})"}) {
    const Reply reply = read(R"({"id":")" + key + R"(","custom_id":"ab12",)" + rest + "}");
    EXPECT_THAT(reply.error + reply.provider_request_id, ::testing::Not(HasSubstr(key)));
  }
}

}  // namespace
}  // namespace stareval
