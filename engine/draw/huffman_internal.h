// Huffman codes as DEFLATE wants them (RFC 1951, section 3.2.2): canonical, of limited length.
// Thread  pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace stareval::engine {

struct HuffmanCode {
  std::vector<std::uint8_t> lengths;  // in bits, a number a symbol; 0 where a symbol does not occur
  std::vector<std::uint16_t> bits;  // in the order in which they are written: the first bit lowest
};

// The code of least total length for these counts, or nearly so where `most_bits` binds. A single
// symbol gets one bit; without any, all lengths are 0. There must be at most 2^most_bits symbols.
HuffmanCode huffman_code(std::span<const std::uint32_t> counts, int most_bits);

}  // namespace stareval::engine
