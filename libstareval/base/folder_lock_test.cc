// By hand: who may hold a folder.
#include "libstareval/base/folder_lock.h"

#include <gtest/gtest.h>

#include "tests/support/errors.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using testing::error_code;
using testing::error_text;

TEST(FolderLock, is_held_by_one_and_free_after_its_end) {
  const testing::TempFolder folder;
  {
    const auto first = FolderLock::take(folder / "made");
    ASSERT_TRUE(first.has_value());
    EXPECT_EQ(error_text(FolderLock::take(folder / "made")),
              (folder / "made").string() +
                  ": another star-eval is writing to it; wait for it, or choose another --out");
  }
  EXPECT_TRUE(FolderLock::take(folder / "made").has_value());
  EXPECT_TRUE(std::filesystem::is_empty(folder / "made"));
}

TEST(FolderLock, of_what_cannot_be_a_folder_is_an_error) {
  EXPECT_EQ(error_code(FolderLock::take("/dev/null/x")), ErrorCode::io);
}

}  // namespace
}  // namespace stareval
