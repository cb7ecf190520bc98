// Counts out of replies: how many entities, relations, triples ...
// Read    7, 1,234, 3.0, seven, twenty-one, one hundred and five, "7 entities", "about 7",
//         "7 (seven)"
// Flagged "5-7", "5 or 6", "3 + 4", "more than 7", "not 7", several different numbers
// Left    3.5, -7, 50 %, 7e3, 2/3, 7th, numbers beyond 64 bits: not counts, hence nothing
//         "3 red nodes", "3 entities on the left", "France has 3": parts, unless a total follows
// In running text a number counts only where the words of its clause are known, and none of them
// restricts it: "The image shows 7 entities", "so there are 7", "3 + 4 = 7".
// Numbers of a list ("1. France", "2. Spain") are not candidates.
#pragma once

#include <cstdint>
#include <string_view>

#include "libstareval/extract/extraction.h"

namespace stareval {

// What the question counts. Known, it tells "7 entities and 9 relations" apart.
enum class Counted { anything, entities, relations, images, triples };

// The count is 0 or more. Cost: linear.
[[nodiscard]] Extraction<std::int64_t> extract_count(std::string_view reply,
                                                     Counted counted = Counted::anything);

}  // namespace stareval
