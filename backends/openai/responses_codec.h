// The responses format of OpenAI: requests to bytes, responses to replies.
// Source  https://platform.openai.com/docs/api-reference/responses
// Thread  pure functions.
#pragma once

#include <span>

#include "backends/shared/http_message.h"
#include "libstareval/model/reply.h"
#include "libstareval/model/request.h"

namespace stareval::responses {

// `pictures` are those of the image parts of all messages, in their order. Sends "store": false:
// the provider is not to keep pictures of a dataset.
[[nodiscard]] HttpBody encode(const Request& request, std::span<const PictureFile> pictures);

// The reply in a response of any status.
//   2xx  status completed -> answered, also without a text; with a refusal part -> refused
//        incomplete for max_output_tokens -> truncated; for content_filter -> refused
//        failed -> api_error, as its code says; cancelled, queued, in_progress -> api_error, again
//        Reasoning items (their summaries, their texts) are kept apart from the text.
//   others, and 2xx that is not a response -> as for chat completions
[[nodiscard]] Reply decode(const HttpResponse& response, const Secret& key);

}  // namespace stareval::responses
