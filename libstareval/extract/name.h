// A name out of replies to open questions: which entity or relation is masked?
// Read    the whole reply where it is nothing but a name; "The answer is ..", "Entity: ..",
//         <answer> tags, boxes, {"answer": ..}; a name in lower case out of fixed sentences only
//         ("It is ..", "The missing entity is ..", ".. is the missing entity").
//         Quotes, bold and the last full stop are cut off.
// Flagged "a or b", lists of three and more, "not a", "maybe a", a question
// Left    sentences, "unknown", "none", "yes": they name nothing
// One comma, and "and", are part of the name ("Portland, Oregon", "Trinidad and Tobago"). What is
// read is compared with the gold and its other spellings by normalise_name; this reader knows
// neither.
#pragma once

#include <string>
#include <string_view>

#include "libstareval/extract/extraction.h"

namespace stareval {

// The name as the reply spells it. Two of one normal form are the same. Cost: linear.
[[nodiscard]] Extraction<std::string> extract_name(std::string_view reply);

}  // namespace stareval
