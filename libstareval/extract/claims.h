// The triples that a description states, by rule and without fuzz.
// Read, in this order, each part of the text once:
//     1. triples in a notation (notation.h) with a known relation, or two known entities
//     2. sentences worded as the reference description words that relation
//     3. sentences that hold entities and a relation label in an order that fits:
//            France borders Spain            The capital of France is Paris
//            Paris is the capital of France  France has Paris as its capital
//            France borders Spain and Italy  France's capital is Paris
// Names: whole words in the form of normalise_name; the longest first, none overlapping another. A
// label may have a plural or third-person s ("borders", "border") at its first or last word.
// A sentence with a negation, or that asks, states nothing by rule 3.
// Limits: no pronouns, no synonyms of labels, no names that the picture does not show, so that a
// fact about an invented entity in prose is not seen (in a notation it is).
// Thread  immutable after construction.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "libstareval/extract/extraction.h"
#include "libstareval/extract/vocabulary.h"

namespace stareval {

class ClaimReader {
 public:
  // `reference` describes `triples`, a sentence each; its wording is what rule 2 knows. Both may
  // be empty.
  ClaimReader(const Graph& graph, std::span<const Triple> triples, std::string_view reference);
  ~ClaimReader();
  ClaimReader(const ClaimReader&) = delete;
  ClaimReader& operator=(const ClaimReader&) = delete;

  // The different triples stated, sorted, in the spelling of the graph; in <answer> tags where
  // there are any. None: no triple is stated. Ambiguous: answer tags that state different things,
  // or of which some state nothing. Cost: linear in the reply.
  [[nodiscard]] Extraction<std::vector<Triple>> extract(std::string_view reply) const;

 private:
  struct Parts;
  std::unique_ptr<const Parts> parts_;
};

}  // namespace stareval
