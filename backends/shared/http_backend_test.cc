// How a connection is read from a configuration, and what is refused before anything is sent. What
// goes over the wire: tests/conformance/backends_conformance_test.cc.
#include "backends/shared/http_backend.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/backend_probe.h"

namespace stareval {
namespace {

using testing::config_with_environment;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const HttpDefaults kDefaults{
    "model-1", {"FIRST_KEY", "SECOND_KEY"}, "SOME_URL", "https://api.vendor.com", "vendor.com"};

Result<HttpConnection> read(const BackendConfig& config, const HttpDefaults& defaults = kDefaults) {
  SettingsReader in("test", config.settings);
  return read_connection(config, defaults, in);
}

TEST(ReadConnection, TheFirstKeyThatIsSetIsTaken) {
  EXPECT_EQ(read(config_with_environment({{"FIRST_KEY", "a"}, {"SECOND_KEY", "b"}}))
                ->key.reveal_into_header(""),
            "a");
  EXPECT_EQ(read(config_with_environment({{"SECOND_KEY", "b"}}))->key.reveal_into_header(""), "b");
  EXPECT_EQ(read(config_with_environment({})).error().message,
            "FIRST_KEY or SECOND_KEY is not set: https://api.vendor.com needs a key; set it in the "
            "environment, or name a server of your own with --base-url");
}

TEST(ReadConnection, OnlyTheVendorsHostsNeedAKey) {
  for (const char* url :
       {"http://127.0.0.1:1", "https://notvendor.com", "https://vendor.com.evil.org"})
    EXPECT_TRUE(read(config_with_environment({{"SOME_URL", url}})).has_value()) << url;
  EXPECT_TRUE(read(config_with_environment({{"SOME_URL", "https://eu.vendor.com"}})).has_error());
}

TEST(ReadConnection, TheOptionGoesBeforeTheVariable) {
  BackendConfig config = config_with_environment({{"SOME_URL", "http://127.0.0.1:1"}});
  EXPECT_EQ(read(config)->endpoint.base, "http://127.0.0.1:1");
  config.base_url = "http://127.0.0.1:2";
  EXPECT_EQ(read(config)->endpoint.base, "http://127.0.0.1:2");
}

TEST(ReadConnection, SaysWhereAnEndpointIsNamed) {
  HttpDefaults none = kDefaults;
  none.base_url = "";
  EXPECT_EQ(read(config_with_environment({}), none).error().message,
            "SOME_URL is not set: name the server there, or with --base-url");
}

TEST(ReadConnection, TheSampleIdGoesToThisMachineAlone) {
  EXPECT_TRUE(read(config_with_environment({{"SOME_URL", "http://127.0.0.1:1"}}))->sample_header);
  EXPECT_FALSE(read(config_with_environment({{"FIRST_KEY", "a"}}))->sample_header);
}

HttpBackend backend_at(const char* url, HttpApi api, const char* key = "sk-0123456789") {
  HttpConnection connection;
  connection.endpoint = parse_endpoint(url, "").value();
  connection.key = Secret(key);
  return HttpBackend(std::move(connection), std::move(api));
}

TEST(HttpBackend, WhatCannotBeEncodedIsNotSent) {
  HttpApi api;
  api.encode = [](const Request&, std::span<const PictureFile>) -> Result<WireRequest> {
    return make_error(ErrorCode::usage, "no place for it");
  };
  HttpBackend backend = backend_at("http://127.0.0.1:9", std::move(api));
  const Reply reply = testing::ask(backend, testing::request_for("EC-1"));
  EXPECT_EQ(reply.failure, Failure::permanent);
  EXPECT_EQ(reply.error, "no place for it");
}

TEST(HttpBackend, IdentityIsTheEndpointAndWhatTheApiAdds) {
  HttpApi api;
  api.identity = {{"api", "other"}};
  EXPECT_EQ(backend_at("http://127.0.0.1:9/v1", std::move(api)).identity(),
            (json::object{{"endpoint", "http://127.0.0.1:9/v1"}, {"api", "other"}}));
}

TEST(HttpBackend, WarnsOfPlainHttp) {
  EXPECT_THAT(backend_at("http://127.0.0.1:9", {}).warnings(), IsEmpty());
  EXPECT_THAT(backend_at("http://gpu-box", {}).warnings(),
              ElementsAre(HasSubstr("pictures and your key unencrypted over http to gpu-box")));
  EXPECT_THAT(backend_at("http://gpu-box", {}, "").warnings(),
              ElementsAre(HasSubstr("pictures unencrypted over http to gpu-box")));
}

}  // namespace
}  // namespace stareval
