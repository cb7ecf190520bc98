// Text from users and servers within markdown.   Thread  pure function.
#pragma once

#include <string>
#include <string_view>

namespace stareval {

// What markdown or HTML would act upon made plain text; line breaks become spaces, other control
// characters question marks.
[[nodiscard]] std::string markdown_text(std::string_view text);

}  // namespace stareval
