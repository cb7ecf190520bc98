// An OpenAI-compatible server on 127.0.0.1 that plays a script: for tests of a whole run without a
// network, within a test process or as the program star-mock-server.
//     POST .../chat/completions  by the script; the header X-StarEval-Sample names the sample
//     GET  .../models            one model, "star-mock"
// Thread  one thread of its own answers; all members are safe from any thread, stop() from one.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "apps/star_mock_server/mock_script.h"
#include "libstareval/base/result.h"

namespace stareval {

// One request for a completion, as it came in. Never holds the key.
struct MockRequest {
  int order = 0;       // 0, 1, ... over all
  std::string sample;  // "" where the header is missing
  int attempt = 0;     // 0, 1, ... at this sample
  std::string model;
  std::string prompt;
  std::vector<std::string> pictures;  // digests of the received bytes
  bool authorization = false;         // whether a key was sent
  std::chrono::milliseconds time{0};  // since the server started
};

// Called from the server's thread, in the order of arrival, before the answer goes out.
using MockObserver = std::function<void(const MockRequest&)>;

class MockServer {
 public:
  // Listen at once; port 0 takes a free one. io where the port is taken. With an observer the
  // requests are handed to it, and are not kept in memory.
  [[nodiscard]] static Result<std::unique_ptr<MockServer>> start(MockScript script, int port = 0,
                                                                 MockObserver observer = {});
  ~MockServer();
  MockServer(const MockServer&) = delete;
  MockServer& operator=(const MockServer&) = delete;

  [[nodiscard]] int port() const;
  [[nodiscard]] std::string base_url() const;  // "http://127.0.0.1:PORT/v1"

  [[nodiscard]] std::vector<MockRequest> requests() const;

  // Block until `count` requests have come in. False after `limit`.
  [[nodiscard]] bool wait_for_requests(
      std::size_t count, std::chrono::milliseconds limit = std::chrono::seconds(30)) const;

  // The most requests that were under way at one time.
  [[nodiscard]] int peak_in_flight() const;

  // Close the port and all connections. Safe to call again.
  void stop();

 private:
  class Server;
  explicit MockServer(std::unique_ptr<Server> server);
  std::unique_ptr<Server> server_;
};

}  // namespace stareval
