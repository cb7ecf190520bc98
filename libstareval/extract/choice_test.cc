// By hand: the edge without options. Replies with their labels: replies_test.cc.
#include "libstareval/extract/choice.h"

#include <gtest/gtest.h>

namespace stareval {
namespace {

TEST(ExtractChoice, HasNothingToReadWithoutOptions) {
  EXPECT_EQ(extract_choice("A", {}).status, ReadStatus::none);
}

}  // namespace
}  // namespace stareval
