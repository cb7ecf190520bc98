#include "backends/ollama/ollama.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "backends/ollama/ollama_codec.h"
#include "backends/shared/http_backend.h"

namespace stareval {
namespace {

constexpr const char* kVariable = "OLLAMA_HOST";

// Whether the host, without scheme and path, names its port.
bool has_port(std::string_view host) {
  const auto colon = host.rfind(':');
  const auto bracket = host.rfind(']');  // of an IPv6 address
  return colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
}

std::optional<json::value> think_field(const std::string& word) {
  if (word == "default") return std::nullopt;
  if (word == "true" || word == "false") return json::value(word == "true");
  return json::value(word);
}

HttpApi ollama_api(const std::string& think) {
  HttpApi api;
  if (think != "default") api.identity = {{"think", think}};
  api.encode = [field = think_field(think)](
                   const Request& request,
                   std::span<const PictureFile> pictures) -> Result<WireRequest> {
    return WireRequest{"chat", ollama::encode(request, pictures, field)};
  };
  api.decode = ollama::decode;
  return api;
}

}  // namespace

std::string ollama_url(std::string_view host) {
  if (host.empty()) return "";
  const auto scheme_end = host.find("://");
  const bool plain = scheme_end == std::string_view::npos;
  const std::string scheme(plain ? "http" : host.substr(0, scheme_end));
  std::string rest(plain ? host : host.substr(scheme_end + 3));
  const auto slash = rest.find('/');
  const std::string path = slash == std::string::npos ? "" : rest.substr(slash);
  rest.resize(std::min(slash, rest.size()));
  if (rest.starts_with(':')) rest = "127.0.0.1" + rest;
  if (!has_port(rest) && plain) rest += ":11434";
  for (const std::string any : {"0.0.0.0", "[::]"})
    if (rest == any || rest.starts_with(any + ":")) rest = "127.0.0.1" + rest.substr(any.size());
  return scheme + "://" + rest + path;
}

Result<std::unique_ptr<Backend>> make_ollama(const BackendConfig& config) {
  const HttpDefaults defaults{
      kOllamaModel, {"OLLAMA_API_KEY"}, kVariable, "http://127.0.0.1:11434", "ollama.com"};
  BackendConfig with_url = config;
  with_url.environment = [&config](const std::string& name) {
    const std::string value = read_environment(config, name);
    return name == kVariable ? ollama_url(value) : value;
  };
  SettingsReader in("ollama", config.settings);
  STAREVAL_TRY(HttpConnection connection, read_connection(with_url, defaults, in));
  const std::string think =
      in.one_of("think", {"default", "true", "false", "low", "medium", "high"});
  STAREVAL_CHECK(in.status());
  connection.endpoint = with_ending(std::move(connection.endpoint), {"/api"});
  return std::make_unique<HttpBackend>(std::move(connection), ollama_api(think));
}

void register_ollama(Registry& registry) {
  registry.add_backend(
      "ollama", {"the chat API of Ollama, on this machine or another", kOllamaModel, make_ollama});
}

}  // namespace stareval
