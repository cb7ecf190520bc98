// The chat completions format of OpenAI, which many servers speak: requests to bytes, responses to
// replies. Source  https://platform.openai.com/docs/api-reference/chat ; content filter of Azure:
// https://learn.microsoft.com/azure/ai-services/openai/concepts/content-filter
// Thread  pure functions.
#pragma once

#include <span>
#include <string>

#include "backends/shared/http_message.h"
#include "libstareval/model/reply.h"
#include "libstareval/model/request.h"

namespace stareval::chat {

// `pictures` are those of the image parts of all messages, in their order. `max_tokens_field` names
// the limit: "max_tokens", or "max_completion_tokens" for the models of OpenAI that reason.
// A message of one text is a plain string, which every server takes; others are lists of parts.
// Base64 needs no escaping, so no JSON document is built around it.
[[nodiscard]] HttpBody encode(const Request& request, std::span<const PictureFile> pictures,
                              const std::string& max_tokens_field);

// The reply in a response of any status.
//   2xx  finish_reason "length", "model_length" -> truncated
//        "content_filter", or a refusal -> refused
//        "error", "abort", "insufficient_system_resource", or an error in the choice -> api_error,
//        and worth another attempt
//        any other -> answered, also where the content is null or empty: the model said nothing
//        Reasoning fields are kept apart from the text.
//   2xx that is not a chat completion, or holds an error object -> api_error
//   400 with the code content_filter, as Azure answers -> refused
//   429 with the code insufficient_quota -> permanent: waiting does not fill an account
//   others -> api_error by failure_of_status, with the server's message quoted
// No text of the reply holds `key`.
[[nodiscard]] Reply decode(const HttpResponse& response, const Secret& key);

}  // namespace stareval::chat
