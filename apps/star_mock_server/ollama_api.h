// The chat format of Ollama, under any prefix. Refuses what the real API is documented
// to refuse.   Source  https://docs.ollama.com/api/chat
// Thread  pure functions.
#pragma once

#include "apps/star_mock_server/mock_api.h"

namespace stareval {

[[nodiscard]] MockApi ollama_api();

}  // namespace stareval
