// On disk: copies, what stays, refusals.
#include "training/pictures.h"

#include <gtest/gtest.h>

#include "libstareval/base/digest.h"
#include "tests/support/errors.h"
#include "tests/support/temp_folder.h"

namespace stareval::training {
namespace {

namespace fs = std::filesystem;

using testing::error_code;
using testing::error_text;
using testing::read_bytes;
using testing::write_bytes;

class CopyPicture : public ::testing::Test {
 protected:
  void SetUp() override { write_bytes(source_.path, "bytes"); }

  const testing::TempFolder folder_;
  const ImagePart source_{folder_ / "from/a.png", sha256("bytes")};
  const fs::path target_ = folder_ / "to/deep/a.png";
};

TEST_F(CopyPicture, MakesFoldersAndLeavesNothingElse) {
  ASSERT_EQ(error_text(copy_picture(source_, target_, false)), "(no error)");
  EXPECT_EQ(read_bytes(target_), "bytes");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "to/deep"), fs::directory_iterator()),
            1);
}

TEST_F(CopyPicture, LeavesAnEqualFileAlone) {
  write_bytes(target_, "bytes");
  const auto then = fs::file_time_type{} + std::chrono::hours(1);
  fs::last_write_time(target_, then);
  ASSERT_EQ(error_text(copy_picture(source_, target_, true)), "(no error)");
  EXPECT_EQ(fs::last_write_time(target_), then);
}

TEST_F(CopyPicture, OverwritesAnotherFileOnlyWhereItMay) {
  write_bytes(target_, "other");
  EXPECT_EQ(error_code(copy_picture(source_, target_, false)), ErrorCode::usage);
  EXPECT_EQ(read_bytes(target_), "other");
  ASSERT_EQ(error_text(copy_picture(source_, target_, true)), "(no error)");
  EXPECT_EQ(read_bytes(target_), "bytes");
}

TEST_F(CopyPicture, RefusesASourceThatWasChanged) {
  write_bytes(source_.path, "changed");
  EXPECT_EQ(error_code(copy_picture(source_, target_, false)), ErrorCode::mismatch);
  EXPECT_FALSE(fs::exists(target_));
}

TEST_F(CopyPicture, SaysThatItCannotWrite) {
  fs::create_directories(folder_ / "to/deep/a.png.part");
  EXPECT_EQ(error_code(copy_picture(source_, target_, false)), ErrorCode::io);
  write_bytes(folder_ / "file", "");
  EXPECT_EQ(error_code(copy_picture(source_, folder_ / "file/a.png", false)), ErrorCode::io);
}

}  // namespace
}  // namespace stareval::training
