// Dense numbers for texts, in the order in which they are first met.
// Cost    one hash look-up a text; a copy of each different text.
// Thread  for one thread.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace stareval::engine {

class Interner {
 public:
  [[nodiscard]] std::uint32_t add(std::string_view text) {
    const auto known = numbers_.find(text);
    if (known != numbers_.end()) return known->second;
    const auto number = static_cast<std::uint32_t>(texts_.size());
    numbers_.emplace(texts_.emplace_back(text), number);
    return number;
  }

  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view text) const {
    const auto known = numbers_.find(text);
    if (known == numbers_.end()) return std::nullopt;
    return known->second;
  }

  [[nodiscard]] const std::deque<std::string>& texts() const { return texts_; }

 private:
  std::deque<std::string> texts_;  // a deque never moves what the keys point into
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
};

}  // namespace stareval::engine
