// An HTTP request of a backend, and what came of it.
// Thread  values.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backends/shared/http_body.h"
#include "backends/shared/secret.h"
#include "libstareval/model/reply.h"

namespace stareval {

struct HttpRequest {
  std::string url;                   // http or https
  std::string where;                 // how errors name the server; the URL where empty
  std::vector<std::string> headers;  // "Name: value"
  HttpBody body;                     // POSTed; empty: GET
  std::string content_type = "application/json";
  std::string authorities = {};  // PEM file of who may vouch for a server; "": the system's
  std::chrono::milliseconds timeout{120'000};         // of the whole attempt
  std::chrono::milliseconds connect_timeout{10'000};  // of name look-up, TCP and TLS

  // Where the body of a response of status 2xx is put, whole or not at all, in place of memory; it
  // may be of any size. Empty: memory.
  std::filesystem::path save_to;

  // Sent as a header after `secret_prefix` unless empty. Read within HttpClient::send only.
  const Secret* secret = nullptr;
  std::string secret_prefix = "Authorization: Bearer ";
};

struct HttpResponse {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::string body;
  std::chrono::system_clock::time_point received;
  std::chrono::milliseconds latency{0};  // from the start of the attempt to the last byte

  // Value of the first header of that name (lower case); "" where there is none.
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

// failure none: a whole response, of any status. Otherwise `error` says what happened.
struct HttpOutcome {
  Failure failure = Failure::none;
  std::string error;
  HttpResponse response;
};

}  // namespace stareval
