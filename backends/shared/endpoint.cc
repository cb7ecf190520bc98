#include "backends/shared/endpoint.h"

#include <curl/curl.h>

#include <algorithm>
#include <memory>

#include "backends/shared/lower_case.h"

namespace stareval {
namespace {

using Url = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

// A part of the URL; "" where it has none.
std::string part_of(const Url& url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url.get(), part, &text, 0) != CURLUE_OK) return {};
  const std::unique_ptr<char, decltype(&curl_free)> owner(text, curl_free);
  return text;
}

bool is_loopback(std::string_view host) {
  const bool numbers = host.find_first_not_of("0123456789.") == std::string_view::npos;
  return host == "localhost" || host == "[::1]" || (numbers && host.starts_with("127."));
}

// Without the URL itself, which may hold a password.
Error wrong_url(std::string_view source, std::string_view expected) {
  return make_error(ErrorCode::usage, "{}: expected {}, for example http://127.0.0.1:8000/v1",
                    source, expected);
}

}  // namespace

std::string Endpoint::url(std::string_view path) const { return fmt::format("{}/{}", base, path); }

Result<Endpoint> parse_endpoint(const std::string& base_url, std::string_view source) {
  const Url url(curl_url(), curl_url_cleanup);
  if (curl_url_set(url.get(), CURLUPART_URL, base_url.c_str(), 0) != CURLUE_OK)
    return wrong_url(source, "an http or https URL");
  const std::string scheme = part_of(url, CURLUPART_SCHEME);
  if (scheme != "http" && scheme != "https") return wrong_url(source, "an http or https URL");
  for (const CURLUPart part : {CURLUPART_USER, CURLUPART_PASSWORD})
    if (!part_of(url, part).empty())
      return wrong_url(source, "a URL without a user name (keys come from the environment)");
  for (const CURLUPart part : {CURLUPART_QUERY, CURLUPART_FRAGMENT})
    if (!part_of(url, part).empty()) return wrong_url(source, "a URL that ends in its path");

  Endpoint endpoint;
  endpoint.base = part_of(url, CURLUPART_URL);
  while (endpoint.base.ends_with('/')) endpoint.base.pop_back();
  endpoint.host = lower_case(part_of(url, CURLUPART_HOST));
  endpoint.secure = scheme == "https";
  endpoint.loopback = is_loopback(endpoint.host);
  return endpoint;
}

Endpoint with_ending(Endpoint endpoint, std::initializer_list<std::string_view> endings) {
  const bool has_one = std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) {
    return endpoint.base.ends_with(ending);
  });
  if (!has_one) endpoint.base += *endings.begin();
  return endpoint;
}

std::optional<std::string> warning_of(const Endpoint& endpoint, bool sends_key) {
  if (endpoint.secure || endpoint.loopback) return std::nullopt;
  return fmt::format(
      "sends pictures{} unencrypted over http to {}; use https where others can read "
      "the network",
      sends_key ? " and your key" : "", endpoint.host);
}

std::string percent_encoded(std::string_view text, std::string_view keep) {
  constexpr std::string_view kUnreserved =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string encoded;
  for (const char c : text)
    if (kUnreserved.find(c) != std::string_view::npos || keep.find(c) != std::string_view::npos)
      encoded += c;
    else encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return encoded;
}

}  // namespace stareval
