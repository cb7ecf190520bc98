// The server's side of the chat completions format: what a request asks, and the bytes of an
// answer. Thread  pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "apps/star_mock_server/mock_script.h"
#include "libstareval/base/result.h"

namespace stareval {

struct ChatRequest {
  std::string model;
  std::string prompt;                 // the texts of all messages, a line feed between
  std::vector<std::string> pictures;  // digests of the bytes in the data URLs, in their order
};

// bad_data where the body is not a chat completion request, a picture is not a base64 data URL, or
// the answer is wanted as a stream.
[[nodiscard]] Result<ChatRequest> parse_chat_request(std::string_view body);

// Body of the answer that a step describes. `authorization` is repeated by Defect::echo only.
[[nodiscard]] std::string chat_body(const MockStep& step, const std::string& id,
                                    const std::string& model, const std::string& authorization);

[[nodiscard]] std::string_view content_type(const MockStep& step);

[[nodiscard]] std::string error_body(std::string_view message);

[[nodiscard]] std::string models_body();

}  // namespace stareval
