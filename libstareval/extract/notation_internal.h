// The notations of notation.h, one function each. Spans are offsets into `text`.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "libstareval/extract/notation.h"
#include "libstareval/extract/scan_internal.h"

namespace stareval::extract {

// Bytes within which one triple is looked for. Longer names are not drawn.
inline constexpr std::size_t kTripleWindow = 400;

// A triple out of pieces between separators. Three pieces are its parts; of more, those cuts are
// tried whose joined parts are in the vocabulary. Nothing where the pieces are no triple.
[[nodiscard]] std::optional<NotedTriple> triple_of_pieces(std::string_view text,
                                                          const std::vector<Span>& pieces,
                                                          const Vocabulary& vocabulary);

// The pieces of a span between separators that stand outside of brackets and double quotes: | if
// there are two, else ; if there are two, else commas.
[[nodiscard]] std::vector<Span> pieces_of(std::string_view text, Span span);

[[nodiscard]] std::vector<NotedTriple> in_brackets(std::string_view text, const Vocabulary& names);
[[nodiscard]] std::vector<NotedTriple> with_arrows(std::string_view text, const Vocabulary& names);
[[nodiscard]] std::vector<Span> empty_accusations(std::string_view text);
[[nodiscard]] std::vector<NotedTriple> in_json(std::string_view text, const Vocabulary& names);
[[nodiscard]] std::vector<NotedTriple> in_tables(std::string_view text, const Vocabulary& names);
[[nodiscard]] std::vector<NotedTriple> with_labels(std::string_view text, const Vocabulary& names);

}  // namespace stareval::extract
