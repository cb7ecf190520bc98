// Yes or no out of replies, with negation.
// Read     "Yes", "no.", "No, there is none", "Yes: ...", "it is true", "it is not true" (no)
// Flagged  "not yes", "yes and no", "not false"
// Not read "no entity ...", "No. 5", "nobody"
#pragma once

#include <string_view>

#include "libstareval/extract/extraction.h"

namespace stareval {

// True for yes. Cost: linear.
[[nodiscard]] Extraction<bool> extract_yes_no(std::string_view reply);

}  // namespace stareval
