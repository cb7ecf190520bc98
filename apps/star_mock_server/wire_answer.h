// The bytes of an answer, with what goes wrong in them: from a step of the script to what the
// connection writes and does.
// Thread  pure functions.
#pragma once

#include <chrono>
#include <ctime>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "apps/star_mock_server/mock_api.h"

namespace stareval {

struct WireAnswer {
  std::string bytes;                   // all that is written
  bool close = false;                  // afterwards
  bool hang = false;                   // write no more after the bytes, and read no request
  bool close_next = false;             // when the next request begins to come
  std::size_t piece_bytes = 0;         // so many bytes at a time; 0: all at once
  std::chrono::milliseconds pause{0};  // between two pieces
};

struct AnswerContext {
  std::string id;     // of the completion
  std::string model;  // as the client named it
  std::string key;    // repeated by Defect::echo only
  bool keep_alive = true;
  std::time_t now = 0;  // for Retry-After as a date
};

struct PlainAnswer {
  int status = 200;
  std::string_view content_type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers = {};
};

// The answer that a step describes.
[[nodiscard]] WireAnswer answer_of(const MockStep& step, const MockApi& api,
                                   const AnswerContext& context);

// Its body alone, not yet cut or chunked.
[[nodiscard]] std::string answer_body(const MockStep& step, const MockApi& api,
                                      const AnswerContext& context);

// An answer without any defect.
[[nodiscard]] WireAnswer plain_answer(const PlainAnswer& answer, bool keep_alive);

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, 5.6.7).
[[nodiscard]] std::string http_date(std::time_t time);

// "OK", "Too Many Requests" ...
[[nodiscard]] std::string_view reason_of(int status);

}  // namespace stareval
