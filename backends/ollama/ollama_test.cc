// How the backend is configured, and what it refuses before anything is sent. What goes over the
// wire: tests/conformance/backends_conformance_test.cc.
#include "backends/ollama/ollama.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/backend_probe.h"

namespace stareval {
namespace {

using testing::config_with_environment;
using ::testing::StartsWith;

json::object identity(const BackendConfig& config) {
  return make_ollama(config).value()->identity();
}

TEST(OllamaUrl, ReadsWhatOllamaHostMayHold) {
  const std::pair<const char*, const char*> cases[] = {
      {"", ""},
      {"gpu-box", "http://gpu-box:11434"},
      {"gpu-box:80", "http://gpu-box:80"},
      {":11435", "http://127.0.0.1:11435"},
      {"0.0.0.0", "http://127.0.0.1:11434"},
      {"0.0.0.0:8080", "http://127.0.0.1:8080"},
      {"[::1]", "http://[::1]:11434"},
      {"[::]:8080", "http://127.0.0.1:8080"},
      {"http://gpu-box:80/proxy", "http://gpu-box:80/proxy"},
      {"https://ollama.com", "https://ollama.com"},
  };
  for (const auto& [host, url] : cases) EXPECT_EQ(ollama_url(host), url) << host;
}

TEST(Ollama, NeedsAKeyForOllamaComAlone) {
  EXPECT_EQ(identity(config_with_environment({})),
            (json::object{{"endpoint", "http://127.0.0.1:11434/api"}}));
  EXPECT_EQ(identity(config_with_environment({{"OLLAMA_HOST", "gpu-box"}})),
            (json::object{{"endpoint", "http://gpu-box:11434/api"}}));
  EXPECT_THAT(
      make_ollama(config_with_environment({{"OLLAMA_HOST", "https://ollama.com"}})).error().message,
      StartsWith("OLLAMA_API_KEY is not set"));
}

TEST(Ollama, ThinkingIsPartOfTheIdentity) {
  BackendConfig config = config_with_environment({});
  config.settings = {{"think", "false"}};
  EXPECT_EQ(identity(config),
            (json::object{{"endpoint", "http://127.0.0.1:11434/api"}, {"think", "false"}}));
  config.settings = {{"think", "much"}};
  EXPECT_THAT(make_ollama(config).error().message, StartsWith("--set think: expected default or"));
}

}  // namespace
}  // namespace stareval
