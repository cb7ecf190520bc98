// Sentences of a description, kept whole where a name holds a full stop ("St. Peter Port").
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "libstareval/extract/vocabulary.h"

namespace stareval {

// Cut at line feeds, and at . ! ? ; before white space and a letter that is not lower case, unless
// a name of the vocabulary goes on there. Empty ones are left out. Views into the text.
// Cost: linear, times the number of names that hold a full stop.
[[nodiscard]] std::vector<std::string_view> sentences_of(std::string_view text,
                                                         const Vocabulary& vocabulary);

// An occurrence of a name in a text in normal form.
struct Mention {
  std::size_t name = 0;   // index into the names that were looked for
  std::size_t begin = 0;  // bytes
  std::size_t end = 0;
};

// Finds names in normal text: whole words, the longest first, none overlapping another.
class NameFinder {
 public:
  explicit NameFinder(std::vector<std::string> normal_names);

  // In the order of the text. Cost: linear in the text, times the names that share a first word.
  [[nodiscard]] std::vector<Mention> find(std::string_view normal_text) const;

 private:
  std::vector<std::string> names_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> by_first_word_;
};

}  // namespace stareval
