#include "backends/anthropic/anthropic.h"

#include <utility>

#include "backends/anthropic/messages_codec.h"
#include "backends/shared/http_backend.h"

namespace stareval {
namespace {

HttpApi messages_api() {
  HttpApi api;
  api.key_header = "x-api-key: ";
  api.headers = {"anthropic-version: 2023-06-01"};
  api.encode = [](const Request& request,
                  std::span<const PictureFile> pictures) -> Result<WireRequest> {
    STAREVAL_TRY(HttpBody body, messages::encode(request, pictures));
    return WireRequest{"messages", std::move(body)};
  };
  api.decode = messages::decode;
  return api;
}

}  // namespace

Result<std::unique_ptr<Backend>> make_anthropic(const BackendConfig& config) {
  const HttpDefaults defaults{kAnthropicModel,
                              {"ANTHROPIC_API_KEY"},
                              "ANTHROPIC_BASE_URL",
                              "https://api.anthropic.com",
                              "anthropic.com"};
  SettingsReader in("anthropic", config.settings);
  STAREVAL_TRY(HttpConnection connection, read_connection(config, defaults, in));
  STAREVAL_CHECK(in.status());
  connection.endpoint = with_ending(std::move(connection.endpoint), {"/v1"});
  return std::make_unique<HttpBackend>(std::move(connection), messages_api());
}

void register_anthropic(Registry& registry) {
  registry.add_backend("anthropic",
                       {"messages of Anthropic (Claude)", kAnthropicModel, make_anthropic});
}

}  // namespace stareval
