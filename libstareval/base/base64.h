// Base64 (RFC 4648, with padding), for pictures in requests.
#pragma once

#include <string>
#include <string_view>

#include "libstareval/base/result.h"

namespace stareval {

[[nodiscard]] std::string base64_encode(std::string_view bytes);

// bad_data where the text is not whole groups of the alphabet.
[[nodiscard]] Result<std::string> base64_decode(std::string_view text);

}  // namespace stareval
