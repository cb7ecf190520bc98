// All wire formats of the mock server, and the one that a request is in.
// Thread  pure functions.
#pragma once

#include <span>

#include "apps/star_mock_server/mock_api.h"

namespace stareval {

[[nodiscard]] std::span<const MockApi> mock_apis();

// The format of a POST for this target; nullptr where there is none.
[[nodiscard]] const MockApi* find_api(std::string_view target);

// The path of a target, without its query.
[[nodiscard]] std::string_view path_of(std::string_view target);

}  // namespace stareval
