#include "apps/star_eval/text_table.h"

#include <fmt/format.h>

#include <algorithm>

namespace stareval::app {

std::string align(const std::vector<TextRow>& rows, const std::vector<bool>& to_right) {
  std::vector<std::size_t> widths(to_right.size(), 0);
  for (const TextRow& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  std::string text;
  for (const TextRow& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i)
      line += to_right[i] ? fmt::format("{:>{}}  ", row[i], widths[i])
                          : fmt::format("{:<{}}  ", row[i], widths[i]);
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string for_terminal(std::string_view text, bool keep_lines) {
  std::string safe(text);
  for (std::size_t i = 0; i < safe.size(); ++i) {
    const auto byte = static_cast<unsigned char>(safe[i]);
    const auto next = i + 1 < safe.size() ? static_cast<unsigned char>(safe[i + 1]) : 0U;
    const bool is_line = keep_lines && (safe[i] == '\n' || safe[i] == '\t');
    if ((byte < 0x20 && !is_line) || byte == 0x7f) safe[i] = '?';
    if (byte == 0xc2 && next >= 0x80 && next < 0xa0) safe.replace(i, 2, "?");
  }
  return safe;
}

std::string percent(const std::optional<double>& fraction) {
  return fraction ? fmt::format("{:.1f} %", *fraction * 100) : "undefined";
}

}  // namespace stareval::app
