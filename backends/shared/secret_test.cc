// What a server may make of a key that it echoes: each spelling, alone and within something longer.
// Properties: no spelling survives at any place of a text; texts without the key stay as they are.
// At compile time: a key has no way out but reveal_into_header().
#include "backends/shared/secret.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/value_from.hpp>
#include <functional>
#include <ostream>
#include <string>
#include <type_traits>

#include "libstareval/base/base64.h"
#include "libstareval/base/json.h"

namespace stareval {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kKey = "sk-Ab/cd+0123456789==";

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) {
  out << value;
};
template <class T>
concept Comparable = requires(const T& a, const T& b) {
  a == b;
};
template <class T>
concept Ordered = requires(const T& a, const T& b) {
  a < b;
};
template <class T>
concept Hashable = requires(const T& value) {
  std::hash<T>()(value);
};
template <class T>
concept HasJson = boost::json::has_value_from<T>::value;

static_assert(!fmt::is_formattable<Secret>::value);
static_assert(!Streamable<Secret>);
static_assert(!Comparable<Secret> && !Ordered<Secret> && !Hashable<Secret>);
static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
static_assert(!HasJson<Secret> && !std::is_constructible_v<json::value, Secret>);
static_assert(!std::is_convertible_v<Secret, std::string> &&
              !std::is_convertible_v<Secret, std::string_view> &&
              !std::is_constructible_v<std::string, Secret>);
static_assert(!std::is_convertible_v<std::string, Secret>);  // none is made by mistake either
static_assert(std::is_nothrow_move_constructible_v<Secret>);
// The same questions asked of a string, so that they can fail.
static_assert(fmt::is_formattable<std::string>::value && Streamable<std::string> &&
              Comparable<std::string> && Ordered<std::string> && Hashable<std::string> &&
              HasJson<std::string> && std::is_constructible_v<json::value, std::string>);

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
