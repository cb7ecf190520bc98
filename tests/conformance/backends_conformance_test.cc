// What every backend owes that speaks HTTP, against a server in this process: each way an attempt
// can end gets its class, pictures arrive byte for byte, the key shows up nowhere, and every
// completion is called exactly once. The backends are those of the registry that send a request to
// the server when they are pointed at it, so a new one is tested before its author writes a test.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <functional>
#include <map>
#include <tuple>

#include "apps/star_mock_server/mock_server.h"
#include "backends/backends.h"
#include "libstareval/base/base64.h"
#include "tests/support/backend_probe.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using std::chrono::milliseconds;
using testing::ask;
using testing::config_for;
using ::testing::Contains;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using testing::kCanaryKey;
using testing::Mailbox;
using ::testing::Not;
using testing::request_for;
using ::testing::StartsWith;
using Defect = MockStep::Defect;

MockScript always(MockStep step) {
  MockScript script;
  script.fallback = std::move(step);
  return script;
}

Registry make_registry() {
  Registry registry;
  register_backends(registry);
  return registry;
}

// A backend that cannot be made from a base URL alone is not one of HTTP; one that answers without
// asking the server neither.
bool speaks_http(const BackendEntry& entry) {
  const auto server = MockServer::start(always({.text = "4"})).value();
  auto backend = entry.make(config_for(server->base_url()));
  if (backend.has_error()) return false;
  (void)ask(**backend, request_for("probe"));
  return !server->requests().empty();
}

std::vector<std::string> http_backends() {
  std::vector<std::string> names;
  const Registry registry = make_registry();
  for (const auto& [name, entry] : registry.backends())
    if (speaks_http(entry)) names.push_back(name);
  return names;
}

class HttpBackends : public ::testing::Test {
 protected:
  using Check = std::function<void(MockServer&, const std::function<std::unique_ptr<Backend>()>&)>;

  static const std::vector<std::string>& names() {
    static const std::vector<std::string> found = http_backends();
    return found;
  }

  // A fresh server with this script for each backend; no text of a reply may hold the key.
  static void for_each(const MockScript& script, const Check& check,
                       const std::map<std::string, std::string>& settings = {}) {
    const Registry registry = make_registry();
    for (const std::string& name : names()) {
      SCOPED_TRACE(name);
      const auto server = MockServer::start(script).value();
      BackendConfig config = config_for(server->base_url());
      config.settings = settings;
      check(*server, [&] { return registry.backend(name).value()->make(config).value(); });
    }
  }

  static void expect_reply(const MockScript& script, const std::function<void(const Reply&)>& check,
                           const std::map<std::string, std::string>& settings = {}) {
    for_each(
        script,
        [&](MockServer&, const auto& make) {
          const Reply reply = ask(*make(), request_for("EC-1"));
          for (const std::string& text : {reply.text, reply.reasoning, reply.error,
                                          reply.finish_reason, reply.provider_request_id})
            EXPECT_THAT(text, Not(HasSubstr(kCanaryKey)));
          check(reply);
        },
        settings);
  }

  static void expect_failure(MockStep step, Failure failure,
                             const std::map<std::string, std::string>& settings = {}) {
    expect_reply(
        always(std::move(step)),
        [&](const Reply& reply) {
          EXPECT_EQ(reply.outcome, Outcome::api_error);
          EXPECT_EQ(reply.failure, failure) << reply.error;
          EXPECT_EQ(reply.text, "");
          EXPECT_NE(reply.error, "");
          EXPECT_EQ(reply.error.find('\n'), std::string::npos);
        },
        settings);
  }
};

// So that none drops out of the suite unseen.
TEST_F(HttpBackends, AreAtLeastThese) {
  for (const char* name : {"anthropic", "azure", "gemini", "ollama", "openai"})
    EXPECT_THAT(names(), Contains(name));
}

// Each speaks its own format, and none falls back to another's.
TEST_F(HttpBackends, SpeakTheFormatsOfTheirVendors) {
  const std::map<std::string, std::string> formats{{"anthropic", "messages"},
                                                   {"azure", "chat"},
                                                   {"gemini", "gemini"},
                                                   {"ollama", "ollama"},
                                                   {"openai", "chat"}};
  const Registry registry = make_registry();
  for (const auto& [name, format] : formats) {
    const auto server = MockServer::start(always({.text = "4"})).value();
    const auto backend = registry.backend(name).value()->make(config_for(server->base_url()));
    EXPECT_EQ(ask(**backend, request_for("EC-1")).text, "4") << name;
    ASSERT_EQ(server->requests().size(), 1U) << name;
    EXPECT_EQ(server->requests()[0].api, format);
  }
}

TEST_F(HttpBackends, Answer) {
  expect_reply(always({.text = "4", .latency = milliseconds(20), .input_tokens = 77}),
               [](const Reply& reply) {
                 EXPECT_EQ(reply.outcome, Outcome::answered) << reply.error;
                 EXPECT_EQ(reply.text, "4");
                 EXPECT_EQ(reply.failure, Failure::none);
                 EXPECT_EQ(reply.usage.input_tokens, 77);
                 EXPECT_GE(reply.latency, milliseconds(20));
               });
}

TEST_F(HttpBackends, RateLimitWithRetryAfter) {
  expect_reply(always({.status = 429, .retry_after_s = 7}), [](const Reply& reply) {
    EXPECT_EQ(reply.failure, Failure::rate_limited);
    EXPECT_EQ(reply.retry_after, std::chrono::seconds(7));
  });
}

TEST_F(HttpBackends, StatusesAreClassified) {
  expect_failure({.status = 500}, Failure::server);
  expect_failure({.status = 503}, Failure::server);
  expect_failure({.status = 529}, Failure::server);
  expect_failure({.status = 400}, Failure::permanent);
  expect_failure({.status = 401}, Failure::permanent);
}

TEST_F(HttpBackends, CutStreamIsAConnectionFailure) {
  expect_failure({.text = "a long answer", .defect = Defect::cut}, Failure::connection);
}

TEST_F(HttpBackends, SlowServerIsATimeout) {
  expect_failure({.defect = Defect::stall}, Failure::timeout, {{"timeout_s", "0.1"}});
}

TEST_F(HttpBackends, AServerThatStallsInTheBodyIsATimeout) {
  expect_failure({.text = "a long answer", .defect = Defect::stall_body}, Failure::timeout,
                 {{"timeout_s", "0.1"}});
}

TEST_F(HttpBackends, AnErrorUnderStatus200IsNoAnswer) {
  expect_reply(always({.defect = Defect::error_200}), [](const Reply& reply) {
    EXPECT_EQ(reply.outcome, Outcome::api_error);
    EXPECT_THAT(reply.error, HasSubstr("the script answers an error with 200"));
  });
}

TEST_F(HttpBackends, ABrokenCharacterIsNotAskedForAgain) {
  expect_reply(always({.text = "4", .defect = Defect::invalid_utf8}), [](const Reply& reply) {
    EXPECT_EQ(reply.outcome, Outcome::answered) << reply.error;
    EXPECT_EQ(reply.text.substr(0, 1), "4");
  });
}

TEST_F(HttpBackends, LimitsAreReadFromEveryStatus) {
  for (const int status : {200, 429, 500}) {
    MockStep step{.status = status, .text = "4"};
    step.headers = {{"x-ratelimit-remaining-requests", "59"},
                    {"x-ratelimit-reset-requests", "20ms"}};
    expect_reply(always(step), [&](const Reply& reply) {
      EXPECT_EQ(reply.limits.requests.remaining, 59) << status;
      EXPECT_EQ(reply.limits.requests.reset, milliseconds(20)) << status;
    });
  }
}

TEST_F(HttpBackends, WrongBodiesArePermanent) {
  expect_failure({.text = "4", .defect = Defect::wrong_json}, Failure::permanent);
  expect_failure({.defect = Defect::html}, Failure::permanent);
  expect_failure({.defect = Defect::empty_body}, Failure::permanent);
}

TEST_F(HttpBackends, EveryFailureModeEndsInOneReply) {
  for (const auto& [name, step] : failure_modes()) {
    if (step.defect == Defect::stall || step.defect == Defect::stall_body) continue;
    SCOPED_TRACE(name);
    expect_reply(always(step), [](const Reply& reply) {
      EXPECT_EQ(reply.outcome == Outcome::api_error, reply.failure != Failure::none);
      EXPECT_EQ(reply.outcome == Outcome::api_error, !reply.error.empty());
    });
  }
}

TEST_F(HttpBackends, WhatEndsTheConnectionEarlyIsAConnectionFailure) {
  expect_failure({.defect = Defect::cut_before}, Failure::connection);
  expect_failure({.text = "4", .length_off = 10}, Failure::connection);
  expect_failure({.text = "4", .defect = Defect::stall_body}, Failure::timeout,
                 {{"timeout_s", "0.1"}});
}

TEST_F(HttpBackends, HarmlessOdditiesAreAnswers) {
  for (const MockStep& step :
       {MockStep{.text = "4", .chunked = true}, MockStep{.text = "4", .defect = Defect::cut_idle},
        MockStep{.text = "4", .drip = milliseconds(1)}})
    expect_reply(always(step), [](const Reply& reply) {
      EXPECT_EQ(reply.outcome, Outcome::answered) << reply.error;
      EXPECT_EQ(reply.text, "4");
    });
}

TEST_F(HttpBackends, AnEchoedKeyIsCutOut) {
  expect_reply(always({.status = 401, .defect = Defect::echo}),
               [](const Reply& reply) { EXPECT_THAT(reply.error, HasSubstr("[key removed]")); });
  expect_reply(always({.text = std::string("your key is ") + kCanaryKey}),
               [](const Reply& reply) { EXPECT_EQ(reply.text, "your key is [key removed]"); });
}

// As a header of its own or behind "Basic ", and in a link.
TEST_F(HttpBackends, AKeyIsCutOutInEverySpelling) {
  const std::string key = kCanaryKey;
  std::string upper = key;
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  const std::string escaped = "%73%6b" + key.substr(2);
  for (const std::string& spelling :
       {base64_encode(key), base64_encode("x:" + key), upper, escaped})
    expect_reply(always({.text = "key " + spelling}), [&](const Reply& reply) {
      EXPECT_EQ(reply.outcome, Outcome::answered);
      EXPECT_THAT(reply.text, HasSubstr("[key removed]"));
      EXPECT_LT(reply.text.size(), spelling.size()) << reply.text;
    });
}

TEST_F(HttpBackends, TruncationRefusalAndReasoning) {
  expect_reply(always({.text = "4 or", .finish_reason = "length"}),
               [](const Reply& reply) { EXPECT_EQ(reply.outcome, Outcome::truncated); });
  // Ollama has no word for a refusal: there it is an answer like any other.
  for_each(always({.refusal = "I cannot."}), [](MockServer& server, const auto& make) {
    const Reply reply = ask(*make(), request_for("EC-1"));
    const bool has_word = server.requests().at(0).api != "ollama";
    EXPECT_EQ(reply.outcome, has_word ? Outcome::refused : Outcome::answered);
  });
  expect_reply(always({.text = "4", .reasoning = "3 + 1"}), [](const Reply& reply) {
    EXPECT_EQ(reply.text, "4");
    EXPECT_EQ(reply.reasoning, "3 + 1");
  });
}

TEST_F(HttpBackends, EmptyAnswersStayAnswered) {
  expect_reply(always({.text = ""}), [](const Reply& reply) {
    EXPECT_EQ(reply.outcome, Outcome::answered);
    EXPECT_EQ(reply.text, "");
  });
  // "content": null with finish_reason "stop", and what is like it: the model said nothing.
  expect_reply(always({.defect = Defect::null_content}), [](const Reply& reply) {
    EXPECT_EQ(reply.outcome, Outcome::answered) << reply.error;
    EXPECT_EQ(reply.text, "");
  });
}

TEST_F(HttpBackends, DeadPortIsAConnectionFailure) {
  for_each({}, [](MockServer& server, const auto& make) {
    server.stop();
    const Reply reply = ask(*make(), request_for("EC-1"));
    EXPECT_EQ(reply.failure, Failure::connection);
    EXPECT_THAT(
        reply.error,
        StartsWith("cannot connect to http://127.0.0.1:" + std::to_string(server.port()) + "/"));
    EXPECT_THAT(reply.error, EndsWith(": connection refused; is the server running?"));
  });
}

TEST_F(HttpBackends, PicturesArriveByteForByteAndInOrder) {
  const testing::TempFolder folder;
  std::vector<ImagePart> pictures;
  for (const std::size_t size : {1U, 2U, 3U, 1000U, 3'000'000U})
    pictures.push_back(testing::write_picture(folder / std::to_string(size), size));
  for_each({}, [&](MockServer& server, const auto& make) {
    (void)ask(*make(), request_for("EC-1", pictures));
    const auto requests = server.requests();
    ASSERT_EQ(requests.size(), 1U);
    EXPECT_TRUE(requests[0].authorization);
    EXPECT_EQ(requests[0].model, "test-model");
    EXPECT_EQ(requests[0].prompt, "How many entities are there?");
    EXPECT_EQ(requests[0].sample, "EC-1");
    ASSERT_EQ(requests[0].pictures.size(), pictures.size());
    for (std::size_t i = 0; i < pictures.size(); ++i)
      EXPECT_EQ(requests[0].pictures[i], pictures[i].digest) << i;
  });
}

// The same conversation goes to every backend: texts and order unchanged.
TEST_F(HttpBackends, ConversationsArriveInTheirOrder) {
  const testing::TempFolder folder;
  Request request = request_for("EC-1");
  request.messages = {{"system", {TextPart{"Be brief."}}},
                      {"user",
                       {TextPart{"First \"A\"."}, testing::write_picture(folder / "a", 10),
                        TextPart{"Then \u00fc\n\\."}, testing::write_picture(folder / "b", 11)}},
                      {"assistant", {TextPart{"4"}}},
                      {"user", {testing::write_picture(folder / "c", 12), TextPart{"Why?"}}}};
  for_each({}, [&](MockServer& server, const auto& make) {
    (void)ask(*make(), request);
    const auto requests = server.requests();
    ASSERT_EQ(requests.size(), 1U);
    EXPECT_EQ(requests[0].prompt, "Be brief.\nFirst \"A\".\nThen \u00fc\n\\.\n4\nWhy?");
    EXPECT_EQ(requests[0].pictures.size(), 3U);
  });
}

TEST_F(HttpBackends, ExtraFieldsAreSentAndWin) {
  Request request = request_for("EC-1");
  request.decoding.extra = {{"stream", true}};  // which every format of the server refuses
  for_each({}, [&](MockServer& server, const auto& make) {
    const Reply reply = ask(*make(), request);
    EXPECT_EQ(reply.failure, Failure::permanent);
    EXPECT_THAT(reply.error, StartsWith("the server answered 400"));
    EXPECT_TRUE(server.requests().empty());
  });
}

// Those of the settings that change the format.
TEST_F(HttpBackends, OtherApisOfABackend) {
  const testing::TempFolder folder;
  const ImagePart picture = testing::write_picture(folder / "a", 1000);
  const Registry registry = make_registry();
  const std::tuple<const char*, const char*, const char*> cases[] = {
      {"openai", "responses", "responses"}, {"azure", "deployments", "chat"}};
  for (const auto& [name, api, format] : cases) {
    const auto server = MockServer::start(always({.text = "4", .reasoning = "3 + 1"})).value();
    BackendConfig config = config_for(server->base_url());
    config.settings = {{"api", api}};
    const auto backend = registry.backend(name).value()->make(config).value();
    const Reply reply = ask(*backend, request_for("EC-1", {picture}));
    EXPECT_EQ(reply.text, "4") << reply.error;
    EXPECT_EQ(reply.reasoning, "3 + 1");
    ASSERT_EQ(server->requests().size(), 1U);
    EXPECT_EQ(server->requests()[0].api, format);
    EXPECT_EQ(server->requests()[0].model, "test-model");
    EXPECT_TRUE(server->requests()[0].authorization);
    EXPECT_EQ(server->requests()[0].pictures, std::vector<std::string>{picture.digest});
  }
}

TEST_F(HttpBackends, LogprobsAreAskedForOrRefused) {
  Request request = request_for("EC-1");
  request.decoding.logprobs = 5;
  for_each(always({.text = "4"}), [&](MockServer& server, const auto& make) {
    const Reply reply = ask(*make(), request);
    if (reply.outcome == Outcome::answered) return;
    EXPECT_EQ(reply.failure, Failure::permanent);
    EXPECT_THAT(reply.error, HasSubstr("log-probabilities"));
    EXPECT_TRUE(server.requests().empty());  // refused before it was sent
  });
}

TEST_F(HttpBackends, OneAttemptIsOneRequest) {
  for_each(always({.status = 500}), [](MockServer& server, const auto& make) {
    (void)ask(*make(), request_for("EC-1"));
    EXPECT_EQ(server.requests().size(), 1U);
  });
}

TEST_F(HttpBackends, AttemptsRunSideBySide) {
  static constexpr std::size_t kAttempts = 32;
  for_each(always({.text = "4", .latency = milliseconds(50)}),
           [](MockServer& server, const auto& make) {
             Mailbox mailbox;
             const auto backend = make();
             for (std::size_t i = 0; i < kAttempts; ++i)
               backend->submit(request_for("EC-" + std::to_string(i)), mailbox.completion());
             EXPECT_EQ(mailbox.wait(kAttempts).size(), kAttempts);
             EXPECT_GT(server.peak_in_flight(), 1);
           });
}

TEST_F(HttpBackends, DestructionEndsPendingAttemptsOnce) {
  static constexpr std::size_t kAttempts = 8;
  for_each(always({.defect = Defect::stall}), [](MockServer& server, const auto& make) {
    Mailbox mailbox;
    {
      const auto backend = make();
      for (std::size_t i = 0; i < kAttempts; ++i)
        backend->submit(request_for("EC-" + std::to_string(i)), mailbox.completion());
      EXPECT_TRUE(server.wait_for_requests(kAttempts));
    }
    const auto replies = mailbox.wait(kAttempts);
    ASSERT_EQ(replies.size(), kAttempts);
    for (const Reply& reply : replies) EXPECT_EQ(reply.failure, Failure::connection);
  });
}

TEST_F(HttpBackends, AServerThatEndsInMidAttemptIsAConnectionFailure) {
  for_each(always({.defect = Defect::stall}), [](MockServer& server, const auto& make) {
    Mailbox mailbox;
    const auto backend = make();
    backend->submit(request_for("EC-1"), mailbox.completion());
    EXPECT_TRUE(server.wait_for_requests(1));
    server.stop();
    EXPECT_EQ(mailbox.wait(1).at(0).failure, Failure::connection);
  });
}

}  // namespace
}  // namespace stareval
