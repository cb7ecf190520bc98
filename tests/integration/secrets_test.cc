// PITFALLS: the API key in logs, stored commands, exports. A canary key goes through runs of every
// backend that takes one, in every way they end, also against servers that repeat it; then it is
// looked for, in every spelling, in everything that is left: run folders, cache, outputs, reports,
// the server's own record.
// A core dump holds the memory of its process, and so the key: what can be had is that none is
// written (see the test of the crash), not that one is clean.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <map>

#include "apps/star_mock_server/mock_server.h"
#include "libstareval/base/file.h"
#include "libstareval/data/dataset.h"
#include "tests/integration/program.h"
#include "tests/support/canary.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using testing::files_with_key;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Program;
using testing::ProgramResult;
using testing::star_eval;
using testing::TempFolder;
using Words = std::vector<std::string>;
using Defect = MockStep::Defect;

constexpr const char* kCanary = "sk-canary-0123456789abcdef";

struct Keyed {
  std::string backend;
  std::string variable;
  std::string api = {};
};

void PrintTo(const Keyed& keyed, std::ostream* out) { *out << keyed.variable << keyed.api; }

// The scanner finds what it is to find: else the tests below would prove nothing.
TEST(Canary, IsFoundInEverySpelling) {
  const std::string key = kCanary;
  for (const std::string& text :
       {key, "Bearer " + key + "\n", std::string("SK-CANARY-0123456789ABCDEF"),
        std::string(key.rbegin(), key.rend()), testing::in_hex("%", key),
        testing::in_hex("\\u00", key), testing::in_hex("", key), base64_encode(key),
        base64_encode("x:" + key), base64_encode("Bearer " + key + "!")})
    EXPECT_TRUE(testing::holds_key("..." + text + "...", key)) << text;
  for (const char* text : {"", "sk-canary-", "[key removed]", "0123456789abcdef"})
    EXPECT_FALSE(testing::holds_key(text, key)) << text;
}

TEST(Canary, IsFoundInFilesAndTheirNames) {
  const TempFolder folder;
  testing::write_bytes(folder / "a/clean", "nothing");
  testing::write_bytes(folder / "a/b/plain", std::string("x\0y", 3) + kCanary);
  testing::write_bytes(folder / std::string("named-").append(kCanary), "");
  EXPECT_EQ(files_with_key(folder.path(), kCanary).size(), 2U);
}

class Secrets : public ::testing::TestWithParam<Keyed> {
 protected:
  [[nodiscard]] Words words(const std::string& base_url, const std::string& out) const {
    Words words{"--backend", GetParam().backend, "--base-url", base_url,       "--task",
                "RC",        "--limit",          "3",          "--model",      "m",
                "--cache",   "c.sqlite",         "--retry",    "connection=0", "--out",
                out};
    if (!GetParam().api.empty()) words.insert(words.end(), {"--set", "api=" + GetParam().api});
    return words;
  }

  // Run it, and keep what it prints beside what it writes.
  ProgramResult eval(const Words& words) {
    ProgramResult result = star_eval(words, {folder_.path(), {{GetParam().variable, kCanary}}});
    testing::write_bytes(folder_ / fmt::format("printed{}", printed_++), result.out + result.err);
    return result;
  }

  ProgramResult eval_against(MockStep step, const std::string& out, const Words& more = {}) {
    MockScript script;
    script.fallback = std::move(step);
    const auto server = MockServer::start(std::move(script)).value();
    Words all = words(server->base_url(), out);
    all.insert(all.end(), more.begin(), more.end());
    ProgramResult result = eval(all);
    note(*server, out);
    return result;
  }

  // What the server knows of the requests: all of it but the header with the key.
  void note(const MockServer& server, const std::string& name) {
    std::string text;
    for (const MockRequest& request : server.requests()) {
      key_was_sent_ = key_was_sent_ || request.authorization;
      text += request.sample + request.model + request.prompt + "\n";
    }
    testing::write_bytes(folder_ / ("server-" + name), text);
  }

  void expect_no_trace() const { EXPECT_THAT(files_with_key(folder_.path(), kCanary), IsEmpty()); }

  const TempFolder folder_;
  int printed_ = 0;
  bool key_was_sent_ = false;
};

TEST_P(Secrets, TheKeyIsSentAndStandsNowhere) {
  EXPECT_EQ(eval_against({.text = "3"}, "success").exit_code, 0);
  EXPECT_EQ(eval_against({.text = "4"}, "json", {"--json", "--mode", "cot"}).exit_code, 0);
  EXPECT_EQ(eval_against({.text = "5"}, "dry", {"--dry-run"}).exit_code, 0);
  EXPECT_EQ(eval_against({.status = 401}, "refused").exit_code, 3);
  EXPECT_EQ(eval_against({.status = 400, .defect = Defect::echo}, "echo").exit_code, 3);
  EXPECT_EQ(eval_against({.text = "6", .headers = {{"x-request-id", kCanary}}}, "header",
                         {"--repeat", "2"})
                .exit_code,
            0);
  EXPECT_TRUE(key_was_sent_);
  EXPECT_EQ(
      eval({"report", "success", "--format", "markdown,csv,json", "--out", "report"}).exit_code, 0);
  EXPECT_TRUE(file_exists(folder_ / "report/report.md"));
  EXPECT_TRUE(file_exists(folder_ / "c.sqlite"));
  EXPECT_TRUE(file_exists(folder_ / "echo/replies.jsonl"));
  expect_no_trace();
}

// A server, or a proxy before it, that repeats the key in an answer: in any spelling but reversed,
// which nothing but malice makes.
TEST_P(Secrets, AnAnswerThatRepeatsTheKeyIsKeptWithoutIt) {
  const std::string key = kCanary;
  int number = 0;
  for (const std::string& spelling : {key, base64_encode(key), base64_encode("x:" + key),
                                      testing::in_hex("%", key), testing::in_hex("\\u00", key)}) {
    const std::string out = fmt::format("echo{}", number++);
    EXPECT_EQ(eval_against({.text = "key " + spelling + " 3", .reasoning = spelling}, out,
                           {"--set", fmt::format("max_tokens={}", 100 + number)})
                  .exit_code,
              0);
    EXPECT_THAT(testing::read_bytes(folder_ / out / "replies.jsonl"), HasSubstr("[key removed]"));
  }
  expect_no_trace();
}

TEST_P(Secrets, NeitherADeadServerNorARefusedCertificateBringsItOut) {
  const auto dead = MockServer::start({}).value();
  const std::string dead_url = dead->base_url();
  dead->stop();
  EXPECT_EQ(eval(words(dead_url, "dead")).exit_code, 3);
  const auto server = MockServer::start({}, 0, {}, {.tls = MockTls::self_signed}).value();
  const ProgramResult refused = eval(words(server->base_url(), "tls"));
  EXPECT_EQ(refused.exit_code, 3);
  EXPECT_TRUE(server->requests().empty());
  expect_no_trace();
}

INSTANTIATE_TEST_SUITE_P(Each, Secrets,
                         ::testing::Values(Keyed{"openai", "OPENAI_API_KEY"},
                                           Keyed{"openai", "OPENAI_API_KEY", "responses"},
                                           Keyed{"anthropic", "ANTHROPIC_API_KEY"},
                                           Keyed{"gemini", "GEMINI_API_KEY"},
                                           Keyed{"gemini", "GOOGLE_API_KEY"},
                                           Keyed{"ollama", "OLLAMA_API_KEY"},
                                           Keyed{"azure", "AZURE_OPENAI_API_KEY"}),
                         [](const auto& about) {
                           std::string name = about.param.variable + about.param.api;
                           std::erase(name, '_');
                           return name;
                         });

TEST(SecretsElsewhere, RationalesHoldNoKey) {
  MockScript script;
  script.fallback.text = std::string("my key is ") + kCanary + "\nSo the answer is 3.";
  const auto server = MockServer::start(std::move(script)).value();
  const TempFolder folder;
  const ProgramResult result = star_eval(
      {"rationale", "atlas", "--split", "test", "--task", "RC", "--limit", "3", "--backend",
       "openai", "--base-url", server->base_url(), "--out", "written", "--run", "run"},
      {folder.path(), {{"OPENAI_API_KEY", kCanary}}});
  EXPECT_FALSE(testing::holds_key(result.out + result.err, kCanary));
  EXPECT_EQ(server->requests().size(), 3U);
  EXPECT_TRUE(server->requests()[0].authorization);
  EXPECT_TRUE(file_exists(folder / "run/replies.jsonl"));
  EXPECT_THAT(files_with_key(folder.path(), kCanary), IsEmpty());
}

TEST(SecretsElsewhere, ACrashInTheMiddleLeavesNoKey) {
  // A core of the process would hold its memory, and so the key.
  rlimit none{0, 0};
  ASSERT_EQ(::setrlimit(RLIMIT_CORE, &none), 0);
  MockScript script;
  script.fallback.text = "3";
  const auto server = MockServer::start(std::move(script)).value();
  server->hold_after(5);
  const TempFolder folder;
  Program victim({"--backend", "openai", "--base-url", server->base_url(), "--task", "RC", "--out",
                  "run", "--cache", "c.sqlite", "--concurrency", "4"},
                 {folder.path(), {{"OPENAI_API_KEY", kCanary}}});
  ASSERT_TRUE(server->wait_for_requests(9));
  victim.send_signal(SIGABRT);
  const ProgramResult crashed = victim.wait();
  EXPECT_NE(crashed.exit_code, 0);
  EXPECT_FALSE(testing::holds_key(crashed.out + crashed.err, kCanary));
  EXPECT_TRUE(file_exists(folder / "run/replies.jsonl"));
  EXPECT_THAT(files_with_key(folder.path(), kCanary), IsEmpty());
}

TEST(SecretsElsewhere, AKeyInTheUrlIsRefusedAndNotRepeated) {
  const TempFolder folder;
  const ProgramResult result =
      star_eval({"--backend", "openai", "--base-url",
                 std::string("http://user:") + kCanary + "@127.0.0.1/v1", "--task", "RC"},
                {folder.path(), {}});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_FALSE(testing::holds_key(result.out + result.err, kCanary)) << result.err;
  EXPECT_THAT(files_with_key(folder.path(), kCanary), IsEmpty());
}

// ---- certificates ----

struct Certificate {
  MockTls tls;
  std::string name;
  std::string complaint;  // of OpenSSL or libcurl
};

void PrintTo(const Certificate& certificate, std::ostream* out) { *out << certificate.name; }

class Certificates : public ::testing::TestWithParam<Certificate> {};

TEST_P(Certificates, ThatDoNotHoldAreRefusedByWhatIsWrongAndNothingIsSent) {
  const TempFolder folder;
  const auto server =
      MockServer::start({}, 0, {}, {.tls = GetParam().tls, .tls_ca_out = folder / "ca.pem"})
          .value();
  std::map<std::string, std::string> environment{{"OPENAI_API_KEY", kCanary}};
  if (GetParam().tls != MockTls::self_signed)  // for which nobody vouches
    environment["SSL_CERT_FILE"] = (folder / "ca.pem").string();
  const ProgramResult result =
      star_eval({"--backend", "openai", "--base-url", server->base_url(), "--task", "RC", "--limit",
                 "3", "--out", "run", "--cache", "off"},
                {folder.path(), environment});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_THAT(result.err, HasSubstr("no safe connection to " + server->base_url()));
  EXPECT_THAT(result.err, HasSubstr(GetParam().complaint));
  EXPECT_TRUE(server->requests().empty());
}

// By the variable that curl and OpenSSL know, and by curl's own.
TEST(CertificatesOfOnesOwn, AreTrustedWhereTheirAuthorityIsNamed) {
  for (const char* variable : {"SSL_CERT_FILE", "CURL_CA_BUNDLE"}) {
    const TempFolder folder;
    MockScript script;
    script.fallback.text = "3";
    const auto server =
        MockServer::start(std::move(script), 0, {},
                          {.tls = MockTls::trusted, .tls_ca_out = folder / "ca.pem"})
            .value();
    const Words words{"--backend", "openai", "--base-url", server->base_url(),
                      "--task",    "RC",     "--limit",    "3",
                      "--out",     "run",    "--cache",    "off"};
    const ProgramResult untrusted = star_eval(words, {folder.path(), {}});
    EXPECT_EQ(untrusted.exit_code, 3);
    EXPECT_THAT(untrusted.err, HasSubstr("SSL_CERT_FILE names who vouches for it"));
    EXPECT_TRUE(server->requests().empty());
    const ProgramResult trusted =
        star_eval(words, {folder.path(), {{variable, (folder / "ca.pem").string()}}});
    EXPECT_EQ(trusted.exit_code, 0) << variable << ": " << trusted.err;
    EXPECT_EQ(server->requests().size(), 3U);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Each, Certificates,
    ::testing::Values(Certificate{MockTls::self_signed, "SelfSigned", "self-signed certificate"},
                      Certificate{MockTls::expired, "Expired", "certificate has expired"},
                      Certificate{MockTls::wrong_host, "WrongHost",
                                  "no alternative certificate subject name"}),
    [](const auto& about) { return about.param.name; });

}  // namespace
}  // namespace stareval
