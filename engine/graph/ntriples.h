// N-Triples (W3C Recommendation 2014): "<subject> <predicate> <object> ." a line.
// Triples    between IRIs and blank nodes (_:b1). A fourth term, as in N-Quads, is passed over.
// Names      literals of rdfs:label, skos:prefLabel and schema:name name their subject. English
// goes
//            before no language, and that before other languages; then the first counts. Without
//            one, the local name of the IRI.
// Types      rdf:type gives the type of its subject, and no triple [D]: as triples they would join
//            everything with a few classes.
// Others     further literals are passed over. Each of these rows counts as an attribute.
// Relations  are labelled by the IRI, or by a name that the file gives it.
// Escapes    \t \b \n \r \f \" \' \\ \uXXXX \UXXXXXXXX in literals and IRIs; a code point that is
// none is
//            U+FFFD. Comments and empty lines are passed over.
// Thread  pure functions.
#pragma once

#include <span>

#include "engine/graph/graph_builder.h"
#include "engine/graph/source_text.h"

namespace stareval::engine {

// All files are one graph. Cost: linear.
void read_ntriples(std::span<const SourceText> files, GraphBuilder& builder);

}  // namespace stareval::engine
