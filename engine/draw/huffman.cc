#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>

#include "engine/draw/huffman_internal.h"

namespace stareval::engine {
namespace {

constexpr std::size_t kDeepest = 40;  // more than 2^26 counts of Fibonacci numbers would need

// How many symbols of `ordered`, the rarest first, have which length in the tree of Huffman 1952.
// Two queues: leaves in order, and inner nodes, which arise in order.
std::array<int, kDeepest> depths(std::span<const std::uint32_t> counts,
                                 const std::vector<std::size_t>& ordered) {
  const std::size_t leaves = ordered.size();
  std::vector<std::uint64_t> weight(2 * leaves - 1);
  std::vector<std::size_t> parent(2 * leaves - 1);
  for (std::size_t i = 0; i < leaves; ++i) weight[i] = counts[ordered[i]];
  std::size_t leaf = 0;
  std::size_t inner = leaves;
  for (std::size_t next = leaves; next < weight.size(); ++next)
    for (int child = 0; child < 2; ++child) {
      const bool take_leaf = leaf < leaves && (inner >= next || weight[leaf] <= weight[inner]);
      const std::size_t taken = take_leaf ? leaf++ : inner++;
      parent[taken] = next;
      weight[next] += weight[taken];
    }
  std::vector<std::size_t> depth(weight.size());
  std::array<int, kDeepest> count{};
  for (std::size_t i = weight.size() - 1; i-- > 0;) {
    depth[i] = depth[parent[i]] + 1;
    if (i < leaves) ++count[std::min(depth[i], kDeepest - 1)];
  }
  return count;
}

// Shortens codes beyond `most`, and lengthens others until the code is complete again.
void limit(std::array<int, kDeepest>& count, std::size_t most) {
  for (std::size_t length = most + 1; length < kDeepest; ++length) {
    count[most] += count[length];
    count[length] = 0;
  }
  std::uint64_t used = 0;  // in units of the longest code
  for (std::size_t length = 1; length <= most; ++length)
    used += static_cast<std::uint64_t>(count[length]) << (most - length);
  for (; used > 1ULL << most; --used) {
    std::size_t length = most - 1;
    while (count[length] == 0) --length;
    --count[length];
    count[length + 1] += 2;
    --count[most];
  }
}

std::uint16_t reversed(unsigned code, unsigned length) {
  unsigned out = 0;
  for (unsigned i = 0; i < length; ++i) out |= ((code >> i) & 1U) << (length - 1 - i);
  return static_cast<std::uint16_t>(out);
}

// The code words that follow from the lengths.
void number(HuffmanCode& code) {
  std::array<unsigned, kDeepest> count{};
  for (const std::uint8_t length : code.lengths) ++count[length];
  count[0] = 0;
  std::array<unsigned, kDeepest> next{};  // code word of each length
  for (std::size_t length = 1; length < kDeepest; ++length)
    next[length] = (next[length - 1] + count[length - 1]) << 1U;
  for (std::size_t symbol = 0; symbol < code.lengths.size(); ++symbol)
    if (const unsigned length = code.lengths[symbol]; length > 0)
      code.bits[symbol] = reversed(next[length]++, length);
}

}  // namespace

HuffmanCode huffman_code(std::span<const std::uint32_t> counts, int most_bits) {
  HuffmanCode code{std::vector<std::uint8_t>(counts.size()),
                   std::vector<std::uint16_t>(counts.size())};
  std::vector<std::size_t> ordered;
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] > 0) ordered.push_back(i);
  if (ordered.size() <= 1) {
    for (const std::size_t only : ordered) code.lengths[only] = 1;
    return code;
  }
  std::stable_sort(ordered.begin(), ordered.end(),
                   [&](std::size_t a, std::size_t b) { return counts[a] < counts[b]; });
  auto count = depths(counts, ordered);
  limit(count, static_cast<std::size_t>(most_bits));
  std::size_t rarest = 0;
  for (auto length = static_cast<std::size_t>(most_bits); length > 0; --length)
    for (int i = 0; i < count[length]; ++i)
      code.lengths[ordered[rarest++]] = static_cast<std::uint8_t>(length);
  number(code);
  return code;
}

}  // namespace stareval::engine
