// What the program knows: all of the library, and the reader where it was built.
#include "apps/star_eval/registry.h"

#include <gtest/gtest.h>

#include "stareval/stareval.h"

namespace stareval::app {
namespace {

TEST(AppRegistry, holds_all_of_the_library_and_the_components) {
  const Registry registry = app_registry();
  const Registry library = make_registry();
  for (const auto& [name, entry] : library.backends())
    EXPECT_TRUE(registry.backends().contains(name)) << name;
  EXPECT_EQ(registry.protocols().size(), library.protocols().size());
  EXPECT_EQ(registry.reporters().size(), library.reporters().size());
  EXPECT_EQ(registry.backends().size(), library.backends().size() + STAREVAL_HAS_READER);
  EXPECT_EQ(registry.backends().count("reader"), std::size_t{STAREVAL_HAS_READER});
}

}  // namespace
}  // namespace stareval::app
