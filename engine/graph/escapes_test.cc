// By hand; the characters of each length of UTF-8.
#include "engine/graph/escapes.h"

#include <gtest/gtest.h>

namespace stareval::engine {
namespace {

TEST(Unescape, KnowsTheEscapesOfNTriples) {
  EXPECT_EQ(unescape(R"(a\tb\nc\"d\'e\\f)"), "a\tb\nc\"d'e\\f");
  EXPECT_EQ(unescape(R"(\u0041\u00e9\u20AC\U0001F600)"), "Aé€😀");
}

TEST(Unescape, LeavesWhatIsNoEscape) {
  EXPECT_EQ(unescape(R"(\x \u12 \u12G4 \)"), R"(\x \u12 \u12G4 \)");
  EXPECT_EQ(unescape(""), "");
}

TEST(Unescape, ReplacesWhatIsNoCodePoint) {
  EXPECT_EQ(unescape(R"(\uD83D)"), "\uFFFD");
  EXPECT_EQ(unescape(R"(\UFFFFFFFF)"), "\uFFFD");
  EXPECT_EQ(unescape(R"(\U00110000)"), "\uFFFD");
}

}  // namespace
}  // namespace stareval::engine
