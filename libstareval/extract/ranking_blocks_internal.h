// Lists that take several lines, or JSON; and what the text before a list says of it.
// Thread  pure functions.
#pragma once

#include <optional>
#include <vector>

#include "libstareval/extract/ranking_items_internal.h"

namespace stareval::extract {

// A line that holds something.
struct Row {
  enum class Kind { plain, numbered, bullet, ruler };  // ruler: of a table, with its header
  Kind kind = Kind::plain;
  int number = 0;
  std::size_t indent = 0;
  Span line;
  Span item;  // without number or bullet
};

[[nodiscard]] std::vector<Row> rows_of(const Candidates& candidates, const Source& source,
                                       Span span);

// What the line before a list, or the text before it in its line, makes of it.
enum class Intro {
  none,
  listing,  // "The candidates are:"
  denied,   // "These are ruled out:"
  ranked,   // "Ranking:", "Most likely first:"
  final     // "Final ranking:"
};

// Numbered lines whose numbers run on, with what stands between them, or bullets.
struct Block {
  std::size_t first = 0;  // rows
  std::size_t last = 0;
  bool numbered = false;
  Intro intro = Intro::none;
  Listing listing;
};

[[nodiscard]] std::vector<Block> blocks_of(const Candidates& candidates, const Source& source,
                                           const std::vector<Row>& rows);

// A name a line, without any sign. `all`: each row must be one; else the first rows that are, up to
// an empty line.
[[nodiscard]] Listing plain_lines(const Candidates& candidates, const Source& source,
                                  const std::vector<Row>& rows, bool all);

struct FoundList {
  Listing listing;
  Intro intro = Intro::none;
  bool ordered = false;  // by numbers, ">" or JSON: needs no announcement
};

// "My ranking: a, b, c"; "so the order is a > b > c".
[[nodiscard]] std::optional<FoundList> announced_list(const Candidates& candidates,
                                                      const Source& source, const Row& row);

// ["a", "b"], [{"rank": 1, "answer": "a"}, ..], {"ranking": ["a", "b"]}: where JSON is all there is
// but for the fence around it; where it opens the span; and all JSON in the span.
[[nodiscard]] std::optional<Listing> whole_json(const Candidates& candidates, const Source& source,
                                                Span span);
[[nodiscard]] std::optional<Listing> leading_json(const Candidates& candidates,
                                                  const Source& source, Span span);
[[nodiscard]] std::vector<FoundList> json_lists(const Candidates& candidates, const Source& source,
                                                Span span);

}  // namespace stareval::extract
