// The backend "anthropic": the messages API of Anthropic, and of servers that speak it.
// Key         ANTHROPIC_API_KEY; optional where the base URL is not below anthropic.com.
// Base URL    --base-url, else ANTHROPIC_BASE_URL, else https://api.anthropic.com ; with /v1 at its
//             end or without
// Settings    timeout_s, sample_header (README.md)
#pragma once

#include <memory>

#include "libstareval/base/result.h"
#include "libstareval/model/backend.h"
#include "libstareval/run/registry.h"

namespace stareval {

// The newest Sonnet that takes a temperature, which runs set to 0.
inline constexpr const char* kAnthropicModel = "claude-sonnet-4-6";

// Errors  usage: no key, a wrong base URL or setting. Opens no connection.
[[nodiscard]] Result<std::unique_ptr<Backend>> make_anthropic(const BackendConfig& config);

void register_anthropic(Registry& registry);

}  // namespace stareval
