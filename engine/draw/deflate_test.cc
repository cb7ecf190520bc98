// Compression of rows: everything comes back through zlib, which shares no code with it, and
// drawings shrink as they should. Huffman codes: worked out by hand, and Kraft's equality.
#include "engine/draw/deflate.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <numeric>

#include "engine/draw/huffman_internal.h"
#include "libstareval/base/random.h"

namespace stareval::engine {
namespace {

std::string inflated(const std::string& packed, std::size_t size) {
  std::string out(size + 1, '\0');  // a byte too many would be seen
  uLongf length = static_cast<uLongf>(out.size());
  const int status = ::uncompress(reinterpret_cast<Bytef*>(out.data()), &length,
                                  reinterpret_cast<const Bytef*>(packed.data()),
                                  static_cast<uLong>(packed.size()));
  EXPECT_EQ(status, Z_OK);
  out.resize(length);
  return out;
}

std::string packed(const std::string& bytes, std::size_t stride) {
  std::string out;
  deflate_rows(bytes, stride, out);
  return out;
}

void expect_round_trip(const std::string& bytes, std::size_t stride) {
  EXPECT_EQ(inflated(packed(bytes, stride), bytes.size()), bytes)
      << bytes.size() << " bytes in rows of " << stride;
}

TEST(DrawDeflate, ShortInputs) {
  for (std::size_t size = 0; size < 20; ++size) {
    expect_round_trip(std::string(size, 'a'), 1);
    expect_round_trip(std::string("abcabcabcabcabcabcabc").substr(0, size), 3);
  }
}

TEST(DrawDeflate, LengthsAndDistancesOfEveryCode) {
  Random random(1);
  for (const std::size_t length : {3U, 4U, 10U, 11U, 33U, 130U, 257U, 258U, 259U, 600U})
    for (const std::size_t distance :
         {1U, 2U, 4U, 5U, 258U, 1025U, 24577U, 32767U, 32768U, 32769U}) {
      std::string bytes(distance, '\0');
      for (char& byte : bytes) byte = static_cast<char>(random.below(256));
      for (std::size_t i = 0; i < length; ++i) bytes += bytes[bytes.size() - distance];
      expect_round_trip(bytes, distance);
      expect_round_trip(bytes, 7);
    }
}

TEST(DrawDeflate, NoiseOfManyKinds) {
  Random random(2);
  for (const std::size_t colours : {1U, 2U, 3U, 17U, 256U})
    for (const std::size_t size : {100U, 5000U, 300000U}) {
      std::string bytes(size, '\0');
      for (char& byte : bytes) byte = static_cast<char>(random.below(colours));
      expect_round_trip(bytes, 321);
    }
}

// Background, lines and repeated marks, as in drawings.
std::string drawing(Random& random, std::size_t width, std::size_t height) {
  std::string bytes(width * height, '\0');
  for (int i = 0; i < 60; ++i) {
    const std::size_t x = random.below(width - 20);
    const std::size_t y = random.below(height - 12);
    for (std::size_t row = 0; row < 12; ++row)
      for (std::size_t k = 0; k < 20; ++k)
        bytes[(y + row) * width + x + k] = static_cast<char>((row * k + row) % 31);
  }
  return bytes;
}

TEST(DrawDeflate, DrawingsShrinkAsWithZlib) {
  Random random(3);
  for (int i = 0; i < 8; ++i) {
    const auto width = static_cast<std::size_t>(random.between(300, 900));
    const std::string bytes = drawing(random, width, 400);
    const std::string ours = packed(bytes, width);
    EXPECT_EQ(inflated(ours, bytes.size()), bytes);
    std::string zlibs(::compressBound(static_cast<uLong>(bytes.size())), '\0');
    auto size = static_cast<uLongf>(zlibs.size());
    ::compress(reinterpret_cast<Bytef*>(zlibs.data()), &size,
               reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uLong>(bytes.size()));
    EXPECT_LT(static_cast<double>(ours.size()), 1.15 * static_cast<double>(size));
  }
}

TEST(DrawDeflate, WhatCameBeforeLeavesNoTrace) {
  Random random(4);
  const std::string bytes = drawing(random, 300, 200);
  const std::string first = packed(bytes, 300);
  packed(drawing(random, 500, 300), 500);
  EXPECT_EQ(packed(bytes, 300), first);
}

TEST(DrawHuffman, LengthsByHand) {
  const std::vector<std::uint32_t> counts = {5, 0, 1, 1, 2};
  const HuffmanCode code = huffman_code(counts, 15);
  EXPECT_EQ(code.lengths, (std::vector<std::uint8_t>{1, 0, 3, 3, 2}));
  // 0, 110, 111, 10; the first bit lowest.
  EXPECT_EQ(code.bits, (std::vector<std::uint16_t>{0, 0, 0b011, 0b111, 0b01}));
}

TEST(DrawHuffman, OneSymbolAndNone) {
  EXPECT_EQ(huffman_code(std::vector<std::uint32_t>{0, 7}, 15).lengths,
            (std::vector<std::uint8_t>{0, 1}));
  EXPECT_EQ(huffman_code(std::vector<std::uint32_t>{0, 0}, 15).lengths,
            (std::vector<std::uint8_t>{0, 0}));
}

// Fibonacci numbers give the deepest tree; the limit must hold, and the code stay complete.
TEST(DrawHuffman, LimitedCodesAreComplete) {
  for (const int most : {5, 7, 15}) {
    std::vector<std::uint32_t> counts = {1, 1};
    while (counts.size() < 30) counts.push_back(counts.end()[-1] + counts.end()[-2]);
    const HuffmanCode code = huffman_code(counts, most);
    std::uint64_t used = 0;
    for (const std::uint8_t length : code.lengths) {
      ASSERT_GE(length, 1);
      ASSERT_LE(length, most);
      used += 1ULL << (most - length);
    }
    EXPECT_EQ(used, 1ULL << most);
    EXPECT_TRUE(std::is_sorted(code.lengths.rbegin(), code.lengths.rend()));
  }
}

}  // namespace
}  // namespace stareval::engine
