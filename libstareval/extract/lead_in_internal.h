// Words that stand before and after a triple without brackets, and belong to none of its names:
// "Wrong: France, capital, Berlin", "1. France, ..", "The wrong triple is France, ..", ".. Berlin
// is wrong". Cost  linear in the names, by the number of entities.   Thread  pure functions.
#pragma once

#include "libstareval/extract/notation.h"

namespace stareval::extract {

// Cut such words from a head or tail that is not in the vocabulary. Unclear where they clear the
// triple, or say what is not known: "Correct: France, ..", ".. Berlin is not wrong".
void cut_lead_in(NotedTriple& noted, const Vocabulary& names);

}  // namespace stareval::extract
