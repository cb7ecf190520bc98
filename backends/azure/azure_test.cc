// How the backend is configured, and what it refuses before anything is sent. What goes over the
// wire: tests/conformance/backends_conformance_test.cc.
#include "backends/azure/azure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/backend_probe.h"

namespace stareval {
namespace {

using testing::config_with_environment;
using ::testing::StartsWith;

json::object identity(const BackendConfig& config) {
  return make_azure(config).value()->identity();
}

TEST(Azure, NeedsAnEndpointAndAKey) {
  EXPECT_EQ(make_azure(config_with_environment({})).error().message,
            "AZURE_OPENAI_ENDPOINT is not set: name the server there, or with --base-url");
  EXPECT_THAT(make_azure(config_with_environment(
                             {{"AZURE_OPENAI_ENDPOINT", "https://me.openai.azure.com"}}))
                  .error()
                  .message,
              StartsWith("AZURE_OPENAI_API_KEY is not set"));
}

BackendConfig resource() {
  return config_with_environment({{"AZURE_OPENAI_ENDPOINT", "https://me.openai.azure.com/"},
                                  {"AZURE_OPENAI_API_KEY", "0123"}});
}

TEST(Azure, TheApiWithoutVersionsIsTheDefault) {
  EXPECT_EQ(identity(resource()),
            (json::object{{"endpoint", "https://me.openai.azure.com/openai/v1"}}));
}

TEST(Azure, DeploymentsNameTheirVersion) {
  BackendConfig config = resource();
  config.settings = {{"api", "deployments"}};
  EXPECT_EQ(identity(config), (json::object{{"endpoint", "https://me.openai.azure.com/openai"},
                                            {"api", "deployments"},
                                            {"api_version", "2024-10-21"}}));
  config.settings["api_version"] = "2025-04-01-preview";
  EXPECT_EQ(identity(config).at("api_version").as_string(), "2025-04-01-preview");
}

TEST(AzureEndpoint, IsTheResourceHoweverItIsNamed) {
  for (const char* url : {"https://me.openai.azure.com", "https://me.openai.azure.com/openai",
                          "https://me.openai.azure.com/openai/v1/"}) {
    const Endpoint resource = parse_endpoint(url, "").value();
    EXPECT_EQ(azure_endpoint(resource, {}).base, "https://me.openai.azure.com/openai/v1");
    EXPECT_EQ(azure_endpoint(resource, {true, ""}).base, "https://me.openai.azure.com/openai");
  }
}

TEST(AzurePath, NamesDeploymentAndVersion) {
  EXPECT_EQ(azure_path({}, "my deployment"), "chat/completions");
  EXPECT_EQ(azure_path({false, "preview"}, "x"), "chat/completions?api-version=preview");
  EXPECT_EQ(azure_path({true, "2024-10-21"}, "my deployment/1"),
            "deployments/my%20deployment%2F1/chat/completions?api-version=2024-10-21");
}

TEST(Azure, RefusesUnknownSettings) {
  BackendConfig config = resource();
  config.settings = {{"deployment", "x"}};
  EXPECT_THAT(make_azure(config).error().message,
              StartsWith("--set deployment: the backend azure has no such setting"));
}

}  // namespace
}  // namespace stareval
