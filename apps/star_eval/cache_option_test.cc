// Which cache a run uses, by hand for each option, endpoint and environment.
#include "apps/star_eval/cache_option.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/support/errors.h"

namespace stareval::app {
namespace {

class At : public Backend {
 public:
  explicit At(json::object identity) : identity_(std::move(identity)) {}
  void submit(const Request&, Completion done) override { done(answered_reply("4")); }
  [[nodiscard]] json::object identity() const override { return identity_; }

 private:
  json::object identity_;
};

const At kProvider({{"endpoint", "https://api.openai.com/v1"}});
const At kOwnServer({{"endpoint", "http://127.0.0.1:8000/v1"}});
const At kBaseline({{"seed", "0"}});

Environment environment_of(const std::map<std::string, std::string>& variables) {
  return [variables](const std::string& name) {
    const auto hit = variables.find(name);
    return hit == variables.end() ? std::string() : hit->second;
  };
}

const Environment kHome = environment_of({{"HOME", "/h"}});
constexpr const char* kInHome = "/h/.cache/stareval/replies.sqlite";

std::string file_for(const std::string& option, const Backend& backend,
                     const Environment& environment = kHome) {
  const auto file = cache_of_run(option, backend, environment).value();
  return file ? file->string() : "(none)";
}

TEST(CacheOption, is_on_by_itself_for_https_alone) {
  EXPECT_EQ(file_for("", kProvider), kInHome);
  EXPECT_EQ(file_for("", kOwnServer), "(none)");
  EXPECT_EQ(file_for("", kBaseline), "(none)");
}

TEST(CacheOption, is_what_the_user_says) {
  EXPECT_EQ(file_for("off", kProvider), "(none)");
  EXPECT_EQ(file_for("on", kOwnServer), kInHome);
  EXPECT_EQ(file_for("on", kBaseline), kInHome);
  EXPECT_EQ(file_for("x.sqlite", kOwnServer), "x.sqlite");
  EXPECT_EQ(file_for("./on", kProvider), "./on");
}

TEST(CacheOption, knows_on_and_off_in_any_case_and_makes_no_file_of_that_name) {
  EXPECT_EQ(file_for("OFF", kProvider), "(none)");
  EXPECT_EQ(file_for("On", kOwnServer), kInHome);
  const auto with = [](const char* value) {
    return environment_of({{"HOME", "/h"}, {"STAREVAL_CACHE", value}});
  };
  EXPECT_EQ(file_for("", kProvider, with("Off")), "(none)");
  EXPECT_EQ(file_for("", kProvider, with("on")), kInHome);
  EXPECT_EQ(file_for("on", kOwnServer, with("ON")), kInHome);
}

TEST(CacheOption, follows_the_environment) {
  const Environment elsewhere = environment_of({{"STAREVAL_CACHE", "/c"}, {"HOME", "/h"}});
  EXPECT_EQ(file_for("", kProvider, elsewhere), "/c");
  EXPECT_EQ(file_for("", kOwnServer, elsewhere), "(none)");
  EXPECT_EQ(file_for("on", kOwnServer, elsewhere), "/c");
  EXPECT_EQ(file_for("x", kProvider, elsewhere), "x");
  const Environment off = environment_of({{"STAREVAL_CACHE", "off"}, {"HOME", "/h"}});
  EXPECT_EQ(file_for("", kProvider, off), "(none)");
  EXPECT_EQ(file_for("on", kProvider, off), kInHome);
}

TEST(CacheOption, without_a_home_is_off_by_itself_and_an_error_where_it_was_asked_for) {
  EXPECT_EQ(file_for("", kProvider, environment_of({})), "(none)");
  EXPECT_EQ(testing::error_code(cache_of_run("on", kProvider, environment_of({}))),
            ErrorCode::usage);
}

TEST(CacheOption, names_the_file_to_look_at_also_where_it_is_off) {
  EXPECT_EQ(cache_to_look_at("", kHome).value(), kInHome);
  EXPECT_EQ(cache_to_look_at("off", kHome).value(), kInHome);
  EXPECT_EQ(cache_to_look_at("x", kHome).value(), "x");
}

}  // namespace
}  // namespace stareval::app
