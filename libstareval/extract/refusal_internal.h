// The two steps of is_refusal: its test holds the first against the second.
// Cost  linear in the text.   Thread  pure functions.
#pragma once

#include <string_view>

namespace stareval::extract {

// False only where no phrase of a refusal can stand: text of ASCII, quotes and dashes in which no
// "I" goes on as one. Spares most replies the normal form.
[[nodiscard]] bool may_refuse(std::string_view text);

[[nodiscard]] bool is_refusal_in_full(std::string_view reply);

}  // namespace stareval::extract
