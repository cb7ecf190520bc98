// How the backend is configured, and what it refuses before anything is sent. What goes over the
// wire: tests/conformance/backends_conformance_test.cc.
#include "backends/openai/openai.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/backend_probe.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using testing::config_with_environment;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string refusal(const BackendConfig& config) {
  const auto backend = make_openai(config);
  if (!backend.has_error()) return "";
  EXPECT_EQ(backend.error().code, ErrorCode::usage);
  return backend.error().message;
}

TEST(OpenAi, NeedsAKeyForOpenAi) {
  EXPECT_EQ(refusal(config_with_environment({})),
            "OPENAI_API_KEY is not set: https://api.openai.com/v1 needs a key; set it in the "
            "environment, or name a server of your own with --base-url");
  EXPECT_EQ(refusal(config_with_environment({{"OPENAI_API_KEY", "sk-x"}})), "");
}

TEST(OpenAi, NeedsNoKeyForOtherServers) {
  EXPECT_EQ(refusal(config_with_environment({{"OPENAI_BASE_URL", "http://127.0.0.1:8000/v1"}})),
            "");
  BackendConfig config =
      config_with_environment({{"OPENAI_BASE_URL", "https://api.openai.com/v1"}});
  config.base_url = "http://gpu-box:8000/v1";
  EXPECT_EQ(refusal(config), "");
}

TEST(OpenAi, RefusesWrongUrlsAndSettings) {
  BackendConfig config = config_with_environment({{"OPENAI_API_KEY", "sk-x"}});
  config.base_url = "127.0.0.1:8000";
  EXPECT_THAT(refusal(config), StartsWith("--base-url: expected an http or https URL"));
  EXPECT_THAT(refusal(config_with_environment({{"OPENAI_BASE_URL", "127.0.0.1:8000"}})),
              StartsWith("OPENAI_BASE_URL: expected an http or https URL"));
  config.base_url.clear();
  config.settings = {{"timeout", "3"}};
  EXPECT_EQ(refusal(config),
            "--set timeout: the backend openai has no such setting; there are: timeout_s, "
            "sample_header, api, max_tokens_field");
  config.settings = {{"max_tokens_field", "tokens"}};
  EXPECT_THAT(refusal(config), HasSubstr("auto or max_tokens or max_completion_tokens"));
}

TEST(OpenAi, IdentityNamesTheApiWhereItIsNotTheDefault) {
  BackendConfig config = config_with_environment({{"OPENAI_API_KEY", "sk-x"}});
  EXPECT_EQ(make_openai(config).value()->identity(),
            (json::object{{"endpoint", "https://api.openai.com/v1"}}));
  config.settings = {{"api", "responses"}};
  EXPECT_EQ(make_openai(config).value()->identity(),
            (json::object{{"endpoint", "https://api.openai.com/v1"}, {"api", "responses"}}));
}

class OpenAiPictures : public ::testing::Test {
 protected:
  void SetUp() override {
    BackendConfig config = config_with_environment({});
    config.base_url = "http://127.0.0.1:9/v1";  // nothing may be sent there
    backend_ = make_openai(config).value();
  }

  std::string failure_for(const ImagePart& picture) {
    const Reply reply = testing::ask(*backend_, testing::request_for("EC-1", {picture}));
    EXPECT_EQ(reply.failure, Failure::permanent);
    return reply.error;
  }

  testing::TempFolder folder_;
  std::unique_ptr<Backend> backend_;
};

TEST_F(OpenAiPictures, AMissingPictureIsPermanent) {
  EXPECT_THAT(failure_for({folder_ / "none.png", "sha256:0"}),
              HasSubstr("none.png: No such file or directory"));
}

TEST_F(OpenAiPictures, OtherFilesAreNotSent) {
  write_file_atomic(folder_ / "a.png", "not a picture").value();
  EXPECT_THAT(failure_for({folder_ / "a.png", sha256("not a picture")}),
              HasSubstr("expected PNG, JPEG, GIF or WebP"));
}

}  // namespace
}  // namespace stareval
