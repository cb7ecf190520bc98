#include "backends/gemini/gemini.h"

#include <utility>

#include "backends/gemini/gemini_codec.h"
#include "backends/shared/http_backend.h"

namespace stareval {
namespace {

HttpApi gemini_api() {
  HttpApi api;
  api.key_header = "x-goog-api-key: ";
  api.encode = [](const Request& request,
                  std::span<const PictureFile> pictures) -> Result<WireRequest> {
    STAREVAL_TRY(HttpBody body, gemini::encode(request, pictures));
    return WireRequest{gemini::path_of(request.model), std::move(body)};
  };
  api.decode = gemini::decode;
  return api;
}

}  // namespace

Result<std::unique_ptr<Backend>> make_gemini(const BackendConfig& config) {
  const HttpDefaults defaults{kGeminiModel,
                              {"GEMINI_API_KEY", "GOOGLE_API_KEY"},
                              "GEMINI_BASE_URL",
                              "https://generativelanguage.googleapis.com",
                              "googleapis.com"};
  SettingsReader in("gemini", config.settings);
  STAREVAL_TRY(HttpConnection connection, read_connection(config, defaults, in));
  STAREVAL_CHECK(in.status());
  connection.endpoint = with_ending(std::move(connection.endpoint), {"/v1beta", "/v1", "/v1alpha"});
  return std::make_unique<HttpBackend>(std::move(connection), gemini_api());
}

void register_gemini(Registry& registry) {
  registry.add_backend("gemini", {"generateContent of the Gemini API", kGeminiModel, make_gemini});
}

}  // namespace stareval
