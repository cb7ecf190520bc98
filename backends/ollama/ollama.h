// The backend "ollama": the native chat API of Ollama, on this machine, another, or ollama.com.
// Key         OLLAMA_API_KEY; needed for ollama.com alone.
// Base URL    --base-url, else OLLAMA_HOST ("host", "host:port", a URL), else
//             http://127.0.0.1:11434 ; with /api at its end or without
// Settings    think, timeout_s, sample_header (README.md)
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "libstareval/base/result.h"
#include "libstareval/model/backend.h"
#include "libstareval/run/registry.h"

namespace stareval {

inline constexpr const char* kOllamaModel = "qwen3-vl:8b";

// A URL for what OLLAMA_HOST may hold: http and port 11434 where they are missing, this machine for
// the addresses that a server listens on ("0.0.0.0"). "" stays "".
[[nodiscard]] std::string ollama_url(std::string_view host);

// Errors  usage: no key for ollama.com, a wrong base URL or setting. Opens no connection.
[[nodiscard]] Result<std::unique_ptr<Backend>> make_ollama(const BackendConfig& config);

void register_ollama(Registry& registry);

}  // namespace stareval
