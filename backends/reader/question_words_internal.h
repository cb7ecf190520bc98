// The words of a question, and where its options stand.
// Thread  pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "backends/reader/question_internal.h"

namespace stareval::reader {

// What a run of three question marks or more becomes among the words.
inline constexpr std::string_view kMaskWord = "?";

struct Word {
  std::string text;  // lower case; "not" for "n't", and less a possessive s
  bool capital = false;
};

struct Sentence {
  std::vector<Word> words;  // less what stands in brackets, but for masks
  bool quotes = false;      // holds a quoted text
  bool of_form = false;     // says how to answer, and asks nothing

  // Whether the word is there, at or after `from`.
  [[nodiscard]] bool has(std::string_view list, std::size_t from = 0) const;
  [[nodiscard]] std::string_view at(std::size_t index) const;  // "" beyond the end
};

// Whether a list of words with spaces between holds the word.
[[nodiscard]] bool is_among(std::string_view list, std::string_view word);

// Cost: linear.
[[nodiscard]] std::vector<Sentence> sentences_of(std::string_view text);

struct OptionList {
  std::vector<Option> options;
  std::string rest;         // the message without their lines
  bool as_ranking = false;  // the rest asks for an order
};

// "A. France", "(A) France", "A: France" from A on; "- France"; "1. France"; the lines of a
// paragraph of their own where an order is asked for; "Options: France, Spain". Two or more, and
// not those that show the form of the answer.
[[nodiscard]] OptionList split_options(std::string_view message);

}  // namespace stareval::reader
