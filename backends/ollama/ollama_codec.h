// The chat format of Ollama (/api/chat): requests to bytes, responses to replies.
// Source  https://docs.ollama.com/api/chat , https://docs.ollama.com/openapi.yaml
// Thread  pure functions.
#pragma once

#include <optional>
#include <span>

#include "backends/shared/http_message.h"
#include "libstareval/base/json.h"
#include "libstareval/model/reply.h"
#include "libstareval/model/request.h"

namespace stareval::ollama {

// `pictures` are those of the image parts of all messages, in their order. A message has one text
// there, and its pictures beside it: several texts stand on lines of their own. `think` is sent
// where it is given: true, false, or a level. Extra fields merge with `options`.
[[nodiscard]] HttpBody encode(const Request& request, std::span<const PictureFile> pictures,
                              const std::optional<json::value>& think);

// The reply in a response of any status.
//   2xx  done_reason "length" -> truncated
//        done false, or done_reason "load", "unload" -> api_error, and worth another attempt
//        any other -> answered, also without a text
//        message.thinking is kept apart from the text.
//   2xx that holds an error -> api_error, and worth another attempt: the model broke down
//   others -> api_error by failure_of_status, with the server's message quoted
[[nodiscard]] Reply decode(const HttpResponse& response, const Secret& key);

}  // namespace stareval::ollama
