// What the wire formats of the mock server have in common when they read a request.
// Thread  pure functions.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "apps/star_mock_server/mock_api.h"
#include "libstareval/base/json.h"
#include "libstareval/base/result.h"

namespace stareval {

// Append a text to the prompt, on a line of its own.
void add_text(MockQuestion& question, std::string_view text);

// Append the digest of a picture. bad_data where it is not base64, or empty.
[[nodiscard]] Result<void> add_base64_picture(MockQuestion& question, std::string_view base64);

// The same for "data:image/png;base64,...".
[[nodiscard]] Result<void> add_data_url_picture(MockQuestion& question, std::string_view url);

// bad_data where the media type is none that the vendors document for pictures.
[[nodiscard]] Result<void> check_media_type(std::string_view type);

// bad_data, with the name, where the object has a field beside `known`.
[[nodiscard]] Result<void> check_fields(const json::object& object, std::string_view where,
                                        std::initializer_list<std::string_view> known);

// bad_data where a number is given that is not within the limits, or no number.
[[nodiscard]] Result<void> check_range(const json::object& object, std::string_view field,
                                       double low, double high);

}  // namespace stareval
