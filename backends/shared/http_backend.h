// What all backends over HTTP have in common: pictures are looked at, a request is encoded and sent
// with the key in a header, the response is decoded, the key is cut out of it. What is left to a
// vendor's folder is an HttpApi (two pure functions and some headers), its settings, its factory.
// Pictures are read from disk while their request is sent, held against their digests, and sent
// byte for byte.
// Thread  submit() from one thread at a time; completions on the thread of the HTTP client.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "backends/shared/endpoint.h"
#include "backends/shared/http_client.h"
#include "backends/shared/http_message.h"
#include "backends/shared/secret.h"
#include "backends/shared/settings.h"
#include "libstareval/model/backend.h"

namespace stareval {

// What `encode` makes of a request: where below the base URL it goes, and its body.
struct WireRequest {
  std::string path;  // "chat/completions"; already percent-encoded
  HttpBody body;
};

// A vendor's API.
struct HttpApi {
  std::string key_header = "Authorization: Bearer ";  // what stands before the key
  std::vector<std::string> headers = {};              // "Name: value", of every request
  json::object identity = {};  // what of its settings decides replies, beside the endpoint

  // The request names a model. `pictures` are those of all its messages, in their order.
  // Errors  usage: the API has no place for something that is asked; nothing is sent.
  std::function<Result<WireRequest>(const Request&, std::span<const PictureFile>)> encode;

  // The reply in a response of any status: decode_response() of http_reply.h does most of it.
  std::function<Reply(const HttpResponse&, const Secret&)> decode;
};

// How a server is reached.
struct HttpConnection {
  Endpoint endpoint;
  Secret key;                    // may be empty
  std::string model;             // for requests that name none
  std::string authorities = {};  // PEM file of who may vouch for the server; "": the system's
  std::chrono::milliseconds timeout{120'000};
  bool sample_header = false;  // send the sample id as X-StarEval-Sample
};

// A vendor's defaults, for read_connection().
struct HttpDefaults {
  std::string model;
  std::vector<std::string> key_variables;  // the first that is set
  std::string base_url_variable;
  std::string base_url;    // "" where the user must name one
  std::string keyed_host;  // a host that needs a key, and all below it: "api.openai.com"
};

// Base URL: --base-url, else the variable, else the default. Asks `in` for timeout_s and
// sample_header; the caller checks its status() once it has asked for its own.
// Errors  usage: a wrong or missing base URL, a wrong key, no key for the host that needs one.
[[nodiscard]] Result<HttpConnection> read_connection(const BackendConfig& config,
                                                     const HttpDefaults& defaults,
                                                     SettingsReader& in);

class HttpBackend : public Backend {
 public:
  HttpBackend(HttpConnection connection, HttpApi api);

  void submit(const Request& request, Completion done) override;

  // {"endpoint": the base URL}, and what the API adds.
  [[nodiscard]] json::object identity() const override;

  // What the user should know before anything is sent; empty where all is well.
  [[nodiscard]] std::vector<std::string> warnings() const override;

 protected:
  [[nodiscard]] const HttpConnection& connection() const { return connection_; }
  [[nodiscard]] const HttpApi& api() const { return api_; }

 private:
  [[nodiscard]] Result<HttpRequest> http_request(const Request& request) const;

  const HttpConnection connection_;
  const HttpApi api_;
  HttpClient client_;  // last: its destructor ends the attempts, whose callbacks use the key
};

}  // namespace stareval
