#include <openssl/err.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "apps/star_mock_server/connection_internal.h"

namespace stareval {
namespace {

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

// How long a client may take to read a refusal before the connection is reset under it.
constexpr std::chrono::milliseconds kDrain{1000};

constexpr int kStepsOfATurn = 256;

constexpr std::uint64_t kLargestDrop = std::uint64_t{1} << 30;

ssize_t system_result(ssize_t done) {
  if (done >= 0) return done;
  return errno == EAGAIN || errno == EINTR ? Stream::kAgain : Stream::kBroken;
}

}  // namespace

Stream::Stream(int descriptor, SSL_CTX* tls) : descriptor_(descriptor) {
  if (tls == nullptr) return;
  session_.reset(SSL_new(tls));
  SSL_set_fd(session_.get(), descriptor);
  SSL_set_accept_state(session_.get());
}

Stream::~Stream() { ::close(descriptor_); }

ssize_t Stream::result_of(int done) const {
  if (done > 0) return done;
  switch (SSL_get_error(session_.get(), done)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE: return kAgain;
    case SSL_ERROR_ZERO_RETURN: return 0;
    default: return kBroken;
  }
}

ssize_t Stream::read(std::span<char> buffer) {
  if (plain()) return system_result(::recv(descriptor_, buffer.data(), buffer.size(), 0));
  ERR_clear_error();
  return result_of(SSL_read(session_.get(), buffer.data(), static_cast<int>(buffer.size())));
}

ssize_t Stream::write(std::string_view bytes) {
  if (plain()) return system_result(::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
  ERR_clear_error();
  const auto size = std::min<std::size_t>(bytes.size(), std::size_t{1} << 30);
  return result_of(SSL_write(session_.get(), bytes.data(), static_cast<int>(size)));
}

// Linux drops what MSG_TRUNC takes from a TCP socket (tcp(7)).
ssize_t Stream::drop(std::uint64_t most) {
  const auto size = static_cast<std::size_t>(std::min(most, kLargestDrop));
  return system_result(::recv(descriptor_, nullptr, size, MSG_TRUNC));
}

void Stream::shut() { ::shutdown(descriptor_, SHUT_WR); }

Connection::Connection(ConnectionHost& host, std::uint64_t number, int descriptor, SSL_CTX* tls,
                       HttpRequestParser::KeepsBody keeps_body)
    : host_(host), number_(number), stream_(descriptor, tls), parser_(keeps_body) {}

Connection::~Connection() { finish(); }

void Connection::on_event(bool gone) {
  gone_ = gone_ || gone;
  go_on();
}

// The timer may be that of a turn that was given away: what waits goes on at its own time only.
void Connection::on_timer() {
  if (std::chrono::steady_clock::now() >= due_) {
    if (state_ == State::draining) close();
    if (state_ == State::waiting || state_ == State::pausing) state_ = State::writing;
  }
  go_on();
}

void Connection::wake_after(std::chrono::milliseconds time) {
  due_ = std::chrono::steady_clock::now() + time;
  host_.wake_at(due_, number_);
}

void Connection::on_release() {
  if (state_ == State::held) state_ = State::writing;
  go_on();
}

// A client that sends without end gives the others their turn.
void Connection::go_on() {
  for (int steps = 0; step(); ++steps) {
    if (steps < kStepsOfATurn) continue;
    host_.wake_at(std::chrono::steady_clock::now(), number_);
    return;
  }
}

// True where there may be more to do at once.
bool Connection::step() {
  switch (state_) {
    case State::reading: return read_some();
    case State::writing: return write_some();
    case State::draining: return drain();
    case State::waiting:
    case State::held:
    case State::pausing:
    case State::hung: return gone_ && close();
    case State::closed: return false;
  }
  return false;
}

bool Connection::read_some() {
  if (!ahead_.empty()) return take(std::exchange(ahead_, {}));
  if (const auto most = parser_.skippable(); most > 0 && stream_.plain()) return drop_some(most);
  const std::span<char> buffer = host_.buffer();
  const ssize_t got = stream_.read(buffer);
  if (got == Stream::kAgain) return false;
  if (got <= 0) return close();
  return take({buffer.data(), static_cast<std::size_t>(got)});
}

bool Connection::drop_some(std::uint64_t most) {
  const ssize_t got = stream_.drop(most);
  if (got == Stream::kAgain) return false;
  if (got <= 0) return close();
  parser_.skip(static_cast<std::uint64_t>(got));
  return !parser_.complete() || answer();
}

bool Connection::take(std::string_view bytes) {
  if (doomed_) return close();
  const std::size_t taken = parser_.feed(bytes);
  if (taken < bytes.size()) ahead_ = bytes.substr(taken);
  if (parser_.take_expectation() && stream_.write(kContinue) == Stream::kBroken) return close();
  if (!parser_.complete() && parser_.failure() == 0) return true;
  return answer();
}

bool Connection::answer() {
  Handled handled = host_.handle(parser_, number_);
  answer_ = std::move(handled.answer);
  written_ = 0;
  counted_ = handled.counted;
  state_ = State::writing;
  if (handled.held) {
    state_ = State::held;
  } else if (handled.delay.count() > 0) {
    state_ = State::waiting;
    wake_after(handled.delay);
  }
  return true;
}

bool Connection::write_some() {
  const std::string_view rest = std::string_view(answer_.bytes).substr(written_);
  if (rest.empty()) return end_of_answer();
  const bool in_pieces = answer_.piece_bytes > 0;
  const ssize_t put = stream_.write(in_pieces ? rest.substr(0, answer_.piece_bytes) : rest);
  if (put == Stream::kAgain) return false;
  if (put <= 0) return close();
  written_ += static_cast<std::size_t>(put);
  if (in_pieces && written_ < answer_.bytes.size()) {
    state_ = State::pausing;
    wake_after(answer_.pause);
  }
  return true;
}

bool Connection::end_of_answer() {
  if (answer_.hang) {
    state_ = State::hung;
    return true;
  }
  finish();
  if (answer_.close) {
    if (parser_.failure() == 0) return close();
    // What was not read of a refused request would reset the connection before the client has read
    // the refusal.
    stream_.shut();
    state_ = State::draining;
    wake_after(kDrain);
    return true;
  }
  doomed_ = answer_.close_next;
  parser_.reset();
  state_ = State::reading;
  return true;
}

bool Connection::drain() {
  const ssize_t got = stream_.read(host_.buffer());
  if (got == Stream::kAgain) return false;
  return got > 0 || close();
}

void Connection::finish() {
  if (counted_) host_.finished();
  counted_ = false;
}

// Returns false: there is nothing more to do.
bool Connection::close() {
  finish();
  state_ = State::closed;
  return false;
}

}  // namespace stareval
