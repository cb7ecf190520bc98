// What goes wrong, seen on the wire by a client of plain sockets: each defect by its key in a
// script.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "apps/star_mock_server/mock_server.h"
#include "apps/star_mock_server/wire_answer.h"
#include "libstareval/base/json.h"
#include "tests/support/socket_client.h"

namespace stareval {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::SocketClient;
using ::testing::StartsWith;

constexpr std::string_view kBody = R"({"model":"m","messages":[]})";

std::string post(std::string_view body = kBody, const std::string& headers = "") {
  return fmt::format(
      "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n{}Content-Length: {}\r\n\r\n{}", headers,
      body.size(), body);
}

// A server whose first answer is this step, the others "4".
std::unique_ptr<MockServer> server_with(const std::string& step) {
  const std::string script = R"({"default": {"text": "4"}, "samples": {"": [)" + step + "]}}";
  return MockServer::start(parse_script(script, "script").value()).value();
}

std::string body_of(const std::string& answer) {
  return answer.substr(answer.find("\r\n\r\n") + 4);
}

// One request, and all that comes until the server closes; the client asks for the close.
std::string exchange(const std::string& step) {
  const auto server = server_with(step);
  SocketClient client(server->port());
  client.send(post(kBody, "Connection: close\r\nAuthorization: Bearer the-key\r\n"));
  return client.read_to_end();
}

TEST(MockWire, AnswersWithHeadersAndKeepsTheConnection) {
  const auto server = server_with("{}");
  SocketClient client(server->port());
  for (int i = 0; i < 3; ++i) {
    client.send(post());
    const std::string answer = client.read_answer();
    EXPECT_THAT(answer, AllOf(StartsWith("HTTP/1.1 200 OK\r\n"),
                              HasSubstr("Content-Type: application/json\r\n"),
                              Not(HasSubstr("Connection: close"))));
    EXPECT_TRUE(parse_json(body_of(answer), "answer").has_value());
  }
  const auto requests = server->requests();
  ASSERT_EQ(requests.size(), 3U);
  EXPECT_EQ(requests[2].connection, requests[0].connection);
  EXPECT_EQ(requests[0].body_bytes, kBody.size());
}

TEST(MockWire, AnswersWhatCameInOneRead) {
  const auto server = server_with("{}");
  SocketClient client(server->port());
  client.send(post() + post() + "GET /v1/models HTTP/1.1\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(client.read_answer(), HasSubstr("chat.completion"));
  EXPECT_THAT(client.read_answer(), HasSubstr("chat.completion"));
  EXPECT_THAT(client.read_to_end(), HasSubstr("star-mock"));
}

TEST(MockWire, StatusesAndRateLimitHeaders) {
  EXPECT_THAT(
      exchange(R"({"status": 429, "retry_after_s": 3,
                            "headers": {"x-ratelimit-limit-requests": "60"}})"),
      AllOf(StartsWith("HTTP/1.1 429 Too Many Requests\r\n"), HasSubstr("\r\nRetry-After: 3\r\n"),
            HasSubstr("\r\nx-ratelimit-limit-requests: 60\r\n")));
  EXPECT_THAT(exchange(R"({"status": 429})"), Not(HasSubstr("Retry-After")));
  EXPECT_THAT(exchange(R"({"status": 429, "retry_after_date_s": 5})"),
              ::testing::ContainsRegex("\r\nRetry-After: [A-Z][a-z]+, [0-9]+ .* GMT\r\n"));
}

TEST(MockWire, DatesAreThoseOfHttp) {
  EXPECT_EQ(http_date(784'111'777), "Sun, 06 Nov 1994 08:49:37 GMT");  // RFC 9110, 5.6.7
  EXPECT_EQ(http_date(951'782'400), "Tue, 29 Feb 2000 00:00:00 GMT");
}

TEST(MockWire, Cuts) {
  const std::string whole = exchange("{}");
  const std::string cut = exchange(R"({"cut": true})");
  EXPECT_GT(cut.size(), cut.find("\r\n\r\n") + 4);
  EXPECT_LT(cut.size(), whole.size());
  EXPECT_EQ(exchange(R"({"cut_before": true})"), "");
}

TEST(MockWire, CutsIdleConnections) {
  const auto server = server_with(R"({"cut_idle": true})");
  SocketClient client(server->port());
  client.send(post());
  EXPECT_THAT(client.read_answer(), Not(HasSubstr("Connection: close")));
  EXPECT_EQ(client.read_to_end(), "");
}

TEST(MockWire, CutsAtTheNextRequest) {
  const auto server = server_with(R"({"cut_next": true})");
  SocketClient client(server->port());
  client.send(post());
  EXPECT_THAT(client.read_answer(), HasSubstr("chat.completion"));
  client.send(post());
  EXPECT_EQ(client.read_to_end(), "");
  EXPECT_EQ(server->requests().size(), 1U);
}

// A stalled answer never comes: another connection is served meanwhile, and the end of the client
// ends the connection.
TEST(MockWire, Stalls) {
  for (const char* step : {R"({"stall": true})", R"({"stall_body": true})"}) {
    const auto server = server_with(step);
    SocketClient stalled(server->port()), other(server->port());
    stalled.send(post());
    ASSERT_TRUE(server->wait_for_requests(1));
    other.send(post());
    EXPECT_THAT(other.read_answer(), HasSubstr("chat.completion"));
    stalled.end();
    const std::string got = stalled.read_to_end();
    EXPECT_EQ(got.empty(), std::string_view(step).find("body") == std::string_view::npos) << got;
    EXPECT_THAT(got, Not(EndsWith("}")));
  }
}

TEST(MockWire, Drips) {
  const auto begin = std::chrono::steady_clock::now();
  const std::string answer = exchange(R"({"drip_ms": 1})");
  const auto took = std::chrono::steady_clock::now() - begin;
  EXPECT_TRUE(parse_json(body_of(answer), "answer").has_value());
  EXPECT_GE(took, std::chrono::milliseconds(answer.size() / 8 - 1));
}

TEST(MockWire, WrongBodies) {
  EXPECT_TRUE(parse_json(body_of(exchange(R"({"wrong_json": true})")), "answer").has_error());
  EXPECT_THAT(exchange(R"({"html": true})"),
              AllOf(StartsWith("HTTP/1.1 200 "), HasSubstr("text/html"), HasSubstr("<html>")));
  EXPECT_THAT(exchange(R"({"wrong_type": true})"),
              AllOf(HasSubstr("Content-Type: text/plain\r\n"), EndsWith("}}")));
  EXPECT_THAT(exchange(R"({"empty_body": true})"),
              AllOf(HasSubstr("Content-Length: 0\r\n"), EndsWith("\r\n\r\n")));
  EXPECT_THAT(exchange(R"({"null_content": true})"), HasSubstr(R"("content":null)"));
  EXPECT_THAT(exchange(R"({"error_200": true})"),
              AllOf(StartsWith("HTTP/1.1 200 "), HasSubstr(R"({"error":)")));
  EXPECT_THAT(exchange(R"({"echo_authorization": true, "status": 401})"),
              AllOf(StartsWith("HTTP/1.1 401 "), HasSubstr("Bearer the-key")));
}

TEST(MockWire, TextThatIsNotUtf8) {
  EXPECT_THAT(exchange(R"({"text": "4", "invalid_utf8": true})"),
              HasSubstr("\"content\":\"4\xc3\x28\xff\xfe\""));
}

TEST(MockWire, HugeAnswers) {
  const std::string answer = exchange(R"({"huge_mib": 3})");
  EXPECT_GT(answer.size(), std::size_t{3} << 20);
  EXPECT_THAT(answer.substr(answer.size() - 200), EndsWith("}}"));
}

TEST(MockWire, TheSameAnswerTwice) {
  const auto server = server_with(R"({"duplicate": true})");
  SocketClient client(server->port());
  client.send(post());
  const std::string first = client.read_answer();
  EXPECT_THAT(first, HasSubstr("chat.completion"));
  EXPECT_EQ(client.read_answer(), first);
  client.send(post());
  EXPECT_THAT(client.read_answer(), HasSubstr("chatcmpl-mock-1"));
}

TEST(MockWire, WrongLengths) {
  const std::string whole = body_of(exchange("{}"));
  for (const int off : {-5, 7}) {
    const std::string answer = exchange(fmt::format(R"({{"length_off": {}}})", off));
    EXPECT_THAT(answer, HasSubstr(fmt::format("Content-Length: {}\r\n",
                                              static_cast<int>(whole.size()) + off)));
    EXPECT_EQ(body_of(answer).size(), whole.size());
  }
}

TEST(MockWire, Chunks) {
  const std::string answer = exchange(R"({"chunked": true})");
  EXPECT_THAT(answer, AllOf(HasSubstr("Transfer-Encoding: chunked\r\n"),
                            Not(HasSubstr("Content-Length")), EndsWith("\r\n0\r\n\r\n")));
}

TEST(MockWire, BurstsAreByTheOrderOfAll) {
  const auto script = parse_script(
      R"({"bursts": [{"from": 1, "to": 2}, {"from": 4, "to": 4, "status": 503}]})", "script");
  const auto server = MockServer::start(script.value()).value();
  std::string statuses;
  for (int i = 0; i < 6; ++i) {
    SocketClient client(server->port());
    client.send(post(kBody, fmt::format("X-StarEval-Sample: {}\r\n", i)));
    statuses += client.read_answer().substr(9, 4);
  }
  EXPECT_EQ(statuses, "200 500 500 200 503 200 ");
  EXPECT_EQ(server->requests().at(4).status, 503);
}

TEST(MockWire, RefusalsReachAClientThatIsStillSending) {
  const auto server = server_with("{}");
  SocketClient client(server->port());
  client.send("POST /v1/chat/completions HTTP/1.1\r\nContent-Length: 999999999999\r\n\r\n");
  client.send(std::string(1 << 20, 'x'));
  client.end();
  EXPECT_THAT(client.read_to_end(), StartsWith("HTTP/1.1 413 "));
}

// Named for what it was: such a client kept the server from everybody else, for ever.
TEST(MockWire, ARefusedClientThatGoesOnSendingIsCutOff) {
  const auto server = server_with("{}");
  SocketClient flood(server->port()), other(server->port());
  flood.send("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n");
  std::thread sender([&] {
    const std::string bytes(1 << 20, 'x');
    while (flood.send(bytes)) {
    }
  });
  other.send(post());
  EXPECT_THAT(other.read_answer(), HasSubstr("chat.completion"));
  sender.join();
}

TEST(MockWire, RefusesOtherRequestsAndGoesOn) {
  const auto server = server_with("{}");
  SocketClient client(server->port());
  client.send("DELETE /v1/x HTTP/1.1\r\n\r\n");
  EXPECT_THAT(client.read_answer(), StartsWith("HTTP/1.1 404 "));
  client.send(post("nonsense"));
  EXPECT_THAT(client.read_answer(), AllOf(StartsWith("HTTP/1.1 400 "), HasSubstr("expected JSON")));
  EXPECT_EQ(server->requests().size(), 0U);
}

TEST(MockWire, LetsWhoAsksContinue) {
  const auto server = server_with("{}");
  SocketClient client(server->port());
  const std::string request = post(kBody, "Expect: 100-continue\r\n");
  client.send(request.substr(0, request.size() - kBody.size()));
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send(kBody);
  EXPECT_THAT(client.read_answer(), HasSubstr("chat.completion"));
}

}  // namespace
}  // namespace stareval
