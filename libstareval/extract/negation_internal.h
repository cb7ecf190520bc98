// What takes an answer back: struck out, denied before or after it, doubted. Shared by the readers.
// Cost  each function is linear in its text; those around an answer look at 300 bytes at most.
// Thread  pure functions.
#pragma once

#include <string>
#include <string_view>

#include "libstareval/extract/scan_internal.h"

namespace stareval::extract {

// Blanks what stands between "~~" and "~~" in one paragraph, or in <s>, <del> or <strike>.
void blank_struck_out(std::string& text);

// "(wrong)", "? No", "is wrong", "is ruled out", "is not right", a cross: directly after an answer
// that ends at a place. Lower-case text.
[[nodiscard]] bool is_denied_after(std::string_view lower, std::size_t at);

// A question mark directly after an answer that ends at a place.
[[nodiscard]] bool is_asked(std::string_view lower, std::size_t at);

// "it is not true that", "is not", "anything but", "other than", "ruled out", an unequal sign:
// before an answer that begins at a place, in its sentence. Lower-case text.
[[nodiscard]] bool is_denied_before(std::string_view lower, std::size_t at);

// Whether a sentence denies what it holds: "wrong", "ruled out", "anything but", a cross, or a
// question that the text after it answers by "no". For `has_negation`, see scan_internal.h.
[[nodiscard]] bool is_denied_sentence(std::string_view lower, Span sentence);

// ", no, 9", "- no, it's 9": a later answer takes the place of an earlier one. Lower-case text.
[[nodiscard]] bool has_replacement(std::string_view lower);

[[nodiscard]] bool has_cross(std::string_view text);  // anywhere: ✗ ✘ ✖ ❌ ❎
[[nodiscard]] std::size_t check_at(std::string_view text, std::size_t at);  // bytes of ✓ ✔ ✅, or 0

// Whether a sentence about facts states none: it negates, doubts, supposes, or leaves a choice.
// Its names should be blank. Lower-case text.
[[nodiscard]] bool claims_nothing(std::string_view lower);

}  // namespace stareval::extract
