// Verification, statistics and deletion. By hand: one row damaged in each way; rows by age.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libstareval/run/cache.h"
#include "tests/support/cache_rows.h"
#include "tests/support/errors.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using ::testing::ElementsAre;
using testing::error_text;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::row_of;
using testing::run_sql;

class CacheUpkeepTest : public ::testing::Test {
 protected:
  void fill(int rows, std::size_t bytes) {
    std::vector<CacheRow> all;
    for (int i = 0; i < rows; ++i)
      all.push_back(row_of("s" + std::to_string(i), std::string(bytes, 'x'), 1000 + i));
    ASSERT_EQ(error_text(cache_.store(all)), "(no error)");
  }

  std::vector<std::string> damage(const std::string& assignment) {
    run_sql(path_, "UPDATE replies SET " + assignment + " WHERE sample = 's1'");
    return cache_.verify().value();
  }

  const testing::TempFolder folder_;
  const std::filesystem::path path_ = folder_ / "replies.sqlite";
  ResponseCache cache_ = ResponseCache::open(path_).value();
};

TEST_F(CacheUpkeepTest, verify_names_the_row_and_what_is_wrong_with_it) {
  fill(3, 10);
  EXPECT_THAT(cache_.verify().value(), IsEmpty());
  EXPECT_THAT(
      damage("reply = replace(reply, 'xx', 'xy')"),
      ElementsAre(row_of("s1", "").key + ", sample s1: the digest is not that of its reply"));
}

TEST_F(CacheUpkeepTest, verify_finds_each_kind_of_damage) {
  fill(2, 10);
  EXPECT_THAT(damage("backend = 'other'"),
              ElementsAre(HasSubstr("the key is not that of its request")));
  EXPECT_THAT(damage("request = ' ' || request"),
              ElementsAre(HasSubstr("request is not canonical JSON")));
  EXPECT_THAT(damage("identity = '{'"), ElementsAre(HasSubstr("identity")));
}

TEST_F(CacheUpkeepTest, verify_says_that_a_reply_is_none_though_its_digest_fits) {
  CacheRow row = row_of("s1", "4");
  row.reply = R"({"outcome":"answered"})";
  row.reply_digest = sha256(row.reply);
  ASSERT_EQ(error_text(cache_.store({&row, 1})), "(no error)");
  EXPECT_THAT(cache_.verify().value(), ElementsAre(HasSubstr("reply: field \"text\"")));
}

TEST_F(CacheUpkeepTest, counts_rows_and_bytes) {
  EXPECT_EQ(cache_.stats().value().rows, 0u);
  EXPECT_EQ(cache_.stats().value().oldest, 0);
  fill(3, 1000);
  const CacheStats stats = cache_.stats().value();
  EXPECT_EQ(stats.rows, 3u);
  EXPECT_EQ(stats.oldest, 1000);
  EXPECT_EQ(stats.newest, 1002);
  EXPECT_GT(stats.bytes, 3000u);
}

TEST_F(CacheUpkeepTest, deletes_what_is_older) {
  fill(10, 10);
  EXPECT_EQ(cache_.collect({.created_before = 1004}).value().rows, 4u);
  EXPECT_EQ(cache_.stats().value().oldest, 1004);
}

TEST_F(CacheUpkeepTest, shrinks_to_a_size_by_deleting_the_oldest) {
  constexpr std::uint64_t kMost = 200'000;
  fill(100, 10'000);
  const CacheFreed freed = cache_.collect({.most_bytes = kMost}).value();
  const CacheStats left = cache_.stats().value();
  EXPECT_LE(left.bytes, kMost);
  EXPECT_GE(left.rows, 10u);  // of some 16 that fit
  EXPECT_EQ(freed.rows + left.rows, 100u);
  EXPECT_GT(freed.bytes, 800'000u);
  EXPECT_EQ(left.newest, 1099);
  EXPECT_EQ(left.oldest, 1100 - static_cast<std::int64_t>(left.rows));
  EXPECT_THAT(cache_.verify().value(), IsEmpty());
}

TEST_F(CacheUpkeepTest, shrinks_to_nothing_where_no_row_fits) {
  fill(5, 10'000);
  EXPECT_EQ(cache_.collect({.most_bytes = 0}).value().rows, 5u);
}

TEST_F(CacheUpkeepTest, deletes_all_and_gives_the_space_back) {
  fill(100, 10'000);
  const CacheFreed freed = cache_.collect({.all = true}).value();
  EXPECT_EQ(freed.rows, 100u);
  EXPECT_LT(cache_.stats().value().bytes, 100'000u);
}

TEST_F(CacheUpkeepTest, keeps_every_row_where_nothing_is_to_go) {
  fill(5, 10);
  EXPECT_EQ(cache_.collect({}).value().rows, 0u);
  EXPECT_EQ(cache_.stats().value().rows, 5u);
}

}  // namespace
}  // namespace stareval
