#include "backends/shared/secret.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "libstareval/base/base64.h"

namespace stareval {
namespace {

constexpr std::size_t kShortestKey = 8;  // bytes; keys of the providers have 20 and more
constexpr std::string_view kRemoved = "[key removed]";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::optional<int> hex_value(std::string_view digits) {
  int value = 0;
  for (const char digit : digits) {
    const char c = lower(digit);
    if (c >= '0' && c <= '9') value = value * 16 + (c - '0');
    else if (c >= 'a' && c <= 'f') value = value * 16 + (c - 'a' + 10);
    else return std::nullopt;
  }
  return value;
}

// How many bytes at the front of `text` stand for the character `c` of a key: as it is or in other
// letter case, as %XX, as \uXXXX, or behind a backslash. 0 where they do not.
std::size_t match_character(std::string_view text, char c) {
  const auto is_same = [c](char other) { return lower(other) == lower(c); };
  if (text.empty()) return 0;
  const auto spells = [&](std::string_view digits, std::size_t count) {
    const auto value = digits.size() == count ? hex_value(digits) : std::nullopt;
    return value && *value < 0x80 && is_same(static_cast<char>(*value));
  };
  if (text[0] == '%' && spells(text.substr(1, 2), 2)) return 3;
  if (text.starts_with("\\u") && spells(text.substr(2, 4), 4)) return 6;
  if (text[0] == '\\' && text.size() >= 2 && is_same(text[1])) return 2;
  return is_same(text[0]) ? 1 : 0;
}

// How many bytes at the front of `text` spell the key. 0 where they do not.
std::size_t match_key(std::string_view text, std::string_view key) {
  std::size_t length = 0;
  for (const char c : key) {
    const std::size_t size = match_character(text.substr(length), c);
    if (size == 0) return 0;
    length += size;
  }
  return length;
}

std::string without_spellings(std::string_view text, std::string_view key) {
  std::string kept;
  kept.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = match_key(text, key);
    if (length > 0) kept += kRemoved;
    else kept += text.front();
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return kept;
}

bool is_base64(char c) {
  const char l = lower(c);
  return (l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/' || c == '-' ||
         c == '_';
}

// The characters that the key alone decides in the base64 of anything that holds it, `before` bytes
// after the start of a group of three.
std::string base64_core(std::string_view key, std::size_t before) {
  const std::string whole = base64_encode(std::string(before, '\0') + std::string(key));
  const std::size_t first = (before * 8 + 5) / 6;
  const std::size_t end = (before + key.size()) * 8 / 6;
  return whole.substr(first, end - first);
}

// Without each occurrence of `core`, and the characters beside it, which hold the key's ends.
std::string without_base64(std::string text, const std::string& core) {
  auto at = text.find(core);
  if (at == std::string::npos) return text;
  std::string kept;
  std::size_t copied = 0;
  for (; at != std::string::npos; at = text.find(core, copied)) {
    const std::size_t begin = at > copied && is_base64(text[at - 1]) ? at - 1 : at;
    std::size_t end = at + core.size();
    if (end < text.size() && is_base64(text[end])) ++end;
    kept.append(text, copied, begin - copied);
    kept += kRemoved;
    copied = end;
  }
  return kept.append(text, copied);
}

}  // namespace

std::string Secret::reveal_into_header(std::string_view prefix) const {
  std::string line;
  line.reserve(prefix.size() + value_.size());
  line += prefix;
  line += value_;
  return line;
}

std::string Secret::redacted(std::string text) const {
  if (value_.size() < kShortestKey || text.size() < kShortestKey) return text;
  text = without_spellings(text, value_);
  for (std::size_t before = 0; before < 3; ++before) {
    std::string core = base64_core(value_, before);
    text = without_base64(std::move(text), core);
    std::replace(core.begin(), core.end(), '+', '-');
    std::replace(core.begin(), core.end(), '/', '_');
    text = without_base64(std::move(text), core);
  }
  return text;
}

}  // namespace stareval
