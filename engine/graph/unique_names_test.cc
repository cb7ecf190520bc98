// By hand.
#include "engine/graph/unique_names.h"

#include <gtest/gtest.h>

namespace stareval::engine {
namespace {

TEST(UniqueNames, NumbersWhatIsEqual) {
  UniqueNames names;
  EXPECT_EQ(names.add("Paris"), "Paris");
  EXPECT_EQ(names.add("Orange"), "Orange");
  EXPECT_EQ(names.add("Paris"), "Paris (2)");
  EXPECT_EQ(names.add("paris."), "paris. (3)");
  EXPECT_EQ(names.suffixed(), 2U);
}

TEST(UniqueNames, StepsOverNumbersThatAreTaken) {
  UniqueNames names;
  EXPECT_EQ(names.add("Paris (2)"), "Paris (2)");
  EXPECT_EQ(names.add("Paris"), "Paris");
  EXPECT_EQ(names.add("Paris"), "Paris (3)");
  EXPECT_EQ(names.add("Paris (2)"), "Paris (2) (2)");
}

}  // namespace
}  // namespace stareval::engine
