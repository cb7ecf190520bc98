// Which way a list runs: ties, shares and remarks that contradict the order of the text.
// Thread  pure functions.
#pragma once

#include <string_view>

#include "libstareval/extract/ranking_items_internal.h"

namespace stareval::extract {

// Whether a text says that a list in it does not run from the likeliest down: "by increasing
// probability", "from least to most likely", "in no particular order". Stricter than
// is_other_order(), for text that is not known to be about a list. Lower-case text.
[[nodiscard]] bool states_other_order(std::string_view lower);

// Whether what stands behind the names of a list contradicts its order: "a (10%), b (90%)",
// "1. a (least likely) 2. b", "a, b (tie)". Shares of equal size are a tie at the first place only.
// Cost: linear in the list.
[[nodiscard]] bool contradicts_itself(const Candidates& candidates, const Source& source,
                                      const Listing& listing);

// Whether the name that ends a text shares its place with what stands before it: "a = b", "a and
// b".
[[nodiscard]] bool is_tied_before(const Candidates& candidates, const Source& source, Span before);

// The text without the share at its end, and without the signs before it: "a: 0.3", "a - 30 %".
[[nodiscard]] std::string_view without_share(std::string_view text);

}  // namespace stareval::extract
