#include <utf8proc.h>

#include <algorithm>
#include <array>

#include "libstareval/metrics/ngrams_internal.h"

namespace stareval::metrics {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct Decoded {
  char32_t code_point;
  std::size_t bytes;
};

Decoded decode(std::string_view text) {
  utf8proc_int32_t code_point = 0;
  const auto bytes = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                      static_cast<utf8proc_ssize_t>(text.size()), &code_point);
  if (bytes <= 0) return {kReplacement, 1};
  return {static_cast<char32_t>(code_point), static_cast<std::size_t>(bytes)};
}

}  // namespace

std::u32string code_points(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Decoded next = decode(text);
    out += next.code_point;
    text.remove_prefix(next.bytes);
  }
  return out;
}

bool is_space(char32_t c) {
  constexpr std::array<char32_t, 8> kSingle{0x20,   0x85,   0xA0,   0x1680,
                                            0x2028, 0x2029, 0x202F, 0x205F};
  if ((c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F)) return true;
  if ((c >= 0x2000 && c <= 0x200A) || c == 0x3000) return true;
  return std::find(kSingle.begin(), kSingle.end(), c) != kSingle.end();
}

std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  std::size_t at = 0;
  const auto end_word = [&] {
    if (at > begin) words.push_back(text.substr(begin, at - begin));
  };
  while (at < text.size()) {
    const Decoded next = decode(text.substr(at));
    if (is_space(next.code_point)) {
      end_word();
      begin = at + next.bytes;
    }
    at += next.bytes;
  }
  end_word();
  return words;
}

// What is sorted by its first max_n units is sorted by its first n.
std::vector<Ngrams> sorted_ngrams(std::u32string_view sequence, std::size_t max_n) {
  Ngrams starts;
  starts.reserve(sequence.size());
  for (std::size_t i = 0; i < sequence.size(); ++i) starts.push_back(sequence.substr(i, max_n));
  std::sort(starts.begin(), starts.end());
  std::vector<Ngrams> by_order(max_n);
  for (std::size_t n = 1; n <= max_n; ++n) {
    by_order[n - 1].reserve(starts.size());
    for (const std::u32string_view start : starts)
      if (start.size() >= n) by_order[n - 1].push_back(start.substr(0, n));
  }
  return by_order;
}

std::size_t count_common(const Ngrams& a, const Ngrams& b) {
  std::size_t common = 0;
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
    const int order = x->compare(*y);
    if (order == 0) ++common;
    if (order <= 0) ++x;
    if (order >= 0) ++y;
  }
  return common;
}

}  // namespace stareval::metrics
