// The server as a whole: what it remembers, the gate, the timers, many connections.
#include "apps/star_mock_server/mock_server.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <mutex>

#include "tests/support/socket_client.h"

namespace stareval {
namespace {

using ::testing::HasSubstr;
using testing::SocketClient;
using ::testing::StartsWith;

constexpr std::string_view kBody = R"({"model":"m","messages":[]})";

std::string post(const std::string& headers, std::string_view body = kBody) {
  return fmt::format("POST /v1/chat/completions HTTP/1.1\r\n{}Content-Length: {}\r\n\r\n{}",
                     headers, body.size(), body);
}

TEST(MockServer, WithoutInspectionAnswersByTheHeader) {
  MockScript script;
  script.answers = {{"EC-1", "7"}};
  const auto server = MockServer::start(script, 0, {}, {.inspect = false}).value();
  SocketClient client(server->port());
  for (int i = 0; i < 2; ++i) {
    client.send(post("X-StarEval-Sample: EC-1\r\n", std::string(300'000, 'x')));
    EXPECT_THAT(client.read_answer(), HasSubstr(R"("content":"7")"));
  }
  client.send(
      "POST /v1/chat/completions HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5\r\nhello\r\n0\r\n\r\n");
  EXPECT_THAT(client.read_answer(), HasSubstr(R"("content":"")"));
  EXPECT_TRUE(server->wait_for_requests(3));
  EXPECT_TRUE(server->requests().empty());  // memory does not grow
}

TEST(MockServer, WithoutInspectionTheStepsOfASampleAreStillUsedUp) {
  const auto script = parse_script(R"({"samples": {"a": [{"status": 500}, {"text": "5"}]}})", "s");
  const auto server = MockServer::start(script.value(), 0, {}, {.inspect = false}).value();
  SocketClient client(server->port());
  client.send(post("X-StarEval-Sample: a\r\n"));
  EXPECT_THAT(client.read_answer(), StartsWith("HTTP/1.1 500 "));
  client.send(post("X-StarEval-Sample: a\r\n"));
  EXPECT_THAT(client.read_answer(), HasSubstr(R"("content":"5")"));
}

TEST(MockServer, TheObserverSeesWhatIsAnswered) {
  std::mutex mutex;
  std::vector<MockRequest> seen;
  const auto script = parse_script(R"({"default": {"html": true, "status": 502}})", "s");
  const auto server = MockServer::start(script.value(), 0, [&](const MockRequest& request) {
                        const std::lock_guard lock(mutex);
                        seen.push_back(request);
                      }).value();
  SocketClient client(server->port());
  client.send(post("x-api-key: secret\r\n"));
  EXPECT_THAT(client.read_answer(), HasSubstr("<html>"));
  const std::lock_guard lock(mutex);
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].status, 502);
  EXPECT_EQ(seen[0].defect, "html");
  EXPECT_EQ(seen[0].api, "chat");
  EXPECT_TRUE(seen[0].authorization);
  EXPECT_EQ(seen[0].connection, 1U);
  EXPECT_TRUE(server->requests().empty());
}

TEST(MockServer, EveryHeaderOfAKeyCounts) {
  const auto server = MockServer::start({}).value();
  SocketClient client(server->port());
  for (const char* header : {"Authorization: Bearer k", "x-api-key: k", "x-goog-api-key: k",
                             "api-key: k", "x-other: k"}) {
    client.send(post(std::string(header) + "\r\n"));
    (void)client.read_answer();
  }
  const auto requests = server->requests();
  ASSERT_EQ(requests.size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(requests[i].authorization, i < 4) << i;
}

TEST(MockServer, TheGateHoldsWhatComesAfterTheFirst) {
  const auto server = MockServer::start({}).value();
  server->hold_after(1);
  SocketClient first(server->port()), second(server->port()), third(server->port());
  first.send(post(""));
  EXPECT_THAT(first.read_answer(), HasSubstr("chat.completion"));
  second.send(post(""));
  third.send(post(""));
  ASSERT_TRUE(server->wait_for_requests(3));
  EXPECT_EQ(server->peak_in_flight(), 2);  // both are under way: neither has been answered
  server->release();
  EXPECT_THAT(second.read_answer(), HasSubstr("chat.completion"));
  EXPECT_THAT(third.read_answer(), HasSubstr("chat.completion"));
  first.send(post(""));
  EXPECT_THAT(first.read_answer(), HasSubstr("chat.completion"));
}

TEST(MockServer, AHeldClientMayLeave) {
  const auto server = MockServer::start({}).value();
  server->hold_after(0);
  {
    SocketClient client(server->port());
    client.send(post(""));
    ASSERT_TRUE(server->wait_for_requests(1));
  }
  server->release();
  SocketClient client(server->port());
  client.send(post(""));
  EXPECT_THAT(client.read_answer(), HasSubstr("chat.completion"));
}

TEST(MockServer, AnswersComeNeverBeforeTheirLatency) {
  MockScript script;
  for (const int latency : {30, 10, 20})
    script.samples[std::to_string(latency)] = {
        {.text = "", .latency = std::chrono::milliseconds(latency)}};
  const auto server = MockServer::start(script).value();
  const auto begin = std::chrono::steady_clock::now();
  std::deque<SocketClient> clients;
  for (const int latency : {30, 10, 20})
    clients.emplace_back(server->port())
        .send(post(fmt::format("X-StarEval-Sample: {}\r\n", latency)));
  for (const std::size_t i : {1U, 2U, 0U}) {
    EXPECT_THAT(clients[i].read_answer(), HasSubstr("chat.completion"));
    EXPECT_GE(std::chrono::steady_clock::now() - begin,
              std::chrono::milliseconds(i == 0 ? 30 : i * 10));
  }
}

TEST(MockServer, CarriesTwoThousandConnections) {
  MockScript script;
  script.latency = std::chrono::milliseconds(50);
  const auto server = MockServer::start(script).value();
  std::deque<SocketClient> clients;
  for (int i = 0; i < 2000; ++i) {
    ASSERT_TRUE(clients.emplace_back(server->port()).connected()) << i;
    clients.back().send(post(""));
  }
  for (SocketClient& client : clients)
    ASSERT_THAT(client.read_answer(), StartsWith("HTTP/1.1 200 "));
  EXPECT_EQ(server->requests().size(), 2000U);
}

TEST(MockServer, SaysThatThePortIsTaken) {
  const auto server = MockServer::start({}).value();
  const auto second = MockServer::start({}, server->port());
  ASSERT_TRUE(second.has_error());
  EXPECT_THAT(second.error().message, HasSubstr("cannot listen on 127.0.0.1:"));
}

TEST(MockServer, StopsTwiceAndClosesItsPort) {
  const auto server = MockServer::start({}).value();
  SocketClient client(server->port());
  server->stop();
  server->stop();
  EXPECT_EQ(client.read_to_end(), "");
  EXPECT_FALSE(SocketClient(server->port()).connected());
}

}  // namespace
}  // namespace stareval
