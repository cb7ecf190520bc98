// Contact sheets: means worked out by hand; cells by their place on the page; refusals.
#include "engine/draw/contact_sheet.h"

#include <gtest/gtest.h>

#include "engine/draw/test_scenes_internal.h"
#include "tests/support/make_png.h"

namespace stareval::engine {
namespace {

using draw_testing::read_png;

TEST(DrawShrink, MeansOfWholeAreas) {
  const Bitmap four{2, 2, {0xFF000000U, 0xFF640000U, 0xFF006400U, 0xFF640064U}};
  const Bitmap one = shrunk(four, 1, 1);
  ASSERT_EQ(one.pixels.size(), 1U);
  EXPECT_EQ(one.pixels[0], 0xFF321919U);  // 200 / 4, 100 / 4, 100 / 4
}

TEST(DrawShrink, MeansOfPartsOfPixels) {
  // Three pixels on two: the middle one belongs to both by half. (0 + 90 / 2) / 1.5 = 30.
  const Bitmap three{3, 1, {0xFF000000U, 0xFF5A5A5AU, 0xFFB4B4B4U}};
  const Bitmap two = shrunk(three, 2, 1);
  EXPECT_EQ(two.pixels[0], 0xFF1E1E1EU);
  EXPECT_EQ(two.pixels[1], 0xFF969696U);  // (180 + 90 / 2) / 1.5 = 150
}

TEST(DrawShrink, ItsOwnSizeChangesNothing) {
  Random random(1);
  Bitmap bitmap{17, 9, {}};
  for (int i = 0; i < 17 * 9; ++i)
    bitmap.pixels.push_back(static_cast<std::uint32_t>(random.next()));
  EXPECT_EQ(shrunk(bitmap, 17, 9).pixels, bitmap.pixels);
}

std::uint32_t pixel(const Bitmap& bitmap, int x, int y) {
  return bitmap.pixels[static_cast<std::size_t>(y * bitmap.width + x)] & 0xFFFFFFU;
}

TEST(DrawContactSheet, ShowsPicturesRowByRow) {
  const std::vector<SheetItem> items = {{testing::make_png(200, 100, '\x10'), "first"},
                                        {testing::make_png(100, 200, '\x80'), "second"},
                                        {testing::make_png(40, 40, '\xC0'), ""}};
  const SheetOptions options{2, 100, 100};
  const auto png = contact_sheet(items, options);
  ASSERT_TRUE(png.has_value()) << png.error().message;
  const Bitmap page = read_png(*png);
  ASSERT_EQ(page.width, 14 + 2 * (100 + 14));
  // The first row is 100 pixels high; the first picture, 100 x 50, stands in its middle.
  EXPECT_EQ(pixel(page, 14 + 50, 14 + 50), 0x101010U);
  EXPECT_EQ(pixel(page, 14 + 50, 14 + 80), pixel(page, 0, 0));
  EXPECT_EQ(pixel(page, 128 + 50, 14 + 50), 0x808080U);
  // The third is not made larger.
  int third = 0;
  for (int y = 0; y < page.height; ++y)
    for (int x = 0; x < page.width; ++x) third += pixel(page, x, y) == 0xC0C0C0U ? 1 : 0;
  EXPECT_GE(third, 40 * 40);
  EXPECT_LT(third, 42 * 42);
}

TEST(DrawContactSheet, ACaptionLeavesInkBelowItsPicture) {
  const SheetOptions options{1, 120, 60};
  const auto with =
      contact_sheet(std::vector<SheetItem>{{testing::make_png(120, 60), "dot"}}, options);
  ASSERT_TRUE(with.has_value());
  const Bitmap page = read_png(*with);
  int ink = 0;
  for (int y = 14 + 60 + 3; y < page.height; ++y)
    for (int x = 0; x < page.width; ++x) ink += pixel(page, x, y) != pixel(page, 0, 0) ? 1 : 0;
  EXPECT_GT(ink, 30);
}

TEST(DrawContactSheet, SameInputSameBytes) {
  const std::vector<SheetItem> items = {{testing::make_png(900, 700), "varied, own"}};
  EXPECT_EQ(contact_sheet(items, {}).value(), contact_sheet(items, {}).value());
}

std::string error_of(const std::vector<SheetItem>& items, const SheetOptions& options) {
  const auto sheet = contact_sheet(items, options);
  return sheet.has_error() ? sheet.error().message : std::string();
}

TEST(DrawContactSheet, Refusals) {
  const SheetItem sound{testing::make_png(20, 20), "a"};
  EXPECT_NE(error_of({}, {}).find("at least one"), std::string::npos);
  EXPECT_NE(error_of({sound}, {0, 100, 100}).find("0 columns"), std::string::npos);
  EXPECT_NE(error_of({sound}, {1, 100, 2}).find("100 x 2"), std::string::npos);
  EXPECT_NE(error_of({sound, {"GIF89a", ""}}, {}).find("picture 1"), std::string::npos);
  EXPECT_NE(error_of({sound, sound, sound}, {3, 20'000, 20}).find("32000"), std::string::npos);
  EXPECT_NE(error_of({{sound.png, "two\nlines"}}, {}).find("control"), std::string::npos);
}

}  // namespace
}  // namespace stareval::engine
