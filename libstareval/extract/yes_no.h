// Yes or no out of replies, with negation.
// Read     "Yes", "no.", "No, there is none", "Yes: ...", "it is true", "it is not true" (no)
// Flagged  "not yes", "yes and no", "not false"
// Not read "no entity ...", "No. 5", "nobody"
#pragma once

#include <string_view>

#include "libstareval/extract/extraction.h"

namespace stareval {

// What a yes affirms. Of a fault ("Is something wrong in the picture?"), "correct" and "wrong" are
// neither yes nor no: the words "yes" and "no" answer, less those that the rest contradicts ("No,
// the entity is wrong"), and plain claims: "There is an error", "All facts are correct" (no).
enum class Asks { truth, fault };

// True for yes. Cost: linear.
[[nodiscard]] Extraction<bool> extract_yes_no(std::string_view reply, Asks asks = Asks::truth);

}  // namespace stareval
