// Candidates in lists: what one item names, and lists within a line.
// Thread  immutable after construction; pure functions.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libstareval/extract/scan_internal.h"
#include "libstareval/extract/sentence.h"

namespace stareval::extract {

// What an item of a list says.
struct Item {
  enum class Kind {
    candidate,
    unknown,  // a short name of something else
    unclear,  // a candidate and something more: "France = Spain"
    prose     // a text without a candidate
  };
  Kind kind = Kind::unknown;
  std::size_t index = 0;  // of the candidate
};

// A list that is being read.
struct Listing {
  std::vector<std::size_t> order;
  std::size_t unknown = 0;
  bool unclear = false;
  Span span;                 // from the first item to the last
  std::vector<Span> places;  // of what is named, in the order of the text; none in JSON

  void add(const Item& item, Span place);
  void add_unplaced(const Item& item, Span place);
  [[nodiscard]] bool is_clear() const { return !order.empty() && !unclear; }
};

class Candidates {
 public:
  Candidates(std::span<const std::string> candidates, bool lettered);

  // The candidate of which the text is the name or the letter, or both; else unknown, or unclear
  // where letter and name disagree, or two candidates have the name.
  [[nodiscard]] Item exact(std::string_view text) const;

  // The same for an item that may give a reason: "France - it borders ..", "France (0.7)".
  [[nodiscard]] Item item(std::string_view text) const;

  // Whether a candidate's name stands anywhere in the text, or its letter is the text.
  [[nodiscard]] bool mentioned_in(std::string_view text) const;

  // The most separators that the name of one candidate holds ("Washington, D.C.").
  [[nodiscard]] std::size_t separators() const { return separators_; }

 private:
  struct Named {
    std::size_t index = 0;
    bool shared = false;  // by two candidates
  };

  [[nodiscard]] Item by_letter(std::string_view text) const;

  std::map<std::string, Named, std::less<>> by_name_;  // by normal form
  NameFinder finder_;
  std::size_t letters_ = 0;  // how many candidates stand behind letters
  std::size_t separators_ = 0;
};

// A list within one line: "a, b, c", "a > b > c", "1. a 2. b", or one name and its reason. Nothing
// is in the order, and nothing unclear, where the line is prose.
[[nodiscard]] Listing inline_list(const Candidates& candidates, const Source& source, Span span);

// Whether a short text holds words that names hardly hold, or announces something.
[[nodiscard]] bool is_sentence(std::string_view text);

// The candidate with which a text ends: "so the order is France".
[[nodiscard]] std::optional<Span> name_at_end(const Candidates& candidates, const Source& source,
                                              Span span);

// Whether a text about a list says that it does not run from the likeliest down: "from least to
// most likely", "in no particular order". Lower-case text.
[[nodiscard]] bool is_other_order(std::string_view lower);

// A number that opens an item at a place: "1.", "2)", "#3", "Rank 4:", "5th:". `end` is behind it;
// 0 where there is none.
struct ItemNumber {
  int value = 0;
  std::size_t end = 0;
};
[[nodiscard]] ItemNumber item_number(const Source& source, std::size_t at, std::size_t end);

}  // namespace stareval::extract
