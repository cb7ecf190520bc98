#include "backends/azure/azure.h"

#include <fmt/format.h>

#include <utility>

#include "backends/shared/chat_codec.h"
#include "backends/shared/http_backend.h"

namespace stareval {
namespace {

// The last dated version that is generally available.
constexpr const char* kDatedVersion = "2024-10-21";

struct Options {
  bool dated = false;       // a deployment in the path, a version in the query
  std::string api_version;  // "" for none
  std::string max_tokens_field;
};

std::string path_of(const Options& options, const std::string& deployment) {
  std::string path =
      options.dated ? fmt::format("deployments/{}/chat/completions", percent_encoded(deployment))
                    : "chat/completions";
  if (!options.api_version.empty()) path += "?api-version=" + percent_encoded(options.api_version);
  return path;
}

HttpApi azure_api(Options options) {
  HttpApi api;
  api.key_header = "api-key: ";
  if (options.dated) api.identity["api"] = "deployments";
  if (!options.api_version.empty()) api.identity["api_version"] = options.api_version;
  api.encode = [options = std::move(options)](
                   const Request& request,
                   std::span<const PictureFile> pictures) -> Result<WireRequest> {
    return WireRequest{path_of(options, request.model),
                       chat::encode(request, pictures, options.max_tokens_field)};
  };
  api.decode = chat::decode;
  return api;
}

Options read_options(SettingsReader& in) {
  Options options;
  options.dated = in.one_of("api", {"v1", "deployments"}) == "deployments";
  options.api_version = in.text("api_version", options.dated ? kDatedVersion : "");
  options.max_tokens_field = in.one_of("max_tokens_field", {"max_completion_tokens", "max_tokens"});
  return options;
}

}  // namespace

Result<std::unique_ptr<Backend>> make_azure(const BackendConfig& config) {
  const HttpDefaults defaults{
      "", {"AZURE_OPENAI_API_KEY"}, "AZURE_OPENAI_ENDPOINT", "", "azure.com"};
  SettingsReader in("azure", config.settings);
  STAREVAL_TRY(HttpConnection connection, read_connection(config, defaults, in));
  Options options = read_options(in);
  STAREVAL_CHECK(in.status());
  connection.endpoint =
      with_ending(std::move(connection.endpoint), {options.dated ? "/openai" : "/openai/v1"});
  return std::make_unique<HttpBackend>(std::move(connection), azure_api(std::move(options)));
}

void register_azure(Registry& registry) {
  registry.add_backend(
      "azure", {"chat completions of Azure OpenAI; --model names the deployment", "", make_azure});
}

}  // namespace stareval
