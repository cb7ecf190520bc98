// Dense numbers for texts, in the order in which they are first met. Made for millions of look-ups:
// an open hash table of eight bytes a slot, and all texts one behind the other.
// Thread  for one thread; neither copied nor moved.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <optional>
#include <string_view>
#include <vector>

namespace stareval::engine {

class Interner {
 public:
  Interner() : slots_(16) {}

  // The number of the text, the next free one where the text is new. Cost: as a rule one look-up.
  [[nodiscard]] std::uint32_t add(std::string_view text);

  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view text) const;

  // By number; they live as long as the interner.
  [[nodiscard]] const std::vector<std::string_view>& texts() const { return texts_; }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number_plus_1 = 0;  // 0: free
  };
  [[nodiscard]] std::size_t slot_of(std::uint32_t hash, std::string_view text) const;
  void grow();

  std::pmr::monotonic_buffer_resource memory_;
  std::vector<std::string_view> texts_;
  std::vector<Slot> slots_;  // a power of two, at most half full
};

}  // namespace stareval::engine
