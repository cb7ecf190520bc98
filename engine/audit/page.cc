#include "engine/audit/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

#include "libstareval/base/markdown.h"

namespace stareval::engine {
namespace {

// Columns on a terminal: a byte that starts a character.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) != 0x80;
  }));
}

std::vector<std::size_t> widths_of(const PageTable& table) {
  std::vector<std::size_t> widths;
  for (const Column& column : table.columns) widths.push_back(width_of(column.title));
  for (const auto& row : table.rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  return widths;
}

std::string text_row(const PageTable& table, const std::vector<std::size_t>& widths,
                     const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string space(widths[i] - width_of(cells[i]), ' ');
    line += table.columns[i].right ? space + cells[i] : cells[i] + space;
    line += "  ";
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

std::vector<std::string> titles_of(const PageTable& table) {
  std::vector<std::string> titles;
  for (const Column& column : table.columns) titles.push_back(column.title);
  return titles;
}

std::string text_table(const PageTable& table) {
  const std::vector<std::size_t> widths = widths_of(table);
  std::string text = text_row(table, widths, titles_of(table));
  for (const auto& row : table.rows) text += text_row(table, widths, row);
  return text;
}

std::string markdown_row(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const std::string& cell : cells) line += " " + markdown_text(cell) + " |";
  return line + "\n";
}

std::string markdown_table(const PageTable& table) {
  std::string text = markdown_row(titles_of(table)) + "|";
  for (const Column& column : table.columns) text += column.right ? "---:|" : "---|";
  text += "\n";
  for (const auto& row : table.rows) text += markdown_row(row);
  return text;
}

std::string lines_of(const std::vector<std::string>& lines, std::string_view indent) {
  std::string text;
  for (const std::string& line : lines) text += fmt::format("{}{}\n", indent, line);
  return text;
}

std::string bullets(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += fmt::format("* {}\n", markdown_text(line));
  return text;
}

}  // namespace

std::string to_text(const Audit& audit) {
  std::string text = fmt::format("audit of {}\n", one_line(audit.name));
  for (const Section& section : sections_of(audit)) {
    text += "\n";
    if (!section.heading.empty()) text += section.heading + "\n\n";
    text += lines_of(section.before, "");
    if (!section.table.rows.empty()) text += text_table(section.table);
    text += lines_of(section.after, "  ");
  }
  return text;
}

std::string to_markdown(const Audit& audit) {
  std::string text = fmt::format("# Audit of {}\n", markdown_text(one_line(audit.name)));
  for (const Section& section : sections_of(audit)) {
    text += "\n";
    if (!section.heading.empty()) text += fmt::format("## {}\n\n", section.heading);
    text += bullets(section.before);
    if (!section.table.rows.empty()) text += markdown_table(section.table);
    if (!section.after.empty()) text += "\n" + bullets(section.after);
  }
  return text;
}

}  // namespace stareval::engine
