// The backend "azure": chat completions of Azure OpenAI (Foundry), where --model is the name of a
// deployment.
// Key         AZURE_OPENAI_API_KEY; optional where the base URL is not below azure.com.
// Base URL    --base-url, else AZURE_OPENAI_ENDPOINT: https://RESOURCE.openai.azure.com
// Settings    api, api_version, max_tokens_field, timeout_s, sample_header (README.md)
// Source      https://learn.microsoft.com/azure/foundry/openai/api-version-lifecycle (v1),
//             https://learn.microsoft.com/azure/ai-services/openai/reference (dated versions)
#pragma once

#include <memory>
#include <string>

#include "backends/shared/endpoint.h"
#include "libstareval/base/result.h"
#include "libstareval/model/backend.h"
#include "libstareval/run/registry.h"

namespace stareval {

struct AzureSurface {
  bool dated = false;       // a deployment in the path, a version in the query
  std::string api_version;  // "" for none
};

// The base of all requests: the resource, whatever of "/openai" and "/openai/v1" it was named with.
[[nodiscard]] Endpoint azure_endpoint(Endpoint resource, const AzureSurface& surface);

// Where the requests of a deployment go, below that.
[[nodiscard]] std::string azure_path(const AzureSurface& surface, const std::string& deployment);

// Errors  usage: no endpoint, no key, a wrong base URL or setting. Opens no connection.
[[nodiscard]] Result<std::unique_ptr<Backend>> make_azure(const BackendConfig& config);

void register_azure(Registry& registry);

}  // namespace stareval
