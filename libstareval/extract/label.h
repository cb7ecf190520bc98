// One label of a closed set out of replies: which relation holds between two things?
// Read    the label ("/per/org/member_of"), with or without its first slash; its last segments
// where
//         only one label ends so ("org/member_of", "member_of", "member of"); an alias of it;
//         {"relation": ..}; "the relation is ..", "label: .."
// Flagged several different labels; a label that is denied, doubted or supposed; last segments of
//         two labels
// Left    words of prose that happen to be a last segment ("the president of the country"), and
//         longer words that hold one ("partnership")
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "libstareval/extract/extraction.h"

namespace stareval {

// Other spellings of labels, each with the label that it means. One that means no label of the set
// is passed over.
using LabelAliases = std::map<std::string, std::string, std::less<>>;

// The labels of one dataset, ready to be looked up. Thread: immutable after construction.
class LabelSet {
 public:
  LabelSet(std::span<const std::string> labels, const LabelAliases& aliases);

  // What a text names, compared by normalise_name without white space around slashes.
  struct Found {
    std::size_t index = 0;
    bool known = false;
    bool shared = false;  // by two labels: the index is of the first
  };
  [[nodiscard]] Found find(std::string_view text) const;

 private:
  void add(std::string_view spelling, std::size_t index, bool whole);

  struct Entry {
    std::size_t index = 0;
    bool whole = false;  // all of a label or an alias, which outranks last segments
    bool shared = false;
  };
  std::map<std::string, Entry, std::less<>> entries_;  // by normal form
};

// Index of the label. Cost: linear.
[[nodiscard]] Extraction<std::size_t> extract_label(std::string_view reply, const LabelSet& labels);

// The same for labels that are looked up once.
[[nodiscard]] Extraction<std::size_t> extract_label(std::string_view reply,
                                                    std::span<const std::string> labels,
                                                    const LabelAliases& aliases = {});

}  // namespace stareval
