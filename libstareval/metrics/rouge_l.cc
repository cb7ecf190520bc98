#include "libstareval/metrics/rouge_l.h"

#include <algorithm>
#include <map>

#include "libstareval/metrics/ngrams_internal.h"

namespace stareval {
namespace {

constexpr char32_t kKelvin = 0x212A;        // its lower case is k
constexpr char32_t kDottedCapital = 0x130;  // i and a combining dot, which parts words

// The byte that the lower case of a character starts with, or 0 where it is no part of a word.
char lower(char32_t c) {
  if (c >= U'A' && c <= U'Z') return static_cast<char>(c - U'A' + U'a');
  if ((c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9')) return static_cast<char>(c);
  if (c == kKelvin) return 'k';
  if (c == kDottedCapital) return 'i';
  return 0;
}

// Equal words as equal numbers.
std::vector<std::size_t> numbered(std::string_view text,
                                  std::map<std::string, std::size_t>& dictionary) {
  std::vector<std::size_t> numbers;
  for (const std::string& word : rouge_words(text))
    numbers.push_back(dictionary.try_emplace(word, dictionary.size()).first->second);
  return numbers;
}

std::size_t longest_common(const std::vector<std::size_t>& a, const std::vector<std::size_t>& b) {
  std::vector<std::size_t> row(b.size() + 1, 0);  // for a prefix of a, by prefix of b
  for (const std::size_t word : a) {
    std::size_t diagonal = 0;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = word == b[j - 1] ? diagonal + 1 : std::max(above, row[j - 1]);
      diagonal = above;
    }
  }
  return row.back();
}

}  // namespace

std::vector<std::string> rouge_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  for (const char32_t c : metrics::code_points(text)) {
    const char letter = lower(c);
    if (letter != 0) word += letter;
    if (letter == 0 || c == kDottedCapital) end_word();
  }
  end_word();
  return words;
}

RougeScore rouge_l(std::string_view text, std::string_view reference) {
  std::map<std::string, std::size_t> dictionary;
  const auto said = numbered(text, dictionary);
  const auto gold = numbered(reference, dictionary);
  if (said.empty() || gold.empty()) return {};
  const auto common = static_cast<double>(longest_common(said, gold));
  const auto words = static_cast<double>(said.size()),
             gold_words = static_cast<double>(gold.size());
  return {common / words, common / gold_words, 2.0 * common / (words + gold_words)};
}

}  // namespace stareval
