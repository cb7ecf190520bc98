// The loop of the mock server: one thread, epoll, a heap of timers.
#include "apps/star_mock_server/mock_server.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <queue>
#include <thread>
#include <unordered_map>

#include "apps/star_mock_server/mock_service_internal.h"
#include "apps/star_mock_server/tls_internal.h"
#include "libstareval/base/file.h"

namespace stareval {
namespace {

using Clock = std::chrono::steady_clock;

// Numbers of what epoll watches; connections count from 1.
constexpr std::uint64_t kListener = 0;
constexpr std::uint64_t kWaker = ~std::uint64_t{0};

constexpr std::size_t kBuffer_bytes = std::size_t{256} << 10;
constexpr rlim_t kFiles = 16'384;
constexpr std::size_t kHoldNothing = ~std::size_t{0};

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
  ~Descriptor() { reset(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  void reset(int descriptor = -1) {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = descriptor;
  }
  [[nodiscard]] int get() const { return descriptor_; }

 private:
  int descriptor_ = -1;
};

// As many connections as the system allows without asking, up to kFiles.
void allow_many_files() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= kFiles) return;
  limit.rlim_cur = std::min(limit.rlim_max, kFiles);
  (void)::setrlimit(RLIMIT_NOFILE, &limit);
}

// Signals are the program's, not this thread's.
void block_signals() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

Error cannot_listen(int port, int reason) {
  return make_error(ErrorCode::io, "cannot listen on 127.0.0.1:{}: {}", port, strerror(reason));
}

struct Timer {
  Clock::time_point time;
  std::uint64_t connection = 0;
  bool operator>(const Timer& other) const { return time > other.time; }
};

}  // namespace

class MockServer::Server : public ConnectionHost {
 public:
  Server(MockScript script, MockObserver observer, const MockOptions& options)
      : secure_(options.tls != MockTls::off),
        service_(std::move(script), std::move(observer), options.inspect) {}

  ~Server() override { stop(); }

  Result<void> listen(int port, const MockOptions& options) {
    STAREVAL_TRY(TlsSetup tls, make_tls(options.tls));
    tls_ = std::move(tls.context);
    if (!options.tls_ca_out.empty())
      STAREVAL_CHECK(write_file_atomic(options.tls_ca_out, tls.authority));
    allow_many_files();
    epoll_.reset(::epoll_create1(EPOLL_CLOEXEC));
    waker_.reset(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
    if (epoll_.get() < 0 || waker_.get() < 0) return cannot_listen(port, errno);
    STAREVAL_CHECK(bind_port(port));
    watch(listener_.get(), kListener, EPOLLIN);
    watch(waker_.get(), kWaker, EPOLLIN);
    thread_ = std::thread([this] {
      block_signals();
      run();
    });
    return {};
  }

  void stop() {
    if (!thread_.joinable()) return;
    stopped_ = true;
    wake();
    thread_.join();
    listener_.reset();
    connections_.clear();
  }

  void hold_after(std::size_t count) { hold_from_ = count; }

  void release() {
    hold_from_ = kHoldNothing;
    ++releases_;
    wake();
  }

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] bool secure() const { return secure_; }
  [[nodiscard]] const RequestLog& log() const { return service_.log(); }

 private:
  Result<void> bind_port(int port) {
    listener_.reset(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    auto* plain = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof(address);
    const int yes = 1;
    if (listener_.get() < 0 ||
        ::setsockopt(listener_.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) != 0 ||
        ::bind(listener_.get(), plain, size) != 0 || ::listen(listener_.get(), SOMAXCONN) != 0 ||
        ::getsockname(listener_.get(), plain, &size) != 0)
      return cannot_listen(port, errno);
    port_ = ntohs(address.sin_port);
    return {};
  }

  void watch(int descriptor, std::uint64_t number, std::uint32_t events, int how = EPOLL_CTL_ADD) {
    epoll_event event{};
    event.events = events;
    event.data.u64 = number;
    (void)::epoll_ctl(epoll_.get(), how, descriptor, &event);
  }

  void wake() {
    const std::uint64_t one = 1;
    (void)!::write(waker_.get(), &one, sizeof(one));
  }

  void run() {
    std::array<epoll_event, 256> events{};
    while (!stopped_) {
      const int ready =
          ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), wait_ms());
      for (int i = 0; i < ready; ++i) on_event(events[static_cast<std::size_t>(i)]);
      fire_timers();
    }
  }

  // Rounded up, so that a timer is never early nor the loop busy.
  [[nodiscard]] int wait_ms() const {
    if (timers_.empty()) return -1;
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(timers_.top().time - Clock::now());
    return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 1 << 30));
  }

  void on_event(const epoll_event& event) {
    if (event.data.u64 == kListener) return accept_all();
    if (event.data.u64 == kWaker) return on_wake();
    const bool broken = (event.events & (EPOLLERR | EPOLLHUP)) != 0;
    if (broken) connections_.erase(event.data.u64);
    else
      with(event.data.u64,
           [&](Connection& connection) { connection.on_event((event.events & EPOLLRDHUP) != 0); });
    if (paused_ && broken) resume_accepting();
  }

  // Call with the connection, where it still lives, and forget it where it has been closed.
  template <class Action>
  void with(std::uint64_t number, const Action& action) {
    const auto found = connections_.find(number);
    if (found == connections_.end()) return;
    action(*found->second);
    if (!found->second->closed()) return;
    connections_.erase(found);
    if (paused_) resume_accepting();
  }

  void accept_all() {
    for (;;) {
      const int socket = ::accept4(listener_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (socket >= 0) add_connection(socket);
      else if (errno == EMFILE || errno == ENFILE) return pause_accepting();
      else if (errno != ECONNABORTED && errno != EINTR) return;
    }
  }

  void add_connection(int socket) {
    const int yes = 1;
    (void)::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    const std::uint64_t number = ++opened_;
    connections_[number] =
        std::make_unique<Connection>(*this, number, socket, tls_.get(), service_.keeps_body());
    watch(socket, number, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET);
  }

  // Out of descriptors: newcomers wait in the queue of the system until a connection ends.
  void pause_accepting() {
    paused_ = true;
    watch(listener_.get(), kListener, 0, EPOLL_CTL_MOD);
  }

  void resume_accepting() {
    paused_ = false;
    watch(listener_.get(), kListener, EPOLLIN, EPOLL_CTL_MOD);
  }

  void on_wake() {
    std::uint64_t count = 0;
    (void)!::read(waker_.get(), &count, sizeof(count));
    if (const std::uint64_t now = releases_; now != released_) {
      released_ = now;
      for (const std::uint64_t number : std::exchange(held_, {}))
        with(number, [](Connection& connection) { connection.on_release(); });
    }
  }

  void fire_timers() {
    const auto now = timers_.empty() ? Clock::time_point() : Clock::now();
    while (!timers_.empty() && timers_.top().time <= now) {
      const std::uint64_t number = timers_.top().connection;
      timers_.pop();
      with(number, [](Connection& connection) { connection.on_timer(); });
    }
  }

  Handled handle(const HttpRequestParser& request, std::uint64_t connection) override {
    Handled handled = service_.handle(request, connection);
    handled.held = handled.counted && handled.order >= hold_from_;
    if (handled.held) held_.push_back(connection);
    return handled;
  }

  void finished() override { service_.log().finished(); }

  void wake_at(Clock::time_point time, std::uint64_t connection) override {
    timers_.push({time, connection});
  }

  std::span<char> buffer() override { return buffer_; }

  const bool secure_;
  MockService service_;
  TlsContext tls_;
  int port_ = 0;
  Descriptor epoll_, waker_, listener_;
  std::atomic<bool> stopped_{false};
  std::atomic<std::size_t> hold_from_{kHoldNothing};
  std::atomic<std::uint64_t> releases_{0};

  // Of the thread alone.
  std::vector<char> buffer_ = std::vector<char>(kBuffer_bytes);
  std::priority_queue<Timer, std::vector<Timer>, std::greater<>> timers_;
  std::unordered_map<std::uint64_t, std::unique_ptr<Connection>> connections_;
  std::vector<std::uint64_t> held_;
  std::uint64_t opened_ = 0;
  std::uint64_t released_ = 0;
  bool paused_ = false;
  std::thread thread_;
};

MockServer::MockServer(std::unique_ptr<Server> server) : server_(std::move(server)) {}
MockServer::~MockServer() = default;

Result<std::unique_ptr<MockServer>> MockServer::start(MockScript script, int port,
                                                      MockObserver observer, MockOptions options) {
  auto server = std::make_unique<Server>(std::move(script), std::move(observer), options);
  STAREVAL_CHECK(server->listen(port, options));
  return std::unique_ptr<MockServer>(new MockServer(std::move(server)));
}

int MockServer::port() const { return server_->port(); }

std::string MockServer::base_url() const {
  return fmt::format("{}://127.0.0.1:{}/v1", server_->secure() ? "https" : "http", port());
}

std::vector<MockRequest> MockServer::requests() const { return server_->log().requests(); }

bool MockServer::wait_for_requests(std::size_t count, std::chrono::milliseconds limit) const {
  return server_->log().wait_for(count, limit);
}

int MockServer::peak_in_flight() const { return server_->log().peak(); }

void MockServer::hold_after(std::size_t count) { server_->hold_after(count); }

void MockServer::release() { server_->release(); }

void MockServer::stop() { server_->stop(); }

}  // namespace stareval
