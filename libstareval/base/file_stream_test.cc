// Files on disk. By hand: lines, what a writer leaves behind, refusals.
#include "libstareval/base/file_stream.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/errors.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

namespace fs = std::filesystem;

using testing::error_code;
using testing::error_text;
using testing::read_bytes;
using testing::TempFolder;
using testing::write_bytes;

std::vector<std::string> lines_of(const fs::path& path) {
  std::vector<std::string> lines;
  const auto read = for_each_line(path, [&](std::string_view line) -> Result<void> {
    lines.emplace_back(line);
    return {};
  });
  EXPECT_EQ(error_text(read), "(no error)");
  return lines;
}

std::size_t files_in(const fs::path& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

using Lines = std::vector<std::string>;

TEST(ForEachLine, gives_lines_without_their_line_feed) {
  const TempFolder folder;
  write_bytes(folder / "a", "one\n\nthree");
  EXPECT_EQ(lines_of(folder / "a"), (Lines{"one", "", "three"}));
  write_bytes(folder / "a", "one\n");
  EXPECT_EQ(lines_of(folder / "a"), (Lines{"one"}));
  write_bytes(folder / "a", "");
  EXPECT_EQ(lines_of(folder / "a"), Lines{});
}

TEST(ForEachLine, keeps_bytes_that_are_no_text) {
  const TempFolder folder;
  const std::string bytes("a\0\xff\r", 4);
  write_bytes(folder / "a", bytes + "\n");
  EXPECT_EQ(lines_of(folder / "a"), (Lines{bytes}));
}

TEST(ForEachLine, ends_at_the_first_error_of_its_taker) {
  const TempFolder folder;
  write_bytes(folder / "a", "1\n2\n3\n");
  int taken = 0;
  const auto read = for_each_line(folder / "a", [&](std::string_view) -> Result<void> {
    if (++taken == 2) return make_error(ErrorCode::bad_data, "enough");
    return {};
  });
  EXPECT_EQ(error_text(read), "enough");
  EXPECT_EQ(taken, 2);
}

TEST(ForEachLine, refuses_what_is_no_file) {
  const TempFolder folder;
  const auto take = [](std::string_view) -> Result<void> { return {}; };
  const auto missing = for_each_line(folder / "missing", take);
  EXPECT_EQ(error_code(missing), ErrorCode::io);
  EXPECT_NE(error_text(missing).find("missing: No such file"), std::string::npos)
      << error_text(missing);
  EXPECT_NE(error_text(for_each_line(folder.path(), take)).find("not a regular file"),
            std::string::npos);
}

TEST(FileWriter, puts_the_whole_in_place_at_commit) {
  const TempFolder folder;
  auto writer = FileWriter::open(folder / "new/a.txt").value();
  ASSERT_TRUE(writer.write("one ").has_value());
  ASSERT_TRUE(writer.write("two").has_value());
  EXPECT_FALSE(fs::exists(folder / "new/a.txt"));
  ASSERT_EQ(error_text(writer.commit()), "(no error)");
  EXPECT_EQ(read_bytes(folder / "new/a.txt"), "one two");
  EXPECT_EQ(files_in(folder / "new"), 1U);
}

TEST(FileWriter, leaves_the_old_file_where_it_is_not_committed) {
  const TempFolder folder;
  write_bytes(folder / "a.txt", "old");
  {
    auto writer = FileWriter::open(folder / "a.txt").value();
    ASSERT_TRUE(writer.write("new").has_value());
    const FileWriter moved = std::move(writer);
  }
  EXPECT_EQ(read_bytes(folder / "a.txt"), "old");
  EXPECT_EQ(files_in(folder.path()), 1U);
}

TEST(FileWriter, says_why_it_cannot_write) {
  const TempFolder folder;
  write_bytes(folder / "file", "x");
  EXPECT_EQ(error_code(FileWriter::open(folder / "file/a.txt")), ErrorCode::io);
  fs::create_directories(folder / "place/full");
  auto onto_folder = FileWriter::open(folder / "place").value();
  EXPECT_EQ(error_code(onto_folder.commit()), ErrorCode::io);
}

}  // namespace
}  // namespace stareval
