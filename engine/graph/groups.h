// Lists of numbers, one list a key, in two arrays: what an adjacency list is in little memory.
// Thread  immutable once built.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace stareval::engine {

class Groups {
 public:
  Groups() = default;

  // `visit(emit)` calls emit(key below `keys`, item) for each item, the same at each call: it is
  // called twice, so that no list of pairs is needed. Items of a key keep their order. Cost:
  // linear.
  template <class Visit>
  Groups(std::size_t keys, const Visit& visit) : starts_(keys + 1, 0) {
    visit([&](std::uint32_t key, std::uint32_t) { ++starts_[key + 1]; });
    for (std::size_t key = 0; key < keys; ++key) starts_[key + 1] += starts_[key];
    items_.resize(starts_.back());
    std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
    visit([&](std::uint32_t key, std::uint32_t item) { items_[next[key]++] = item; });
  }

  [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t key) const {
    return std::span(items_).subspan(starts_[key], starts_[key + 1] - starts_[key]);
  }

 private:
  std::vector<std::uint32_t> starts_{0};
  std::vector<std::uint32_t> items_;
};

}  // namespace stareval::engine
