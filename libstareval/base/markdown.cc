#include "libstareval/base/markdown.h"

#include <fmt/format.h>

namespace stareval {

std::string markdown_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '|': out += "\\|"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      case '\\':
      case '`':
      case '~':
      case '*':
      case '_':
      case '[':
      case ']': out += fmt::format("\\{}", c); break;
      case '\n':
      case '\r': out += ' '; break;
      default: out += (c >= 0 && c < 0x20) || c == 0x7f ? '?' : c;
    }
  }
  return out;
}

}  // namespace stareval
