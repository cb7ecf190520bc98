// The messages format of Anthropic: requests to bytes, responses to replies.
// Source  https://platform.claude.com/docs/en/api/messages , .../api/errors ,
//         .../build-with-claude/handling-stop-reasons (version 2023-06-01)
// Thread  pure functions.
#pragma once

#include <span>

#include "backends/shared/http_message.h"
#include "libstareval/base/result.h"
#include "libstareval/model/reply.h"
#include "libstareval/model/request.h"

namespace stareval::messages {

// `pictures` are those of the image parts of all messages, in their order. Messages of the role
// "system" become the field `system`, in their order; the others keep their order.
// Errors  usage: log-probabilities (the API has none), a role that it does not know, or a picture
// in
//         a system message.
[[nodiscard]] Result<HttpBody> encode(const Request& request,
                                      std::span<const PictureFile> pictures);

// The reply in a response of any status.
//   2xx  stop_reason "max_tokens", "model_context_window_exceeded" -> truncated
//        "refusal" -> refused
//        any other -> answered, also without a text
//        Thinking blocks are kept apart from the text. Usage counts cached input as input.
//   2xx that is no message -> api_error; with an error object, as the error's type says
//   others -> api_error by failure_of_status (529 overloaded_error: again), the message quoted
[[nodiscard]] Reply decode(const HttpResponse& response, const Secret& key);

}  // namespace stareval::messages
