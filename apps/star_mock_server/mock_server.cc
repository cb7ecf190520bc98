#include "apps/star_mock_server/mock_server.h"

#include <fmt/format.h>
#include <pthread.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <csignal>
#include <memory>
#include <optional>
#include <sstream>
#include <thread>

#include "apps/star_mock_server/chat_api.h"
#include "apps/star_mock_server/request_log_internal.h"

namespace stareval {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using Defect = MockStep::Defect;
using HttpReply = http::response<http::string_body>;

constexpr std::uint64_t kMaxRequest_bytes = std::uint64_t{256} << 20;

// What all connections share. Lives as long as the server.
struct Shared {
  MockScript script;
  RequestLog log;
};

std::string text_of(boost::beast::string_view view) { return {view.data(), view.size()}; }

HttpReply make_reply(int status, std::string_view type, std::string body, bool keep_alive) {
  HttpReply reply;
  reply.version(11);
  reply.result(static_cast<unsigned>(status));
  reply.set(http::field::content_type, boost::beast::string_view(type.data(), type.size()));
  reply.body() = std::move(body);
  reply.keep_alive(keep_alive);
  reply.prepare_payload();
  return reply;
}

// One connection: reads a request, waits its latency, writes the answer, reads the next. Shared by
// the handlers of its operations, of which at most one is under way.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, Shared& shared)
      : stream_(std::move(socket)), timer_(stream_.get_executor()), shared_(shared) {
    error_code ignored;
    stream_.socket().set_option(tcp::no_delay(true), ignored);
  }

  void read() {
    parser_.emplace();
    parser_->body_limit(kMaxRequest_bytes);
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](error_code failure, std::size_t) {
                       if (!failure) self->answer();
                     });
  }

 private:
  void answer() {
    const auto& request = parser_->get();
    const std::string target = text_of(request.target());
    keep_alive_ = request.keep_alive();
    if (request.method() == http::verb::get && target.ends_with("/models"))
      return write(make_reply(200, "application/json", models_body(), keep_alive_));
    if (request.method() != http::verb::post || !target.ends_with("/chat/completions"))
      return refuse(404, "expected POST /v1/chat/completions or GET /v1/models");
    auto chat = parse_chat_request(request.body());
    if (chat.has_error()) return refuse(400, chat.error().message);
    complete(std::move(*chat));
  }

  void refuse(int status, const std::string& message) {
    write(make_reply(status, "application/json", error_body(message), keep_alive_));
  }

  void complete(ChatRequest chat) {
    const auto& request = parser_->get();
    const std::string authorization = text_of(request[http::field::authorization]);
    MockRequest entry;
    entry.sample = text_of(request["X-StarEval-Sample"]);
    entry.model = chat.model;
    entry.prompt = std::move(chat.prompt);
    entry.pictures = std::move(chat.pictures);
    entry.authorization = !authorization.empty();
    entry = shared_.log.add(std::move(entry));
    const MockStep step = step_of(shared_.script, entry.sample, entry.attempt);
    HttpReply reply = make_reply(
        step.status, content_type(step),
        chat_body(step, fmt::format("chatcmpl-mock-{}", entry.order), chat.model, authorization),
        keep_alive_);
    if (step.retry_after_s)
      reply.set(http::field::retry_after, std::to_string(*step.retry_after_s));
    later(step, std::move(reply));
  }

  // A stalled step waits for the end of the server; its timer keeps the connection alive until
  // then.
  void later(const MockStep& step, HttpReply reply) {
    if (step.defect == Defect::stall) timer_.expires_at(asio::steady_timer::time_point::max());
    else timer_.expires_after(step.latency.value_or(std::chrono::milliseconds(0)));
    timer_.async_wait([self = shared_from_this(), reply = std::move(reply),
                       cut = step.defect == Defect::cut](error_code failure) mutable {
      if (failure) return;
      self->shared_.log.finished();
      if (cut) self->write_half(reply);
      else self->write(std::move(reply));
    });
  }

  void write(HttpReply reply) {
    reply_.emplace(std::move(reply));
    http::async_write(stream_, *reply_,
                      [self = shared_from_this()](error_code failure, std::size_t) {
                        if (!failure && self->keep_alive_) return self->read();
                        self->close();
                      });
  }

  void write_half(const HttpReply& reply) {
    std::ostringstream text;
    text << reply;
    half_ = text.str();
    half_.resize(half_.size() - reply.body().size() / 2);
    asio::async_write(stream_.socket(), asio::buffer(half_),
                      [self = shared_from_this()](error_code, std::size_t) { self->close(); });
  }

  void close() {
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_both, ignored);
    stream_.socket().close(ignored);
  }

  boost::beast::tcp_stream stream_;
  asio::steady_timer timer_;
  Shared& shared_;
  boost::beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  std::optional<HttpReply> reply_;
  std::string half_;
  bool keep_alive_ = true;
};

// Signals are the program's, not this thread's.
void block_signals() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace

class MockServer::Server {
 public:
  Server(MockScript script, MockObserver observer)
      : shared_{std::move(script), RequestLog(std::move(observer))} {}

  ~Server() { stop(); }

  Result<void> listen(int port) {
    tcp::acceptor& acceptor = network_->acceptor;
    const tcp::endpoint endpoint(asio::ip::address_v4::loopback(),
                                 static_cast<std::uint16_t>(port));
    error_code failure;
    acceptor.open(endpoint.protocol(), failure);
    if (!failure) acceptor.set_option(tcp::acceptor::reuse_address(true), failure);
    if (!failure) acceptor.bind(endpoint, failure);
    if (!failure) acceptor.listen(asio::socket_base::max_listen_connections, failure);
    if (failure)
      return make_error(ErrorCode::io, "cannot listen on 127.0.0.1:{}: {}", port,
                        failure.message());
    port_ = acceptor.local_endpoint().port();
    accept();
    thread_ = std::thread([this] {
      block_signals();
      network_->io.run();
    });
    return {};
  }

  void stop() {
    if (!thread_.joinable()) return;
    network_->io.stop();
    thread_.join();
    network_.reset();
  }

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] const RequestLog& log() const { return shared_.log; }

 private:
  void accept() {
    network_->acceptor.async_accept([this](error_code failure, tcp::socket socket) {
      if (failure == asio::error::operation_aborted) return;
      if (!failure) std::make_shared<Session>(std::move(socket), shared_)->read();
      accept();
    });
  }

  struct Network {
    asio::io_context io{1};
    tcp::acceptor acceptor{io};
  };

  Shared shared_;
  // Its destructor closes the port and the connections, whose handlers use shared_.
  std::unique_ptr<Network> network_ = std::make_unique<Network>();
  int port_ = 0;
  std::thread thread_;
};

MockServer::MockServer(std::unique_ptr<Server> server) : server_(std::move(server)) {}
MockServer::~MockServer() = default;

Result<std::unique_ptr<MockServer>> MockServer::start(MockScript script, int port,
                                                      MockObserver observer) {
  auto server = std::make_unique<Server>(std::move(script), std::move(observer));
  STAREVAL_CHECK(server->listen(port));
  return std::unique_ptr<MockServer>(new MockServer(std::move(server)));
}

int MockServer::port() const { return server_->port(); }

std::string MockServer::base_url() const { return fmt::format("http://127.0.0.1:{}/v1", port()); }

std::vector<MockRequest> MockServer::requests() const { return server_->log().requests(); }

bool MockServer::wait_for_requests(std::size_t count, std::chrono::milliseconds limit) const {
  return server_->log().wait_for(count, limit);
}

int MockServer::peak_in_flight() const { return server_->log().peak(); }

void MockServer::stop() { server_->stop(); }

}  // namespace stareval
