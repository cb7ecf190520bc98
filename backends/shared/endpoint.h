// The base URL of a server: checked once, joined with the paths of its API.
// Thread  values and pure functions.
#pragma once

#include <initializer_list>
#include <optional>
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

// `source` is what the user set, for the error: "--base-url", or the name of a variable.
// Errors  usage: not an http or https URL, or one with a user name, a query or a fragment: a key in
//         a URL would be written into every log. The error does not quote it.
[[nodiscard]] Result<Endpoint> parse_endpoint(const std::string& base_url, std::string_view source);

// The endpoint with the first of `endings` ("/v1beta") at the end of its base, unless one of them
// stands there: people give the URL of an API with its version or without.
[[nodiscard]] Endpoint with_ending(Endpoint endpoint,
                                   std::initializer_list<std::string_view> endings);

// What the user should know of a server that is reached over plain http through a network.
[[nodiscard]] std::optional<std::string> warning_of(const Endpoint& endpoint, bool sends_key);

// A segment of a path: all but unreserved characters (RFC 3986) and those of `keep` as %XX.
[[nodiscard]] std::string percent_encoded(std::string_view text, std::string_view keep = "");

}  // namespace stareval
