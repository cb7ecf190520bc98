// Lists of numbers, one list a key, in two arrays: what an adjacency list is in little memory.
// Thread  immutable once built.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace stareval::engine {

class Groups {
 public:
  Groups() = default;

  // `pairs` holds (key below `keys`, item); items of a key keep their order. Cost: linear.
  Groups(std::size_t keys, std::span<const std::pair<std::uint32_t, std::uint32_t>> pairs)
      : starts_(keys + 1, 0), items_(pairs.size()) {
    for (const auto& pair : pairs) ++starts_[pair.first + 1];
    for (std::size_t key = 0; key < keys; ++key) starts_[key + 1] += starts_[key];
    std::vector<std::size_t> next(starts_.begin(), starts_.end() - 1);
    for (const auto& [key, item] : pairs) items_[next[key]++] = item;
  }

  [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t key) const {
    return std::span(items_).subspan(starts_[key], starts_[key + 1] - starts_[key]);
  }

 private:
  std::vector<std::size_t> starts_;
  std::vector<std::uint32_t> items_;
};

}  // namespace stareval::engine
