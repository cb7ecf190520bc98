// What was met while a graph was read, by kind: each has a defined treatment, and a count.
// Rows       rows = facts of the graph + duplicate_triples + self_loops + unknown_ids +
//            malformed_rows + attributes. Nothing goes missing without a count.
// Thread  values.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace stareval::engine {

struct LoadReport {
  std::string format;                 // "openke", "ntriples" ...
  std::size_t rows = 0;               // that hold, or should hold, a triple
  std::size_t duplicate_triples = 0;  // not counted again
  std::size_t self_loops = 0;         // dropped
  std::size_t unknown_ids = 0;        // dropped: an entity or a relation that no list names
  std::size_t malformed_rows = 0;     // dropped: not a triple
  std::size_t attributes = 0;  // of N-Triples: literals and types, no triples between entities
  std::size_t malformed_entries = 0;   // of lists of entities, relations and names: passed over
  std::size_t duplicate_ids = 0;       // of those lists: the first counts
  std::size_t wrong_counts = 0;        // files whose count line is missing, or not their size
  std::size_t not_utf8 = 0;            // names and labels: wrong bytes became U+FFFD
  std::size_t control_characters = 0;  // names and labels: tabs and the like became a space
  std::size_t unnamed = 0;             // entities and relations: the id stands for the name
  std::size_t equal_names = 0;         // entities: told apart as "Paris (2)"
  std::size_t equal_labels = 0;        // relations: told apart in the same way
  std::size_t unsettable = 0;          // names and labels in letters of no pinned font: never drawn
  std::size_t isolated = 0;            // entities in no triple
  std::size_t pictures = 0;            // entities with a picture
  std::vector<std::string> examples;   // the first few places: "file:line: expected ..., found ..."
};

// Lines for people, without line feeds: what was read, then a line for each kind that was met, then
// the examples. A clean graph has one line.
[[nodiscard]] std::vector<std::string> report_lines(const LoadReport& report);

}  // namespace stareval::engine
