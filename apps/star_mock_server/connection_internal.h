// One connection of the mock server: reads a request, waits its latency, writes the answer, reads
// the next. The socket does not block, and is watched edge-triggered: after each event the
// connection goes on until the system has no more for it.
// Thread  the server's thread.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <span>
#include <string>

#include "apps/star_mock_server/http_request.h"
#include "apps/star_mock_server/tls_internal.h"
#include "apps/star_mock_server/wire_answer.h"

namespace stareval {

// A socket, plain or under TLS. Owns the descriptor.
class Stream {
 public:
  Stream(int descriptor, SSL_CTX* tls);  // tls: nullptr for plain
  ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  static constexpr ssize_t kAgain = -1, kBroken = -2;

  // How many bytes; 0 at the end of a read; kAgain, kBroken.
  ssize_t read(std::span<char> buffer);
  ssize_t write(std::string_view bytes);

  // Take up to `most` bytes and drop them, without copying them. Plain sockets only.
  ssize_t drop(std::uint64_t most);

  // Say that no more will be written.
  void shut();

  [[nodiscard]] bool plain() const { return session_ == nullptr; }

 private:
  ssize_t result_of(int done) const;

  const int descriptor_;
  TlsSession session_;
};

// What the server decides about a request.
struct Handled {
  WireAnswer answer;
  std::chrono::milliseconds delay{0};
  bool counted = false;   // finished() is owed when the answer is out
  std::size_t order = 0;  // of a counted request
  bool held = false;      // until released()
};

// What a connection asks of its server.
class ConnectionHost {
 public:
  virtual ~ConnectionHost() = default;
  virtual Handled handle(const HttpRequestParser& request, std::uint64_t connection) = 0;
  virtual void finished() = 0;
  virtual void wake_at(std::chrono::steady_clock::time_point time, std::uint64_t connection) = 0;
  virtual std::span<char> buffer() = 0;  // scratch, used within one call
};

class Connection {
 public:
  // The host must outlive it.
  Connection(ConnectionHost& host, std::uint64_t number, int descriptor, SSL_CTX* tls,
             HttpRequestParser::KeepsBody keeps_body);
  ~Connection();

  // The socket may have become readable or writable; `gone`: the client writes no more.
  void on_event(bool gone);

  // A time of wake_at() has come.
  void on_timer();

  // The answer need not be held back any more.
  void on_release();

  [[nodiscard]] bool closed() const { return state_ == State::closed; }

 private:
  enum class State { reading, waiting, held, writing, pausing, hung, draining, closed };

  void wake_after(std::chrono::milliseconds time);
  void go_on();
  bool step();
  bool read_some();
  bool drop_some(std::uint64_t most);
  bool take(std::string_view bytes);
  bool answer();
  bool write_some();
  bool end_of_answer();
  bool drain();
  bool close();
  void finish();

  ConnectionHost& host_;
  const std::uint64_t number_;
  Stream stream_;
  HttpRequestParser parser_;
  std::string ahead_;  // bytes that came behind the request
  WireAnswer answer_;
  std::size_t written_ = 0;
  State state_ = State::reading;
  std::chrono::steady_clock::time_point due_;  // of the latest wake_after()
  bool counted_ = false;
  bool doomed_ = false;  // closed by the first byte of the next request
  bool gone_ = false;
};

}  // namespace stareval
