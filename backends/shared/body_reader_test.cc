// Reading a body in pieces of any size gives the bytes of the whole; a picture that was changed,
// cut or removed since it was looked at is an error before its last piece.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <thread>

#include "backends/shared/body_reader_internal.h"
#include "libstareval/base/base64.h"
#include "tests/support/errors.h"
#include "tests/support/make_png.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using testing::error_code;
using testing::error_text;

class BodyReaderTest : public ::testing::Test {
 protected:
  [[nodiscard]] PictureFile picture(const std::string& name, std::size_t size) const {
    std::string bytes = testing::make_png(3, 2);
    while (bytes.size() < size) bytes += static_cast<char>(bytes.size() * 31 % 251);
    bytes.resize(size);
    testing::write_bytes(folder_ / name, bytes);
    return look_at_picture({folder_ / name, sha256(bytes)}).value();
  }

  static Result<std::string> read_all(const HttpBody& body, std::size_t space) {
    VerifiedPictures verified;
    return read_all(body, space, verified);
  }

  static Result<std::string> read_all(const HttpBody& body, std::size_t space,
                                      VerifiedPictures& verified) {
    BodyReader reader(body, verified);
    std::string all;
    std::string piece(space, '\0');
    for (;;) {
      STAREVAL_TRY(const std::size_t size, reader.read(piece.data(), space));
      if (size == 0) return all;
      all.append(piece, 0, size);
    }
  }

  const testing::TempFolder folder_;
};

TEST_F(BodyReaderTest, gives_the_same_bytes_in_pieces_of_any_size) {
  for (const std::size_t size : {20U, 21U, 22U, 1000U, 49152U, 49153U, 150001U}) {
    HttpBody body;
    body.add("{\"a\":\"");
    body.add_base64(picture("a.png", size));
    body.add_base64(picture("b.png", 33));
    body.add("\"}");
    const std::string whole = body.bytes().value();
    EXPECT_EQ(body.size_bytes(), whole.size());
    for (const std::size_t space : {1U, 2U, 3U, 4U, 5U, 7U, 64U, 65536U, 1048576U})
      EXPECT_EQ(read_all(body, space).value(), whole) << size << " in pieces of " << space;
  }
}

TEST_F(BodyReaderTest, is_done_once_the_last_byte_was_given) {
  const HttpBody body("12345678");
  VerifiedPictures verified;
  BodyReader reader(body, verified);
  std::string out(8, '\0');
  EXPECT_FALSE(reader.is_done());
  EXPECT_EQ(reader.read(out.data(), 4).value(), 4U);
  EXPECT_FALSE(reader.is_done());
  EXPECT_EQ(reader.read(out.data(), 4).value(), 4U);
  EXPECT_TRUE(reader.is_done());
  EXPECT_EQ(reader.read(out.data(), 4).value(), 0U);
}

TEST_F(BodyReaderTest, refuses_a_picture_that_was_changed_after_it_was_looked_at) {
  HttpBody body;
  body.add_base64(picture("a.png", 100));
  testing::write_bytes(folder_ / "a.png", testing::make_png(9, 9) + std::string(200, 'x'));
  const auto read = read_all(body, 65536);
  EXPECT_EQ(error_code(read), ErrorCode::mismatch);
  EXPECT_NE(error_text(read).find("the file was changed"), std::string::npos) << error_text(read);
}

TEST_F(BodyReaderTest, refuses_a_picture_that_became_shorter_or_went_away) {
  HttpBody body;
  body.add_base64(picture("a.png", 100));
  std::filesystem::resize_file(folder_ / "a.png", 50);
  EXPECT_EQ(error_code(read_all(body, 65536)), ErrorCode::mismatch);
  std::filesystem::remove(folder_ / "a.png");
  EXPECT_EQ(error_code(read_all(body, 65536)), ErrorCode::io);
}

TEST_F(BodyReaderTest, sends_a_file_byte_for_byte_between_texts) {
  for (const std::size_t size : {0U, 1U, 5U, 65536U, 200001U}) {
    std::string content;
    while (content.size() < size) content += static_cast<char>(content.size() * 31 % 251);
    testing::write_bytes(folder_ / "part.jsonl", content);
    HttpBody body;
    body.add("<");
    ASSERT_FALSE(body.add_file(folder_ / "part.jsonl").has_error());
    body.add(">");
    EXPECT_EQ(body.size_bytes(), size + 2);
    EXPECT_EQ(body.outline(), "<<part.jsonl>>");
    EXPECT_EQ(body.bytes().value(), "<" + content + ">");
    for (const std::size_t space : {4U, 7U, 65536U})
      EXPECT_EQ(read_all(body, space).value(), "<" + content + ">") << size << " by " << space;
  }
}

TEST_F(BodyReaderTest, refuses_a_file_that_became_shorter_or_is_not_there) {
  testing::write_bytes(folder_ / "part.jsonl", std::string(100, 'x'));
  HttpBody body;
  EXPECT_EQ(error_code(body.add_file(folder_ / "none")), ErrorCode::io);
  ASSERT_FALSE(body.add_file(folder_ / "part.jsonl").has_error());
  std::filesystem::resize_file(folder_ / "part.jsonl", 50);
  EXPECT_EQ(error_code(read_all(body, 65536)), ErrorCode::mismatch);
  std::filesystem::remove(folder_ / "part.jsonl");
  EXPECT_EQ(error_code(read_all(body, 65536)), ErrorCode::io);
}

// A change that keeps size and time of modification, as an editor or `cp -p` may, is still noticed:
// nobody can set the time at which an inode was changed.
TEST_F(BodyReaderTest, trusts_a_file_that_it_verified_until_the_system_says_it_changed) {
  const PictureFile file = picture("a.png", 100);
  HttpBody body;
  body.add_base64(file);
  VerifiedPictures verified;
  const int fd = ::open(file.image.path.c_str(), O_RDONLY);
  verified.add(fd, file.image.digest);
  EXPECT_FALSE(verified.holds(fd, file.image.digest)) << "it was changed just now";
  const std::string whole = read_all(body, 65536, verified).value();
  for (int i = 0; i < 400 && !verified.holds(fd, file.image.digest); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));  // until it is a second old
    verified.add(fd, file.image.digest);
  }
  EXPECT_TRUE(verified.holds(fd, file.image.digest));
  EXPECT_FALSE(verified.holds(fd, "sha256:other"));
  EXPECT_EQ(read_all(body, 65536, verified).value(), whole);
  struct stat before {};
  ASSERT_EQ(::fstat(fd, &before), 0);
  std::string bytes = testing::read_bytes(file.image.path);
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  testing::write_bytes(file.image.path, bytes);
  const std::array<timespec, 2> times{before.st_atim, before.st_mtim};
  ASSERT_EQ(::utimensat(AT_FDCWD, file.image.path.c_str(), times.data(), 0), 0);
  EXPECT_EQ(error_code(read_all(body, 65536, verified)), ErrorCode::mismatch);
  ::close(fd);
}

TEST_F(BodyReaderTest, does_not_wait_for_a_pipe_in_the_place_of_a_picture) {
  const PictureFile file = picture("a.png", 100);
  std::filesystem::remove(file.image.path);
  ASSERT_EQ(::mkfifo(file.image.path.c_str(), 0600), 0);
  HttpBody body;
  body.add_base64(file);
  EXPECT_TRUE(read_all(body, 65536).has_error());
  EXPECT_EQ(error_code(look_at_picture(file.image)), ErrorCode::io);
}

TEST(LookAtPicture, tells_type_and_size_and_reads_no_more) {
  const testing::TempFolder folder;
  const std::string bytes = testing::make_png(4, 4);
  testing::write_bytes(folder / "a.bin", bytes);
  const PictureFile file = look_at_picture({folder / "a.bin", "sha256:1"}).value();
  EXPECT_EQ(file.media_type, "image/png");
  EXPECT_EQ(file.size_bytes, bytes.size());
  EXPECT_EQ(error_code(look_at_picture({folder / "none", "sha256:1"})), ErrorCode::io);
  EXPECT_EQ(error_code(look_at_picture({folder.path(), "sha256:1"})), ErrorCode::io);
  testing::write_bytes(folder / "b.bin", "");
  EXPECT_EQ(error_code(look_at_picture({folder / "b.bin", "sha256:1"})), ErrorCode::bad_data);
}

}  // namespace
}  // namespace stareval
