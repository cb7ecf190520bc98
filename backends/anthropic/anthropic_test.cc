// How the backend is configured, and what it refuses before anything is sent. What goes over the
// wire: tests/conformance/backends_conformance_test.cc.
#include "backends/anthropic/anthropic.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/backend_probe.h"

namespace stareval {
namespace {

using testing::config_with_environment;
using ::testing::StartsWith;

json::object identity(const BackendConfig& config) {
  return make_anthropic(config).value()->identity();
}

TEST(Anthropic, NeedsAKeyForAnthropic) {
  EXPECT_EQ(make_anthropic(config_with_environment({})).error().message,
            "ANTHROPIC_API_KEY is not set: https://api.anthropic.com needs a key; set it in the "
            "environment, or name a server of your own with --base-url");
}

TEST(Anthropic, TakesTheUrlWithItsVersionOrWithout) {
  EXPECT_EQ(identity(config_with_environment({{"ANTHROPIC_API_KEY", "sk-ant-x"}})),
            (json::object{{"endpoint", "https://api.anthropic.com/v1"}}));
  for (const char* url : {"http://127.0.0.1:1", "http://127.0.0.1:1/v1/"})
    EXPECT_EQ(identity(config_with_environment({{"ANTHROPIC_BASE_URL", url}})),
              (json::object{{"endpoint", "http://127.0.0.1:1/v1"}}));
}

TEST(Anthropic, RefusesUnknownSettings) {
  BackendConfig config = config_with_environment({{"ANTHROPIC_API_KEY", "sk-ant-x"}});
  config.settings = {{"thinking", "true"}};
  EXPECT_THAT(make_anthropic(config).error().message,
              StartsWith("--set thinking: the backend anthropic has no such setting"));
}

}  // namespace
}  // namespace stareval
