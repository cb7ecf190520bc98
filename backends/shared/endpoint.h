// The base URL of a server: checked once, joined with the paths of its API.
// Thread  values and pure functions.
#pragma once

#include <string>
#include <string_view>

#include "libstareval/base/result.h"

namespace stareval {

struct Endpoint {
  std::string base;       // "https://api.openai.com/v1": no slash at the end
  std::string host;       // "api.openai.com", lower case
  bool secure = false;    // https
  bool loopback = false;  // localhost, 127.0.0.0/8 or ::1: this machine

  // `path` without a slash at the start: "chat/completions".
  [[nodiscard]] std::string url(std::string_view path) const;
};

// usage where it is not an http or https URL, or holds a user name, a query or a fragment: a key in
// a URL would be written into every log.
[[nodiscard]] Result<Endpoint> parse_endpoint(const std::string& base_url);

}  // namespace stareval
