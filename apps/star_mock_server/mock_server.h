// A server on 127.0.0.1 that plays a script in the wire formats of the model APIs: for tests of a
// whole run without a network, within a test process or as the program star-mock-server.
//     POST .../chat/completions  by the script; the header X-StarEval-Sample names the sample
//     GET  .../models            one model, "star-mock"
//     .../files, .../batches     the batch API of OpenAI
// Thread  one thread of its own answers; all members are safe from any thread, stop() from one.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
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
  std::string api = {};               // the wire format: "chat"
  int status = 200;                   // that the script answers
  std::string_view defect = "none";   // defect_name() of its step
  std::uint64_t body_bytes = 0;       // of the request
  std::uint64_t connection = 0;       // 1, 2, ... in the order of their opening
};

// Called from the server's thread, in the order of arrival, before the answer goes out.
using MockObserver = std::function<void(const MockRequest&)>;

// Who vouches for the certificate, and what is wrong with it.
enum class MockTls {
  off,          // plain HTTP
  trusted,      // right, where the client trusts the server's own authority (tls_ca_out)
  self_signed,  // vouched for by nobody
  expired,      // of the authority, but past its time
  wrong_host,   // of the authority, but for another host
};

// "off", "trusted", "self-signed", "expired", "wrong-host"; usage for another.
[[nodiscard]] Result<MockTls> tls_named(const std::string& name);

struct MockOptions {
  // Read the bodies: prompts, models and digests of pictures are recorded, and what is no request
  // is refused. Without it a body is dropped unread, and requests are handed to an observer only:
  // cheap.
  bool inspect = true;
  MockTls tls = MockTls::off;
  std::filesystem::path tls_ca_out =
      {};  // where the authority's certificate is written; "" nowhere
};

class MockServer {
 public:
  // Listen at once; port 0 takes a free one. io where the port is taken. With an observer the
  // requests are handed to it, and are not kept in memory.
  [[nodiscard]] static Result<std::unique_ptr<MockServer>> start(MockScript script, int port = 0,
                                                                 MockObserver observer = {},
                                                                 MockOptions options = {});
  ~MockServer();
  MockServer(const MockServer&) = delete;
  MockServer& operator=(const MockServer&) = delete;

  [[nodiscard]] int port() const;
  [[nodiscard]] std::string base_url() const;  // "http://127.0.0.1:PORT/v1"; https with TLS

  [[nodiscard]] std::vector<MockRequest> requests() const;

  // Block until `count` requests have come in. False after `limit`.
  [[nodiscard]] bool wait_for_requests(
      std::size_t count, std::chrono::milliseconds limit = std::chrono::seconds(30)) const;

  // The most requests that were under way at one time.
  [[nodiscard]] int peak_in_flight() const;

  // Hold back the answers of all requests after the first `count` (counted from the start of the
  // server), until release(): so that a test can act while they are under way.
  void hold_after(std::size_t count);
  void release();

  // Close the port and all connections. Safe to call again.
  void stop();

 private:
  class Server;
  explicit MockServer(std::unique_ptr<Server> server);
  std::unique_ptr<Server> server_;
};

}  // namespace stareval
