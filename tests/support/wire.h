// Requests and responses for the tests of wire formats: no picture is read from disk for them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "backends/shared/http_message.h"
#include "libstareval/model/request.h"

namespace stareval::testing {

inline HttpResponse response(int status, std::string body) {
  HttpResponse http;
  http.status = status;
  http.body = std::move(body);
  http.latency = std::chrono::milliseconds(12);
  return http;
}

// A PNG that was looked at, of which only the name matters.
inline PictureFile picture(const std::string& name) { return {{name, ""}, "image/png", 5}; }

// One user message: a picture "a.png", then a question.
inline Request question(std::string model) {
  Request request;
  request.sample_id = "EC-0001";
  request.model = std::move(model);
  request.messages = {{"user", {ImagePart{"a.png", ""}, TextPart{"How many \"nodes\"?"}}}};
  return request;
}

// A system prompt of two messages, two pictures, and an answer of before.
inline Request conversation(std::string model) {
  Request request = question(std::move(model));
  request.messages = {{"system", {TextPart{"Be brief."}}},
                      {"user", {TextPart{"A"}, ImagePart{"1", ""}, ImagePart{"2", ""}}},
                      {"assistant", {TextPart{"B\n"}}},
                      {"user", {TextPart{"C"}}}};
  request.decoding = {.temperature = 0.7, .top_p = 0.95, .max_tokens = 16};
  return request;
}

}  // namespace stareval::testing
