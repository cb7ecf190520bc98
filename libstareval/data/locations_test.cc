// Where shipped data is looked for: the order of the places and the refusals, by hand.
#include "libstareval/data/locations.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <optional>

#include "tests/support/errors.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

namespace fs = std::filesystem;
using testing::error_code;
using testing::error_text;
using testing::TempFolder;

class LocationsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const char* set = std::getenv("STAREVAL_DATA")) before_ = set;
    for (const char* name : {"datasets/zoo", "datasets/atlas", "graphs/atlas"})
      fs::create_directories(share_ / name);
    testing::write_bytes(share_ / "datasets/readme.txt", "no folder");
    set_data(share_.path().string());
  }
  void TearDown() override {
    if (before_) ::setenv("STAREVAL_DATA", before_->c_str(), 1);
    else ::unsetenv("STAREVAL_DATA");
  }
  static void set_data(const std::string& value) { ::setenv("STAREVAL_DATA", value.c_str(), 1); }

  const TempFolder share_;
  std::optional<std::string> before_;
};

TEST_F(LocationsTest, looks_where_the_environment_says) {
  EXPECT_EQ(shipped_data_folder().value(), share_.path());
}

TEST_F(LocationsTest, refuses_an_environment_that_names_no_folder) {
  set_data("/no/such/folder");
  EXPECT_EQ(error_code(shipped_data_folder()), ErrorCode::io);
  EXPECT_EQ(error_text(shipped_data_folder()),
            "STAREVAL_DATA: expected a folder, found \"/no/such/folder\"");
  EXPECT_EQ(error_text(find_data("datasets", "atlas")),
            "STAREVAL_DATA: expected a folder, found \"/no/such/folder\"");
  EXPECT_TRUE(shipped_names("datasets").empty());
}

TEST_F(LocationsTest, takes_an_empty_environment_for_none) {
  set_data("");
  EXPECT_NE(shipped_data_folder().value(), fs::path());
}

TEST_F(LocationsTest, falls_back_to_the_source_tree) {
  ::unsetenv("STAREVAL_DATA");
  EXPECT_TRUE(fs::exists(shipped_data_folder().value() / "graphs/atlas/graph.json"));
}

TEST_F(LocationsTest, lists_the_folders_of_a_kind_in_order) {
  EXPECT_EQ(shipped_names("datasets"), (std::vector<std::string>{"atlas", "zoo"}));
  EXPECT_TRUE(shipped_names("none").empty());
}

TEST_F(LocationsTest, finds_a_name_of_what_is_shipped) {
  EXPECT_EQ(find_data("datasets", "zoo").value(), share_ / "datasets" / "zoo");
  EXPECT_EQ(find_data("graphs", "atlas").value(), share_ / "graphs" / "atlas");
}

TEST_F(LocationsTest, takes_a_folder_as_it_is) {
  const TempFolder own;
  EXPECT_EQ(find_data("datasets", own.path().string()).value(), own.path());
}

TEST_F(LocationsTest, prefers_a_folder_of_the_working_directory_to_a_shipped_name) {
  const TempFolder work;
  fs::create_directories(work / "atlas");
  const fs::path before = fs::current_path();
  fs::current_path(work.path());
  const auto found = find_data("datasets", "atlas");
  fs::current_path(before);
  EXPECT_EQ(found.value(), "atlas");
}

TEST_F(LocationsTest, refuses_what_is_neither_with_the_names_there_are) {
  EXPECT_EQ(error_code(find_data("datasets", "zebra")), ErrorCode::usage);
  EXPECT_EQ(error_text(find_data("datasets", "zebra")),
            "expected a folder or the name of one of the shipped datasets (atlas, zoo), found "
            "\"zebra\"");
  EXPECT_EQ(error_text(find_data("plays", "hamlet")),
            "expected a folder or the name of one of the shipped plays (none), found \"hamlet\"");
}

TEST_F(LocationsTest, refuses_a_path_into_what_is_shipped_and_no_name_at_all) {
  EXPECT_TRUE(find_data("datasets", "../graphs/atlas").has_error());
  EXPECT_TRUE(find_data("datasets", "").has_error());
}

}  // namespace
}  // namespace stareval
