// The certificates, tried by libcurl as a client that verifies.
#include <curl/curl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apps/star_mock_server/mock_server.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using ::testing::HasSubstr;

std::size_t append(char* bytes, std::size_t size, std::size_t count, void* text) {
  static_cast<std::string*>(text)->append(bytes, size * count);
  return size * count;
}

struct Fetched {
  CURLcode code = CURLE_OK;
  std::string body;
};

// POST a body above what one TLS record holds. `authority`: "" for those of the system.
Fetched fetch(const MockServer& server, const std::filesystem::path& authority) {
  const std::string body = R"({"model":"m","messages":[{"role":"user","content":")" +
                           std::string(500'000, 'x') + "\"}]}";
  Fetched fetched;
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(),
                                                                 curl_easy_cleanup);
  const std::string url = server.base_url() + "/chat/completions", file = authority.string();
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROXY, "");
  curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
  curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, body.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, append);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &fetched.body);
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, 30L);
  if (!file.empty()) curl_easy_setopt(curl.get(), CURLOPT_CAINFO, file.c_str());
  fetched.code = curl_easy_perform(curl.get());
  return fetched;
}

TEST(MockTls, ATrustedCertificateServesTheSameScript) {
  const testing::TempFolder folder;
  const auto script = parse_script(R"({"default": {"text": "4", "chunked": true}})", "s").value();
  for (const bool inspect : {true, false}) {
    const auto server =
        MockServer::start(
            script, 0, {},
            {.inspect = inspect, .tls = MockTls::trusted, .tls_ca_out = folder / "ca"})
            .value();
    EXPECT_THAT(server->base_url(), ::testing::StartsWith("https://127.0.0.1:"));
    const Fetched fetched = fetch(*server, folder / "ca");
    EXPECT_EQ(fetched.code, CURLE_OK) << curl_easy_strerror(fetched.code);
    EXPECT_THAT(fetched.body, HasSubstr(R"("content":"4")"));
    EXPECT_EQ(fetch(*server, "").code, CURLE_PEER_FAILED_VERIFICATION);
  }
}

TEST(MockTls, AClientThatVerifiesRefusesTheOthers) {
  const testing::TempFolder folder;
  for (const MockTls mode : {MockTls::self_signed, MockTls::expired, MockTls::wrong_host}) {
    const bool alone = mode == MockTls::self_signed;
    const std::filesystem::path ca = alone ? std::filesystem::path() : folder / "ca";
    const auto server = MockServer::start({}, 0, {}, {.tls = mode, .tls_ca_out = ca}).value();
    const Fetched fetched = fetch(*server, ca);
    EXPECT_EQ(fetched.code, CURLE_PEER_FAILED_VERIFICATION) << static_cast<int>(mode);
    EXPECT_EQ(server->requests().size(), 0U);
  }
}

TEST(MockTls, CutsAreSeenUnderTlsToo) {
  const testing::TempFolder folder;
  const auto script = parse_script(R"({"default": {"cut": true}})", "s").value();
  const auto server =
      MockServer::start(script, 0, {}, {.tls = MockTls::trusted, .tls_ca_out = folder / "ca"})
          .value();
  const CURLcode code = fetch(*server, folder / "ca").code;
  EXPECT_TRUE(code == CURLE_PARTIAL_FILE || code == CURLE_RECV_ERROR) << curl_easy_strerror(code);
}

TEST(MockTls, NamesOfTheModes) {
  EXPECT_EQ(tls_named("wrong-host").value(), MockTls::wrong_host);
  EXPECT_THAT(tls_named("right").error().message, HasSubstr("self-signed"));
}

}  // namespace
}  // namespace stareval
