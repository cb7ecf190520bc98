// The messages format of Anthropic, under any prefix. Refuses what the real API is documented
// to refuse.   Source  https://platform.claude.com/docs/en/api/messages
// Thread  pure functions.
#pragma once

#include "apps/star_mock_server/mock_api.h"

namespace stareval {

[[nodiscard]] MockApi messages_api();

}  // namespace stareval
