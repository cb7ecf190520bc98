// Endings, warnings and percent-encoding of endpoints. What a base URL may be: settings_test.cc.
#include "backends/shared/endpoint.h"

#include <gtest/gtest.h>

namespace stareval {
namespace {

std::string ended(const char* url, std::initializer_list<std::string_view> endings) {
  return with_ending(parse_endpoint(url, "").value(), endings).base;
}

TEST(Endpoint, GetsItsVersionUnlessItHasOne) {
  EXPECT_EQ(ended("https://x.org", {"/v1beta", "/v1"}), "https://x.org/v1beta");
  EXPECT_EQ(ended("https://x.org/", {"/v1beta", "/v1"}), "https://x.org/v1beta");
  EXPECT_EQ(ended("https://x.org/v1", {"/v1beta", "/v1"}), "https://x.org/v1");
  EXPECT_EQ(ended("https://x.org/proxy/", {"/v1"}), "https://x.org/proxy/v1");
}

TEST(Endpoint, WarnsOfPlainHttpThroughANetwork) {
  const Endpoint remote = parse_endpoint("http://gpu-box:8000/v1", "").value();
  EXPECT_EQ(warning_of(remote, true),
            "sends pictures and your key unencrypted over http to gpu-box; use https where others "
            "can read the network");
  EXPECT_EQ(warning_of(remote, false),
            "sends pictures unencrypted over http to gpu-box; use https where others can read the "
            "network");
  for (const char* fine : {"https://gpu-box/v1", "http://127.0.0.1:1/v1", "http://localhost:1"})
    EXPECT_EQ(warning_of(parse_endpoint(fine, "").value(), true), std::nullopt) << fine;
}

TEST(PercentEncoded, LeavesUnreservedCharacters) {
  EXPECT_EQ(percent_encoded("aZ0-._~"), "aZ0-._~");
  EXPECT_EQ(percent_encoded("a b/c?d#e:\xc3\xbc"), "a%20b%2Fc%3Fd%23e%3A%C3%BC");
  EXPECT_EQ(percent_encoded("models/a b", "/"), "models/a%20b");
}

}  // namespace
}  // namespace stareval
