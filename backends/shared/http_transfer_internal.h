// One HTTP attempt as a libcurl easy handle: its options, what it received, and how it ended.
// Thread  made in any thread, then used by the loop's thread alone.
#pragma once

#include <curl/curl.h>

#include <array>
#include <memory>

#include "backends/shared/http_client.h"

namespace stareval {

class HttpTransfer {
 public:
  HttpTransfer(HttpRequest request, std::string body, HttpCallback done);
  HttpTransfer(const HttpTransfer&) = delete;
  HttpTransfer& operator=(const HttpTransfer&) = delete;

  [[nodiscard]] CURL* handle() const { return easy_.get(); }

  // The response, or the failure that `code` stands for.
  [[nodiscard]] HttpOutcome outcome(CURLcode code);

  // Refused by libcurl before anything was sent.
  [[nodiscard]] HttpOutcome not_started(CURLMcode code) const;

  // Ended by the client's destructor.
  [[nodiscard]] HttpOutcome stopped() const;

  [[nodiscard]] HttpCallback take_callback() { return std::move(done_); }

 private:
  struct FreeEasy {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  };
  struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };

  void set_headers();
  void set_options();
  void add_header(const std::string& line);
  [[nodiscard]] bool connected() const;
  [[nodiscard]] HttpOutcome failed(CURLcode code) const;
  [[nodiscard]] HttpOutcome timed_out() const;
  [[nodiscard]] std::string reason(CURLcode code) const;

  static std::size_t on_body(char* data, std::size_t one, std::size_t size, void* self);
  static std::size_t on_header(char* data, std::size_t one, std::size_t size, void* self);
  [[nodiscard]] bool fits(std::size_t size);

  HttpRequest request_;
  std::string body_;
  HttpCallback done_;
  HttpResponse response_;
  std::size_t received_bytes_ = 0;
  bool too_large_ = false;
  std::array<char, CURL_ERROR_SIZE> error_text_{};
  std::unique_ptr<curl_slist, FreeList> headers_;
  std::unique_ptr<CURL, FreeEasy> easy_;  // last: it points to the members above
};

}  // namespace stareval
