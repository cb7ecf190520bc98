// Node pictures: decoding, scaling, the bound of the cache, many threads, refusals.
#include "engine/draw/picture_store.h"

#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "engine/draw/emblem.h"
#include "engine/draw/test_scenes_internal.h"

namespace stareval::engine {
namespace {

using draw_testing::write_flag;

TEST(DrawPictureStore, LoadsAndScales) {
  const testing::TempFolder folder;
  write_flag(folder / "a.png", 90, 60, 1);
  PictureStore store;
  const auto own = store.load(folder / "a.png");
  ASSERT_TRUE(own.has_value());
  EXPECT_EQ((*own)->width, 90);
  EXPECT_EQ((*own)->height, 60);
  const auto small = store.scaled(folder / "a.png", 45, 30);
  ASSERT_TRUE(small.has_value());
  EXPECT_EQ((*small)->pixels.size(), 45U * 30U);
}

TEST(DrawPictureStore, ScalingKeepsColoursAndOpaqueBorders) {
  const testing::TempFolder folder;
  write_flag(folder / "a.png", 90, 60, 2);
  PictureStore store;
  const SharedBitmap own = store.load(folder / "a.png").value();
  const SharedBitmap small = store.scaled(folder / "a.png", 40, 27).value();
  EXPECT_EQ(small->pixels.front(), own->pixels.front());
  EXPECT_EQ(small->pixels.back(), own->pixels.back());
}

TEST(DrawPictureStore, AnswersFromTheCache) {
  const testing::TempFolder folder;
  write_flag(folder / "a.png", 90, 60, 1);
  PictureStore store;
  const SharedBitmap first = store.scaled(folder / "a.png", 45, 30).value();
  EXPECT_EQ(store.scaled(folder / "a.png", 45, 30).value(), first);
}

TEST(DrawPictureStore, ReadsAChangedFileAgain) {
  const testing::TempFolder folder;
  write_flag(folder / "a.png", 90, 60, 1);
  PictureStore store;
  const SharedBitmap before = store.load(folder / "a.png").value();
  write_flag(folder / "a.png", 60, 60, 9);
  EXPECT_EQ(store.load(folder / "a.png").value()->width, 60);
  EXPECT_EQ(before->width, 90);  // who holds the old one keeps it
}

TEST(DrawPictureStore, StaysWithinItsBound) {
  const testing::TempFolder folder;
  constexpr std::size_t kBound = 100'000;
  PictureStore store(kBound);
  for (int i = 0; i < 20; ++i) {
    const std::string path = folder / (std::to_string(i) + ".png");
    write_flag(path, 64, 64, static_cast<std::uint64_t>(i));
    ASSERT_TRUE(store.scaled(path, 32, 32).has_value());
    EXPECT_LE(store.bytes_held(), kBound);
  }
  EXPECT_GT(store.bytes_held(), kBound / 2);
}

TEST(DrawPictureStore, APictureLargerThanTheBoundIsStillReturned) {
  const testing::TempFolder folder;
  write_flag(folder / "a.png", 64, 64, 1);
  PictureStore store(100);
  EXPECT_TRUE(store.load(folder / "a.png").has_value());
  EXPECT_LE(store.bytes_held(), 100U);
}

TEST(DrawPictureStore, ManyThreadsGetTheSamePixels) {
  const testing::TempFolder folder;
  write_flag(folder / "a.png", 96, 64, 3);
  PictureStore store(20'000);  // small, so that threads evict what others use
  std::vector<std::vector<std::uint32_t>> seen(4);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < seen.size(); ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) {
        (void)store.scaled(folder / "a.png", 30 + i % 7, 20);
        seen[t] = store.scaled(folder / "a.png", 48, 32).value()->pixels;
      }
    });
  for (std::thread& thread : threads) thread.join();
  for (const auto& pixels : seen) EXPECT_EQ(pixels, seen.front());
}

TEST(DrawPictureStore, NamesAMissingFile) {
  PictureStore store;
  const auto picture = store.load("/no/such/flag.png");
  ASSERT_TRUE(picture.has_error());
  EXPECT_EQ(picture.error().code, ErrorCode::io);
  EXPECT_NE(picture.error().message.find("/no/such/flag.png"), std::string::npos);
}

TEST(DrawPictureStore, NamesABrokenFile) {
  const testing::TempFolder folder;
  std::ofstream(folder / "broken.png") << "this is not a PNG";
  std::ofstream(folder / "empty.png").flush();
  PictureStore store;
  for (const char* name : {"broken.png", "empty.png"}) {
    const auto picture = store.load(folder / name);
    ASSERT_TRUE(picture.has_error()) << name;
    EXPECT_EQ(picture.error().code, ErrorCode::bad_data);
    EXPECT_NE(picture.error().message.find(name), std::string::npos);
  }
}

TEST(DrawPictureStore, GivesEmblemsWithoutAFile) {
  PictureStore store;
  const auto emblem = store.load(emblem_path("France"));
  ASSERT_TRUE(emblem.has_value());
  EXPECT_EQ((*emblem)->pixels, draw_emblem("France").pixels);
  EXPECT_EQ(store.scaled(emblem_path("France"), 20, 20).value()->width, 20);
}

}  // namespace
}  // namespace stareval::engine
