// Looking for a key in what a program leaves behind: as it is, reversed, percent-encoded, escaped
// as in JSON, and in base64, alone or within something longer.
#pragma once

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "libstareval/base/base64.h"
#include "tests/support/temp_folder.h"

namespace stareval::testing {

// The part of base64(before + key + after) that is the same whatever stands around the key, for a
// `before` of so many bytes.
[[nodiscard]] inline std::string base64_core(std::size_t before, std::string_view key) {
  const std::string encoded = base64_encode(std::string(before, '\0') + std::string(key));
  const std::size_t first = (before * 8 + 5) / 6;  // characters that hold bits of `before`
  const std::size_t last = (before + key.size()) * 8 / 6;
  return encoded.substr(first, last - first);
}

[[nodiscard]] inline std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

// Every character by `prefix` and its two digits.
[[nodiscard]] inline std::string in_hex(std::string_view prefix, std::string_view key) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char c : key) {
    const auto byte = static_cast<unsigned char>(c);
    text += prefix;
    text += kDigits[byte / 16];
    text += kDigits[byte % 16];
  }
  return text;
}

// What is looked for; the letter case of a text does not matter, but in base64.
struct Spellings {
  std::vector<std::string> in_any_case;
  std::vector<std::string> exact;
};

[[nodiscard]] inline Spellings spellings_of(std::string_view key) {
  Spellings all;
  const std::string lower = lower_case(key);
  all.in_any_case = {lower, std::string(lower.rbegin(), lower.rend()), in_hex("%", key),
                     in_hex("\\u00", key), in_hex("", key)};
  for (const std::size_t before : {0U, 1U, 2U}) {
    std::string core = base64_core(before, key);
    all.exact.push_back(core);
    std::replace(core.begin(), core.end(), '+', '-');
    std::replace(core.begin(), core.end(), '/', '_');
    all.exact.push_back(core);
  }
  return all;
}

[[nodiscard]] inline bool holds_key(std::string_view text, std::string_view key) {
  const Spellings spellings = spellings_of(key);
  const std::string lower = lower_case(text);
  const auto in = [](std::string_view where) {
    return [where](const std::string& what) { return where.find(what) != std::string_view::npos; };
  };
  return std::any_of(spellings.in_any_case.begin(), spellings.in_any_case.end(), in(lower)) ||
         std::any_of(spellings.exact.begin(), spellings.exact.end(), in(text));
}

// Every file below the folder whose content or name holds the key.
[[nodiscard]] inline std::vector<std::string> files_with_key(const std::filesystem::path& folder,
                                                             std::string_view key) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (holds_key(entry.path().filename().string(), key) ||
        (entry.is_regular_file() && holds_key(read_bytes(entry.path()), key)))
      found.push_back(entry.path().string());
  return found;
}

}  // namespace stareval::testing
