// ASCII letters in lower case, all other bytes as they are: for names of headers and hosts, and for
// words to compare. Thread  pure.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace stareval {

[[nodiscard]] inline std::string lower_case(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

}  // namespace stareval
