// Tab-separated tables with a header row: the files of a graph folder.
// Input   UTF-8, one row a line, LF or CRLF; a byte order mark and empty lines are passed over.
// Cells   no quoting: a cell is what stands between two tabs, white space cut from both ends.
// Thread  pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libstareval/base/result.h"

namespace stareval::engine {

struct TableRow {
  std::string where;                    // "entities.tsv:12", for errors
  std::vector<std::string_view> cells;  // as many as there are columns; point into the text
};

// `path` stands in errors. bad_data: another header, a row with too few or too many cells, bytes
// that are not UTF-8.
[[nodiscard]] Result<std::vector<TableRow>> read_table(std::string_view text,
                                                       const std::string& path,
                                                       std::span<const std::string_view> columns);

}  // namespace stareval::engine
