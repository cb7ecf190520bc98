// All public headers of the library in one file, as a program may include them: two of them that
// define one name for different things do not compile together. public_headers.h is written by
// CMakeLists.txt. That each compiles alone, every .cc shows that includes its own first.
#include "public_headers.h"

#include <gtest/gtest.h>

#include <type_traits>

namespace stareval {
namespace {

// Both pairs shared a name once, each in headers that no file included together.
TEST(PublicHeaders, HaveNamesOfTheirOwn) {
  EXPECT_GT(kPublicHeaders, 100);
  static_assert(!std::is_same_v<Preference, Comparison>);
  static_assert(!std::is_same_v<LeftOutMask, LeftOut>);
}

}  // namespace
}  // namespace stareval
