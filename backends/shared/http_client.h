// HTTP client of the backends: one libcurl multi loop on a thread of its own, with keep-alive.
// One attempt a request: no retry of a reply, no redirect, a deadline on the wall clock. TLS
// certificates are verified. HTTP/1.1 on http, HTTP/2 by ALPN on https. Proxies come from the
// environment (https_proxy ...), except for loopback, which is always reached directly.
// Errors  in HttpOutcome: connection (refused, reset, cut, not started, client destroyed), timeout,
//         permanent (TLS, a response above kMaxResponse_bytes that is not saved to a file, a file
//         that cannot be written, a wrong URL). No error text holds the secret.
// Thread  send() from any thread. Callbacks run on the client's thread, except after the destructor
//         began: they must not block, throw, or destroy the client.
#pragma once

#include <functional>
#include <memory>

#include "backends/shared/http_message.h"

namespace stareval {

inline constexpr std::size_t kMaxResponse_bytes = std::size_t{16} << 20;

using HttpCallback = std::function<void(HttpOutcome)>;

class HttpClient {
 public:
  HttpClient();

  // Ends what is under way: each pending callback is called, with a connection failure.
  ~HttpClient();

  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // Start one attempt. `done` is called exactly once.
  void send(HttpRequest request, HttpCallback done);

 private:
  class Loop;
  std::unique_ptr<Loop> loop_;
};

}  // namespace stareval
