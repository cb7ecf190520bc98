// A client of plain sockets that sees every byte of a server, for tests of what goes wrong on the
// wire. Each read gives up after 20 s.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <string>
#include <string_view>

namespace stareval::testing {

class SocketClient {
 public:
  explicit SocketClient(int port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval limit{20, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  }
  ~SocketClient() { ::close(socket_); }
  SocketClient(const SocketClient&) = delete;
  SocketClient& operator=(const SocketClient&) = delete;

  [[nodiscard]] bool connected() const { return connected_; }

  // False where the server has closed the connection.
  bool send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  // Say that nothing more will be sent.
  void end() const { ::shutdown(socket_, SHUT_WR); }

  // All that has come and comes, until the server closes.
  [[nodiscard]] std::string read_to_end() {
    while (read_more()) {
    }
    return take(pending_.size());
  }

  // The next `bytes`; fewer where the server closes before.
  [[nodiscard]] std::string read(std::size_t bytes) {
    while (pending_.size() < bytes && read_more()) {
    }
    return take(bytes);
  }

  // Up to the end of `mark`; what there is where the server closes before.
  [[nodiscard]] std::string read_until(std::string_view mark) {
    auto found = pending_.find(mark);
    while (found == std::string::npos && read_more()) found = pending_.find(mark);
    return take(found == std::string::npos ? pending_.size() : found + mark.size());
  }

  // Head and body of one answer with Content-Length.
  [[nodiscard]] std::string read_answer() {
    std::string answer = read_until("\r\n\r\n");
    constexpr std::string_view kLength = "Content-Length: ";
    const auto at = answer.find(kLength);
    if (at == std::string::npos) return answer;
    return answer + read(std::stoul(answer.substr(at + kLength.size())));
  }

 private:
  bool read_more() {
    std::array<char, 65536> buffer{};
    const ssize_t got = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (got > 0) pending_.append(buffer.data(), static_cast<std::size_t>(got));
    return got > 0;
  }

  std::string take(std::size_t bytes) {
    std::string taken = pending_.substr(0, bytes);
    pending_.erase(0, taken.size());
    return taken;
  }

  const int socket_;
  bool connected_ = false;
  std::string pending_;
};

}  // namespace stareval::testing
