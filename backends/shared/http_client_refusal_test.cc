// Attempts that libcurl itself refuses, which it does for want of memory only. Its function is
// replaced in this program by one that refuses on demand.
#include <curl/curl.h>
#include <dlfcn.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "backends/shared/http_client.h"

namespace {

std::atomic<bool> refuse_transfers{false};

}  // namespace

// Takes the place of libcurl's: symbols of the program come before those of shared libraries.
extern "C" CURLMcode curl_multi_add_handle(CURLM* multi, CURL* easy) {
  using Function = CURLMcode (*)(CURLM*, CURL*);
  static const auto original =
      reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "curl_multi_add_handle"));
  return refuse_transfers ? CURLM_OUT_OF_MEMORY : original(multi, easy);
}

namespace stareval {
namespace {

TEST(HttpClient, AnAttemptThatLibcurlRefusesFailsAtOnce) {
  HttpRequest request;
  request.url = "http://127.0.0.1:9/v1/models";
  request.where = "http://127.0.0.1:9/v1";
  std::promise<HttpOutcome> arrived;
  refuse_transfers = true;
  HttpClient client;
  client.send(request, [&](HttpOutcome outcome) { arrived.set_value(std::move(outcome)); });
  auto future = arrived.get_future();
  const auto state = future.wait_for(std::chrono::seconds(30));
  refuse_transfers = false;
  ASSERT_EQ(state, std::future_status::ready);
  const HttpOutcome outcome = future.get();
  EXPECT_EQ(outcome.failure, Failure::connection);
  EXPECT_EQ(outcome.error,
            "the attempt at http://127.0.0.1:9/v1 could not be started: out of memory");
}

}  // namespace
}  // namespace stareval
