// Errors in the shape of OpenAI, which both of its APIs and most servers beside it use.
// Thread  pure functions.
#pragma once

#include <optional>

#include "backends/shared/http_reply.h"
#include "libstareval/base/json.h"

namespace stareval {

// {"error": {"message", "code"}} of OpenAI, {"error": "text"} of others: in a body, or in a choice.
// A code from 400 to 599 is the status that the error stands for; else `otherwise` is, which is 0
// for an error in a response that has a status of its own. The code content_filter is a refusal;
// insufficient_quota is permanent.
[[nodiscard]] std::optional<ServerError> stated_error(const json::object& holder, int otherwise);

// Also {"message"} and {"detail"}, which say that something failed only where nothing else came.
[[nodiscard]] std::optional<ServerError> any_error(const json::object& body, int otherwise);

}  // namespace stareval
