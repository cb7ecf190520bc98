// For APIs that take the system prompt beside the messages, and not as one of them.
// Thread  pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libstareval/base/result.h"
#include "libstareval/model/request.h"

namespace stareval {

// usage where a role is none of system, user and assistant, or a system message holds a picture,
// which such an API has no place for.
[[nodiscard]] Result<void> check_roles(const Request& request, std::string_view backend);

// The texts of all system messages, in their order. The roles must have been checked.
[[nodiscard]] std::vector<std::string> system_texts(const Request& request);

// All other messages, in their order.
[[nodiscard]] std::vector<Message> without_system(const Request& request);

}  // namespace stareval
