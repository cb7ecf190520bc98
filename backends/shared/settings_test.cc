// Settings, keys and base URLs: what is read, and the refusals with their texts.
#include "backends/shared/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "backends/shared/endpoint.h"

namespace stareval {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::Not;
using Map = std::map<std::string, std::string>;

TEST(SettingsReader, ReadsTypedValuesAndFallbacks) {
  const Map settings{{"wait", "1.5"}, {"on", "false"}, {"way", "b"}, {"text", "x y"}};
  SettingsReader in("test", settings);
  EXPECT_EQ(in.seconds("wait", milliseconds(9)), milliseconds(1500));
  EXPECT_EQ(in.seconds("other", milliseconds(9)), milliseconds(9));
  EXPECT_FALSE(in.flag("on", true));
  EXPECT_TRUE(in.flag("off", true));
  EXPECT_EQ(in.one_of("way", {"a", "b"}), "b");
  EXPECT_EQ(in.one_of("path", {"a", "b"}), "a");
  EXPECT_EQ(in.text("text", ""), "x y");
  EXPECT_FALSE(in.status().has_error());
}

TEST(SettingsReader, ReadsWholeNumbersWithinTheirBounds) {
  const Map settings{{"low", "1"}, {"high", "256"}};
  SettingsReader in("test", settings);
  EXPECT_EQ(in.whole_number("low", 9, 1, 256), 1);
  EXPECT_EQ(in.whole_number("high", 9, 1, 256), 256);
  EXPECT_EQ(in.whole_number("other", 9, 1, 256), 9);
  EXPECT_FALSE(in.status().has_error());
}

TEST(SettingsReader, NamesTheKnownSettingsForAnUnknownOne) {
  const Map settings{{"timeout", "3"}};
  SettingsReader in("test", settings);
  (void)in.seconds("timeout_s", milliseconds(1));
  (void)in.flag("fast", false);
  EXPECT_EQ(in.status().error().code, ErrorCode::usage);
  EXPECT_EQ(in.status().error().message,
            "--set timeout: the backend test has no such setting; there are: timeout_s, fast");
}

TEST(SettingsReader, RefusesValuesThatDoNotFit) {
  for (const char* value : {"", "soon", "0", "-1", "nan", "1e9", "5s"}) {
    const Map settings{{"timeout_s", value}};
    SettingsReader in("test", settings);
    EXPECT_EQ(in.seconds("timeout_s", milliseconds(1)), milliseconds(1));
    EXPECT_THAT(in.status().error().message, HasSubstr("--set timeout_s: expected a number"))
        << value;
  }
  for (const char* value : {"", "0", "257", "-1", "+3", "3 ", "3.5", "0x3", "99999999999"}) {
    const Map settings{{"threads", value}};
    SettingsReader in("test", settings);
    EXPECT_EQ(in.whole_number("threads", 7, 1, 256), 7);
    EXPECT_EQ(
        in.status().error().message,
        fmt::format("--set threads: expected a whole number from 1 to 256, found \"{}\"", value));
  }
  const Map settings{{"fast", "yes"}};
  SettingsReader in("test", settings);
  (void)in.flag("fast", false);
  EXPECT_EQ(in.status().error().message, "--set fast: expected false or true, found \"yes\"");
}

BackendConfig config_with_key(const std::string& value) {
  BackendConfig config;
  config.environment = [value](const std::string& name) {
    return name == "SOME_KEY" ? value : std::string();
  };
  return config;
}

TEST(ReadKey, CutsWhiteSpaceFromTheEnds) {
  EXPECT_EQ(read_key(config_with_key(" abc\n"), "SOME_KEY")->reveal_into_header(""), "abc");
  EXPECT_TRUE(read_key(config_with_key("abc"), "OTHER_KEY")->empty());
  EXPECT_TRUE(read_key(BackendConfig{}, "SOME_KEY")->empty());
}

TEST(ReadKey, RefusesWhatWouldEndTheHeaderAndDoesNotQuoteIt) {
  for (const char* value : {"sk-secret\r\nX-Other: 1", "sk-secret two", "sk-secret\x7f"}) {
    const auto key = read_key(config_with_key(value), "SOME_KEY");
    ASSERT_TRUE(key.has_error());
    EXPECT_THAT(key.error().message, HasSubstr("SOME_KEY"));
    EXPECT_THAT(key.error().message, Not(HasSubstr("sk-secret")));
  }
}

TEST(Endpoint, JoinsPathsAndKnowsLoopback) {
  const auto local = parse_endpoint("http://127.0.0.1:8000/v1/", "");
  EXPECT_EQ(local->url("chat/completions"), "http://127.0.0.1:8000/v1/chat/completions");
  EXPECT_TRUE(local->loopback);
  EXPECT_FALSE(local->secure);
  EXPECT_TRUE(parse_endpoint("http://localhost:1", "")->loopback);
  EXPECT_TRUE(parse_endpoint("http://[::1]:1/v1", "")->loopback);
  const auto remote = parse_endpoint("https://API.OpenAI.com/v1", "");
  EXPECT_EQ(remote->host, "api.openai.com");
  EXPECT_TRUE(remote->secure);
  for (const char* other : {"https://127.0.0.1.example.com", "http://10.0.0.1", "http://127x.org"})
    EXPECT_FALSE(parse_endpoint(other, "")->loopback) << other;
}

TEST(Endpoint, RefusesOtherSchemesAndHiddenKeys) {
  for (const char* url : {"", "127.0.0.1:8000", "ftp://host/v1", "file:///etc/passwd",
                          "http://user:pass-word@host/v1", "https://host/v1?key=pass-word",
                          "https://host/v1#pass-word", "http://"}) {
    const auto endpoint = parse_endpoint(url, "SOME_URL");
    ASSERT_TRUE(endpoint.has_error()) << url;
    EXPECT_EQ(endpoint.error().code, ErrorCode::usage);
    EXPECT_THAT(endpoint.error().message, HasSubstr("SOME_URL: expected"));
    EXPECT_THAT(endpoint.error().message, Not(HasSubstr("pass-word")));
  }
}

}  // namespace
}  // namespace stareval
