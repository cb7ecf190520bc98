// The options of read: places of files, and the text of each wrong use, by hand.
#include "apps/star_eval/read_options.h"

#include <gtest/gtest.h>

#include "tests/support/errors.h"
#include "tests/support/temp_folder.h"

namespace stareval::app {
namespace {

namespace fs = std::filesystem;
using testing::error_code;
using testing::expect_error;

class ReadOptionsTest : public ::testing::Test {
 protected:
  ReadOptionsTest() { testing::write_bytes(image(), "a picture"); }

  [[nodiscard]] std::string image() const { return (folder_ / "picture.png").string(); }
  [[nodiscard]] std::string at(const char* name) const { return (folder_ / name).string(); }

  static Result<ReadOptions> read(const Arguments& arguments) {
    OptionParser parser = make_read_parser();
    if (const auto parsed = parser.parse(arguments); parsed.has_error()) return parsed.error();
    return parse_read_options(parser);
  }

  testing::TempFolder folder_;
};

TEST_F(ReadOptionsTest, name_a_picture_and_where_all_goes) {
  const ReadOptions plain = read({image()}).value();
  EXPECT_EQ(plain.image, image());
  EXPECT_TRUE(plain.overlay.empty());
  EXPECT_TRUE(plain.out.empty());
  EXPECT_FALSE(plain.quiet);
  const ReadOptions all =
      read({image(), "--overlay", at("o.png"), "--out", at("g.json"), "--quiet"}).value();
  EXPECT_EQ(all.overlay, at("o.png"));
  EXPECT_EQ(all.out, at("g.json"));
  EXPECT_TRUE(all.quiet);
}

TEST_F(ReadOptionsTest, a_name_without_a_folder_is_in_the_working_one) {
  EXPECT_TRUE(read({image(), "--overlay", "seen-by-nobody.png"}).has_value());
}

TEST_F(ReadOptionsTest, refuse_no_picture_or_two) {
  expect_error(read({}), ErrorCode::usage, "name a picture");
  expect_error(read({""}), ErrorCode::usage, "name a picture");
  EXPECT_EQ(error_code(read({image(), image()})), ErrorCode::usage);
  EXPECT_EQ(error_code(read({image(), "--overlays", "x.png"})), ErrorCode::usage);
}

TEST_F(ReadOptionsTest, refuse_to_write_over_the_picture) {
  expect_error(read({image(), "--overlay", image()}), ErrorCode::usage, "the picture itself");
  expect_error(read({image(), "--out", at("./picture.png")}), ErrorCode::usage,
               "--out: " + at("./picture.png"));
  fs::create_symlink(image(), folder_ / "link.png");
  expect_error(read({at("link.png"), "--overlay", image()}), ErrorCode::usage,
               "the picture itself");
}

TEST_F(ReadOptionsTest, refuse_one_file_for_both) {
  expect_error(read({image(), "--overlay", at("x"), "--out", at("./x")}), ErrorCode::usage,
               "both name");
}

TEST_F(ReadOptionsTest, refuse_a_folder_that_is_not_there) {
  expect_error(read({image(), "--overlay", at("no/o.png")}), ErrorCode::io,
               "--overlay: there is no folder " + at("no"));
  expect_error(read({image(), "--out", at("no/g.json")}), ErrorCode::io, "--out: there is no");
  expect_error(read({image(), "--out", folder_.path().string()}), ErrorCode::usage, "is a folder");
}

}  // namespace
}  // namespace stareval::app
