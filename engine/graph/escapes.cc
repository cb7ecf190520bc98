#include "engine/graph/escapes.h"

#include <charconv>
#include <cstdint>

namespace stareval::engine {
namespace {

constexpr std::string_view kLetters = "tbnrf\"'\\";
constexpr std::string_view kMeanings = "\t\b\n\r\f\"'\\";

void append_utf8(std::string& out, std::uint32_t code_point) {
  const bool none = code_point > 0x10FFFF || (code_point >= 0xD800 && code_point < 0xE000);
  const std::uint32_t c = none ? 0xFFFD : code_point;
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  const auto put_rest = [&](std::uint32_t shift) { put(0x80U | ((c >> shift) & 0x3FU)); };
  if (c < 0x80) put(c);
  else if (c < 0x800) put(0xC0U | c >> 6U);
  else if (c < 0x10000) put(0xE0U | c >> 12U);
  else put(0xF0U | c >> 18U);
  if (c >= 0x10000) put_rest(12);
  if (c >= 0x800) put_rest(6);
  if (c >= 0x80) put_rest(0);
}

// Length of the escape at the start of `text`, which is a backslash; 0 where it is none.
std::size_t append_escape(std::string& out, std::string_view text) {
  const char letter = text.size() > 1 ? text[1] : '\0';
  if (const auto at = kLetters.find(letter); at != std::string_view::npos) {
    out += kMeanings[at];
    return 2;
  }
  const std::size_t digits = letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
  if (digits == 0 || text.size() < 2 + digits) return 0;
  std::uint32_t code_point = 0;
  const char* end = text.data() + 2 + digits;
  if (std::from_chars(text.data() + 2, end, code_point, 16).ptr != end) return 0;
  append_utf8(out, code_point);
  return 2 + digits;
}

}  // namespace

std::string unescape(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (;;) {
    const auto at = text.find('\\');
    out += text.substr(0, at);
    if (at == std::string_view::npos) return out;
    text.remove_prefix(at);
    const std::size_t length = append_escape(out, text);
    if (length == 0) out += '\\';
    text.remove_prefix(length == 0 ? 1 : length);
  }
}

}  // namespace stareval::engine
