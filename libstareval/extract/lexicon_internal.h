// A fixed set of words, each with bits that say what it may mean. Made at compile time.
// Cost  a look-up hashes three bytes and the length, and compares about one word.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace stareval::extract {

using Meanings = std::uint32_t;

struct WordGroup {
  Meanings meanings;
  std::string_view words;  // parted by single spaces
};

// Slots: a power of two, above the number of words. A word of several groups has all their bits.
template <std::size_t Slots>
class Lexicon {
 public:
  constexpr Lexicon(std::initializer_list<WordGroup> groups) {
    for (const WordGroup& group : groups) add(group);
  }

  // 0 where the word is not in it.
  [[nodiscard]] constexpr Meanings of(std::string_view word) const {
    if (word.empty()) return 0;
    for (std::size_t slot = hash(word);; slot = (slot + 1) % Slots) {
      if (words_[slot].empty()) return 0;
      if (words_[slot] == word) return meanings_[slot];
    }
  }

  [[nodiscard]] constexpr bool has(std::string_view word) const { return of(word) != 0; }

 private:
  static constexpr std::size_t hash(std::string_view word) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(word[at]); };
    return (byte(0) * 37U + byte(word.size() / 2) * 11U + byte(word.size() - 1) * 101U +
            word.size() * 7U) %
           Slots;
  }

  constexpr void add(const WordGroup& group) {
    for (std::size_t begin = 0; begin < group.words.size();) {
      std::size_t end = group.words.find(' ', begin);
      if (end == std::string_view::npos) end = group.words.size();
      const auto word = group.words.substr(begin, end - begin);
      std::size_t slot = hash(word);
      while (!words_[slot].empty() && words_[slot] != word) slot = (slot + 1) % Slots;
      if (words_[slot].empty() && ++size_ >= Slots) throw "a lexicon needs an empty slot";
      words_[slot] = word;
      meanings_[slot] |= group.meanings;
      begin = end + 1;
    }
  }

  std::array<std::string_view, Slots> words_{};
  std::array<Meanings, Slots> meanings_{};
  std::size_t size_ = 0;
};

}  // namespace stareval::extract
