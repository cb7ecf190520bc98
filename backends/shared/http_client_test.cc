// The transport against a server in this process: every callback is called exactly once, whatever
// happens, and every kind of failure has its class and its text.
#include "backends/shared/http_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "apps/star_mock_server/mock_server.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using ::testing::HasSubstr;

constexpr const char* kBody = R"({"model": "m", "messages": []})";

// Outcomes in the order of their arrival.
class Inbox {
 public:
  HttpCallback callback() {
    return [this](HttpOutcome outcome) {
      const std::lock_guard lock(mutex_);
      outcomes_.push_back(std::move(outcome));
      arrived_.notify_all();
    };
  }

  std::vector<HttpOutcome> wait(std::size_t count) {
    std::unique_lock lock(mutex_);
    arrived_.wait_for(lock, std::chrono::seconds(30), [&] { return outcomes_.size() >= count; });
    return outcomes_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<HttpOutcome> outcomes_;
};

HttpRequest post(const std::string& base) {
  HttpRequest request;
  request.url = base + "/chat/completions";
  request.where = base;
  request.body = HttpBody(kBody);
  return request;
}

HttpOutcome fetch(HttpRequest request) {
  Inbox inbox;
  HttpClient client;
  client.send(std::move(request), inbox.callback());
  return inbox.wait(1).at(0);
}

MockScript always(MockStep step) {
  MockScript script;
  script.fallback = std::move(step);
  return script;
}

TEST(HttpClient, PostsBodiesAndGetsWithoutOne) {
  const auto server = MockServer::start({}).value();
  const HttpOutcome posted = fetch(post(server->base_url()));
  EXPECT_EQ(posted.failure, Failure::none) << posted.error;
  EXPECT_EQ(posted.response.status, 200);
  EXPECT_EQ(posted.response.header("content-type"), "application/json");
  EXPECT_THAT(posted.response.body, HasSubstr("chat.completion"));

  HttpRequest get;
  get.url = server->base_url() + "/models";
  EXPECT_THAT(fetch(get).response.body, HasSubstr("star-mock"));
}

TEST(HttpClient, ServesManyThreadsAndCallsEachCallbackOnce) {
  constexpr std::size_t kThreads = 4, kEach = 25;
  const auto server = MockServer::start({}).value();
  Inbox inbox;
  HttpClient client;
  std::vector<std::jthread> threads;
  for (std::size_t t = 0; t < kThreads; ++t)
    threads.emplace_back([&] {
      for (std::size_t i = 0; i < kEach; ++i)
        client.send(post(server->base_url()), inbox.callback());
    });
  threads.clear();
  const auto outcomes = inbox.wait(kThreads * kEach);
  EXPECT_EQ(outcomes.size(), kThreads * kEach);
  for (const HttpOutcome& outcome : outcomes) EXPECT_EQ(outcome.failure, Failure::none);
  EXPECT_EQ(server->requests().size(), kThreads * kEach);
}

TEST(HttpClient, MaySendFromACallback) {
  const auto server = MockServer::start({}).value();
  Inbox inbox;
  HttpClient client;
  client.send(post(server->base_url()),
              [&](const HttpOutcome&) { client.send(post(server->base_url()), inbox.callback()); });
  EXPECT_EQ(inbox.wait(1).at(0).failure, Failure::none);
}

TEST(HttpClient, EndsPendingAttemptsWhenDestroyed) {
  const auto server = MockServer::start(always({.defect = MockStep::Defect::stall})).value();
  Inbox inbox;
  {
    HttpClient client;
    for (int i = 0; i < 8; ++i) client.send(post(server->base_url()), inbox.callback());
    EXPECT_TRUE(server->wait_for_requests(8));
    // Some may still be in the queue.
    for (int i = 0; i < 8; ++i) client.send(post(server->base_url()), inbox.callback());
  }
  const auto outcomes = inbox.wait(16);
  ASSERT_EQ(outcomes.size(), 16U);
  for (const HttpOutcome& outcome : outcomes) {
    EXPECT_EQ(outcome.failure, Failure::connection);
    EXPECT_THAT(outcome.error, HasSubstr("was stopped before the reply came"));
  }
}

TEST(HttpClient, SendingFromACallbackOfTheDestructorFailsAtOnce) {
  const auto server = MockServer::start(always({.defect = MockStep::Defect::stall})).value();
  Inbox inbox;
  auto client = std::make_unique<HttpClient>();
  HttpClient& alive = *client;
  client->send(post(server->base_url()), [&, url = server->base_url()](const HttpOutcome&) {
    alive.send(post(url), inbox.callback());
  });
  EXPECT_TRUE(server->wait_for_requests(1));
  client.reset();
  EXPECT_EQ(inbox.wait(1).at(0).failure, Failure::connection);
}

TEST(HttpClient, KeepsTheDeadline) {
  const auto server = MockServer::start(always({.defect = MockStep::Defect::stall})).value();
  HttpRequest request = post(server->base_url());
  request.timeout = std::chrono::milliseconds(100);
  const HttpOutcome outcome = fetch(request);
  EXPECT_EQ(outcome.failure, Failure::timeout);
  EXPECT_EQ(outcome.error, server->base_url() + " did not answer within 0.1 s");
}

TEST(HttpClient, SaysThatNobodyListens) {
  const auto server = MockServer::start({}).value();
  const std::string base = server->base_url();
  server->stop();
  const HttpOutcome outcome = fetch(post(base));
  EXPECT_EQ(outcome.failure, Failure::connection);
  EXPECT_EQ(outcome.error,
            "cannot connect to " + base + ": connection refused; is the server running?");
}

// ".invalid" never resolves (RFC 6761).
TEST(HttpClient, SaysThatAHostHasNoAddress) {
  const HttpOutcome outcome = fetch(post("http://stareval.invalid/v1"));
  EXPECT_EQ(outcome.failure, Failure::connection);
  EXPECT_THAT(outcome.error, HasSubstr("check --base-url and the network"));
}

TEST(HttpClient, ACutBodyIsAConnectionFailure) {
  const auto server =
      MockServer::start(always({.text = "some text", .defect = MockStep::Defect::cut})).value();
  const HttpOutcome outcome = fetch(post(server->base_url()));
  EXPECT_EQ(outcome.failure, Failure::connection);
  EXPECT_THAT(outcome.error, HasSubstr("broke before the whole reply came"));
}

// A server that is started anew closes every connection that was kept: the second attempt must not
// meet the next dead one.
TEST(HttpClient, TrustsNoKeptConnectionAfterOneWasDead) {
  MockScript script;
  script.fallback.text = "4";
  script.fallback.defect = MockStep::Defect::cut_next;
  const auto server = MockServer::start(std::move(script)).value();
  server->hold_after(0);
  Inbox first;
  HttpClient client;
  for (int i = 0; i < 8; ++i) client.send(post(server->base_url()), first.callback());
  ASSERT_TRUE(
      server->wait_for_requests(8));  // on eight connections, each cut under the next request
  server->release();
  for (const HttpOutcome& outcome : first.wait(8)) ASSERT_EQ(outcome.failure, Failure::none);
  Inbox dead;
  client.send(post(server->base_url()), dead.callback());
  EXPECT_EQ(dead.wait(1).at(0).failure, Failure::connection);
  Inbox again;
  client.send(post(server->base_url()), again.callback());
  EXPECT_EQ(again.wait(1).at(0).failure, Failure::none);
}

TEST(HttpClient, RefusesRepliesWithoutEnd) {
  const auto server =
      MockServer::start(always({.text = std::string(kMaxResponse_bytes, 'x')})).value();
  const HttpOutcome outcome = fetch(post(server->base_url()));
  EXPECT_EQ(outcome.failure, Failure::permanent);
  EXPECT_THAT(outcome.error, HasSubstr("sent a reply above 16 MiB"));
}

TEST(HttpClient, DoesNotFollowRedirects) {
  const auto server = MockServer::start(always({.status = 307})).value();
  EXPECT_EQ(fetch(post(server->base_url())).response.status, 307);
  EXPECT_EQ(server->requests().size(), 1U);
}

TEST(HttpClient, ServersWithoutTlsArePermanentFailuresOfHttps) {
  const auto server = MockServer::start({}).value();
  const HttpOutcome outcome =
      fetch(post("https://127.0.0.1:" + std::to_string(server->port()) + "/v1"));
  EXPECT_EQ(outcome.failure, Failure::permanent);
  EXPECT_THAT(outcome.error, HasSubstr("no safe connection to https://127.0.0.1"));
}

TEST(HttpClient, KnowsNoOtherSchemes) {
  for (const char* url : {"file:///etc/hostname", "gopher://127.0.0.1:1/x", "not a url"}) {
    HttpRequest request;
    request.url = url;
    EXPECT_EQ(fetch(request).failure, Failure::permanent) << url;
  }
}

TEST(HttpClient, SavesABodyAboveTheLimitToAFile) {
  const testing::TempFolder folder;
  MockStep step;
  step.huge_mib = static_cast<int>(kMaxResponse_bytes >> 20) + 1;
  const auto server = MockServer::start(always(step)).value();
  HttpRequest request = post(server->base_url());
  request.save_to = folder / "saved/body.json";
  const HttpOutcome outcome = fetch(std::move(request));
  EXPECT_EQ(outcome.failure, Failure::none) << outcome.error;
  EXPECT_EQ(outcome.response.body, "");
  EXPECT_GT(std::filesystem::file_size(folder / "saved/body.json"), kMaxResponse_bytes);
}

TEST(HttpClient, SavesNeitherErrorsNorHalfABody) {
  const testing::TempFolder folder;
  MockStep refused, cut;
  refused.status = 404;
  cut.defect = MockStep::Defect::cut;
  for (const MockStep& step : {refused, cut}) {
    const auto server = MockServer::start(always(step)).value();
    HttpRequest request = post(server->base_url());
    request.save_to = folder / "body.json";
    const HttpOutcome outcome = fetch(std::move(request));
    EXPECT_EQ(outcome.response.body.empty(), outcome.failure != Failure::none);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  }
}

TEST(HttpClient, AFileThatCannotBeWrittenIsPermanent) {
  const testing::TempFolder folder;
  testing::write_bytes(folder / "file", "");
  const auto server = MockServer::start(always({})).value();
  HttpRequest request = post(server->base_url());
  request.save_to = folder / "file/body.json";
  const HttpOutcome outcome = fetch(std::move(request));
  EXPECT_EQ(outcome.failure, Failure::permanent);
  EXPECT_THAT(outcome.error, HasSubstr("file"));
}

}  // namespace
}  // namespace stareval
