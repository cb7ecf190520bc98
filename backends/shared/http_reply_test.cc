// Worked out by hand: the table of statuses, Retry-After in its three forms. Properties: a quote is
// one line of valid UTF-8 and holds no part of the key. Refusals: what a Secret must not do.
#include "backends/shared/http_reply.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <type_traits>

#include "libstareval/base/json.h"
#include "libstareval/base/text.h"

namespace stareval {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kKey = "sk-0123456789abcdefghij";

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) {
  out << value;
};

static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
static_assert(!std::is_convertible_v<Secret, std::string>);
static_assert(!std::is_convertible_v<Secret, std::string_view>);
static_assert(!std::is_constructible_v<json::value, Secret&>);
static_assert(!Streamable<Secret>);
static_assert(!fmt::is_formattable<Secret>::value);

HttpResponse with_header(std::string name, std::string value) {
  HttpResponse response;
  response.status = 429;
  response.received = std::chrono::system_clock::from_time_t(784111777);  // 06 Nov 1994 08:49:37
  response.headers = {{std::move(name), std::move(value)}};
  return response;
}

TEST(FailureOfStatus, FollowsTheTable) {
  for (const int status : {200, 201, 204}) EXPECT_EQ(failure_of_status(status), Failure::none);
  EXPECT_EQ(failure_of_status(429), Failure::rate_limited);
  for (const int status : {408, 409, 500, 502, 503, 504, 529})
    EXPECT_EQ(failure_of_status(status), Failure::server) << status;
  for (const int status : {0, 301, 307, 400, 401, 403, 404, 413, 422})
    EXPECT_EQ(failure_of_status(status), Failure::permanent) << status;
}

TEST(RetryAfter, ReadsSecondsDatesAndMilliseconds) {
  EXPECT_EQ(retry_after(with_header("retry-after", "2")), milliseconds(2000));
  EXPECT_EQ(retry_after(with_header("retry-after", "0.25")), milliseconds(250));
  EXPECT_EQ(retry_after(with_header("retry-after-ms", "1500")), milliseconds(1500));
  EXPECT_EQ(retry_after(with_header("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT")),
            milliseconds(10000));
}

TEST(RetryAfter, IsBoundedAndNeverGuessed) {
  EXPECT_EQ(retry_after(with_header("retry-after", "-5")), milliseconds(0));
  EXPECT_EQ(retry_after(with_header("retry-after", "Sun, 06 Nov 1994 08:00:00 GMT")),
            milliseconds(0));
  EXPECT_EQ(retry_after(with_header("retry-after", "1e300")), std::chrono::hours(24));
  for (const char* text : {"", "soon", "nan", "inf", "2 apples"})
    EXPECT_EQ(retry_after(with_header("retry-after", text)), std::nullopt) << text;
  EXPECT_EQ(retry_after(HttpResponse{}), std::nullopt);
}

TEST(Quote, IsOneShortLineOfValidText) {
  const Secret none;
  EXPECT_EQ(quote("a\r\n\tb  c ", none), "\"a b c\"");
  EXPECT_EQ(quote(std::string_view("x\0\x1b[31my", 8), none), "\"x [31my\"");
  EXPECT_EQ(quote(std::string(200, 'x'), none), "\"" + std::string(200, 'x') + "\"");
  EXPECT_EQ(quote(std::string(201, 'x'), none), "\"" + std::string(200, 'x') + "...\"");
  std::string umlauts;
  for (int i = 0; i < 300; ++i) umlauts += "\u00fc";
  EXPECT_EQ(quote(umlauts, none), "\"" + umlauts.substr(0, 400) + "...\"");
  EXPECT_TRUE(is_valid_utf8(quote("\xff\xfe half \xc3", none)));
}

TEST(Quote, CutsTheKeyOutBeforeItCutsTheText) {
  const Secret key{kKey};
  for (std::size_t before = 170; before < 200; ++before) {
    const std::string shown = quote(std::string(before, 'x') + kKey, key);
    EXPECT_THAT(shown, Not(HasSubstr("sk-0"))) << before;
  }
}

TEST(Secret, IsCutOutWhereverItStands) {
  const Secret key{kKey};
  const std::string text = std::string(kKey) + " and Bearer " + kKey + kKey;
  EXPECT_EQ(key.redacted(text), "[key removed] and Bearer [key removed][key removed]");
  EXPECT_EQ(key.reveal_into_header("Authorization: Bearer "),
            std::string("Authorization: Bearer ") + kKey);
}

TEST(Secret, PlaceholdersOfLocalServersDoNotTouchAnswers) {
  EXPECT_EQ(Secret{"none"}.redacted("none"), "none");
  EXPECT_EQ(Secret{}.redacted("text"), "text");
}

TEST(ErrorReply, QuotesTheServerAndSaysWhatToDo) {
  HttpResponse response;
  response.status = 401;
  response.latency = milliseconds(7);
  const Reply reply = error_reply(response, std::string("wrong key ") + kKey, Secret{kKey});
  EXPECT_EQ(reply.outcome, Outcome::api_error);
  EXPECT_EQ(reply.failure, Failure::permanent);
  EXPECT_EQ(reply.error, "the server answered 401: \"wrong key [key removed]\"; check the API key");
  EXPECT_EQ(reply.latency, milliseconds(7));
}

TEST(ErrorReply, QuotesTheBodyWhereThereIsNoMessage) {
  HttpResponse response;
  response.status = 502;
  response.body = "<html>\n<h1>Bad gateway</h1>";
  EXPECT_EQ(error_reply(response, "", {}).error,
            "the server answered 502: \"<html> <h1>Bad gateway</h1>\"");
  response.body = " \n";
  EXPECT_EQ(error_reply(response, "", {}).error, "the server answered 502: an empty body");
}

TEST(Redact, ReachesEveryTextOfAReply) {
  Reply reply = answered_reply(kKey);
  reply.reasoning = reply.finish_reason = reply.provider_request_id = reply.error = kKey;
  redact(reply, Secret{kKey});
  for (const std::string& text :
       {reply.text, reply.reasoning, reply.finish_reason, reply.provider_request_id, reply.error})
    EXPECT_EQ(text, "[key removed]");
}

}  // namespace
}  // namespace stareval
