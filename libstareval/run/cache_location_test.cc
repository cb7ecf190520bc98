// Where the cache of a user lies, by hand for each environment.
#include "libstareval/run/cache_location.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/support/errors.h"

namespace stareval {
namespace {

Result<std::filesystem::path> file_for(std::map<std::string, std::string> environment) {
  return default_cache_file([environment](const std::string& name) {
    const auto hit = environment.find(name);
    return hit == environment.end() ? std::string() : hit->second;
  });
}

TEST(CacheLocation, follows_its_own_variable_then_xdg_then_home) {
  EXPECT_EQ(file_for({{"STAREVAL_CACHE", "mine"}, {"XDG_CACHE_HOME", "/x"}}).value(), "mine");
  EXPECT_EQ(file_for({{"XDG_CACHE_HOME", "/x"}, {"HOME", "/h"}}).value(),
            "/x/stareval/replies.sqlite");
  EXPECT_EQ(file_for({{"HOME", "/h"}}).value(), "/h/.cache/stareval/replies.sqlite");
  EXPECT_EQ(file_for({{"XDG_CACHE_HOME", "x"}, {"HOME", "/h"}}).value(),
            "/h/.cache/stareval/replies.sqlite");
}

TEST(CacheLocation, is_unknown_without_a_home) {
  EXPECT_EQ(testing::error_code(file_for({})), ErrorCode::usage);
  EXPECT_EQ(testing::error_code(file_for({{"HOME", "relative"}})), ErrorCode::usage);
}

}  // namespace
}  // namespace stareval
