// The request parser: by hand after RFC 9112, with every way to cut a request into two reads; and
// refusals of what is ambiguous or without bound.
#include "apps/star_mock_server/http_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stareval {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kPlain =
    "POST /v1/chat/completions?a=b HTTP/1.1\r\nHost: x\r\nX-StarEval-Sample:  EC-1 \r\n"
    "content-length: 5\r\n\r\nhello";
constexpr std::string_view kChunked =
    "POST /v1/x HTTP/1.1\r\nHost: x\r\nX-StarEval-Sample: EC-1\r\nTransfer-Encoding: "
    "chunked\r\n\r\n"
    "3;note=1\r\nhel\r\n2\r\nlo\r\n0\r\nTrailer: t\r\n\r\n";

int failure_of(std::string_view request, HttpLimits limits = {}) {
  HttpRequestParser parser(nullptr, limits);
  parser.feed(request);
  EXPECT_EQ(parser.failure() != 0, !parser.failure_text().empty());
  return parser.failure();
}

std::string with_headers(const std::string& headers) {
  return "POST / HTTP/1.1\r\n" + headers + "\r\n\r\n";
}

TEST(HttpRequestParser, ReadsARequestCutAtAnyPlace) {
  for (const std::string_view request : {kPlain, kChunked})
    for (std::size_t cut = 0; cut <= request.size(); ++cut) {
      HttpRequestParser parser;
      ASSERT_EQ(parser.feed(request.substr(0, cut)), cut) << cut;
      EXPECT_EQ(parser.complete(), cut == request.size()) << cut;
      ASSERT_EQ(parser.feed(request.substr(cut)), request.size() - cut) << cut;
      ASSERT_TRUE(parser.complete()) << cut;
      EXPECT_EQ(parser.method(), "POST");
      EXPECT_EQ(parser.header("x-stareval-sample"), "EC-1");
      EXPECT_EQ(parser.header("none"), "");
      EXPECT_EQ(parser.body(), "hello");
      EXPECT_EQ(parser.body_bytes(), 5U);
      EXPECT_TRUE(parser.keep_alive());
    }
}

TEST(HttpRequestParser, ReadsByteByByte) {
  HttpRequestParser parser;
  for (const char& byte : kChunked) ASSERT_EQ(parser.feed({&byte, 1}), 1U);
  ASSERT_TRUE(parser.complete());
  EXPECT_EQ(parser.body(), "hello");
}

TEST(HttpRequestParser, StopsBehindTheRequestAndGoesOnWithTheNext) {
  const std::string two = "\r\n" + std::string(kPlain) + std::string(kChunked);
  HttpRequestParser parser;
  EXPECT_EQ(parser.feed(two), 2 + kPlain.size());
  EXPECT_EQ(parser.target(), "/v1/chat/completions?a=b");
  EXPECT_EQ(parser.feed("more"), 0U);
  parser.reset();
  EXPECT_EQ(parser.feed(std::string_view(two).substr(2 + kPlain.size())), kChunked.size());
  EXPECT_EQ(parser.target(), "/v1/x");
  EXPECT_EQ(parser.body(), "hello");
}

TEST(HttpRequestParser, DropsBodiesThatNobodyWants) {
  for (const std::string_view request : {kPlain, kChunked}) {
    HttpRequestParser parser([](std::string_view target) { return target == "/keep"; });
    EXPECT_EQ(parser.feed(request), request.size());
    EXPECT_TRUE(parser.complete());
    EXPECT_EQ(parser.body(), "");
    EXPECT_EQ(parser.body_bytes(), 5U);
  }
  HttpRequestParser parser([](std::string_view) { return false; });
  parser.feed(kPlain.substr(0, kPlain.size() - 4));
  EXPECT_EQ(parser.skippable(), 4U);
  parser.skip(3);
  EXPECT_FALSE(parser.complete());
  parser.skip(1);
  EXPECT_TRUE(parser.complete());
  EXPECT_EQ(parser.skippable(), 0U);
}

TEST(HttpRequestParser, KnowsWhoWantsToContinue) {
  const std::string head = "POST / HTTP/1.1\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n";
  HttpRequestParser parser;
  parser.feed(head);
  EXPECT_TRUE(parser.take_expectation());
  EXPECT_FALSE(parser.take_expectation());
  parser.reset();
  parser.feed(head + "ab");
  EXPECT_FALSE(parser.take_expectation());  // the body is here already
}

TEST(HttpRequestParser, KeepsOrClosesTheConnection) {
  const auto keeps = [](std::string_view request) {
    HttpRequestParser parser;
    parser.feed(request);
    EXPECT_TRUE(parser.complete()) << request;
    return parser.keep_alive();
  };
  EXPECT_TRUE(keeps("GET / HTTP/1.1\r\n\r\n"));
  EXPECT_FALSE(keeps("GET / HTTP/1.1\r\nConnection: Close\r\n\r\n"));
  EXPECT_FALSE(keeps("GET / HTTP/1.0\r\n\r\n"));
  EXPECT_TRUE(keeps("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
}

TEST(HttpRequestParser, RefusesWhatIsNoRequest) {
  for (const char* request :
       {"GET\r\n\r\n", "GET /\r\n\r\n", "G\tT / HTTP/1.1\r\n\r\n", "GET /a b HTTP/1.1\r\n\r\n",
        "GET / SMTP/1.1\r\n\r\n", "\x16\x03\x01", "GET /\x01 HTTP/1.1\r\n\r\n"})
    EXPECT_EQ(failure_of(request), 400) << request;
  EXPECT_EQ(failure_of("PRI * HTTP/2.0\r\n\r\n"), 505);
  for (const char* headers :
       {"nocolon", ": empty", "a b: c", " folded: x", "a: b\rc", "a: b\nc", "Content-Length: ",
        "Content-Length: -1", "Content-Length: 1x", "Content-Length: 99999999999999999999999",
        "Content-Length: 1\r\nContent-Length: 1", "Transfer-Encoding: chunked\r\nContent-Length: 1",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"})
    EXPECT_EQ(failure_of(with_headers(headers)), 400) << headers;
  EXPECT_EQ(failure_of(with_headers("Transfer-Encoding: gzip")), 501);
}

// Named for what it was: a client of TLS waited for ever.
TEST(HttpRequestParser, AGreetingOfTlsIsRefusedAtItsFirstByte) {
  EXPECT_EQ(failure_of("\x16"), 400);
}

TEST(HttpRequestParser, RefusesWrongChunks) {
  const std::string head = with_headers("Transfer-Encoding: chunked");
  for (const char* body : {"\r\n", "x\r\n", "-1\r\n", "0x1\r\n", "1\n", "1\r\nab\r\n", "1\r\na\n\n",
                           "fffffffffffffffff\r\n"})
    EXPECT_EQ(failure_of(head + body), 400) << body;
  EXPECT_EQ(failure_of(head + std::string(300, '1')), 400);
  EXPECT_EQ(failure_of(head + "ffffffffffffffff\r\n"), 413);
}

TEST(HttpRequestParser, HasLimits) {
  const HttpLimits small{.head_bytes = 60, .body_bytes = 4};
  EXPECT_EQ(failure_of("GET / HTTP/1.1\r\nA: " + std::string(60, 'a'), small), 431);
  EXPECT_EQ(failure_of(with_headers("Content-Length: 5"), small), 413);
  EXPECT_EQ(failure_of(with_headers("Content-Length: 4"), small), 0);
  const std::string chunks = with_headers("Transfer-Encoding: chunked") + "3\r\nabc\r\n";
  EXPECT_EQ(failure_of(chunks + "2\r\n", small), 413);
  EXPECT_EQ(failure_of(chunks + "0\r\nA: " + std::string(60, 'a'), small), 431);
  std::string trailers = chunks + "0\r\n";
  for (int i = 0; i < 20; ++i) trailers += "a: b\r\n";
  EXPECT_EQ(failure_of(trailers, small), 431);
}

TEST(HttpRequest, ReadsParametersOfHeaders) {
  EXPECT_EQ(header_parameter("multipart/form-data; boundary=\"a b\"", "boundary"), "a b");
  EXPECT_EQ(header_parameter("form-data; name=file; filename=x.jsonl", "FileName"), "x.jsonl");
  EXPECT_EQ(header_parameter("form-data", "name"), "");
  EXPECT_EQ(header_parameter("", "name"), "");
}

}  // namespace
}  // namespace stareval
