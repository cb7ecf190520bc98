#include "engine/graph/interner.h"

#include <algorithm>
#include <functional>

namespace stareval::engine {
namespace {

std::uint32_t hash_of(std::string_view text) {
  return static_cast<std::uint32_t>(std::hash<std::string_view>()(text));
}

}  // namespace

// Where the text stands, or the free slot where it would.
std::size_t Interner::slot_of(std::uint32_t hash, std::string_view text) const {
  for (std::size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
    const Slot& slot = slots_[at];
    if (slot.number_plus_1 == 0) return at;
    if (slot.hash == hash && texts_[slot.number_plus_1 - 1] == text) return at;
  }
}

void Interner::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& slot : old)
    if (slot.number_plus_1 != 0) slots_[slot_of(slot.hash, texts_[slot.number_plus_1 - 1])] = slot;
}

std::uint32_t Interner::add(std::string_view text) {
  const std::uint32_t hash = hash_of(text);
  Slot& slot = slots_[slot_of(hash, text)];
  if (slot.number_plus_1 != 0) return slot.number_plus_1 - 1;
  char* copy = static_cast<char*>(memory_.allocate(std::max<std::size_t>(text.size(), 1), 1));
  std::copy(text.begin(), text.end(), copy);
  texts_.emplace_back(copy, text.size());
  const auto count = static_cast<std::uint32_t>(texts_.size());
  slot = {hash, count};
  if (texts_.size() * 2 > slots_.size()) grow();
  return count - 1;
}

std::optional<std::uint32_t> Interner::find(std::string_view text) const {
  const Slot& slot = slots_[slot_of(hash_of(text), text)];
  if (slot.number_plus_1 == 0) return std::nullopt;
  return slot.number_plus_1 - 1;
}

}  // namespace stareval::engine
