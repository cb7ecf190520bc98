// Options in text: their letters, and their texts.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libstareval/extract/scan_internal.h"

namespace stareval::extract {

struct Option {
  std::string text;    // as given
  std::string lower;   // in lower case (ASCII)
  std::string normal;  // by normalise_name
};

// A place that may name an option.
struct Candidate {
  std::size_t index = 0;
  bool marked = false;  // clearly meant as a choice: "(C)", "option C", a proper name
  Span span;
};

class Options {
 public:
  explicit Options(std::span<const std::string> choices);

  [[nodiscard]] std::size_t size() const { return options_.size(); }
  [[nodiscard]] const Option& operator[](std::size_t index) const { return options_[index]; }

  // The options whose text equals the name; several where texts are duplicates.
  [[nodiscard]] std::vector<std::size_t> equal_to(std::string_view text) const;

  // The option with whose text a text begins, the longest that does.
  struct Prefix {
    std::size_t index = 0;
    std::string rest;  // what follows, by normalise_name
  };
  [[nodiscard]] std::optional<Prefix> prefix_of(std::string_view text) const;

  // Whether what follows a choice (by normalise_name) is another one: "or B", ", Rome", "(B)".
  [[nodiscard]] bool names_other(std::string_view rest, std::size_t index) const;

  // Bytes after a choice within which another one is looked for.
  [[nodiscard]] std::size_t window() const { return window_; }

  // Index of an upper-case letter; nothing where there is no such option.
  [[nodiscard]] std::optional<std::size_t> index_of(char letter) const;

  // Letters and texts in a span. Of texts that overlap, the longest counts.
  [[nodiscard]] std::vector<Candidate> candidates(const Source& source, Span span) const;

 private:
  void add_letters(const Source& source, Span span, std::vector<Candidate>& found) const;
  void add_texts(const Source& source, Span span, std::vector<Candidate>& found) const;

  std::vector<Option> options_;
  std::vector<std::size_t> by_length_;  // longest text first
  std::size_t window_ = 64;             // bytes that hold any option and what joins it
};

// A choice letter at the start of a text: "C", "(C)", "C.", "option C:", "c" alone.
struct Letter {
  std::size_t index = 0;
  std::size_t at = 0;   // of the letter
  std::size_t end = 0;  // past the signs that close it
};
[[nodiscard]] std::optional<Letter> leading_letter(const Options& options, const Source& source,
                                                   Span span);

// Words that may follow a letter that is a choice: "C because ...". Any other word makes it the
// article "A", the pronoun "I", or part of a name ("B flat").
[[nodiscard]] bool goes_on_after_choice(std::string_view word);

}  // namespace stareval::extract
