// A dataset on disk, read sample by sample. By hand: order, header, errors.
#include "libstareval/data/dataset_stream.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/errors.h"
#include "tests/support/samples.h"

namespace stareval {
namespace {

using testing::count_sample;
using testing::error_text;
using testing::write_bytes;

class DatasetStreamTest : public ::testing::Test {
 protected:
  void SetUp() override {
    dataset_ = testing::make_dataset({count_sample("a"), count_sample("b"), count_sample("c")},
                                     folder_.path());
    ASSERT_EQ(error_text(write_dataset(dataset_, {})), "(no error)");
  }

  Result<Dataset> stream() {
    ids_.clear();
    return stream_dataset(folder_.path(), "test", [this](const Sample& sample) -> Result<void> {
      ids_ += sample.id;
      if (sample.id == refuse_) return make_error(ErrorCode::io, "refused {}", sample.id);
      return {};
    });
  }

  const testing::TempFolder folder_;
  Dataset dataset_;
  std::string ids_, refuse_;
};

TEST_F(DatasetStreamTest, gives_each_sample_once_and_the_header) {
  const Dataset header = stream().value();
  EXPECT_EQ(ids_, "abc");
  EXPECT_EQ(header.name, "little");
  EXPECT_EQ(header.digest, dataset_.digest);
  EXPECT_TRUE(header.samples.empty());
}

TEST_F(DatasetStreamTest, ends_at_the_first_sample_that_is_refused) {
  refuse_ = "b";
  EXPECT_EQ(error_text(stream()), "refused b");
  EXPECT_EQ(ids_, "ab");
}

TEST_F(DatasetStreamTest, names_the_first_line_that_cannot_be_read) {
  const std::string lines = testing::read_bytes(folder_ / "test.jsonl");
  write_bytes(folder_ / "test.jsonl", lines + "{\nnot json\n");
  const std::string error = error_text(stream());
  EXPECT_NE(error.find("test.jsonl:4: "), std::string::npos) << error;
  EXPECT_EQ(ids_, "abc");
}

TEST_F(DatasetStreamTest, says_at_the_end_that_the_file_was_changed) {
  std::string lines = testing::read_bytes(folder_ / "test.jsonl");
  lines.replace(lines.find("How many"), 8, "How much");
  write_bytes(folder_ / "test.jsonl", lines);
  EXPECT_NE(error_text(stream()).find("the file was changed after it was made"), std::string::npos);
  EXPECT_EQ(ids_, "abc");
}

}  // namespace
}  // namespace stareval
