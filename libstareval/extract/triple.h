// One triple, or "none", out of replies: which fact of the picture is wrong?
// Read    notation.h; "head, relation, tail" as the whole answer; "none", "There is no error",
//         "All facts are correct", "No triple is wrong", "I can't see any error"
// Flagged several different triples; "none" beside a triple;
//         a triple that no word calls wrong, within a longer text
#pragma once

#include <optional>
#include <string_view>

#include "libstareval/extract/extraction.h"
#include "libstareval/extract/vocabulary.h"

namespace stareval {

// Found with no triple: the reply says that nothing is wrong. The triple has the spelling of the
// vocabulary. A triple none of whose parts is in the vocabulary is passed over. Cost: linear.
[[nodiscard]] Extraction<std::optional<Triple>> extract_triple_or_none(
    std::string_view reply, const Vocabulary& vocabulary);

}  // namespace stareval
