// The backend "openai": chat completions of OpenAI, and of any server that speaks them (vLLM,
// SGLang, llama.cpp, Ollama, gateways). Pictures are read from disk when their request is sent,
// held against their digests, and sent byte for byte.
// Key         OPENAI_API_KEY; optional where the base URL is not api.openai.com.
// Base URL    --base-url, else OPENAI_BASE_URL, else https://api.openai.com/v1
// Settings    timeout_s, max_tokens_field, sample_header (README.md)
// Thread      submit() from one thread at a time; completions on the thread of the HTTP client.
#pragma once

#include <memory>

#include "libstareval/base/result.h"
#include "libstareval/model/backend.h"
#include "libstareval/run/registry.h"

namespace stareval {

inline constexpr const char* kOpenAiModel = "gpt-4o";

// Errors  usage: no key, a wrong base URL or setting. Opens no connection.
[[nodiscard]] Result<std::unique_ptr<Backend>> make_openai(const BackendConfig& config);

void register_openai(Registry& registry);

}  // namespace stareval
