#include "engine/draw/deflate.h"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

#include "engine/draw/huffman_internal.h"

namespace stareval::engine {
namespace {

constexpr std::size_t kWindow = 32768;
constexpr std::size_t kShortest = 4;  // shorter matches seldom pay
constexpr std::size_t kLongest = 258;
constexpr std::size_t kGood = 32;          // long enough not to look further
constexpr int kCandidates = 6;             // looked at in a chain of equal hashes
constexpr std::size_t kBlock = 24 * 1024;  // tokens that share a code

constexpr std::size_t kLengthCodes = 29;
constexpr std::size_t kDistanceCodes = 30;
constexpr std::size_t kEndOfBlock = 256;
constexpr std::array<std::uint16_t, kLengthCodes> kLengthBase = {
    3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
    31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
constexpr std::array<std::uint8_t, kLengthCodes> kLengthExtra = {
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};

// The code of a distance, and its extra bits; codes come in pairs, a bit more for each.
struct Distance {
  unsigned code;
  unsigned extra_bits;
  unsigned extra;
};
Distance coded(unsigned distance) {
  const unsigned d = distance - 1;
  if (d < 4) return {d, 0, 0};
  const unsigned bits = static_cast<unsigned>(std::bit_width(d)) - 2;
  return {2 * bits + (d >> bits), bits, d & ((1U << bits) - 1)};
}

// Code of each length from 3 to 258.
constexpr auto kLengthCode = [] {
  std::array<std::uint8_t, kLongest + 1> code{};
  for (std::size_t c = 0; c < kLengthCodes; ++c)
    for (std::size_t length = kLengthBase[c]; length <= kLongest; ++length)
      code[length] = static_cast<std::uint8_t>(c);
  return code;
}();

struct Token {
  std::uint16_t length;  // 0: a literal
  std::uint16_t value;   // the literal, or the distance, less one
};

std::uint64_t word_at(const char* p) {
  std::uint64_t word = 0;
  std::memcpy(&word, p, sizeof word);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return word;
}

// How many bytes, up to `most`, are the same from both places on.
std::size_t equal_bytes(const char* a, const char* b, std::size_t most) {
  std::size_t n = 0;
  for (; n + 8 <= most; n += 8) {
    const std::uint64_t difference = word_at(a + n) ^ word_at(b + n);
    if (difference != 0) return n + static_cast<std::size_t>(std::countr_zero(difference)) / 8;
  }
  while (n < most && a[n] == b[n]) ++n;
  return n;
}

struct Match {
  std::size_t length = 0;
  std::size_t distance = 0;
};

// Tokens in order; memory is kept, and grows to one for each byte. (A vector would look, at each
// token, whether it must grow.)
class Tokens {
 public:
  void clear_for(std::size_t bytes) {
    if (all_.size() < bytes) all_.resize(bytes);
    count_ = 0;
  }
  void add(Token token) { all_[count_++] = token; }

  [[nodiscard]] const Token* data() const { return all_.data(); }
  [[nodiscard]] std::size_t size() const { return count_; }

 private:
  std::vector<Token> all_;
  std::size_t count_ = 0;
};

// Cuts the bytes into literals and matches.
class Matcher {
 public:
  void run(std::string_view bytes, std::size_t stride, Tokens& tokens) {
    bytes_ = bytes;
    stride_ = stride;
    head_.fill(0);
    last_.resize(kWindow);
    std::size_t at = 0;
    Match now = best_at(0);
    while (at < bytes_.size()) {
      insert(at);
      if (now.length < kShortest) {
        tokens.add({0, static_cast<std::uint8_t>(bytes_[at])});
        now = best_at(++at);
        continue;
      }
      // A literal now, where that gives a longer match.
      Match next;
      if (now.length < kGood) next = best_at(at + 1);
      if (next.length > now.length) {
        tokens.add({0, static_cast<std::uint8_t>(bytes_[at])});
        now = next;
        ++at;
        continue;
      }
      tokens.add(
          {static_cast<std::uint16_t>(now.length), static_cast<std::uint16_t>(now.distance - 1)});
      // The inside of a long match is found again as part of a long match.
      const std::size_t known = now.length < kGood ? now.length : 1;
      for (std::size_t i = 1; i < known; ++i) insert(at + i);
      at += now.length;
      now = best_at(at);
    }
  }

 private:
  static constexpr unsigned kHashBits = 14;

  [[nodiscard]] std::size_t hash(std::size_t at) const {
    std::uint32_t four = 0;
    std::memcpy(&four, bytes_.data() + at, sizeof four);
    return (four * 0x9E3779B1U) >> (32U - kHashBits);
  }

  void insert(std::size_t at) {
    if (at + 4 > bytes_.size()) return;
    std::uint32_t& head = head_[hash(at)];
    last_[at % kWindow] = head;
    head = static_cast<std::uint32_t>(at + 1);
  }

  void try_at(std::size_t at, std::size_t distance, std::size_t most, Match& best) const {
    if (distance > at || distance > kWindow) return;
    const char* here = bytes_.data() + at;
    if (best.length > 0 &&
        (best.length >= most || here[best.length] != here[best.length - distance]))
      return;
    const std::size_t length = equal_bytes(here, here - distance, most);
    if (length > best.length) best = {length, distance};
  }

  [[nodiscard]] Match best_at(std::size_t at) const {
    Match best;
    if (at >= bytes_.size()) return best;
    const std::size_t most = std::min(kLongest, bytes_.size() - at);
    try_at(at, 1, most, best);
    try_at(at, stride_, most, best);
    if (best.length >= kGood || most < 4) return best;
    std::uint32_t candidate = head_[hash(at)];
    for (int i = 0; i < kCandidates && candidate != 0; ++i) {
      const std::size_t distance = at - (candidate - 1);
      if (distance > kWindow - 300 || distance == 0) break;
      try_at(at, distance, most, best);
      if (best.length >= kGood) break;
      const std::uint32_t older = last_[(candidate - 1) % kWindow];
      if (older >= candidate) break;  // overwritten
      candidate = older;
    }
    // Three more bits for the distance than a short match is worth.
    if (best.length == kShortest && best.distance > 4096) return {};
    return best;
  }

  std::string_view bytes_;
  std::size_t stride_ = 1;
  std::array<std::uint32_t, 1U << kHashBits> head_{};  // 1 + the last place of each hash
  std::vector<std::uint32_t> last_;                    // the same, before that place
};

class BitWriter {
 public:
  explicit BitWriter(std::string& out) : out_(out) {}

  // At most 32 bits.
  void put(std::uint64_t bits, unsigned count) {
    held_ |= bits << count_;
    count_ += count;
    if (count_ < 32) return;
    for (const unsigned shift : {0U, 8U, 16U, 24U}) four_[shift / 8] = byte(shift);
    out_.append(four_.data(), four_.size());
    held_ >>= 32U;
    count_ -= 32;
  }

  // The rest, up to a whole byte.
  void flush() {
    for (unsigned shift = 0; shift < count_; shift += 8) out_ += byte(shift);
    held_ = 0;
    count_ = 0;
  }

 private:
  [[nodiscard]] char byte(unsigned shift) const {
    return static_cast<char>((held_ >> shift) & 0xFFU);
  }

  std::string& out_;
  std::array<char, 4> four_{};
  std::uint64_t held_ = 0;
  unsigned count_ = 0;
};

struct Codes {
  HuffmanCode symbols;  // literals, end of block, lengths
  HuffmanCode distances;
};

Codes codes_for(const Token* begin, const Token* end) {
  std::array<std::uint32_t, kEndOfBlock + 1 + kLengthCodes> symbols{};
  std::array<std::uint32_t, kDistanceCodes> distances{};
  symbols[kEndOfBlock] = 1;
  distances[0] = 1;  // so that there is one at least
  for (const Token* t = begin; t != end; ++t) {
    if (t->length == 0) {
      ++symbols[t->value];
      continue;
    }
    ++symbols[kEndOfBlock + 1 + kLengthCode[t->length]];
    ++distances[coded(t->value + 1U).code];
  }
  return {huffman_code(symbols, 15), huffman_code(distances, 15)};
}

// Lengths of codes as they are written: runs of zeros, and repetitions, have symbols of their own.
struct LengthSymbol {
  std::uint8_t symbol;
  std::uint8_t extra_bits;
  std::uint8_t extra;
};

std::vector<LengthSymbol> packed_lengths(const Codes& codes) {
  std::vector<std::uint8_t> all = codes.symbols.lengths;
  all.insert(all.end(), codes.distances.lengths.begin(), codes.distances.lengths.end());
  std::vector<LengthSymbol> out;
  for (std::size_t at = 0; at < all.size();) {
    const std::uint8_t value = all[at];
    std::size_t run = 1;
    while (at + run < all.size() && all[at + run] == value) ++run;
    if (value == 0 && run >= 3) {
      run = std::min<std::size_t>(run, 138);
      const bool few = run < 11;
      out.push_back({static_cast<std::uint8_t>(few ? 17 : 18),
                     static_cast<std::uint8_t>(few ? 3 : 7),
                     static_cast<std::uint8_t>(run - (few ? 3 : 11))});
    } else if (value != 0 && run >= 4) {
      run = std::min<std::size_t>(run, 7);
      out.push_back({value, 0, 0});
      out.push_back({16, 2, static_cast<std::uint8_t>(run - 4)});
    } else {
      run = 1;
      out.push_back({value, 0, 0});
    }
    at += run;
  }
  return out;
}

void put_header(BitWriter& bits, const Codes& codes, bool last) {
  constexpr std::array<std::uint8_t, 19> kOrder = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                   11, 4,  12, 3, 13, 2, 14, 1, 15};
  const auto lengths = packed_lengths(codes);
  std::array<std::uint32_t, 19> counts{};
  for (const LengthSymbol& l : lengths) ++counts[l.symbol];
  const HuffmanCode code = huffman_code(counts, 7);
  bits.put(last ? 1 : 0, 1);
  bits.put(2, 2);  // codes of its own
  bits.put(codes.symbols.lengths.size() - 257, 5);
  bits.put(codes.distances.lengths.size() - 1, 5);
  bits.put(kOrder.size() - 4, 4);
  for (const std::uint8_t symbol : kOrder) bits.put(code.lengths[symbol], 3);
  for (const LengthSymbol& l : lengths) {
    bits.put(code.bits[l.symbol], code.lengths[l.symbol]);
    bits.put(l.extra, l.extra_bits);
  }
}

void put_block(BitWriter& bits, const Token* begin, const Token* end, bool last) {
  const Codes codes = codes_for(begin, end);
  put_header(bits, codes, last);
  const auto put = [&](const HuffmanCode& code, std::size_t symbol) {
    bits.put(code.bits[symbol], code.lengths[symbol]);
  };
  for (const Token* t = begin; t != end; ++t) {
    if (t->length == 0) {
      put(codes.symbols, t->value);
      continue;
    }
    const std::size_t length = kLengthCode[t->length];
    put(codes.symbols, kEndOfBlock + 1 + length);
    bits.put(t->length - std::size_t{kLengthBase[length]}, kLengthExtra[length]);
    const Distance distance = coded(t->value + 1U);
    put(codes.distances, distance.code);
    bits.put(distance.extra, distance.extra_bits);
  }
  put(codes.symbols, kEndOfBlock);
}

struct Scratch {
  Matcher matcher;
  Tokens tokens;
};

Scratch& scratch_of_this_thread() {
  // Behind a pointer, because each access to a thread's own object is slow.
  thread_local const auto scratch = std::make_unique<Scratch>();
  return *scratch;
}

}  // namespace

void deflate_rows(std::string_view bytes, std::size_t stride, std::string& out) {
  auto& [matcher, tokens] = scratch_of_this_thread();
  tokens.clear_for(bytes.size());
  matcher.run(bytes, stride, tokens);
  out += "\x78\x9C";  // deflate, window of 32 kB, default effort
  BitWriter bits(out);
  std::size_t at = 0;
  do {
    const std::size_t end = std::min(at + kBlock, tokens.size());
    put_block(bits, tokens.data() + at, tokens.data() + end, end == tokens.size());
    at = end;
  } while (at < tokens.size());
  bits.flush();
  const std::uint32_t sum = libdeflate_adler32(1, bytes.data(), bytes.size());
  for (const unsigned shift : {24U, 16U, 8U, 0U}) out += static_cast<char>(sum >> shift);
}

}  // namespace stareval::engine
