#include "engine/graph/table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "libstareval/base/text.h"

namespace stareval::engine {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::vector<std::string_view> cells_of(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  std::vector<std::string_view> cells = split(line, '\t');
  for (std::string_view& cell : cells) cell = trim(cell);
  return cells;
}

Error not_utf8(const std::string& where) {
  return make_error(ErrorCode::bad_data,
                    "{}: expected UTF-8, found other bytes; convert the file, for example with "
                    "iconv -f latin1 -t utf-8",
                    where);
}

Error wrong_header(const std::string& where, std::span<const std::string_view> columns,
                   std::string_view found) {
  return make_error(ErrorCode::bad_data,
                    "{}: expected the header \"{}\" with tabs between, found \"{}\"; write the "
                    "header as the first line",
                    where, fmt::join(columns, " "), found);
}

Error wrong_cells(const std::string& where, std::span<const std::string_view> columns,
                  std::size_t found) {
  return make_error(ErrorCode::bad_data,
                    "{}: expected {} cells ({}) with tabs between, found {}; an empty cell still "
                    "needs its tab",
                    where, columns.size(), fmt::join(columns, ", "), found);
}

}  // namespace

Result<std::vector<TableRow>> read_table(std::string_view text, const std::string& path,
                                         std::span<const std::string_view> columns) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::vector<TableRow> rows;
  std::size_t number = 0;
  for (const std::string_view line : split(text, '\n')) {
    std::string where = fmt::format("{}:{}", path, ++number);
    if (!is_valid_utf8(line)) return not_utf8(where);
    std::vector<std::string_view> cells = cells_of(line);
    if (number == 1) {
      if (!std::equal(cells.begin(), cells.end(), columns.begin(), columns.end()))
        return wrong_header(where, columns, fmt::format("{}", fmt::join(cells, " ")));
      continue;
    }
    if (trim(line).empty()) continue;
    if (cells.size() != columns.size()) return wrong_cells(where, columns, cells.size());
    rows.push_back({std::move(where), std::move(cells)});
  }
  return rows;
}

}  // namespace stareval::engine
