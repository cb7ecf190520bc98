// The backend "openai": chat completions or responses of OpenAI, and of any server that speaks them
// (vLLM, SGLang, llama.cpp, Ollama, gateways).
// Key         OPENAI_API_KEY; optional where the base URL is not api.openai.com.
// Base URL    --base-url, else OPENAI_BASE_URL, else https://api.openai.com/v1
// Settings    api, max_tokens_field, timeout_s, sample_header (README.md)
#pragma once

#include <memory>

#include "libstareval/base/result.h"
#include "libstareval/model/backend.h"
#include "libstareval/run/registry.h"

namespace stareval {

// Sees pictures, and takes the temperature 0 of a run, since it reasons only where it is told to.
inline constexpr const char* kOpenAiModel = "gpt-5.4";

// Errors  usage: no key, a wrong base URL or setting. Opens no connection.
[[nodiscard]] Result<std::unique_ptr<Backend>> make_openai(const BackendConfig& config);

void register_openai(Registry& registry);

}  // namespace stareval
