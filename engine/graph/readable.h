// Names and labels that a person can read on a picture, out of ids that were made for machines.
//     name    "Gilles_Mbang_Ondo" -> "Gilles Mbang Ondo"
//             "http://dbpedia.org/resource/S%C3%A3o_Paulo" -> "São Paulo"
//     label   "wasBornIn" -> "was born in", "AtLocation" -> "at location"
//             "/people/person/nationality" -> "nationality"; what several relations would be called
//             is made longer for all of them, until they differ (label_candidates())
// Thread  pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stareval::engine {

// What was repaired in a text.
struct CleanText {
  std::string text;
  bool not_utf8 = false;            // each wrong byte is U+FFFD
  bool control_characters = false;  // each run of white space and control characters is one space
};

// A text on one line, trimmed. Cost: linear; one allocation where the text is clean.
[[nodiscard]] CleanText clean_text(std::string_view text);

// Whether a name can stand on a picture: something of it is left by normalise_name(), and it is not
// the sign of a masked element.
[[nodiscard]] bool is_usable_name(std::string_view name);

// The part of an IRI that names the thing: after the last '#', '/' or ':', percent signs decoded.
// Other texts are returned as they are.
[[nodiscard]] std::string local_name(std::string_view id);

// A name out of an id: its local name, underscores as spaces, clean.
[[nodiscard]] std::string readable_name(std::string_view id);

// Labels for one relation, each more telling than the one before. A path is cut at '/', '#' and
// ':'; the first candidate is the last part, and each further one has a part more in front. Of the
// joined paths of Freebase ("/sports/team/roster./baseball/entry/position") they are: the last part
// ("position"); the last of the first path in front ("roster position"); or its type ("team
// position"); or both ("team roster position"); the last two parts ("entry position"); these with
// the first part ("sports entry position"); all parts. Labels of more than 40 bytes, which are
// hardly ever drawn, come last. A word is not written twice in a row.
[[nodiscard]] std::vector<std::string> label_candidates(std::string_view id);

struct UniqueLabels {
  std::vector<std::string> labels;  // unique also after normalise_name()
  std::size_t suffixed = 0;         // that could only be told apart by " (2)"
};

// The shortest candidates by which the relations differ. Cost: linear in all candidates, times
// their number for one relation.
[[nodiscard]] UniqueLabels unique_labels(std::span<const std::string> ids);

// A sentence with {head} and {tail}: a hand-written one for the relations of YAGO and VisualSem;
// "{head} was born in {tail}." for a label that starts with "is", "was", "has" ... or is a
// participle and "by"; else {head} has the relation "label" to {tail}.
[[nodiscard]] std::string default_statement(std::string_view label);

// The neutral form of default_statement().
[[nodiscard]] std::string neutral_statement(std::string_view label);

}  // namespace stareval::engine
