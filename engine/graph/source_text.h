// The text of a file that a graph is read from, its lines, and their cells.
// Thread  pure functions.
#pragma once

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace stareval::engine {

// Pure readers take texts, so that tests and fuzzers need no files.
struct SourceText {
  std::string path;  // for errors
  std::string_view text;
};

struct Place {
  const SourceText& file;
  std::size_t line = 0;  // from 1; 0 where it is not known
};

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Calls visit(place, line) for each line, LF or CRLF taken off. A byte order mark is passed over; a
// text that ends in LF has no empty last line.
template <class Visit>
void for_each_line(const SourceText& file, const Visit& visit) {
  std::string_view rest = file.text;
  if (rest.starts_with(kByteOrderMark)) rest.remove_prefix(kByteOrderMark.size());
  for (Place place{file, 1}; !rest.empty(); ++place.line) {
    const auto end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    visit(place, line);
  }
}

// A whole number without a sign, and nothing else.
[[nodiscard]] inline std::optional<std::uint32_t> parse_number(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// Cut a piece off the front: up to the separator, which is passed over, or all of it.
[[nodiscard]] inline std::string_view take_until(std::string_view& text, char separator) {
  const auto end = text.find(separator);
  const std::string_view piece = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  return piece;
}

}  // namespace stareval::engine
