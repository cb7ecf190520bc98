// One random stream for each replicate of a resampling, so that a replicate is the same whatever
// thread draws it. xoshiro256++, its state four words of SplitMix64: cheap to seed, under 1 ns a
// number, and a period of 2^256 - 1.
// Range   64 random bits a call; a generator in the sense of Boost.Random and of the standard.
// Source  Blackman, Vigna 2021, Scrambled linear pseudorandom number generators, ACM TOMS 47:36;
//         Steele, Lea, Flood 2014, Fast splittable pseudorandom number generators, OOPSLA;
//         draws below a bound: Lemire 2019, Fast random integer generation in an interval, ACM
//         TOMACS 29:3.
// Thread  one stream for one thread at a time.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

namespace stareval {

// Number `index` of the SplitMix64 sequence that starts at `seed`; indices count from 0. Different
// indices give different numbers, as the function is a bijection of seed + (index + 1) * constant.
[[nodiscard]] constexpr std::uint64_t split_mix(std::uint64_t seed, std::uint64_t index) {
  std::uint64_t z = seed + (index + 1) * 0x9E3779B97F4A7C15U;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31);
}

class ReplicateRandom {
 public:
  using result_type = std::uint64_t;
  using State = std::array<std::uint64_t, 4>;  // not all 0

  explicit ReplicateRandom(const State& state) : state_(state) {}

  // The words 4 r to 4 r + 3 of the sequence of the seed. It starts at a mixed seed, so that the
  // sequences of close seeds do not overlap.
  ReplicateRandom(std::uint64_t seed, std::uint64_t replicate)
      : state_{word(seed, 4 * replicate), word(seed, 4 * replicate + 1),
               word(seed, 4 * replicate + 2), word(seed, 4 * replicate + 3)} {}

  static constexpr std::uint64_t min() { return 0; }
  static constexpr std::uint64_t max() { return std::numeric_limits<std::uint64_t>::max(); }

  std::uint64_t operator()() {
    const std::uint64_t number = std::rotl(state_[0] + state_[3], 23) + state_[0];
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return number;
  }

  // Uniform in [0, bound), independent, each without bias: two from a number, by multiplication,
  // and rejection of the few products that would weigh some values more. bound >= 1.
  void fill_below(std::uint32_t bound, std::span<std::uint32_t> numbers) {
    const std::uint32_t rejected = (0U - bound) % bound;
    ReplicateRandom local = *this;  // in registers
    std::size_t i = 0;
    for (; i + 1 < numbers.size(); i += 2) {
      const std::uint64_t bits = local();
      numbers[i] = local.below(static_cast<std::uint32_t>(bits), bound, rejected);
      numbers[i + 1] = local.below(static_cast<std::uint32_t>(bits >> 32), bound, rejected);
    }
    if (i < numbers.size())
      numbers[i] = local.below(static_cast<std::uint32_t>(local() >> 32), bound, rejected);
    *this = local;
  }

 private:
  static constexpr std::uint64_t word(std::uint64_t seed, std::uint64_t index) {
    return split_mix(split_mix(seed, 0), index);
  }

  std::uint32_t below(std::uint32_t bits, std::uint32_t bound, std::uint32_t rejected) {
    std::uint64_t product = std::uint64_t{bits} * bound;
    while (static_cast<std::uint32_t>(product) < rejected) product = ((*this)() >> 32) * bound;
    return static_cast<std::uint32_t>(product >> 32);
  }

  State state_;
};

}  // namespace stareval
