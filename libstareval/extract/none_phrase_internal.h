// Sentences that say that no fact is wrong.
#pragma once

#include <string_view>

namespace stareval::extract {

// Whether the whole text says so: "none", "No.", "There is no wrong triple in the graph", "Nothing
// is wrong", "All of the facts shown are correct", "The graph contains no error". One unknown word,
// and it does not: "no error in France", "all facts are correct except ...". Cost: linear.
[[nodiscard]] bool says_none(std::string_view text);

}  // namespace stareval::extract
