// One HTTP attempt on a libcurl easy handle: its options, what it sent and received, and how it
// ended. Handles are used again, for making one takes longer than setting one up.
// Thread  made in any thread; from begin() on, the loop's thread alone.
#pragma once

#include <curl/curl.h>

#include <array>
#include <memory>
#include <optional>

#include "backends/shared/body_reader_internal.h"
#include "backends/shared/http_client.h"
#include "libstareval/base/file_stream.h"

namespace stareval {

struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using Easy = std::unique_ptr<CURL, FreeEasy>;

// A handle with the options that are the same for every attempt.
[[nodiscard]] Easy make_easy();

class HttpTransfer {
 public:
  HttpTransfer(HttpRequest request, HttpCallback done);
  HttpTransfer(const HttpTransfer&) = delete;
  HttpTransfer& operator=(const HttpTransfer&) = delete;

  // Set `easy` up for this attempt; it is to be started at once.
  // `fresh`: on a connection of its own. `verified` outlives the transfer.
  void begin(Easy easy, VerifiedPictures& verified, bool fresh);

  [[nodiscard]] CURL* handle() const { return easy_.get(); }

  // For another attempt; the transfer must have ended.
  [[nodiscard]] Easy take_handle() { return std::move(easy_); }

  // Whether the whole body has gone out; then its buffer is given back, for the answer may take
  // long.
  [[nodiscard]] bool release_sent_body();

  // Whether it went out on a connection that others had used before.
  [[nodiscard]] bool reused_a_connection() const;

  // The response, or the failure that `code` stands for.
  [[nodiscard]] HttpOutcome outcome(CURLcode code);

  // Refused by libcurl before anything was sent.
  [[nodiscard]] HttpOutcome not_started(CURLMcode code) const;

  // Ended by the client's destructor.
  [[nodiscard]] HttpOutcome stopped() const;

  [[nodiscard]] HttpCallback take_callback() { return std::move(done_); }

 private:
  struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };

  void set_headers();
  void set_target();
  void set_body(VerifiedPictures& verified);
  void add_header(const std::string& line);
  [[nodiscard]] bool connected() const;
  [[nodiscard]] HttpOutcome failed(CURLcode code) const;
  [[nodiscard]] HttpOutcome timed_out() const;
  [[nodiscard]] std::string reason(CURLcode code) const;

  static std::size_t on_send(char* out, std::size_t one, std::size_t space, void* self);
  static std::size_t on_body(char* data, std::size_t one, std::size_t size, void* self);
  static std::size_t on_header(char* data, std::size_t one, std::size_t size, void* self);
  [[nodiscard]] bool fits(std::size_t size);
  [[nodiscard]] bool saves() const;
  Result<void> save(std::string_view bytes);
  Result<void> finish_saving();

  HttpRequest request_;
  HttpCallback done_;
  HttpResponse response_;
  std::optional<BodyReader> body_;
  std::string body_failure_;  // why the body could not be read
  std::size_t received_bytes_ = 0;
  bool too_large_ = false;
  std::optional<FileWriter> file_;  // of save_to
  std::string file_failure_;        // why it could not be written
  std::array<char, CURL_ERROR_SIZE> error_text_{};
  std::unique_ptr<curl_slist, FreeList> headers_;
  Easy easy_;  // last: it points to the members above
};

}  // namespace stareval
