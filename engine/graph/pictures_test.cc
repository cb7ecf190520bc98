// By hand, on folders that the tests make.
#include "engine/graph/pictures.h"

#include <gtest/gtest.h>

#include "tests/support/temp_folder.h"

namespace stareval::engine {
namespace {

using stareval::testing::TempFolder;
using stareval::testing::write_bytes;

TEST(PictureKey, IsTheSameForIdsAndFileNames) {
  EXPECT_EQ(picture_key("/m/027rn"), "m_027rn");
  EXPECT_EQ(picture_key("m.027rn"), "m_027rn");
  EXPECT_EQ(picture_key("__m_027rn"), "m_027rn");
  EXPECT_EQ(picture_key("São Tomé-1"), "São_Tomé-1");
  EXPECT_EQ(picture_key("../../etc"), "etc");
  EXPECT_EQ(picture_key("/"), "");
}

TEST(PictureFolder, FindsByIdPreferringPng) {
  const TempFolder folder;
  for (const char* name :
       {"m.01.jpg", "m.01.png", "m_02.WEBP", "bn:3n.svg", "notes.txt", "Paris.jpeg"})
    write_bytes(folder / name, "x");
  const PictureFolder pictures = PictureFolder::open(folder.path()).value();
  EXPECT_EQ(pictures.find("/m/01"), folder / "m.01.png");
  EXPECT_EQ(pictures.find("/m/02"), folder / "m_02.WEBP");
  EXPECT_EQ(pictures.find("bn:3n"), folder / "bn:3n.svg");
  EXPECT_EQ(pictures.find("http://dbpedia.org/resource/Paris"), folder / "Paris.jpeg");
  EXPECT_EQ(pictures.find("notes"), "");
  EXPECT_EQ(pictures.find(""), "");
}

TEST(PictureFolder, TakesTheFirstPictureOfAFolder) {
  const TempFolder folder;
  for (const char* name :
       {"A_B/2.jpg", "A_B/10.jpg", "A_B/0.txt", "empty/x.txt", "C/1.png", "C.svg"})
    write_bytes(folder / name, "x");
  const PictureFolder pictures = PictureFolder::open(folder.path()).value();
  EXPECT_EQ(pictures.find("A B"), folder / "A_B/10.jpg");
  EXPECT_EQ(pictures.find("empty"), "");
  EXPECT_EQ(pictures.find("C"), folder / "C.svg") << "a file goes before a folder";
}

TEST(PictureFolder, RefusesAFolderThatIsNotThere) {
  const auto pictures = PictureFolder::open("/no/such/folder");
  ASSERT_TRUE(pictures.has_error());
  EXPECT_EQ(pictures.error().code, ErrorCode::io);
}

TEST(HashedPicture, StaysInTheFolder) {
  const TempFolder folder;
  write_bytes(folder / "e5/e525.jpg", "x");
  write_bytes(folder / "other.jpg", "x");
  EXPECT_EQ(find_hashed_picture(folder.path(), "e525"), folder / "e5/e525.jpg");
  EXPECT_EQ(find_hashed_picture(folder.path(), "e526"), "");
  EXPECT_EQ(find_hashed_picture(folder.path(), "../other"), "");
  EXPECT_EQ(find_hashed_picture(folder.path(), "e"), "");
}

}  // namespace
}  // namespace stareval::engine
