// Files: round trips and refusals by hand; that a reader never sees a part, as a property under
// threads.
#include "libstareval/base/file.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <atomic>
#include <csignal>
#include <thread>
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

std::size_t files_in(const fs::path& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST(File, reads_every_byte) {
  const TempFolder folder;
  for (const std::size_t size : {0u, 1u, 4095u, 4096u, 4097u, 100'000u}) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 31);
    write_bytes(folder / "bytes", bytes);
    EXPECT_EQ(read_file(folder / "bytes").value(), bytes) << size;
  }
}

TEST(File, reads_files_that_do_not_tell_their_size) {
  EXPECT_FALSE(read_file("/proc/self/status").value().empty());
}

TEST(File, that_is_missing_is_an_error_with_path_and_reason) {
  const TempFolder folder;
  const auto content = read_file(folder / "none.json");
  EXPECT_EQ(error_code(content), ErrorCode::io);
  EXPECT_EQ(error_text(content),
            "cannot read " + (folder / "none.json").string() + ": No such file or directory");
}

TEST(File, that_is_a_folder_is_an_error) {
  const TempFolder folder;
  EXPECT_EQ(error_text(read_file(folder.path())),
            "cannot read " + folder.path().string() + ": Is a directory");
}

TEST(File, written_is_read_back) {
  const TempFolder folder;
  ASSERT_TRUE(write_file_atomic(folder / "a.txt", "one\n").has_value());
  EXPECT_EQ(read_bytes(folder / "a.txt"), "one\n");
}

TEST(File, written_again_holds_only_the_new_content) {
  const TempFolder folder;
  ASSERT_TRUE(write_file_atomic(folder / "a.txt", "a long first text").has_value());
  ASSERT_TRUE(write_file_atomic(folder / "a.txt", "short").has_value());
  EXPECT_EQ(read_bytes(folder / "a.txt"), "short");
}

TEST(File, written_without_waiting_is_there_too) {
  const TempFolder folder;
  ASSERT_TRUE(write_file(folder / "a.txt", "a long first text").has_value());
  ASSERT_TRUE(write_file(folder / "a.txt", "short").has_value());
  EXPECT_TRUE(sync_files(folder.path()).has_value());
  EXPECT_EQ(read_bytes(folder / "a.txt"), "short");
  EXPECT_EQ(error_text(write_file(folder / "none/a.txt", "x")),
            "cannot write " + (folder / "none/a.txt").string() + ": No such file or directory");
  EXPECT_TRUE(sync_files(folder / "none").has_value());
}

TEST(File, written_leaves_no_other_file_behind) {
  const TempFolder folder;
  ASSERT_TRUE(write_file_atomic(folder / "a.txt", "one").has_value());
  EXPECT_EQ(files_in(folder.path()), 1u);
}

TEST(File, written_gets_the_parent_folders_it_lacks) {
  const TempFolder folder;
  ASSERT_TRUE(write_file_atomic(folder / "a/b/c.txt", "deep").has_value());
  EXPECT_EQ(read_bytes(folder / "a/b/c.txt"), "deep");
}

TEST(File, cannot_be_written_below_a_file) {
  const TempFolder folder;
  write_bytes(folder / "a", "a file");
  const auto written = write_file_atomic(folder / "a/b.txt", "text");
  EXPECT_EQ(error_code(written), ErrorCode::io);
  EXPECT_TRUE(error_text(written).starts_with("cannot make the folder " + (folder / "a").string()))
      << error_text(written);
}

TEST(File, that_cannot_replace_a_folder_leaves_nothing_behind) {
  const TempFolder folder;
  fs::create_directory(folder / "a");
  const auto written = write_file_atomic(folder / "a", "text");
  EXPECT_EQ(error_text(written), "cannot write " + (folder / "a").string() + ": Is a directory");
  EXPECT_EQ(files_in(folder.path()), 1u);
}

// A full disk, by the limit on the size of files.
TEST(File, that_does_not_fit_on_the_disk_leaves_the_old_content) {
  const TempFolder folder;
  write_bytes(folder / "a.txt", "old");
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{1000, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto written = write_file_atomic(folder / "a.txt", std::string(5000, 'x'));
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_EQ(error_code(written), ErrorCode::io);
  EXPECT_TRUE(error_text(written).ends_with(": File too large")) << error_text(written);
  EXPECT_EQ(read_bytes(folder / "a.txt"), "old");
  EXPECT_EQ(files_in(folder.path()), 1u);
}

TEST(File, is_seen_whole_while_several_threads_write_it) {
  const TempFolder folder;
  const fs::path path = folder / "shared.txt";
  ASSERT_TRUE(write_file_atomic(path, std::string(20'000, 'a')).has_value());
  std::atomic<int> failures{0};
  std::vector<std::thread> writers;
  for (char letter = 'a'; letter < 'e'; ++letter)
    writers.emplace_back([&, letter] {
      for (int i = 0; i < 20; ++i)
        if (write_file_atomic(path, std::string(20'000, letter)).has_error()) ++failures;
    });
  for (int i = 0; i < 200; ++i) {
    const std::string seen = read_file(path).value();
    EXPECT_EQ(seen, std::string(20'000, seen.at(0)));
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(files_in(folder.path()), 1u);
}

TEST(File, exists_says_no_where_it_cannot_be_told) {
  const TempFolder folder;
  EXPECT_TRUE(file_exists(folder.path()));
  EXPECT_FALSE(file_exists(folder / "none"));
  EXPECT_FALSE(file_exists(folder / std::string(5000, 'x')));  // ENAMETOOLONG
}

TEST(Folders, are_made_where_they_are_missing_and_left_where_they_are_not) {
  const TempFolder folder;
  EXPECT_TRUE(make_folders(folder / "x/y").has_value());
  EXPECT_TRUE(make_folders(folder / "x/y").has_value());
  EXPECT_TRUE(fs::is_directory(folder / "x/y"));
}

}  // namespace
}  // namespace stareval
