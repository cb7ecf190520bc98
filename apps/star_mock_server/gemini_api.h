// The generateContent format of Gemini, under any prefix. Refuses what the real API is documented
// to refuse.   Source  https://ai.google.dev/api/generate-content
// Thread  pure functions.
#pragma once

#include "apps/star_mock_server/mock_api.h"

namespace stareval {

[[nodiscard]] MockApi gemini_api();

}  // namespace stareval
