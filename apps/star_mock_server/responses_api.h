// The responses format of OpenAI, under any prefix. Refuses what the real API is documented
// to refuse.   Source  https://platform.openai.com/docs/api-reference/responses
// Thread  pure functions.
#pragma once

#include "apps/star_mock_server/mock_api.h"

namespace stareval {

[[nodiscard]] MockApi responses_api();

}  // namespace stareval
