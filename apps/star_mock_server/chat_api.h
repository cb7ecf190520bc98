// The chat completions format (OpenAI, Azure, vLLM, llama.cpp, OpenRouter ...), under any prefix.
// Azure names the model in the path: .../deployments/NAME/chat/completions?api-version=...
// Thread  pure functions.
#pragma once

#include "apps/star_mock_server/mock_api.h"

namespace stareval {

[[nodiscard]] MockApi chat_api();

// The body of GET .../models.
[[nodiscard]] std::string models_body();

}  // namespace stareval
