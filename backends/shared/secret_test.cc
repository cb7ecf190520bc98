// What a server may make of a key that it echoes: each spelling, alone and within something longer.
// Properties: no spelling survives at any place of a text; texts without the key stay as they are.
#include "backends/shared/secret.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "libstareval/base/base64.h"

namespace stareval {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kKey = "sk-Ab/cd+0123456789==";

std::string redacted(const std::string& text) { return Secret{kKey}.redacted(text); }

TEST(Secret, IsCutOutInOtherLetterCase) {
  EXPECT_EQ(redacted("key SK-AB/CD+0123456789==!"), "key [key removed]!");
  EXPECT_EQ(redacted("sk-ab/cd+0123456789=="), "[key removed]");
}

TEST(Secret, IsCutOutWherePercentEncoded) {
  EXPECT_EQ(redacted("?key=sk-Ab%2Fcd%2B0123456789%3D%3D&x=1"), "?key=[key removed]&x=1");
  EXPECT_EQ(redacted("sk-Ab%2fcd%2b0123456789%3d="), "[key removed]");
  std::string all;
  for (const char c : std::string(kKey)) {
    constexpr const char* kHex = "0123456789ABCDEF";
    all += {'%', kHex[c / 16], kHex[c % 16]};
  }
  EXPECT_EQ(redacted(all), "[key removed]");
}

TEST(Secret, IsCutOutWhereEscapedAsInJson) {
  EXPECT_EQ(redacted(R"({"k":"sk-Ab\/cd+0123456789=="})"), R"({"k":"[key removed]"})");
  EXPECT_EQ(redacted(R"(\u0073k-Ab\u002fcd\u002B0123456789\u003d=)"), "[key removed]");
}

// At each place within a group of three bytes, in both alphabets.
TEST(Secret, IsCutOutOfBase64) {
  for (const std::string before : {"", "a", "ab", "Bearer ", "user:"})
    for (const std::string after : {"", "z", "zz", "zzz"}) {
      std::string text = base64_encode(before + kKey + after);
      const std::string shown = redacted("<" + text + ">");
      EXPECT_THAT(shown, HasSubstr("[key removed]")) << before << after;
      // What is left of the groups that held the key: fewer than the key's own characters.
      EXPECT_LT(shown.size(), before.size() * 2 + after.size() * 2 + 24) << shown;
      std::replace(text.begin(), text.end(), '+', '-');
      std::replace(text.begin(), text.end(), '/', '_');
      EXPECT_THAT(redacted(text), HasSubstr("[key removed]")) << text;
    }
}

TEST(Secret, NothingElseIsTouched) {
  for (const char* text : {"", "sk-", "sk-Ab/cd+012345678", "%", "%7", "\\", "\\u", "\\u00",
                           "100 % of \\n and %zz", "\xff\xfe", "sk-Ab/cd+0123456789="})
    EXPECT_EQ(redacted(text), text);
}

TEST(Secret, IsFoundAtEachPlaceOfAText) {
  for (std::size_t before = 0; before < 20; ++before)
    EXPECT_EQ(redacted(std::string(before, 's') + kKey + "sk"),
              std::string(before, 's') + "[key removed]sk");
}

TEST(Secret, OverlapsAreCutOnce) {
  EXPECT_EQ(Secret{"aaaaaaaa"}.redacted("aaaaaaaaaaaa"), "[key removed]aaaa");
  EXPECT_THAT(Secret{"removed]removed]"}.redacted("removed]removed]removed]removed]"),
              Not(HasSubstr("removed]removed]removed]")));
}

TEST(Secret, ShortKeysArePlaceholders) {
  EXPECT_EQ(Secret{"ollama"}.redacted("ollama OLLAMA b2xsYW1h"), "ollama OLLAMA b2xsYW1h");
}

}  // namespace
}  // namespace stareval
