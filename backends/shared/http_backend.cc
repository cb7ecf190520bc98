#include "backends/shared/http_backend.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "backends/shared/http_reply.h"

namespace stareval {
namespace {

constexpr std::chrono::seconds kDefaultTimeout{120};

// What may stand in a header as it is.
bool is_plain(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

Result<Endpoint> read_endpoint(const BackendConfig& config, const HttpDefaults& defaults) {
  if (!config.base_url.empty()) return parse_endpoint(config.base_url, "--base-url");
  const std::string set = read_environment(config, defaults.base_url_variable);
  if (set.empty() && defaults.base_url.empty())
    return make_error(ErrorCode::usage, "{} is not set: name the server there, or with --base-url",
                      defaults.base_url_variable);
  return parse_endpoint(set.empty() ? defaults.base_url : set, defaults.base_url_variable);
}

bool is_host_or_below(std::string_view host, const std::string& parent) {
  return host == parent || host.ends_with("." + parent);
}

Result<Secret> read_first_key(const BackendConfig& config, const HttpDefaults& defaults,
                              const Endpoint& endpoint) {
  for (const std::string& name : defaults.key_variables) {
    STAREVAL_TRY(Secret key, read_key(config, name));
    if (!key.empty()) return key;
  }
  if (is_host_or_below(endpoint.host, defaults.keyed_host))
    return make_error(ErrorCode::usage,
                      "{} is not set: {} needs a key; set it in the environment, or name a server "
                      "of your own with --base-url",
                      fmt::join(defaults.key_variables, " or "), endpoint.base);
  return Secret();
}

}  // namespace

Result<HttpConnection> read_connection(const BackendConfig& config, const HttpDefaults& defaults,
                                       SettingsReader& in) {
  HttpConnection connection;
  STAREVAL_TRY(connection.endpoint, read_endpoint(config, defaults));
  STAREVAL_TRY(connection.key, read_first_key(config, defaults, connection.endpoint));
  connection.model = config.model.empty() ? defaults.model : config.model;
  // Names that curl, OpenSSL and most clients of these APIs know.
  connection.authorities = read_environment(config, "SSL_CERT_FILE");
  if (connection.authorities.empty())
    connection.authorities = read_environment(config, "CURL_CA_BUNDLE");
  connection.timeout = in.seconds("timeout_s", kDefaultTimeout);
  connection.sample_header = in.flag("sample_header", connection.endpoint.loopback);
  return connection;
}

HttpBackend::HttpBackend(HttpConnection connection, HttpApi api)
    : connection_(std::move(connection)), api_(std::move(api)) {}

void HttpBackend::submit(const Request& request, Completion done) {
  auto http = http_request(request);
  if (http.has_error()) return done(failed_reply(Failure::permanent, http.error().message));
  client_.send(*std::move(http), [this, done = std::move(done)](const HttpOutcome& out) {
    done(out.failure == Failure::none ? api_.decode(out.response, connection_.key)
                                      : failed_reply(out));
  });
}

Result<HttpRequest> HttpBackend::http_request(const Request& request) const {
  STAREVAL_TRY(const std::vector<PictureFile> pictures, look_at_pictures(request));
  Request named = request;  // texts and paths only: small beside the pictures
  if (named.model.empty()) named.model = connection_.model;
  STAREVAL_TRY(WireRequest wire, api_.encode(named, pictures));
  HttpRequest http;
  http.url = connection_.endpoint.url(wire.path);
  http.where = connection_.endpoint.base;
  http.headers = api_.headers;
  if (connection_.sample_header && is_plain(request.sample_id))
    http.headers.push_back("X-StarEval-Sample: " + request.sample_id);
  http.body = std::move(wire.body);
  http.authorities = connection_.authorities;
  http.timeout = connection_.timeout;
  http.secret = &connection_.key;
  http.secret_prefix = api_.key_header;
  return http;
}

json::object HttpBackend::identity() const {
  json::object identity{{"endpoint", connection_.endpoint.base}};
  for (const auto& field : api_.identity) identity[field.key()] = field.value();
  return identity;
}

std::vector<std::string> HttpBackend::warnings() const {
  std::vector<std::string> warnings;
  if (auto warning = warning_of(connection_.endpoint, !connection_.key.empty()))
    warnings.push_back(*std::move(warning));
  return warnings;
}

}  // namespace stareval
