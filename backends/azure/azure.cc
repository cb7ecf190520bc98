#include "backends/azure/azure.h"

#include <fmt/format.h>

#include <utility>

#include "backends/shared/chat_codec.h"
#include "backends/shared/http_backend.h"

namespace stareval {
namespace {

// The last dated version that is generally available.
constexpr const char* kDatedVersion = "2024-10-21";

HttpApi azure_api(AzureSurface surface, std::string max_tokens_field) {
  HttpApi api;
  api.key_header = "api-key: ";
  if (surface.dated) api.identity["api"] = "deployments";
  if (!surface.api_version.empty()) api.identity["api_version"] = surface.api_version;
  api.encode = [surface = std::move(surface), field = std::move(max_tokens_field)](
                   const Request& request,
                   std::span<const PictureFile> pictures) -> Result<WireRequest> {
    return WireRequest{azure_path(surface, request.model), chat::encode(request, pictures, field)};
  };
  api.decode = chat::decode;
  return api;
}

}  // namespace

Endpoint azure_endpoint(Endpoint resource, const AzureSurface& surface) {
  for (const std::string_view ending : {"/openai/v1", "/openai"})
    if (resource.base.ends_with(ending)) {
      resource.base.resize(resource.base.size() - ending.size());
      break;
    }
  resource.base += surface.dated ? "/openai" : "/openai/v1";
  return resource;
}

std::string azure_path(const AzureSurface& surface, const std::string& deployment) {
  std::string path =
      surface.dated ? fmt::format("deployments/{}/chat/completions", percent_encoded(deployment))
                    : "chat/completions";
  if (!surface.api_version.empty()) path += "?api-version=" + percent_encoded(surface.api_version);
  return path;
}

Result<std::unique_ptr<Backend>> make_azure(const BackendConfig& config) {
  const HttpDefaults defaults{
      "", {"AZURE_OPENAI_API_KEY"}, "AZURE_OPENAI_ENDPOINT", "", "azure.com"};
  SettingsReader in("azure", config.settings);
  STAREVAL_TRY(HttpConnection connection, read_connection(config, defaults, in));
  AzureSurface surface;
  surface.dated = in.one_of("api", {"v1", "deployments"}) == "deployments";
  surface.api_version = in.text("api_version", surface.dated ? kDatedVersion : "");
  std::string field = in.one_of("max_tokens_field", {"max_completion_tokens", "max_tokens"});
  STAREVAL_CHECK(in.status());
  connection.endpoint = azure_endpoint(std::move(connection.endpoint), surface);
  return std::make_unique<HttpBackend>(std::move(connection),
                                       azure_api(std::move(surface), std::move(field)));
}

void register_azure(Registry& registry) {
  registry.add_backend(
      "azure", {"chat completions of Azure OpenAI; --model names the deployment", "", make_azure});
}

}  // namespace stareval
