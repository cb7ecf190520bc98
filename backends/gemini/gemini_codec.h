// The generateContent format of Gemini: requests to bytes, responses to replies.
// Source  https://ai.google.dev/api/generate-content ; errors: google.rpc.Status with RetryInfo
// Thread  pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "backends/shared/http_message.h"
#include "libstareval/base/result.h"
#include "libstareval/model/reply.h"
#include "libstareval/model/request.h"

namespace stareval::gemini {

// Where the requests of a model go, below the base URL: "models/MODEL:generateContent". A name with
// a slash ("tunedModels/x", "models/x") is taken as it is.
[[nodiscard]] std::string path_of(std::string_view model);

// `pictures` are those of the image parts of all messages, in their order. Messages of the role
// "system" become systemInstruction; "assistant" is "model" there. Extra fields merge with
// generationConfig.
// Errors  usage: a role that the API does not know, or a picture in a system message.
[[nodiscard]] Result<HttpBody> encode(const Request& request,
                                      std::span<const PictureFile> pictures);

// The reply in a response of any status.
//   2xx  finishReason MAX_TOKENS -> truncated
//        SAFETY, RECITATION, PROHIBITED_CONTENT, BLOCKLIST, SPII, LANGUAGE, those of images;
//        a prompt that was blocked -> refused
//        OTHER, MALFORMED_..., UNEXPECTED_TOOL_CALL ... -> api_error, and worth another attempt
//        any other -> answered, also without a text
//        Parts with `thought` are kept apart from the text; usage counts them as output.
//   others -> api_error by failure_of_status, after the retryDelay in the error's details
[[nodiscard]] Reply decode(const HttpResponse& response, const Secret& key);

}  // namespace stareval::gemini
