// Properties: the same for the same key, different for others, never empty, mirrored.
#include "engine/draw/emblem.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace stareval::engine {
namespace {

TEST(Emblem, FollowsFromItsKey) {
  EXPECT_EQ(draw_emblem("a").pixels, draw_emblem("a").pixels);
  EXPECT_NE(draw_emblem("a").pixels, draw_emblem("b").pixels);
}

TEST(Emblem, IsHardlyEverTheSameForTwoKeys) {
  std::set<std::vector<std::uint32_t>> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(draw_emblem(std::to_string(i)).pixels);
  EXPECT_GE(seen.size(), 990U);
}

TEST(Emblem, IsOpaqueMirroredAndNeverEmpty) {
  for (int i = 0; i < 200; ++i) {
    const Bitmap emblem = draw_emblem(std::to_string(i));
    ASSERT_EQ(emblem.width, 96);
    ASSERT_EQ(emblem.pixels.size(), 96U * 96U);
    EXPECT_EQ(std::set<std::uint32_t>(emblem.pixels.begin(), emblem.pixels.end()).size(), 2U);
    for (std::size_t at = 0; at < emblem.pixels.size(); ++at) {
      ASSERT_EQ(emblem.pixels[at] >> 24U, 255U);
      ASSERT_EQ(emblem.pixels[at], emblem.pixels[at / 96 * 96 + 95 - at % 96]);
    }
  }
}

TEST(Emblem, HasAPathThatGivesItsKeyBack) {
  EXPECT_EQ(emblem_key(emblem_path("/m/0abc")), "/m/0abc");
  EXPECT_EQ(emblem_key(emblem_path("")), "");
  EXPECT_EQ(emblem_key("images/emblem:.png"), std::nullopt);
}

}  // namespace
}  // namespace stareval::engine
