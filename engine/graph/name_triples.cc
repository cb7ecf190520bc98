#include "engine/graph/name_triples.h"

#include <algorithm>
#include <array>
#include <optional>

#include "libstareval/base/text.h"

namespace stareval::engine {
namespace {

using Cells = std::array<std::string_view, 3>;

constexpr std::array<Cells, 6> kHeaders{{{"head", "relation", "tail"},
                                         {"h", "r", "t"},
                                         {"subject", "predicate", "object"},
                                         {"s", "p", "o"},
                                         {"source", "relation", "target"},
                                         {"from", "relation", "to"}}};

bool is_header(const Cells& cells) {
  return std::any_of(kHeaders.begin(), kHeaders.end(), [&](const Cells& header) {
    return std::equal(cells.begin(), cells.end(), header.begin(), equals_ignoring_case);
  });
}

std::optional<Cells> parse_cells(std::string_view line) {
  if (std::count(line.begin(), line.end(), '\t') != 2) return std::nullopt;
  Cells cells;
  for (std::string_view& cell : cells) {
    cell = trim(take_until(line, '\t'));
    if (cell.empty()) return std::nullopt;
  }
  return cells;
}

}  // namespace

void read_name_triples(const SourceText& file, GraphBuilder& builder) {
  for_each_line(file, [&](const Place& place, std::string_view line) {
    if (trim(line).empty()) return;
    const auto cells = parse_cells(line);
    if (!cells)
      builder.drop_row(&LoadReport::malformed_rows, place,
                       "head, relation and tail with tabs between", line);
    else if (place.line > 1 || !is_header(*cells))
      builder.add_triple({builder.entity((*cells)[0]), builder.relation((*cells)[1]),
                          builder.entity((*cells)[2])});
  });
}

}  // namespace stareval::engine
