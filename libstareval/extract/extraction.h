// What answer extraction gives back: a value or none, always with the rule and the place.
// Extraction is pure: text in, value out. It never guesses: what is unclear is `ambiguous`.
#pragma once

#include <cstddef>
#include <string>

namespace stareval {

// Changes whenever some reply could be read in another way. Stored with each run.
inline constexpr const char* kExtractorVersion = "2";

struct Span {
  std::size_t begin = 0;  // bytes into the text of the reply
  std::size_t end = 0;

  friend bool operator==(const Span&, const Span&) = default;
};

enum class ReadStatus {
  found,      // one answer, stated clearly
  none,       // nothing that could be an answer
  ambiguous,  // several answers that differ, or one that is hedged, negated or contradicted
};

// Rule ids, in the order in which the rules are tried:
//     answer_tag  in <answer> ... </answer>          boxed   in \boxed{...}
//     statement   "the answer is ...", "Answer: ..."  bare    the reply is nothing but an answer
//     single      the one answer that the text states; for a count: how many there are of what is
//                 asked for, without a word that restricts it ("3 red nodes"), or a total
template <class T>
struct Extraction {
  ReadStatus status = ReadStatus::none;
  T value{};         // meaningful where found
  std::string rule;  // "" where none
  Span span;         // of the value; of the doubtful place where ambiguous
};

}  // namespace stareval
