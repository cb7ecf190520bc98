// Codes of items, by hand.
#include "engine/audit/features.h"

#include <gtest/gtest.h>

#include <set>

#include "engine/audit/test_items_internal.h"

namespace stareval::engine {
namespace {

std::vector<AuditItem> items_with_pictures(std::size_t n, int step) {
  std::vector<AuditItem> items;
  for (std::size_t i = 0; i < n; ++i) {
    items.push_back(item_of("T", AnswerKind::detection, i));
    items.back().pictures = {{"", "", 100 + static_cast<int>(i) * step, 10}};
    items.back().picture_bytes = static_cast<std::int64_t>(1000 - i);
  }
  return items;
}

Items pointers(const std::vector<AuditItem>& items) {
  Items all;
  for (const AuditItem& item : items) all.push_back(&item);
  return all;
}

TEST(Quantiles, hold_as_many_each_and_keep_equal_values_together) {
  EXPECT_EQ(code_quantiles(std::vector<double>{4, 1, 3, 2}, 2), (Classes{1, 0, 1, 0}));
  EXPECT_EQ(code_quantiles(std::vector<double>{1, 1, 1, 2}, 2), (Classes{0, 0, 0, 1}));
  EXPECT_EQ(code_quantiles(std::vector<double>{5}, 10), (Classes{0}));
}

TEST(Features, number_wordings_as_they_come) {
  std::vector<AuditItem> items(3);
  items[0].question = "b";
  items[1].question = "a";
  items[2].question = "b";
  EXPECT_EQ(code_wordings(pointers(items)), (Classes{0, 1, 0}));
}

TEST(Features, keep_few_picture_sizes_apart_and_part_many) {
  const auto different = [](const Classes& codes) {
    return std::set<std::uint32_t>(codes.begin(), codes.end()).size();
  };
  EXPECT_EQ(different(code_picture_sizes(pointers(items_with_pictures(24, 1)))), 24U);
  EXPECT_EQ(different(code_picture_sizes(pointers(items_with_pictures(25, 1)))), 2U);
  EXPECT_EQ(different(code_picture_sizes(pointers(items_with_pictures(600, 1)))), 10U);
}

TEST(Features, part_file_sizes) {
  const Classes codes = code_file_sizes(pointers(items_with_pictures(120, 0)));
  EXPECT_EQ(codes.front(), 1U);  // the largest file
  EXPECT_EQ(codes.back(), 0U);
}

TEST(Features, are_empty_where_an_item_does_not_have_them) {
  std::vector<AuditItem> items = items_with_pictures(3, 1);
  items[1].pictures.clear();
  items[1].picture_bytes = -1;
  EXPECT_TRUE(code_picture_sizes(pointers(items)).empty());
  EXPECT_TRUE(code_file_sizes(pointers(items)).empty());
}

}  // namespace
}  // namespace stareval::engine
