// An incremental parser of HTTP/1.1 requests, for a server that reads what there is: each feed()
// takes the bytes of one read, and stops behind the request. Bodies by Content-Length or chunked;
// they may be dropped unread. What is ambiguous (two lengths, a length beside chunks, folded or
// nameless headers) is refused, as RFC 9112 advises.
// Thread  one request for one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stareval {

struct HttpLimits {
  std::size_t head_bytes = std::size_t{64} << 10;  // request line and headers, and trailers
  std::uint64_t body_bytes = std::uint64_t{256} << 20;
};

class HttpRequestParser {
 public:
  // Whether the body of a request for this target is kept; by default it is.
  using KeepsBody = bool (*)(std::string_view target);

  explicit HttpRequestParser(KeepsBody keeps_body = nullptr, HttpLimits limits = {});
  HttpRequestParser(const HttpRequestParser&) = delete;
  HttpRequestParser& operator=(const HttpRequestParser&) = delete;

  // Take bytes; returns how many. Fewer than there are only where the request is complete or
  // failed. Once it is, takes nothing.
  std::size_t feed(std::string_view bytes);

  [[nodiscard]] bool complete() const { return state_ == State::complete; }

  // The status that answers a request that is refused, and why; 0 and "" otherwise.
  [[nodiscard]] int failure() const { return failure_; }
  [[nodiscard]] std::string_view failure_text() const { return failure_text_; }

  // How many of the next bytes belong to a body that is dropped: the caller may drop them itself,
  // and say so by skip(). 0 where the bytes must be fed.
  [[nodiscard]] std::uint64_t skippable() const;
  void skip(std::uint64_t bytes);

  // True once, where the client waits for "100 Continue" before it sends the body.
  [[nodiscard]] bool take_expectation();

  // Of a complete request; the views live until reset().
  [[nodiscard]] std::string_view method() const { return method_; }
  [[nodiscard]] std::string_view target() const { return target_; }
  [[nodiscard]] std::string_view header(std::string_view name) const;  // "" where it is missing
  [[nodiscard]] const std::string& body() const { return body_; }      // "" where it was dropped
  [[nodiscard]] std::uint64_t body_bytes() const { return body_bytes_; }
  [[nodiscard]] bool keep_alive() const { return keep_alive_; }

  // Make ready for the next request. Memory is kept for it.
  void reset();

 private:
  enum class State { head, body, chunk_size, chunk, chunk_end, trailers, complete, failed };
  struct Field {
    std::string_view name, value;
  };

  std::size_t feed_head(std::string_view bytes);
  std::size_t feed_body(std::string_view bytes);
  std::size_t feed_line(std::string_view bytes);
  void end_of_head();
  void end_of_line();
  void end_of_chunk_size();
  bool read_request_line(std::string_view line);
  bool read_field(std::string_view line);
  void read_connection();
  void read_framing();
  bool fail(int status, std::string_view why);

  const KeepsBody keeps_body_;
  const HttpLimits limits_;
  State state_ = State::head;
  std::string head_;  // what the views below point into, once it is complete
  std::string line_;  // of a chunk's size or a trailer, as far as it has come
  std::string_view method_, target_;
  std::vector<Field> fields_;
  std::string body_;
  std::uint64_t body_bytes_ = 0;  // of the body so far
  std::uint64_t rest_ = 0;        // to come, of the body or of the chunk
  std::size_t trailer_bytes_ = 0;
  bool old_version_ = false;  // HTTP/1.0
  bool keep_alive_ = true;
  bool keeps_ = true;
  bool expects_ = false;
  int failure_ = 0;
  std::string_view failure_text_;
};

// The value of a parameter of a header, for example of `boundary`; "" where it is missing.
[[nodiscard]] std::string header_parameter(std::string_view value, std::string_view name);

// Whether two ASCII texts are equal but for their case.
[[nodiscard]] bool same_text(std::string_view a, std::string_view b);

}  // namespace stareval
