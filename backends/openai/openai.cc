#include "backends/openai/openai.h"

#include <utility>

#include "backends/openai/openai_batch.h"
#include "backends/openai/responses_codec.h"
#include "backends/shared/chat_codec.h"
#include "backends/shared/http_backend.h"

namespace stareval {
namespace {

constexpr const char* kHost = "api.openai.com";

HttpApi chat_api(std::string max_tokens_field) {
  HttpApi api;
  api.encode = [field = std::move(max_tokens_field)](
                   const Request& request,
                   std::span<const PictureFile> pictures) -> Result<WireRequest> {
    return WireRequest{"chat/completions", chat::encode(request, pictures, field)};
  };
  api.decode = chat::decode;
  return api;
}

HttpApi responses_api() {
  HttpApi api;
  api.identity = {{"api", "responses"}};
  api.encode = [](const Request& request,
                  std::span<const PictureFile> pictures) -> Result<WireRequest> {
    return WireRequest{"responses", responses::encode(request, pictures)};
  };
  api.decode = responses::decode;
  return api;
}

class OpenAi : public HttpBackend {
 public:
  OpenAi(HttpConnection connection, HttpApi api, std::string endpoint)
      : HttpBackend(std::move(connection), std::move(api)),
        batch_(this->connection(), this->api(), std::move(endpoint)) {}

  [[nodiscard]] BatchApi* batch() override { return &batch_; }

 private:
  OpenAiBatch batch_;
};

}  // namespace

Result<std::unique_ptr<Backend>> make_openai(const BackendConfig& config) {
  const HttpDefaults defaults{
      kOpenAiModel, {"OPENAI_API_KEY"}, "OPENAI_BASE_URL", "https://api.openai.com/v1", kHost};
  SettingsReader in("openai", config.settings);
  STAREVAL_TRY(HttpConnection connection, read_connection(config, defaults, in));
  const std::string api = in.one_of("api", {"chat", "responses"});
  std::string field =
      in.one_of("max_tokens_field", {"auto", "max_tokens", "max_completion_tokens"});
  STAREVAL_CHECK(in.status());
  if (field == "auto")
    field = connection.endpoint.host == kHost ? "max_completion_tokens" : "max_tokens";
  if (api == "responses")
    return std::make_unique<OpenAi>(std::move(connection), responses_api(), "/v1/responses");
  return std::make_unique<OpenAi>(std::move(connection), chat_api(std::move(field)),
                                  "/v1/chat/completions");
}

void register_openai(Registry& registry) {
  registry.add_backend(
      "openai", {"chat completions or responses of OpenAI, and of any server that speaks them",
                 kOpenAiModel, make_openai});
}

}  // namespace stareval
