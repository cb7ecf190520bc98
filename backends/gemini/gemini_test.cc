// How the backend is configured, and what it refuses before anything is sent. What goes over the
// wire: tests/conformance/backends_conformance_test.cc.
#include "backends/gemini/gemini.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/backend_probe.h"

namespace stareval {
namespace {

using testing::config_with_environment;
using ::testing::StartsWith;

json::object identity(const BackendConfig& config) {
  return make_gemini(config).value()->identity();
}

TEST(Gemini, NeedsAKeyOfEitherName) {
  EXPECT_THAT(make_gemini(config_with_environment({})).error().message,
              StartsWith("GEMINI_API_KEY or GOOGLE_API_KEY is not set"));
  for (const char* name : {"GEMINI_API_KEY", "GOOGLE_API_KEY"})
    EXPECT_EQ(identity(config_with_environment({{name, "AIza-x"}})),
              (json::object{{"endpoint", "https://generativelanguage.googleapis.com/v1beta"}}));
}

TEST(Gemini, KeepsTheVersionOfAUrl) {
  EXPECT_EQ(identity(config_with_environment({{"GEMINI_BASE_URL", "http://127.0.0.1:1/v1"}})),
            (json::object{{"endpoint", "http://127.0.0.1:1/v1"}}));
}

TEST(Gemini, RefusesUnknownSettings) {
  BackendConfig config = config_with_environment({{"GEMINI_API_KEY", "AIza-x"}});
  config.settings = {{"key", "x"}};
  EXPECT_THAT(make_gemini(config).error().message,
              StartsWith("--set key: the backend gemini has no such setting"));
}

}  // namespace
}  // namespace stareval
