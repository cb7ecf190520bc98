// Triples written in a notation, anywhere in a text:
//     (head, relation, tail)    also with ; or |, in [ ] or < >, each part quoted or not
//     head -relation-> tail     also --relation-->, -[relation]->, head -> relation -> tail,
//                               and the arrows → ⟶
//     {"head": .., "relation": .., "tail": ..}    also subject, predicate, object; lists of these
//     | head | relation | tail |    a row of a table, with or without a number before it
//     head: .. relation: .. tail: ..    on one line or three
// Names may hold commas and brackets: of all cuts, the one counts whose parts the vocabulary
// holds.
// Thread  pure functions.
#pragma once

#include <string_view>
#include <vector>

#include "libstareval/extract/extraction.h"
#include "libstareval/extract/vocabulary.h"

namespace stareval {

// What the JSON key above a triple says of it: {"not_shown": ..}, {"correct": ..}.
enum class Verdict { none, denied, approved };

struct NotedTriple {
  Triple triple;  // in the spelling of the vocabulary where a part is in it
  Span span;
  bool unclear = false;  // several cuts fit as well as one another
  Verdict verdict = Verdict::none;
};

// In the order of the text; spans do not overlap. `text` is what may be read of a reply.
// Cost  linear, but for brackets: at most 400 bytes of each are looked at.
[[nodiscard]] std::vector<NotedTriple> noted_triples(std::string_view text,
                                                     const Vocabulary& vocabulary);

// "head, relation, tail", "head | relation | tail" or "head - relation - tail" as the whole text;
// at most one.
[[nodiscard]] std::vector<NotedTriple> bare_triple(std::string_view text, Span span,
                                                   const Vocabulary& vocabulary);

}  // namespace stareval
